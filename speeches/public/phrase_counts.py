"""Phrase counts: where the phrases that a reader asks about stand.

A followed phrase has its counts beforehand. Of any other, the index tells in which remarks it
stands, and how often is read from the newest of them only, MOST_READ at most.
"""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Count, F, OuterRef, Subquery, Sum
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
from speeches.public.phrase_figures import Line, Month, Number, User
from speeches.search.concordance import places_in
from speeches.search.finding import listed
from speeches.search.tallying import hits_of_forms, pattern

# Remarks that are read for one page.
MOST_READ = 500
# Remarks of a whole concordance that are in memory together.
SLICE = 200
# From so many remarks on, a followed phrase is looked for in the index of search.
COMMON = 1000
# Units and people named as those who use a phrase most.
MOST_USERS = 10


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
        if self.phrase is not None and not self._is_common:
            return current.filter(phrase_counts__phrase=self.phrase)
        # Of many, the index tells in half the time of the counts, and the same (`speeches.W013`).
        return current.filter(listed(hits_of_forms(self.folded)))

    @cached_property
    def _is_common(self) -> bool:
        return PhraseCount.objects.filter(phrase=self.phrase).count() >= COMMON

    @cached_property
    def _days(self) -> list[tuple[dt.date, int, Number]]:
        """Each day and meeting at which it was said, the first one first, with its numbers.

        One query, which reads an index and no remarks; of a followed phrase one more.
        """
        editions = self.editions.order_by()
        summed: dict[str, Any] = {}
        if self.phrase is not None:
            said: Any = F("phrase_counts__occurrences")
            if self._is_common:
                counts = PhraseCount.objects.filter(phrase=self.phrase, edition=OuterRef("pk"))
                said = Subquery(counts.values("occurrences"))
            editions, summed = editions.annotate(said=said), {"occurrences": Sum("said")}
        rows: Any = (
            editions.filter(date__gte=dt.date.min)
            .values("meeting_id", "date")
            .annotate(remarks=Count("pk"), **summed)
        )
        days = [
            (row["date"], row["meeting_id"], Number(row["remarks"], row.get("occurrences")))
            for row in rows
        ]
        return sorted(days, key=lambda day: day[:2])

    @cached_property
    def months(self) -> dict[Month, Number]:
        """The numbers of every month in which it was said, the first one first."""
        months: dict[Month, Number] = {}
        for day, _meeting, number in self._days:
            month = (day.year, day.month)
            months[month] = months[month] + number if month in months else number
        return months

    @cached_property
    def span(self) -> dict[str, Any]:
        """Meetings, units, the first day and the latest."""
        days = [day for day, _meeting, _number in self._days]
        return {
            "meetings": len({meeting for _day, meeting, _number in self._days}),
            "units": len(self._units),
            "first": days[0] if days else None,
            "latest": days[-1] if days else None,
        }

    @cached_property
    def _units(self) -> list[tuple[int, int]]:
        """Each unit with the number of remarks in which it uses it: one query.

        The condition on units lets SQLite read an index and no remarks.
        """
        rows: Any = self.editions.order_by().filter(unit__isnull=False).values_list("unit_id")
        return list(rows.annotate(number=Count("pk")))

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
        return self._lines_of(self.editions.newest_first().only(*_SHOWN)[: self.most_read])

    def all_lines(self) -> Iterator[Line]:
        """Yield every place in every remark, newest first, SLICE texts in memory at a time.

        What is withdrawn meanwhile is left out.
        """
        newest = list(self.editions.newest_first().values_list("pk", flat=True))
        for start in range(0, len(newest), SLICE):
            ids = newest[start : start + SLICE]
            remarks = RemarkEdition.objects.current().only(*_SHOWN).in_bulk(ids)
            yield from self._lines_of(remarks[pk] for pk in ids if pk in remarks)

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
        most = sorted(self._units, key=lambda unit: (-unit[1], unit[0]))[:MOST_USERS]
        units = Unit.objects.in_bulk([pk for pk, _number in most])
        said: Any = RemarkEdition.objects.current().order_by().filter(unit__in=list(units))
        of = dict(said.values_list("unit").annotate(number=Count("pk")))
        return [
            User(units[pk].name, units[pk].get_absolute_url(), number, of[pk])
            for pk, number in most
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

    def _lines_of(self, remarks: Iterable[RemarkEdition]) -> list[Line]:
        forms = pattern(self.folded)
        return [
            Line(place, remark)
            for remark in remarks
            for place in places_in(remark.heading, remark.text, forms)
        ]

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
