"""The journal as auditors read it: searched, filtered, one entry with its fingerprint, exported."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.timezone import localtime
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from speeches.admin.acting import ReadOnlyAdmin, now, signed_in
from speeches.admin.history import kind_in_words, particulars, who
from speeches.admin.journal_files import FORMATS
from speeches.models import Act, JournalEntry, JournalHead
from speeches.models.chain import fingerprint
from speeches.moderation import journal

EXPORT = "speeches.export_journal"


def all_about(entry: JournalEntry) -> str:
    """Return the address of the list of all entries about the same object."""
    query = urlencode({"kind": entry.subject_kind, "subject_id": str(entry.subject_id)})
    return f"{reverse('admin:speeches_journalentry_changelist')}?{query}"


class KindFilter(admin.SimpleListFilter):
    """By what kind of object it was."""

    title = _("对象类别")
    parameter_name = "kind"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Offer what has a page on the desk, without looking through the whole journal."""
        pages = (*model_admin.admin_site._registry, JournalHead)
        own = [model._meta for model in pages if model._meta.app_label == "speeches"]
        kinds = {str(meta.model_name): str(meta.verbose_name) for meta in own}
        return sorted(kinds.items(), key=lambda one: one[1])

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Keep the entries about that kind."""
        return queryset.filter(subject_kind=self.value()) if self.value() else queryset


@admin.register(JournalEntry)
class JournalEntryAdmin(ReadOnlyAdmin):
    """Who did what, when, from where and with what result."""

    list_display = (
        *("number", "when", "who", "act", "result", "kind", "subject_label", "told", "address"),
    )
    list_display_links = ("number", "when")
    fields = (
        *("number", "when", "who", "address", "act", "result"),
        *("kind", "subject_id", "subject", "told", "detail"),
        *("previous", "hash", "whole"),
    )
    list_filter = ("act", "result", KindFilter, ("actor", admin.RelatedOnlyFieldListFilter))
    date_hierarchy = "at"
    list_select_related = ("actor",)
    search_fields = ("subject_label", "actor__username", "actor__name", "address")
    search_help_text = _("按对象、操作人或来源地址查找")
    ordering = ("-number",)
    show_full_result_count = False

    @admin.display(description=_("时间"), ordering="at")
    def when(self, entry: JournalEntry) -> str:
        """Show the time to the second."""
        return f"{localtime(entry.at):%Y-%m-%d %H:%M:%S}"

    @admin.display(description=_("操作人"), ordering="actor")
    def who(self, entry: JournalEntry) -> str:
        """Show the person, or why there is none."""
        return who(entry)

    @admin.display(description=_("对象类别"), ordering="subject_kind")
    def kind(self, entry: JournalEntry) -> str:
        """Show what kind of object it was."""
        return kind_in_words(entry.subject_kind)

    @admin.display(description=_("对象"))
    def subject(self, entry: JournalEntry) -> str:
        """Show the object as it was called then, and the way to its other entries."""
        return format_html(
            '{} <a href="{}">{}</a>', entry.subject_label, all_about(entry), gettext("它的全部日志")
        )

    @admin.display(description=_("说明"))
    def told(self, entry: JournalEntry) -> str:
        """Show the readable part of the detail."""
        return particulars(entry)

    @admin.display(description=_("核对"))
    def whole(self, entry: JournalEntry) -> str:
        """Say whether the entry is what its fingerprint says."""
        if fingerprint(entry.chained()) == entry.hash:
            return gettext("内容与指纹相符。")
        return gettext("内容与指纹不符：这一条被改动过，请立即报告。")

    # -- export ---------------------------------------------------------------------------------

    def get_urls(self) -> list[URLPattern]:
        """Add the export of what the list shows."""
        export = self.admin_site.admin_view(self.export)
        return [
            path("export/<str:kind>/", export, name="speeches_journalentry_export"),
            *super().get_urls(),
        ]

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Show the list; auditors find the export above it."""
        context = {
            "may_export": request.user.has_perm(EXPORT),
            "query": request.GET.urlencode(),
        }
        return super().changelist_view(request, {**context, **(extra_context or {})})

    def export(self, request: HttpRequest, kind: str) -> StreamingHttpResponse:
        """Hand out the entries that the list shows, all pages of it, as they stand before this.

        The export is an act itself and noted with its filter.
        """
        if not request.user.has_perm(EXPORT):
            raise PermissionDenied
        if request.method != "POST" or kind not in FORMATS:
            raise Http404
        try:
            listed = self.get_changelist_instance(request).get_queryset(request)
        except IncorrectLookupParameters as mistake:
            raise Http404 from mistake
        head = JournalHead.objects.get()
        with journal.together():
            journal.write(
                Act.EXPORT,
                head,
                by=signed_in(request),
                at=now(),
                format=kind,
                filter=request.GET.urlencode(),
                until=head.number,
            )
        form = FORMATS[kind]
        entries = listed.filter(number__lte=head.number).order_by("number")
        answer = StreamingHttpResponse(form.lines(entries), content_type=form.content_type)
        name = f"journal-{localtime(now()):%Y%m%d-%H%M%S}.{form.extension}"
        answer["Content-Disposition"] = f'attachment; filename="{name}"'
        return answer
