"""The archive: meetings and remarks by year and month, from the first to the latest."""

import datetime as dt
from collections import Counter
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.db.models import Count
from django.db.models.functions import ExtractMonth
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from speeches.filters import RemarkFilter
from speeches.models import MeetingEdition, RemarkEdition
from speeches.models.edition_base import EditionQuerySet
from speeches.public.describing import Described
from speeches.public.pages import PublicPage
from speeches.public.paging import remark_list
from speeches.records import meeting_rows

MONTHS = range(1, 13)

# (year, month) -> number
Numbers = Counter[tuple[int, int]]


@dataclass(frozen=True)
class Period:
    """A year or a month with what was said in it; no address where nothing was."""

    label: str
    url: str
    meetings: int
    remarks: int


@dataclass(frozen=True)
class Calendar:
    """How many meetings and remarks every month has: two queries for all years."""

    meetings: Numbers
    remarks: Numbers

    @classmethod
    def current(cls) -> "Calendar":
        """Return the calendar of what readers may see."""
        return cls(
            _by_month(MeetingEdition.objects.current()), _by_month(RemarkEdition.objects.current())
        )

    @property
    def years(self) -> list[int]:
        """The years in which anything was said, the first one first."""
        return sorted({year for year, _month in self._keys()})

    @property
    def months(self) -> list[tuple[int, int]]:
        """Years and months in which anything was said, the first one first."""
        return sorted(self._keys())

    def year(self, year: int) -> Period:
        """Return a year as it stands in a list."""
        keys = [(year, month) for month in MONTHS]
        return Period(
            label=_("%(year)s年") % {"year": year},
            url=reverse("public:archive-year", args=[year]),
            meetings=sum(self.meetings[key] for key in keys),
            remarks=sum(self.remarks[key] for key in keys),
        )

    def month(self, year: int, month: int, *, with_year: bool = False) -> Period:
        """Return a month as it stands in a list, under its year or alone."""
        key = (year, month)
        label = _("%(month)s月") % {"month": month}
        if with_year:
            label = _("%(year)s年%(month)s月") % {"year": year, "month": month}
        there = key in self._keys()
        return Period(
            label=label,
            url=reverse("public:archive-month", args=[year, month]) if there else "",
            meetings=self.meetings[key],
            remarks=self.remarks[key],
        )

    def _keys(self) -> set[tuple[int, int]]:
        return self.meetings.keys() | self.remarks.keys()


class Archive(PublicPage):
    """All years, each with its months."""

    template_name = "public/archive.html"
    section = "meetings"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the years, the latest first."""
        calendar = Calendar.current()
        return super().get_context_data(
            described=Described(_("年月总览"), _("按年份和月份查阅政协会议和发言。")),
            years=[
                (calendar.year(year), months_of(calendar, year))
                for year in reversed(calendar.years)
            ],
            meeting_total=calendar.meetings.total(),
            remark_total=calendar.remarks.total(),
            **kwargs,
        )


class ArchiveYear(PublicPage):
    """One year: its months and its meetings month by month."""

    template_name = "public/archive_year.html"
    section = "meetings"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the months and the years around; 404 for a year of which nothing is known."""
        year, calendar = self.kwargs["year"], Calendar.current()
        if year not in calendar.years:
            raise Http404
        earlier, later = neighbours(calendar.years, year)
        meetings = MeetingEdition.objects.current().of_years([year]).oldest_first()
        return super().get_context_data(
            described=described_period(calendar.year(year)),
            period=calendar.year(year),
            months=months_of(calendar, year),
            groups=[
                (month, list(rows))
                for month, rows in groupby(meeting_rows(meetings), lambda row: row["date"].month)
            ],
            earlier=calendar.year(earlier) if earlier else None,
            later=calendar.year(later) if later else None,
            **kwargs,
        )


class ArchiveMonth(PublicPage):
    """One month: its meetings, and its remarks from the latest on."""

    template_name = "public/archive_month.html"
    section = "meetings"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the month and the months around; 404 for a month of which nothing is known."""
        here, calendar = (self.kwargs["year"], self.kwargs["month"]), Calendar.current()
        if here not in calendar.months:
            raise Http404
        earlier, later = neighbours(calendar.months, here)
        found = RemarkFilter(None, _within(RemarkEdition.objects.current(), *here))
        meetings = _within(MeetingEdition.objects.current(), *here).newest_first()
        return super().get_context_data(
            **remark_list(self.request, found),
            described=described_period(calendar.month(*here, with_year=True)),
            period=calendar.month(*here, with_year=True),
            meetings=meeting_rows(meetings),
            earlier=calendar.month(*earlier, with_year=True) if earlier else None,
            later=calendar.month(*later, with_year=True) if later else None,
            whole_year=calendar.year(here[0]),
            **kwargs,
        )


def described_period(period: Period) -> Described:
    """Return the page of a year or month in short."""
    summary = _("%(period)s的政协会议 %(meetings)d 场、发言 %(remarks)d 篇。") % {
        "period": period.label,
        "meetings": period.meetings,
        "remarks": period.remarks,
    }
    return Described(_("%(period)s的会议和发言") % {"period": period.label}, summary)


def months_of(calendar: Calendar, year: int) -> list[Period]:
    """Return the twelve months of a year, those without an address included."""
    return [calendar.month(year, month) for month in MONTHS]


def neighbours(periods: list[Any], here: Any) -> tuple[Any, Any]:
    """Return the periods before and after one in a sorted list; None beyond its ends."""
    place = periods.index(here)
    earlier = periods[place - 1] if place else None
    later = periods[place + 1] if place + 1 < len(periods) else None
    return earlier, later


def _by_month(editions: EditionQuerySet[Any]) -> Numbers:
    rows = (
        editions.order_by()
        .annotate(month=ExtractMonth("date"))
        .values_list("year", "month")
        .annotate(number=Count("pk"))
    )
    return Counter({(year, month): number for year, month, number in rows})


def _within(editions: Any, year: int, month: int) -> Any:
    first = dt.date(year, month, 1)
    # The first of the next month: 31 days later is always in it.
    after = (first + dt.timedelta(days=31)).replace(day=1)
    return editions.filter(date__gte=first, date__lt=after)
