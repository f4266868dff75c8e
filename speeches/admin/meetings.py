"""Meetings on the desk: the page's own text, its remarks in order, review and withdrawal."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q, QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from speeches.admin.acting import attempt, now
from speeches.admin.filters import NewspaperFilter, StateFilter
from speeches.admin.meeting_forms import BylineInline, MeetingForm, PictureInline
from speeches.admin.previewing import meeting_preview
from speeches.admin.review import review_page
from speeches.admin.texts import TextAdmin
from speeches.admin.withdrawal import withdrawal_page
from speeches.models import Meeting, Picture, Remark
from speeches.models.states import AWAITING_REVIEW
from speeches.moderation.arranging import arrange
from speeches.moderation.discarding import discard_draft


@admin.register(Meeting)
class MeetingAdmin(TextAdmin):
    """The editors' and moderators' page of a meeting."""

    form = MeetingForm
    inlines = (BylineInline, PictureInline)
    autocomplete_fields = ("host",)
    list_display = (
        "label",
        "held_on",
        "issue",
        "remark_number",
        "awaiting_number",
        "state",
        "review_link",
    )
    list_display_links = ("label",)
    list_filter = (StateFilter, NewspaperFilter)
    date_hierarchy = "issue_date"
    search_fields = ("title", "subtitle", "name", "kicker")
    search_help_text = gettext_lazy("按标题或会议名称查找")
    ordering = ("-id",)
    change_form_template = "admin/speeches/meeting/change_form.html"
    fieldsets = (
        (None, {"fields": ("kicker", "title", "subtitle", "introduction")}),
        (
            gettext_lazy("会议"),
            {"fields": ("name", ("held_from", "held_to", "held_on_text"), "place", "host")},
        ),
        (gettext_lazy("见报"), {"fields": (("newspaper", "issue_date", "page_number"),)}),
        (gettext_lazy("发布"), {"fields": ("embargo_until",)}),
        (gettext_lazy("状态"), {"fields": ("standing", "edited")}),
    )
    readonly_fields = ("standing", "edited")

    # -- list -----------------------------------------------------------------------------------

    def get_queryset(self, request: HttpRequest) -> QuerySet[Meeting]:
        """Load what the list shows in a constant number of queries."""
        return (
            super()
            .get_queryset(request)
            .select_related("edited_by", "host")
            .annotate(
                remarks_in_all=Count("remarks", distinct=True),
                remarks_awaiting=Count(
                    "remarks", filter=Q(remarks__state__in=AWAITING_REVIEW), distinct=True
                ),
            )
        )

    @admin.display(description=gettext_lazy("标题"), ordering="title")
    def label(self, meeting: Meeting) -> str:
        """Show the headline, or the meeting's name where there is none."""
        return str(meeting)

    @admin.display(description=gettext_lazy("发言"), ordering="remarks_in_all")
    def remark_number(self, meeting: Meeting) -> int:
        """Show how many remarks the meeting has."""
        return getattr(meeting, "remarks_in_all", 0)

    @admin.display(description=gettext_lazy("待审"), ordering="remarks_awaiting")
    def awaiting_number(self, meeting: Meeting) -> int | str:
        """Show how many of its remarks wait for review."""
        return getattr(meeting, "remarks_awaiting", 0) or ""

    @admin.display(description=gettext_lazy("审阅"))
    def review_link(self, meeting: Meeting) -> str:
        """Link to the review page."""
        address = reverse("admin:speeches_meeting_review", args=[meeting.pk])
        return format_html('<a href="{}">{}</a>', address, _("审阅"))

    @admin.display(description=gettext_lazy("会议日期"), ordering="held_from")
    def held_on(self, meeting: Meeting) -> str:
        """Show the day, or both ends of several days."""
        first = f"{meeting.held_from:%Y-%m-%d}" if meeting.held_from else ""
        return f"{first}～{meeting.held_to:%m-%d}" if meeting.held_to else first

    @admin.display(description=gettext_lazy("见报"), ordering="issue_date")
    def issue(self, meeting: Meeting) -> str:
        """Show newspaper, day and page."""
        day = f"{meeting.issue_date:%Y-%m-%d}" if meeting.issue_date else ""
        page = _("第%(number)s版") % {"number": meeting.page_number} if meeting.page_number else ""
        parts = [(part,) for part in (meeting.newspaper, day, page) if part]
        return format_html_join(" ", '<span class="desk-whole">{}</span>', parts)

    # -- form -----------------------------------------------------------------------------------

    def get_fieldsets(self, request: HttpRequest, obj: Meeting | None = None) -> Any:
        """Leave out the state of a meeting that is only being added."""
        return self.fieldsets if obj else self.fieldsets[:-1]

    def has_delete_permission(self, request: HttpRequest, obj: Meeting | None = None) -> bool:
        """Only one meeting at a time, from its own page: see `discard`."""
        return False

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Show the form with the meeting's remarks in order below it."""
        remarks: list[Remark] = []
        if object_id.isdecimal():
            meeting = Meeting.objects.filter(pk=int(object_id)).first()
            if meeting is not None:
                remarks = list(
                    meeting.remarks.in_order()
                    .select_related("district")
                    .prefetch_related("speakers")
                )
        context = {"remarks": remarks, **(extra_context or {})}
        return super().change_view(request, object_id, form_url, context)

    # -- pages ----------------------------------------------------------------------------------

    def get_urls(self) -> list[URLPattern]:
        """Add arranging, preview, review, withdrawal, discarding and pictures."""
        pages = {
            "arrange": self.arrange,
            "preview": self.preview,
            "review": self.review,
            "withdraw": self.withdraw,
            "discard": self.discard,
        }
        wrap = self.admin_site.admin_view
        return [
            *(
                path(f"<int:pk>/{name}/", wrap(view), name=f"speeches_meeting_{name}")
                for name, view in pages.items()
            ),
            path("pictures/<int:pk>/", wrap(self.picture), name="speeches_meeting_picture"),
            *super().get_urls(),
        ]

    def arrange(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Move one remark up or down, or take the numbers that were typed."""
        meeting = get_object_or_404(Meeting, pk=pk)
        if not request.user.has_perm("speeches.change_remark"):
            raise PermissionDenied
        if request.method == "POST":
            order = _order(request, list(meeting.remarks.in_order().values_list("id", flat=True)))
            if order is None:
                messages.error(request, _("次序请填整数，次序没有改动。"))
            elif attempt(request, arrange, meeting, order=order):
                messages.success(request, _("次序已保存。"))
        return redirect(reverse("admin:speeches_meeting_change", args=[pk]) + "#remarks")

    def preview(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show the whole page as readers would see it."""
        meeting = get_object_or_404(Meeting, pk=pk)
        self.must_see(request, meeting)
        return TemplateResponse(
            request, "public/meeting_detail.html", meeting_preview(meeting, at=now())
        )

    def review(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show what waits for review, with the decisions."""
        return review_page(self, request, get_object_or_404(Meeting, pk=pk))

    def withdraw(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Ask for a reason and withdraw the meeting with its remarks."""
        meeting = get_object_or_404(Meeting, pk=pk)
        back = reverse("admin:speeches_meeting_review", args=[pk])
        return withdrawal_page(self, request, meeting, back=back)

    def discard(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Delete a draft that was never reviewed, after asking."""
        meeting = get_object_or_404(Meeting, pk=pk)
        if not request.user.has_perm("speeches.delete_meeting"):
            raise PermissionDenied
        if request.method == "POST" and attempt(request, discard_draft, meeting):
            messages.success(request, _("草稿已删除；同一文件可以重新导入。"))
            return redirect("admin:speeches_meeting_changelist")
        context = {
            **self.admin_site.each_context(request),
            "title": _("删除草稿"),
            "meeting": meeting,
            "remark_number": meeting.remarks.count(),
            "opts": self.opts,
        }
        return TemplateResponse(request, "admin/speeches/meeting/discard.html", context)

    def picture(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        """Serve a picture of the desk, which readers cannot reach before it is approved."""
        picture = get_object_or_404(Picture, pk=pk)
        self.must_see(request, picture.meeting)
        if not picture.image:
            raise Http404
        return FileResponse(picture.image.open("rb"))


def _order(request: HttpRequest, there: list[int]) -> list[int] | None:
    """Return the wanted order of remark ids, or None when a number cannot be read.

    A button sends "move" as "id:up" or "id:down"; the form sends "place-<id>" for each remark.
    """
    pk, _colon, direction = request.POST.get("move", "").partition(":")
    if pk.isdecimal() and int(pk) in there:
        here = there.index(int(pk))
        to = max(0, here - 1) if direction == "up" else min(len(there) - 1, here + 1)
        there.insert(to, there.pop(here))
        return there
    try:
        places = {pk: int(request.POST[f"place-{pk}"]) for pk in there}
    except (KeyError, ValueError):
        return None
    return sorted(there, key=lambda pk: (places[pk], there.index(pk)))
