"""Calls for remarks: sent out by editors, ended early, and links that sign units in."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, QuerySet
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from speeches.admin.acting import WholeOrNothing, attempt, now, signed_in
from speeches.admin.history import WithHistory
from speeches.admin.keeping import changed_parts
from speeches.models import Call, Contributor
from speeches.moderation.calling import CHANGE, close_call, open_call, record_change
from speeches.moderation.inviting import INVITE, invite


@admin.register(Call)
class CallAdmin(WithHistory, WholeOrNothing):
    """Which units are asked to write for which meeting, and until when."""

    list_display = ("title", "meeting", "deadline", "standing", "submission_number")
    list_select_related = ("meeting",)
    search_fields = ("title", "meeting__title", "meeting__name")
    autocomplete_fields = ("meeting", "units")
    ordering = ("-id",)
    change_form_template = "admin/speeches/call/change_form.html"
    fieldsets = (
        (None, {"fields": ("meeting", "title", "words", "deadline")}),
        (gettext_lazy("要求"), {"fields": ("characters_from", "characters_to", "units")}),
        (gettext_lazy("状态"), {"fields": ("standing", "sent_out", "received")}),
    )
    readonly_fields = ("standing", "sent_out", "received")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Call]:
        """Count what came in."""
        return super().get_queryset(request).annotate(number=Count("submissions", distinct=True))

    def get_fieldsets(self, request: HttpRequest, obj: Call | None = None) -> Any:
        """A new call has no state yet."""
        return self.fieldsets if obj else self.fieldsets[:2]

    def get_readonly_fields(self, request: HttpRequest, obj: Call | None = None) -> tuple[str, ...]:
        """A call stays with its meeting: what came in belongs there."""
        return (*self.readonly_fields, "meeting") if obj else self.readonly_fields

    def has_delete_permission(self, request: HttpRequest, obj: Call | None = None) -> bool:
        """Units have read it; it is ended, not deleted."""
        return False

    @admin.display(description=gettext_lazy("来稿"), ordering="number")
    def submission_number(self, call: Call) -> int:
        """Show how many remarks came in."""
        return getattr(call, "number", 0)

    @admin.display(description=gettext_lazy("状态"))
    def standing(self, call: Call) -> str:
        """Show whether it still takes remarks."""
        if call.closed_at is not None:
            return _("已提前截稿（%(time)s）") % {
                "time": f"{localtime(call.closed_at):%Y-%m-%d %H:%M}"
            }
        return _("征稿中") if call.is_open(now()) else _("已截稿")

    @admin.display(description=gettext_lazy("发出"))
    def sent_out(self, call: Call) -> str:
        """Show who sent it out, and when."""
        return f"{call.opened_by} {localtime(call.opened_at):%Y-%m-%d %H:%M}"

    @admin.display(description=gettext_lazy("来稿"))
    def received(self, call: Call) -> str:
        """Lead to what came in."""
        number = call.submissions.count()
        if not number:
            return _("还没有来稿。")
        words = _("%(number)d 篇") % {"number": number}
        page = reverse("admin:speeches_submission_changelist")
        return format_html('<a href="{}?call__id__exact={}">{}</a>', page, call.pk, words)

    def save_model(self, request: HttpRequest, obj: Call, form: ModelForm, change: bool) -> None:
        """Note who sends a new call out."""
        if not change:
            obj.opened_at, obj.opened_by = now(), signed_in(request)
        super().save_model(request, obj, form, change)

    def save_related(
        self, request: HttpRequest, form: ModelForm, formsets: Any, change: bool
    ) -> None:
        """Write the units that are asked, then send the call out or note what changed."""
        super().save_related(request, form, formsets, change)
        person = signed_in(request)
        if change:
            changed = changed_parts(form, formsets)
            record_change(form.instance, by=person, at=now(), changed=changed)
        else:
            open_call(form.instance, by=person, at=now())

    # -- pages ----------------------------------------------------------------------------------

    def get_urls(self) -> list[URLPattern]:
        """Add ending a call, and sending links."""
        wrap = self.admin_site.admin_view
        return [
            path("<int:pk>/close/", wrap(require_POST(self.close)), name="speeches_call_close"),
            path("<int:pk>/invite/", wrap(self.invite), name="speeches_call_invite"),
            *super().get_urls(),
        ]

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Offer what this person may do with the call."""
        call = self.get_object(request, object_id)
        taking = call is not None and call.is_open(now())
        context = {
            "may_close": taking and request.user.has_perm(CHANGE),
            "may_invite": taking and request.user.has_perm(INVITE),
        }
        context |= extra_context or {}
        return super().change_view(request, object_id, form_url, context)

    def close(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Take no more remarks."""
        call = get_object_or_404(Call, pk=pk)
        if not request.user.has_perm(CHANGE):
            raise PermissionDenied
        if attempt(request, close_call, call):
            messages.success(request, _("“%(call)s”已截稿。") % {"call": call})
        return redirect("admin:speeches_call_change", pk)

    def invite(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Offer the accounts of the units that are asked; send a link to each that is chosen."""
        call = get_object_or_404(Call, pk=pk)
        if not request.user.has_perm(INVITE):
            raise PermissionDenied
        asked = accounts_asked(call)
        if request.method == "POST":
            chosen = set(request.POST.getlist("contributor"))
            for contributor in asked:
                if str(contributor.pk) in chosen and attempt(
                    request, invite, contributor, call=call
                ):
                    words = _("已向%(unit)s的%(user)s发送链接。")
                    names = {"unit": contributor.unit, "user": contributor.user}
                    messages.success(request, words % names)
            if not chosen:
                messages.error(request, _("请选择要发送链接的帐号。"))
            return redirect("admin:speeches_call_invite", pk)
        context = {
            **self.admin_site.each_context(request),
            "title": _("发送一次性登录链接"),
            "opts": self.opts,
            "call": call,
            "accounts": asked,
        }
        return TemplateResponse(request, "admin/speeches/call/invite.html", context)


def accounts_asked(call: Call) -> QuerySet[Contributor]:
    """Return the accounts of the units that may answer the call, by unit."""
    accounts = Contributor.objects.filter(user__is_active=True, user__is_staff=False)
    named = list(call.units.values_list("pk", flat=True))
    if named:
        accounts = accounts.filter(unit__in=named)
    return accounts.select_related("user", "unit").order_by("unit__name", "pk")
