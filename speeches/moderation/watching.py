"""Watching: an act says what it is about to change; at its end the pages that changed are known.

Every act that changes what readers see calls `watch` first. When the outermost act ends, what they
see then is compared with what was taken down; the addresses that differ get a new stamp and are
queued for the front caches, in the transaction of the act (docs/decisions/0012).
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from django.db import models
from django.db.models import Exists, OuterRef, Q

from speeches.models import (
    District,
    EditionSpeaker,
    EditionTheme,
    Meeting,
    PageStamp,
    Person,
    Phrase,
    Remark,
    Theme,
    Unit,
)
from speeches.models.places import with_predecessors
from speeches.moderation.addresses import changed_addresses
from speeches.moderation.counting import settle_counts
from speeches.moderation.locking import one_after_another
from speeches.moderation.purging import queue
from speeches.moderation.scenes import Scene, look_elsewhere, people_named, units_around
from speeches.moderation.sights import (
    Names,
    SeenPhrase,
    Sight,
    seen_phrases,
    sight,
    sight_of_meetings,
)
from speeches.moderation.theme_figures import spoken_elsewhere

M = TypeVar("M", bound=models.Model)
# Rows of one statement.
BATCH = 200


@dataclass
class _Watched:
    """What readers saw before the act, of everything it has said it would change."""

    meetings: set[int] = field(default_factory=set)
    seen: Sight = field(default_factory=Sight)
    districts: dict[int, District] | None = None
    themes: dict[int, Theme] | None = None
    units: dict[int, Unit] = field(default_factory=dict)
    people: dict[int, Person] = field(default_factory=dict)
    phrases: dict[int, SeenPhrase] | None = None

    @property
    def nothing(self) -> bool:
        """Whether there is nothing to compare."""
        reference = self.districts is None and self.themes is None and self.phrases is None
        return reference and not (self.seen.remarks or self.meetings or self.units or self.people)


_watched: ContextVar[_Watched | None] = ContextVar("watched", default=None)


@contextmanager
def noting_changes() -> Iterator[None]:
    """Compare at the end of the block, unless it fails, and stamp and queue what differs."""
    watched = _Watched()
    token = _watched.set(watched)
    try:
        yield
        if not watched.nothing:
            _settle(watched)
    finally:
        _watched.reset(token)


def watch(row: Meeting | Remark | District | Theme | Unit | Person | Phrase) -> None:
    """Take down what readers see of this row before it, or what stands at it, changes.

    A meeting is watched with all of its remarks, districts, themes and phrases each as a whole;
    watching twice keeps what was seen first. Raises RuntimeError outside of any act.
    """
    watched = _current()
    if isinstance(row, Meeting | Remark):
        meeting = row.pk if isinstance(row, Meeting) else row.meeting_id
        if meeting not in watched.meetings:
            watched.meetings.add(meeting)
            watched.seen = watched.seen | sight_of_meetings([meeting])
    elif isinstance(row, District):
        if watched.districts is None:
            watched.districts = District.objects.in_bulk()
    elif isinstance(row, Theme):
        if watched.themes is None:
            watched.themes = Theme.objects.in_bulk()
    elif isinstance(row, Phrase):
        if watched.phrases is None:
            watched.phrases = seen_phrases()
    elif isinstance(row, Unit):
        _keep_first(watched.units, Unit.objects.in_bulk([row.pk]))
    else:
        _keep_first(watched.people, Person.objects.in_bulk([row.pk]))


def watch_editions(editions: Iterable[int]) -> None:
    """Take down what readers see of these remark editions, whose themes are about to change."""
    watched = _current()
    watched.seen = watched.seen | sight(Q(pk__in=()), Q(pk__in=list(editions)))


def _current() -> _Watched:
    watched = _watched.get()
    if watched is None:
        raise RuntimeError("What readers see changes inside an act (@journal.act) only.")
    return watched


def _keep_first(rows: dict[int, M], found: Mapping[int, M]) -> None:
    for pk, row in found.items():
        rows.setdefault(pk, row)


def _settle(watched: _Watched) -> None:
    # Whether a unit has a page depends on all meetings: acts on two of them are compared one after
    # the other, the second with the first committed.
    one_after_another("addresses")
    was, now = _before_and_after(watched)
    settle_counts(was.sight.remarks.values(), now.sight.remarks.values())
    paths = sorted(changed_addresses(was, now))
    if paths:
        PageStamp.objects.bulk_create(
            [PageStamp(path=path) for path in paths],
            batch_size=BATCH,
            update_conflicts=True,
            unique_fields=["path"],
            update_fields=["stamp"],
        )
        queue(paths)


def _before_and_after(watched: _Watched) -> tuple[Scene, Scene]:
    districts, themes = District.objects.in_bulk(), Theme.objects.in_bulk()
    phrases = seen_phrases()
    were_districts = districts if watched.districts is None else watched.districts
    were_themes = themes if watched.themes is None else watched.themes
    merged = _with_what_was_merged(were_districts, districts)
    changed_themes = _changed(were_themes, themes)
    units = _changed(watched.units, Unit.objects.in_bulk(list(watched.units)))
    people = _changed(watched.people, people_named(watched.people))

    now = sight(
        Q(meeting__in=watched.meetings),
        Q(meeting__in=watched.meetings) | Q(remark__in=list(watched.seen.remarks)),
    )
    was = watched.seen
    if units or people or merged or changed_themes:
        # Those that only name what was changed are the same before and after.
        themed = EditionTheme.objects.filter(edition=OuterRef("pk"), theme__in=changed_themes)
        spoken = EditionSpeaker.objects.filter(edition=OuterRef("pk"), person__in=people)
        naming = Q(unit__in=units) | Q(district__in=merged) | Exists(themed) | Exists(spoken)
        away = ~Q(meeting__in=watched.meetings)
        same = sight(Q(host__in=units) & away, naming & away)
        was, now = was | same, now | same

    linked = {one.unit for one in (*was.remarks.values(), *now.remarks.values())}
    linked |= {one.host for one in (*was.meetings.values(), *now.meetings.values())}
    linked |= units | {unit.parent_id for unit in watched.units.values()}
    linked |= set(Unit.objects.filter(district__in=merged).values_list("pk", flat=True))
    units_now = units_around(pk for pk in linked if pk is not None)
    speakers = {pk for one in (*was.remarks.values(), *now.remarks.values()) for pk in one.people}
    people_now = people_named(pk for pk in speakers | people if pk is not None)

    elsewhere = look_elsewhere(but=watched.meetings, units=units_now, people=people_now)
    if changed_themes:
        elsewhere = replace(elsewhere, spoken=spoken_elsewhere(but=watched.meetings))
    named_then = Names(
        were_districts,
        were_themes,
        units_now | watched.units,
        people_now | watched.people,
        phrases if watched.phrases is None else watched.phrases,
    )
    named_now = Names(districts, themes, units_now, people_now, phrases)
    return Scene(was.called(named_then), elsewhere), Scene(now.called(named_now), elsewhere)


def _changed(before: Mapping[int, M], after: Mapping[int, M]) -> set[int]:
    """Return the ids of rows that came, went, or have other values."""
    return {
        pk
        for pk in {*before, *after}
        if pk not in before or pk not in after or _values(before[pk]) != _values(after[pk])
    }


def _values(row: models.Model) -> tuple[Any, ...]:
    return tuple(getattr(row, column.attname) for column in row._meta.concrete_fields)


def _with_what_was_merged(
    before: Mapping[int, District], after: Mapping[int, District]
) -> set[int]:
    """Return the districts that changed, with all that was merged into them then or now."""
    changed = _changed(before, after)
    found: set[int] = set(changed)
    for rows in (before, after):
        codes = [row.code for pk, row in rows.items() if pk in changed]
        links = [(row.pk, row.code, row.successor_id) for row in rows.values()]
        found |= with_predecessors(links, codes)
    return found
