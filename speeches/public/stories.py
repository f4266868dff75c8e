"""Stories: what the remarks of one unit, person, district or theme are, in words and figures."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Max, Min
from django.urls import reverse

from speeches.filters import RemarkFilter
from speeches.public.figures import (
    Figure,
    districts_figure,
    themes_figure,
    units_figure,
    years_figure,
)

# Meetings named on a page; the list of its remarks has all.
LATEST_MEETINGS = 8

FIGURES = {"theme": themes_figure, "district": districts_figure, "unit": units_figure}


@dataclass(frozen=True)
class Attendance:
    """A meeting and how many of these remarks were made at it; `query` leads to them."""

    label: str
    url: str
    date: dt.date
    number: int
    query: str


@dataclass(frozen=True)
class Story:
    """What a page tells of its remarks; `query` leads to all of them."""

    first: dt.date
    latest: dt.date
    remarks: int
    meeting_number: int
    meetings: list[Attendance]
    figures: list[Figure]
    query: str


def story(found: RemarkFilter, *facets: str) -> Story | None:
    """Return the story of these remarks, None where there are none.

    One figure for the years, one for each facet named; queries: two, and one for each facet.
    """
    if not found.total():
        return None
    remarks = found.narrowed().order_by()
    span = remarks.aggregate(
        first=Min("date"), latest=Max("date"), meetings=Count("meeting", distinct=True)
    )
    figures = [years_figure(found.facet("year").choices)]
    figures += [FIGURES[facet](found.facet(facet).choices) for facet in facets]
    return Story(
        first=span["first"],
        latest=span["latest"],
        remarks=found.total(),
        meeting_number=span["meetings"],
        meetings=attendance(found),
        figures=[figure for figure in figures if figure],
        query=found.query,
    )


def attendance(found: RemarkFilter) -> list[Attendance]:
    """Return the latest meetings at which these remarks were made: one query.

    Grouped and ordered as the index of the newest is, so that the database stops at the last
    meeting that is named. All remarks of a meeting hang on one edition of it.
    """
    rows: Any = (
        found.narrowed()
        .order_by()
        .values("date", "meeting")
        .annotate(
            title=Max("meeting_edition__title"),
            name=Max("meeting_edition__name"),
            number=Count("pk"),
        )
        .order_by("-date", "-meeting")[:LATEST_MEETINGS]
    )
    return [
        Attendance(
            label=row["title"] or row["name"],
            url=reverse("public:meeting-detail", args=[row["meeting"]]),
            date=row["date"],
            number=row["number"],
            query=found.query_with("meeting", add=str(row["meeting"])),
        )
        for row in rows
    ]
