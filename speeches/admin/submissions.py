"""What units have handed in: receipts, each handing-in, and how to reach whoever wrote."""

from typing import Any

from django.contrib import admin
from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from speeches.admin.acting import ReadOnlyAdmin
from speeches.admin.filters import StateFilter
from speeches.models import ContactDetails, Delivery, Remark, Submission
from speeches.models.states import AWAITING_REVIEW

SEE_CONTACT = "speeches.view_contactdetails"


class RemarkStateFilter(StateFilter):
    """By the state of the remark that was handed in."""

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Keep submissions whose remark is in the chosen state."""
        if self.value() == "awaiting":
            return queryset.filter(remark__state__in=AWAITING_REVIEW)
        return queryset.filter(remark__state=self.value()) if self.value() else queryset


@admin.register(Submission)
class SubmissionAdmin(ReadOnlyAdmin):
    """Receipts, and what lies behind each; the text itself is a remark like any other."""

    list_display = ("receipt", "remark", "unit", "call", "state", "submitted_at")
    list_filter = (RemarkStateFilter, "call")
    list_select_related = ("remark", "unit", "call")
    search_fields = ("receipt", "remark__heading", "unit__name")
    ordering = ("-id",)
    fields = ("receipt", "text", "state", "unit", "call", "by", "submitted_at", "handed_in")
    readonly_fields = ("text", "state", "handed_in", "contact")

    def get_fields(self, request: HttpRequest, obj: Submission | None = None) -> tuple[str, ...]:
        """Show contact details to those who may see them."""
        return (*self.fields, "contact") if request.user.has_perm(SEE_CONTACT) else self.fields

    @admin.display(description=gettext_lazy("状态"), ordering="remark__state")
    def state(self, submission: Submission) -> str:
        """Show where the remark stands."""
        return submission.remark.get_state_display()

    @admin.display(description=gettext_lazy("发言"))
    def text(self, submission: Submission) -> str:
        """Lead to the remark."""
        page = reverse("admin:speeches_remark_change", args=[submission.remark_id])
        return format_html('<a href="{}">{}</a>', page, submission.remark)

    @admin.display(description=gettext_lazy("交稿"))
    def handed_in(self, submission: Submission) -> str:
        """Show each handing-in: when, which version, from which file, with which words."""
        return deliveries_in_words(
            submission.deliveries.select_related("version", "source", "by").order_by("pk")
        )

    @admin.display(description=gettext_lazy("联系方式"))
    def contact(self, submission: Submission) -> str:
        """Show how to reach whoever wrote, and until when that is kept."""
        details = ContactDetails.objects.filter(contributor__user=submission.by_id).first()
        if details is None:
            return _("没有留下，或已到期清除。")
        told = "，".join(filter(None, (details.name, details.phone, details.email)))
        return _("%(details)s（保存至 %(day)s）") % {"details": told, "day": details.keep_until}


def deliveries_in_words(deliveries: Any) -> str:
    """Return a line for each handing-in."""
    rows = [
        (
            f"{localtime(one.at):%Y-%m-%d %H:%M}",
            one.version,
            one.by,
            _("，文件：%(name)s") % {"name": one.source} if one.source else "",
            one.note,
        )
        for one in deliveries
    ]
    return format_html_join("", "<div>{} {}，{}{}</div><div>{}</div>", rows)


def submissions_of(remarks: QuerySet[Remark]) -> dict[int, Submission]:
    """Return by remark what units handed in, each with its `delivered` in order: two queries."""
    deliveries = Delivery.objects.order_by("pk")
    found = (
        Submission.objects.filter(remark__in=remarks)
        .select_related("unit")
        .prefetch_related(Prefetch("deliveries", deliveries, "delivered"))
    )
    return {submission.remark_id: submission for submission in found}
