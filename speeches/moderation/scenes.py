"""Scenes: a sight together with what stands beside it on the same pages and does not change.

Some pages show the newest few, the latest post, or whether a unit is public at all: for these a
change of one meeting has to be seen among the others. `Elsewhere` holds just that of the others.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.db.models import Q

from speeches.models import (
    District,
    EditionSpeaker,
    MeetingEdition,
    Person,
    PhraseCount,
    RemarkEdition,
    Theme,
    Unit,
)
from speeches.moderation.sights import SeenMeeting, SeenRemark, Sight

# How many the front page, a unit's page and the comparison show (`public/home.py`, `units.py`,
# `comparison.py`).
LATEST_MEETINGS = 5
LATEST_REMARKS = 8
HOSTED = 10
OFFERED_MEETINGS = 30

# Year and month.
Month = tuple[int, int]
MeetingKey = tuple[dt.date, int]
RemarkKey = tuple[dt.date, int, int]
# Theme -> how many remarks.
Spoken = Counter[int]
Post = tuple[dt.date, int, str, str]


@dataclass(frozen=True)
class Elsewhere:
    """What other meetings bring to the pages that the changed ones stand on."""

    # Units that another meeting makes public.
    units: frozenset[int] = frozenset()
    meetings: frozenset[MeetingKey] = frozenset()
    remarks: frozenset[RemarkKey] = frozenset()
    # Months in which anything was said.
    months: frozenset[Month] = frozenset()
    hosted: Mapping[int, frozenset[MeetingKey]] = field(default_factory=dict)
    posts: Mapping[int, Post] = field(default_factory=dict)
    # Of which themes a district, a unit or a person speaks, where the tree has changed; `away` are
    # the meetings that are left out.
    spoken: Mapping[tuple[str, int | None], Spoken] = field(default_factory=dict)
    # Which unit or person uses which phrase: ("unit" or "person", its id, the phrase).
    using: frozenset[tuple[str, int, int]] = frozenset()
    away: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Scene:
    """A sight among everything else."""

    sight: Sight
    elsewhere: Elsewhere

    # -- names and addresses --------------------------------------------------------------------

    def district(self, pk: int | None) -> tuple[str, str] | None:
        """Return a district's code and name."""
        row = self.sight.names.districts.get(pk) if pk is not None else None
        return None if row is None else (row.code, row.name)

    def chain(self, pk: int | None) -> list[District]:
        """Return a district and what it was merged into, one after another."""
        found: list[District] = []
        row = self.sight.names.districts.get(pk) if pk is not None else None
        while row is not None and row not in found:
            found.append(row)
            row = self.sight.names.districts.get(row.successor_id or 0)
        return found

    def chain_names(self, pk: int | None) -> tuple[tuple[str, str], ...]:
        """Return codes and names of the same."""
        return tuple((row.code, row.name) for row in self.chain(pk))

    def unit(self, pk: int | None) -> tuple[int, str] | None:
        """Return a unit's number and name."""
        row = self.sight.names.units.get(pk) if pk is not None else None
        return None if row is None else (row.pk, row.name)

    def person(self, pk: int | None) -> tuple[int, str] | None:
        """Return a person's number and name."""
        row = self.sight.names.people.get(pk) if pk is not None else None
        return None if row is None else (row.pk, row.name)

    @cached_property
    def tree(self) -> list[tuple[int, Theme]]:
        """Every theme with its depth, children behind their parents, as pages show them."""
        rows = sorted(self.sight.names.themes.values(), key=lambda row: (row.position, row.pk))
        return list(_below(rows, None, 0))

    def themes(self, ids: Iterable[int]) -> tuple[tuple[str, str], ...]:
        """Return slugs and names of these themes, in the newsroom's order."""
        rows = self.sight.names.themes
        there = sorted((rows[pk].position, pk) for pk in ids if pk in rows)
        return tuple((rows[pk].slug, rows[pk].name) for _position, pk in there)

    def themes_as_tree(self, ids: Iterable[int]) -> tuple[tuple[str, str], ...]:
        """Return slugs and names of these themes, in the order of the tree."""
        wanted = set(ids)
        return tuple((row.slug, row.name) for _depth, row in self.tree if row.pk in wanted)

    # -- what a list shows ----------------------------------------------------------------------

    def row(self, remark: SeenRemark) -> tuple[Any, ...]:
        """Return what a list shows of a remark, but for its meeting."""
        return (
            remark.id,
            remark.heading,
            remark.printed,
            remark.excerpt,
            remark.date,
            self.themes(remark.assigned),
        )

    def row_with_meeting(self, remark: SeenRemark) -> tuple[Any, ...]:
        """Return what a list shows of a remark."""
        return (*self.row(remark), remark.meeting, self.label_of_meeting(remark.meeting))

    def label_of_meeting(self, pk: int) -> str:
        """Return a meeting's label; "" of one that is not looked at, since it does not change."""
        meeting = self.sight.meetings.get(pk)
        return meeting.label if meeting else ""

    def meeting_row(self, meeting: SeenMeeting) -> tuple[Any, ...]:
        """Return what a list shows of a meeting."""
        number = sum(remark.meeting == meeting.id for remark in self.sight.remarks.values())
        return (*meeting.row, number)

    # -- what is public, and what is the newest ----------------------------------------------------

    @cached_property
    def public_units(self) -> set[int]:
        """The units, of those spoken of, that have a page."""
        speak = {remark.unit for remark in self.sight.remarks.values() if remark.unit}
        host = {meeting.host for meeting in self.sight.meetings.values() if meeting.host}
        return speak | host | set(self.elsewhere.units)

    @cached_property
    def months(self) -> list[Month]:
        """The months in which anything was said, the first one first."""
        meetings = {month_of(one) for one in self.sight.meetings.values()}
        remarks = {month_of(one) for one in self.sight.remarks.values()}
        return sorted(self.elsewhere.months | meetings | remarks)

    def newest_meetings(self) -> list[SeenMeeting]:
        """Return those that stand on the front page."""
        return self._of_keys(self._latest(LATEST_MEETINGS))

    def offered_meetings(self) -> list[int]:
        """Return those that the comparison offers, as they stand there."""
        return [pk for _date, pk in self._latest(OFFERED_MEETINGS)]

    def hosted(self, unit: int) -> list[SeenMeeting]:
        """Return those that stand on the page of the unit that hosted them."""
        keys = {(one.date, one.id) for one in self.sight.meetings.values() if one.host == unit}
        others = self.elsewhere.hosted.get(unit, frozenset())
        return self._of_keys(_first(keys | others, HOSTED))

    def newest_remarks(self) -> list[SeenRemark]:
        """Return those that stand on the front page."""
        mine = {key_of(one): one for one in self.sight.remarks.values()}
        keys = sorted({*mine, *self.elsewhere.remarks}, reverse=True)[:LATEST_REMARKS]
        return [mine[key] for key in keys if key in mine]

    def latest_post(self, person: int) -> tuple[str, str] | None:
        """Return the unit and post last printed with a person; None where nothing is public."""
        posts = [
            (one.date, one.edition, one.unit_as_printed, one.post_as_printed)
            for one in self.sight.remarks.values()
            if person in one.people
        ]
        if person in self.elsewhere.posts:
            posts.append(self.elsewhere.posts[person])
        return max(posts)[2:] if posts else None

    def _latest(self, number: int) -> list[MeetingKey]:
        keys = {(one.date, one.id) for one in self.sight.meetings.values()}
        return _first(keys | self.elsewhere.meetings, number)

    def _of_keys(self, keys: Iterable[MeetingKey]) -> list[SeenMeeting]:
        meetings = self.sight.meetings
        return [meetings[pk] for _date, pk in keys if pk in meetings]


def key_of(remark: SeenRemark) -> RemarkKey:
    """Return what the front page orders remarks by, the greatest first."""
    return (remark.date, remark.meeting, -remark.position)


def month_of(text: SeenMeeting | SeenRemark) -> Month:
    """Return the month that the archive has a text under."""
    return (text.date.year, text.date.month)


def _first(keys: Iterable[MeetingKey], number: int) -> list[MeetingKey]:
    return sorted(keys, reverse=True)[:number]


def _below(rows: list[Theme], parent: int | None, depth: int) -> Iterable[tuple[int, Theme]]:
    for row in rows:
        if row.parent_id == parent:
            yield depth, row
            yield from _below(rows, row.pk, depth + 1)


def look_elsewhere(*, but: Iterable[int], units: Iterable[int], people: Iterable[int]) -> Elsewhere:
    """Return what all meetings `but` these bring to the pages of these units and people."""
    away, units, people = list(but), list(units), list(people)
    meetings = MeetingEdition.objects.current().exclude(meeting__in=away)
    remarks = RemarkEdition.objects.current().exclude(meeting__in=away)
    hosted: dict[int, set[MeetingKey]] = {}
    for host, date, pk in meetings.filter(host__in=units).values_list(
        "host_id", "date", "meeting_id"
    ):
        hosted.setdefault(host, set()).add((date, pk))
    speaking = remarks.filter(unit__in=units).order_by().values_list("unit_id", flat=True)
    # Days, which an index has; a function of the date would be worked out for every remark.
    days = [editions.order_by().values_list("date", flat=True) for editions in (meetings, remarks)]
    newest = meetings.newest_first().values_list("date", "meeting_id")
    newest_remarks = remarks.newest_first().values_list("date", "meeting_id", "position")
    return Elsewhere(
        units=frozenset(speaking.distinct()) | frozenset(hosted),
        meetings=frozenset(newest[:OFFERED_MEETINGS]),
        remarks=frozenset((d, m, -p) for d, m, p in newest_remarks[:LATEST_REMARKS]),
        months=frozenset((day.year, day.month) for day in days[0].union(days[1])),
        hosted={unit: frozenset(keys) for unit, keys in hosted.items()},
        posts=_latest_posts(people, away),
        using=_using(units, people, away),
        away=frozenset(away),
    )


def _using(units: list[int], people: list[int], away: list[int]) -> frozenset[tuple[str, int, int]]:
    counts = PhraseCount.objects.exclude(edition__meeting__in=away).order_by()
    by_unit = counts.filter(edition__unit__in=units).values_list("edition__unit", "phrase")
    by_person = counts.filter(edition__speakers__person__in=people)
    spoken = by_person.values_list("edition__speakers__person", "phrase")
    return frozenset(
        [
            *(("unit", unit, phrase) for unit, phrase in by_unit.distinct()),
            *(("person", person, phrase) for person, phrase in spoken.distinct()),
        ]
    )


def _latest_posts(people: list[int], away: list[int]) -> dict[int, Post]:
    spoken = EditionSpeaker.objects.filter(
        person__in=people, edition__in=RemarkEdition.objects.current().exclude(meeting__in=away)
    )
    rows = spoken.values_list(
        "person_id",
        "edition__date",
        "edition_id",
        "edition__unit_as_printed",
        "edition__post_as_printed",
    )
    posts: dict[int, Post] = {}
    for person, *post in rows:
        latest: Post = tuple(post)  # type: ignore[assignment]
        posts[person] = max(posts.get(person, _NEVER), latest)
    return posts


_NEVER: Post = (dt.date.min, 0, "", "")


def units_around(units: Iterable[int]) -> dict[int, Unit]:
    """Return these units, the units below them (which name them), and all they stand under."""
    ids = set(units)
    found = Unit.objects.filter(Q(pk__in=ids) | Q(parent__in=ids))
    rows = {row.pk: row for row in found}
    above = {row.parent_id for row in rows.values() if row.parent_id} - set(rows)
    return rows | Unit.objects.in_bulk(above)


def people_named(people: Iterable[int]) -> dict[int, Person]:
    """Return these people."""
    return Person.objects.in_bulk(set(people))
