"""What readers search: each question with how often it was asked in a period, and what it found."""

import datetime as dt
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from speeches.admin.acting import ReadOnlyAdmin, now
from speeches.models import SearchCount

PERIODS = {"7": _("近7天"), "30": _("近30天"), "90": _("近90天"), "365": _("近一年")}
USUAL = "30"


def first_day(request: HttpRequest) -> dt.date:
    """Return the first day of the period that is asked for."""
    asked = request.GET.get("period", "")
    days = int(asked if asked in PERIODS else USUAL)
    return timezone.localdate(now()) - dt.timedelta(days=days - 1)


class PeriodFilter(admin.SimpleListFilter):
    """By period; the list itself sums it up (`SearchCountAdmin.get_queryset`)."""

    title = _("时段")
    parameter_name = "period"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """Offer the periods."""
        return list(PERIODS.items())

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Keep everything: the list holds nothing of another period."""
        return queryset

    def choices(self, changelist: Any) -> Any:
        """Offer no list without a period."""
        chosen = self.value() if self.value() in PERIODS else USUAL
        for value, label in self.lookup_choices:
            query = changelist.get_query_string({self.parameter_name: value})
            yield {"selected": value == chosen, "query_string": query, "display": label}


class FoundFilter(admin.SimpleListFilter):
    """By whether the last search found anything."""

    title = _("结果")
    parameter_name = "found"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """Offer what found nothing."""
        return [("nothing", _("没有找到"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Keep questions whose last search found nothing."""
        return queryset.filter(results=0) if self.value() == "nothing" else queryset


@admin.register(SearchCount)
class SearchCountAdmin(ReadOnlyAdmin):
    """Questions of a period, the most frequent first."""

    list_display = ("asked", "total", "last_results", "day")
    list_display_links = None
    list_filter = (PeriodFilter, FoundFilter)
    search_fields = ("question",)
    fields = ("question", "day", "searches", "results")

    def get_queryset(self, request: HttpRequest) -> Any:
        """Return one row for each question, with its searches in the period summed up."""
        rows: Any = SearchCount.objects.since(first_day(request))
        return rows.order_by("-total", "question")

    @admin.display(description=_("检索词"), ordering="question")
    def asked(self, row: SearchCount) -> str:
        """Link to what readers find."""
        address = f"{reverse('public:search')}?{urlencode({'q': row.question})}"
        return format_html('<a href="{}">{}</a>', address, row.question)

    @admin.display(description=_("次数"), ordering="total")
    def total(self, row: Any) -> int:
        """Show how often it was asked in the period."""
        return int(row.total)

    @admin.display(description=_("最近一次的结果篇数"), ordering="results")
    def last_results(self, row: SearchCount) -> int:
        """Show how many remarks the last search found."""
        return row.results
