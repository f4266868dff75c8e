"""Phrase counts: where the phrases that a reader asks about stand, as plain figures.

A followed phrase has its counts beforehand. Of any other, the index tells in which remarks it
stands, and how often is read from the newest of them only, MOST_READ at most.
"""

import datetime as dt
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Count, F, Max, Min, Sum
from django.db.models.functions import ExtractMonth
from django.db.models.lookups import In
from django.urls import reverse
from django.utils.http import urlencode

from speeches.models import (
    EditionSpeaker,
    Person,
    Phrase,
    PhraseCount,
    RemarkEdition,
    Unit,
)
from speeches.models.editions import RemarkEditionQuerySet
from speeches.search.concordance import Place, places_in
from speeches.search.finding import listed
from speeches.search.tallying import hits_of_forms, pattern

# Remarks that are read for one page.
MOST_READ = 500
# From so many remarks on, a followed phrase is looked for in indexes of all remarks.
COMMON = 1000
# Units and people named as those who use a phrase most.
MOST_USERS = 10

# Year and month.
Month = tuple[int, int]


@dataclass(frozen=True)
class Number:
    """In how many remarks, and how often where that is known."""

    remarks: int
    occurrences: int | None


@dataclass(frozen=True)
class User:
    """A unit or person who uses a phrase, and in how many of their remarks."""

    name: str
    url: str
    remarks: int
    of: int

    @property
    def percent(self) -> int:
        """The share of their remarks, in whole per cent; never 0, never 100 for less than all."""
        if self.remarks == self.of:
            return 100
        return min(max(round(100 * self.remarks / self.of), 1), 99)


@dataclass(frozen=True)
class Line:
    """One line of the concordance: a place, and the remark it stands in."""

    place: Place
    remark: RemarkEdition

    @property
    def url(self) -> str:
        """The address of the paragraph, or of the remark for its heading."""
        path = self.remark.get_absolute_url()
        return f"{path}#p{self.place.paragraph}" if self.place.paragraph else path

    @property
    def held(self) -> tuple[dt.date, int]:
        """The day and the meeting."""
        return self.remark.date, self.remark.meeting_id

    @property
    def byline(self) -> str:
        """Who speaks, as printed."""
        edition = self.remark
        who = (edition.unit_as_printed + edition.post_as_printed, edition.speakers_as_printed)
        return "　".join(part for part in who if part)


@dataclass(frozen=True)
class Sought:
    """A phrase that is asked about, in all the forms that count; `phrase` where it is followed."""

    label: str
    forms: tuple[str, ...]
    folded: tuple[str, ...]
    phrase: Phrase | None = None
    # Remarks that may be read for it.
    most_read: int = MOST_READ

    @cached_property
    def editions(self) -> RemarkEditionQuerySet:
        """The current remarks in which it stands."""
        current = RemarkEdition.objects.current()
        if self.phrase is None:
            return current.filter(listed(hits_of_forms(self.folded)))
        if self.remarks < COMMON:
            return self._counted
        # Editions are fat rows: of many, SQLite is to read an index of them all (`finding.listed`).
        ids = PhraseCount.objects.filter(phrase=self.phrase).values("edition_id")
        return current.filter(In(F("pk") + 0, ids.query))

    @property
    def _counted(self) -> RemarkEditionQuerySet:
        return RemarkEdition.objects.current().filter(phrase_counts__phrase=self.phrase)

    @cached_property
    def months(self) -> dict[Month, Number]:
        """The numbers of every month in which it was said, the first one first: one query."""
        summed = {"occurrences": Sum("phrase_counts__occurrences")} if self.phrase else {}
        rows: Any = (
            (self._counted if self.phrase else self.editions)
            .order_by()
            .annotate(month=ExtractMonth("date"))
            .values("year", "month")
            .annotate(remarks=Count("pk"), **summed)
            .order_by("year", "month")
        )
        return {
            (row["year"], row["month"]): Number(row["remarks"], row.get("occurrences"))
            for row in rows
        }

    @cached_property
    def span(self) -> dict[str, Any]:
        """Meetings, units, the first day and the latest: two queries.

        Their conditions exclude nothing but let SQLite read an index for each, not the rows.
        """
        editions = self.editions.order_by()
        days = editions.filter(date__gte=dt.date.min).aggregate(
            meetings=Count("meeting", distinct=True), first=Min("date"), latest=Max("date")
        )
        units = editions.filter(unit__isnull=False).values("unit").distinct()
        return {**days, "units": units.count()}

    @property
    def remarks(self) -> int:
        """In how many remarks it stands."""
        return sum(number.remarks for number in self.months.values())

    @property
    def occurrences(self) -> int:
        """How often it stands in everything, or in what is read where that is not all."""
        if self.phrase is not None:
            return sum(number.occurrences or 0 for number in self.months.values())
        return len(self.lines)

    @property
    def all_counted(self) -> bool:
        """Whether `occurrences` are those of all remarks."""
        return self.phrase is not None or self.all_read

    @property
    def all_read(self) -> bool:
        """Whether every remark in which it stands is read."""
        return self.remarks <= self.most_read

    @cached_property
    def lines(self) -> list[Line]:
        """Every place in the newest remarks, newest first: one query, `most_read` texts."""
        if not self.remarks:
            return []
        places = pattern(self.folded)
        shown = self.editions.newest_first().only(*_SHOWN)[: self.most_read]
        return [
            Line(place, remark)
            for remark in shown
            for place in places_in(remark.heading, remark.text, places)
        ]

    @cached_property
    def first(self) -> Line | None:
        """The first place of all: one query."""
        earliest = self.editions.filter(date=self.span["first"])
        return self._place_of(earliest.oldest_first().only(*_SHOWN).first())

    @property
    def latest(self) -> Line | None:
        """The last place in the newest meeting."""
        newest = [line for line in self.lines if line.held == self.lines[0].held]
        return newest[-1] if newest else None

    @property
    def first_and_latest(self) -> list[Line]:
        """The first place of all, and the newest where it is another one."""
        return list(dict.fromkeys(line for line in (self.first, self.latest) if line))

    @cached_property
    def units(self) -> list[User]:
        """The units that use it in most remarks: two queries."""
        rows: Any = (
            self.editions.order_by()
            .filter(unit__isnull=False)
            .values_list("unit_id", "unit__name")
            .annotate(number=Count("pk"))
            .order_by("-number", "unit_id")[:MOST_USERS]
        )
        rows = list(rows)
        said: Any = RemarkEdition.objects.current().order_by().filter(unit__in=[r[0] for r in rows])
        of = dict(said.values_list("unit").annotate(number=Count("pk")))
        return [
            User(name, Unit(pk=pk).get_absolute_url(), number, of[pk]) for pk, name, number in rows
        ]

    @cached_property
    def people(self) -> list[User]:
        """The people who use it in most remarks: two queries."""
        spoken = EditionSpeaker.objects.order_by().filter(person__isnull=False)
        number = Count("edition", distinct=True)
        rows: Any = list(
            spoken.filter(edition__in=self.editions.order_by().values("pk"))
            .values_list("person_id", "person__name")
            .annotate(number=number)
            .order_by("-number", "person_id")[:MOST_USERS]
        )
        current = RemarkEdition.objects.current().order_by().values("pk")
        said: Any = spoken.filter(person__in=[r[0] for r in rows], edition__in=current)
        of = dict(said.values_list("person").annotate(number=number))
        return [
            User(name, Person(pk=pk).get_absolute_url(), number, of[pk])
            for pk, name, number in rows
        ]

    @property
    def question(self) -> str:
        """The query string by which lists and feeds find the same remarks."""
        quoted = (form.translate(_QUOTES) for form in self.forms)
        return urlencode({"q": " 或 ".join(f"文中:“{form}”" for form in quoted)})

    @property
    def url(self) -> str:
        """Its own page."""
        if self.phrase is not None:
            return self.phrase.get_absolute_url()
        return f"{reverse('public:phrase-list')}?{urlencode({'p': self.label})}"

    def _place_of(self, remark: RemarkEdition | None) -> Line | None:
        if remark is None:
            return None
        found = next(places_in(remark.heading, remark.text, pattern(self.folded)), None)
        return Line(found, remark) if found else None


_SHOWN = (
    *("remark_id", "meeting_id", "heading", "text", "date"),
    *("unit_as_printed", "post_as_printed", "speakers_as_printed"),
)
_QUOTES = dict.fromkeys(map(ord, '"“”＂\n\r\t'), " ")
