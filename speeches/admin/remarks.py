"""Remarks on the desk: list, correction, themes, doubts, preview, withdrawal."""

from typing import Any

from csp.decorators import csp_update
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Max, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.decorators import method_decorator
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from speeches.admin.acting import attempt, now, signed_in
from speeches.admin.archive import answer_of_remark, matches_of_remark
from speeches.admin.filters import DoubtFilter, RecentMeetingFilter, StateFilter
from speeches.admin.previewing import remark_preview
from speeches.admin.remark_forms import DoubtInline, RemarkForm, SpeakerInline
from speeches.admin.submissions import submissions_of
from speeches.admin.texts import TextAdmin
from speeches.admin.withdrawal import withdrawal_page
from speeches.doors.bodies import EDITOR_POLICY
from speeches.models import Doubt, Remark
from speeches.moderation import journal
from speeches.moderation.discarding import discard_remark
from speeches.moderation.editing import settle_doubt
from speeches.moderation.locking import locked_page
from speeches.moderation.naming import register_speakers, register_unit
from speeches.moderation.refusals import Refused


@admin.register(Remark)
class RemarkAdmin(TextAdmin):
    """The editors' page of a remark."""

    form = RemarkForm
    inlines = (SpeakerInline, DoubtInline)
    autocomplete_fields = ("meeting", "unit", "district", "themes")
    list_display = (
        "heading_or_unit",
        "attribution",
        "state",
        "open_doubts",
        "district",
        "theme_names",
        "place",
    )
    list_display_links = ("heading_or_unit",)
    list_filter = (
        StateFilter,
        DoubtFilter,
        RecentMeetingFilter,
        ("district", admin.RelatedOnlyFieldListFilter),
        ("themes", admin.RelatedOnlyFieldListFilter),
    )
    search_fields = (
        "heading",
        "unit_as_printed",
        "speakers__name_as_printed",
        "meeting__title",
        "meeting__name",
    )
    search_help_text = gettext_lazy("按标题、单位、发言人或会议查找")
    ordering = ("-meeting_id", "position")
    list_per_page = 50
    actions = ("register_names", "send_again")
    change_form_template = "admin/speeches/remark/change_form.html"
    fieldsets = (
        (None, {"fields": ("meeting", "heading", "body")}),
        (
            gettext_lazy("署名"),
            {"fields": ("unit_as_printed", "post_as_printed", "unit", "district")},
        ),
        (gettext_lazy("主题"), {"fields": ("themes", "suggestions")}),
        (gettext_lazy("状态"), {"fields": ("standing", "edited")}),
    )
    readonly_fields = ("text", "suggestions", "standing", "edited")

    # -- list -----------------------------------------------------------------------------------

    def get_queryset(self, request: HttpRequest) -> QuerySet[Remark]:
        """Load what the list shows in a constant number of queries."""
        open_doubts = Count("doubts", filter=Q(doubts__settled_at__isnull=True), distinct=True)
        return (
            super()
            .get_queryset(request)
            .select_related("meeting", "district", "edited_by")
            .prefetch_related("themes", "speakers")
            .annotate(open_doubt_number=open_doubts)
        )

    @admin.display(description=gettext_lazy("标题"), ordering="heading")
    def heading_or_unit(self, remark: Remark) -> str:
        """Show the heading, or the unit where the page printed none."""
        return str(remark) or _("无标题")

    @admin.display(description=gettext_lazy("单位、职务、发言人"), ordering="unit_as_printed")
    def attribution(self, remark: Remark) -> str:
        """Show the unit line as printed."""
        speakers = "、".join(speaker.name_as_printed for speaker in remark.speakers.all())
        return f"{remark.unit_as_printed}{remark.post_as_printed} {speakers}".strip()

    @admin.display(description=gettext_lazy("会议"), ordering="meeting")
    def place(self, remark: Remark) -> str:
        """Show the meeting, and which of its remarks this is."""
        return _("%(meeting)s（第 %(number)s 篇）") % {
            "meeting": remark.meeting,
            "number": remark.position,
        }

    @admin.display(description=gettext_lazy("主题"))
    def theme_names(self, remark: Remark) -> str:
        """Show the assigned themes."""
        return "、".join(theme.name for theme in remark.themes.all())

    @admin.display(description=gettext_lazy("疑点"), ordering="open_doubt_number")
    def open_doubts(self, remark: Remark) -> int | str:
        """Show how many doubts are open."""
        return getattr(remark, "open_doubt_number", 0) or ""

    # -- form -----------------------------------------------------------------------------------

    @admin.display(description=gettext_lazy("建议的主题"))
    def suggestions(self, remark: Remark) -> str:
        """Show what cue phrases suggest, with the sentence; the editor picks above."""
        assigned = set(remark.themes.values_list("id", flat=True))
        rows = [
            (
                suggestion.theme.name,
                _("（已标注）") if suggestion.theme_id in assigned else "",
                suggestion.phrase,
                suggestion.sentence,
            )
            for suggestion in remark.theme_suggestions.select_related("theme").order_by("id")
        ]
        if not rows:
            return _("没有建议。")
        items = format_html_join("", "<li><b>{}</b>{} “{}”：{}</li>", rows)
        return format_html('<ul class="suggestions">{}</ul>', items)

    @admin.display(description=gettext_lazy("正文"))
    def text(self, remark: Remark) -> str:
        """Show the body, which was cleaned when it was saved, to those who may only read it."""
        return format_html('<div class="desk-body">{}</div>', mark_safe("\n".join(remark.body)))  # noqa: S308

    def get_fieldsets(self, request: HttpRequest, obj: Remark | None = None) -> Any:
        """Show the text instead of the editor to those who may only read it."""
        text, names, themes, standing = self.fieldsets
        if obj is None:
            return (text, names, (themes[0], {"fields": ("themes",)}))
        if not self.has_change_permission(request, obj):
            text = (None, {"fields": ("meeting", "heading", "text")})
        return (text, names, themes, standing)

    def get_readonly_fields(
        self, request: HttpRequest, obj: Remark | None = None
    ) -> tuple[str, ...]:
        """A remark stays with its meeting."""
        return (*self.readonly_fields, "meeting") if obj else self.readonly_fields

    def has_delete_permission(self, request: HttpRequest, obj: Remark | None = None) -> bool:
        """Only what was never reviewed may be deleted; what is public is withdrawn."""
        allowed = super().has_delete_permission(request, obj)
        return allowed and (obj is None or not obj.review_rounds.exists())

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Show the open doubts above the form."""
        pk = int(object_id) if object_id.isdecimal() else 0
        doubts = Doubt.objects.filter(remark=pk, settled_at__isnull=True).order_by("id")
        remark = Remark.objects.filter(pk=pk).select_related("meeting").first()
        context = {
            "doubts": doubts,
            "submission": submissions_of(Remark.objects.filter(pk=pk)).get(pk),
            **matches_of_remark(remark),
            **(extra_context or {}),
        }
        return super().change_view(request, object_id, form_url, context)

    @method_decorator(csp_update(EDITOR_POLICY))
    def changeform_view(self, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the form, under the policy that its editor needs."""
        return super().changeform_view(*args, **kwargs)

    def save_model(self, request: HttpRequest, obj: Remark, form: Any, change: bool) -> None:
        """Put a new remark behind the others of its meeting."""
        if not change:
            meeting = locked_page(obj.meeting)
            last = meeting.remarks.aggregate(last=Max("position"))["last"] or 0
            obj.position = last + 1
        super().save_model(request, obj, form, change)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Write speakers and themes, then take note of the doubts that were ticked."""
        super().save_related(request, form, formsets, change)
        for formset in formsets:
            if formset.model is Doubt:
                for row in formset.forms:
                    if row.cleaned_data.get("settled"):
                        settle_doubt(row.instance, by=signed_in(request), at=now())

    def delete_model(self, request: HttpRequest, obj: Remark) -> None:
        """Delete what was never reviewed; the remarks behind it move up."""
        discard_remark(obj, by=signed_in(request), at=now())

    @journal.act
    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Remark]) -> None:
        """Delete all of them by the same rules, or none."""
        try:
            for remark in queryset:
                self.delete_model(request, remark)
        except Refused as refusal:
            raise PermissionDenied from refusal

    # -- actions --------------------------------------------------------------------------------

    @admin.action(
        description=gettext_lazy("为所选发言的单位和发言人建档并关联"), permissions=["change"]
    )
    def register_names(self, request: HttpRequest, queryset: QuerySet[Remark]) -> None:
        """Open records for printed names that stand for nobody yet."""
        done = 0
        for remark in queryset.order_by("meeting_id", "position"):
            remark = Remark.objects.get(pk=remark.pk)
            linked = remark.unit is not None or attempt(request, register_unit, remark)
            if linked and attempt(request, register_speakers, remark):
                done += 1
        messages.success(request, _("已处理 %(number)d 篇。") % {"number": done})

    # -- pages ----------------------------------------------------------------------------------

    def get_urls(self) -> list[URLPattern]:
        """Add preview and withdrawal."""
        wrap = self.admin_site.admin_view
        return [
            path("<int:pk>/preview/", wrap(self.preview), name="speeches_remark_preview"),
            path("<int:pk>/withdraw/", wrap(self.withdraw), name="speeches_remark_withdraw"),
            path("<int:pk>/same/", wrap(self.sameness), name="speeches_remark_sameness"),
            *super().get_urls(),
        ]

    def preview(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show the remark as readers would see it."""
        remark = get_object_or_404(self.get_queryset(request), pk=pk)
        self.must_see(request, remark)
        return TemplateResponse(
            request, "public/remark_detail.html", remark_preview(remark, at=now())
        )

    def withdraw(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Ask for a reason and withdraw."""
        remark = get_object_or_404(Remark, pk=pk)
        back = reverse("admin:speeches_remark_change", args=[pk])
        return withdrawal_page(self, request, remark, back=back)

    def sameness(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Take down whether it is another remark of the archive."""
        return answer_of_remark(self, request, pk)
