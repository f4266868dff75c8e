"""Sights: what readers see of some meetings at one moment, as simple facts that can be compared.

Links are kept as ids; the names they show stand beside them in `Sight.names`, so that a rename is
a difference of names and nothing else.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.db.models import Q
from django.utils.timezone import localdate

from speeches.models import (
    District,
    EditionSpeaker,
    EditionTheme,
    MeetingEdition,
    Person,
    Phrase,
    PhraseCount,
    RemarkEdition,
    Theme,
    Unit,
)
from speeches.models.editions import RemarkEditionQuerySet


@dataclass(frozen=True)
class SeenMeeting:
    """A public meeting: what its row, its page and its remarks' pages show."""

    id: int
    edition: int
    title: str
    subtitle: str
    name: str
    date: dt.date
    source: tuple[Any, ...]
    host: int | None
    images: tuple[str, ...]

    @property
    def label(self) -> str:
        """The headline, or the meeting's name where there is none."""
        return self.title or self.name

    @property
    def row(self) -> tuple[Any, ...]:
        """What a list of meetings shows, but for the number of remarks."""
        second = self.subtitle or (self.name if self.title else "")
        return (self.id, self.label, second, self.date)


@dataclass(frozen=True)
class SeenRemark:
    """A public remark; its edition stands for everything that is frozen."""

    id: int
    edition: int
    meeting: int
    position: int
    heading: str
    unit_as_printed: str
    post_as_printed: str
    speakers_as_printed: str
    excerpt: str
    date: dt.date
    district: int | None
    unit: int | None
    people: tuple[int | None, ...] = ()
    themes: frozenset[int] = frozenset()
    assigned: frozenset[int] = frozenset()
    # How often the followed phrases stand in it: phrase and number.
    phrases: tuple[tuple[int, int], ...] = ()

    @property
    def printed(self) -> tuple[str, ...]:
        """Who speaks, as printed."""
        return (self.unit_as_printed, self.post_as_printed, self.speakers_as_printed)

    @property
    def label(self) -> tuple[str, ...]:
        """What a link to it says."""
        return (self.heading,) if self.heading else self.printed


# A followed phrase: how it is shown, and the forms in which it counts, each with its id: forms
# are made anew whenever counts are.
SeenPhrase = tuple[str, tuple[tuple[int, str], ...]]


@dataclass(frozen=True)
class Names:
    """Districts, themes and phrases, all; units and people, those that are spoken of."""

    districts: Mapping[int, District] = field(default_factory=dict)
    themes: Mapping[int, Theme] = field(default_factory=dict)
    units: Mapping[int, Unit] = field(default_factory=dict)
    people: Mapping[int, Person] = field(default_factory=dict)
    phrases: Mapping[int, SeenPhrase] = field(default_factory=dict)


@dataclass(frozen=True)
class Sight:
    """What readers see of some meetings and remarks. `gone` has the day of every withdrawal."""

    meetings: Mapping[int, SeenMeeting] = field(default_factory=dict)
    remarks: Mapping[int, SeenRemark] = field(default_factory=dict)
    gone: Mapping[tuple[str, int], dt.date] = field(default_factory=dict)
    gone_images: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    names: Names = field(default_factory=Names)

    @property
    def in_order(self) -> list[SeenRemark]:
        """The remarks as they stand in their meetings."""
        return sorted(self.remarks.values(), key=lambda one: (one.meeting, one.position, one.id))

    def __or__(self, other: "Sight") -> "Sight":
        """Return both, `self` deciding where they differ; the names are those of `self`."""
        return Sight(
            meetings={**other.meetings, **self.meetings},
            remarks={**other.remarks, **self.remarks},
            gone={**other.gone, **self.gone},
            gone_images={**other.gone_images, **self.gone_images},
            names=self.names,
        )

    def called(self, names: Names) -> "Sight":
        """Return the same under these names."""
        return replace(self, names=names)


def sight_of_meetings(meetings: Iterable[int]) -> Sight:
    """Return what readers see of these meetings and all of their remarks: five queries."""
    ids = list(meetings)
    return sight(Q(meeting__in=ids), Q(meeting__in=ids))


def sight(of_meetings: Q, of_remarks: Q) -> Sight:
    """Return what readers see of the standing editions that match."""
    seen: dict[int, SeenMeeting] = {}
    gone: dict[tuple[str, int], dt.date] = {}
    gone_images: dict[int, tuple[str, ...]] = {}
    standing = MeetingEdition.objects.filter(of_meetings, superseded_at__isnull=True)
    for edition in standing.defer("introduction", "bylines", "responsibility"):
        meeting = _meeting(edition)
        if edition.withdrawn_at is None:
            seen[meeting.id] = meeting
        else:
            gone["meeting", meeting.id] = localdate(edition.withdrawn_at)
            gone_images[meeting.id] = meeting.images
    editions = RemarkEdition.objects.filter(of_remarks, superseded_at__isnull=True)
    remarks = {}
    for row in editions.values_list(*_COLUMNS, "withdrawn_at"):
        *values, withdrawn_at = row
        remark = SeenRemark(*values)
        if withdrawn_at is None:
            remarks[remark.edition] = remark
        else:
            gone["remark", remark.id] = localdate(withdrawn_at)
    linked = _linked(remarks, editions.current())
    return Sight(seen, {one.id: one for one in linked}, gone, gone_images)


_COLUMNS = (
    *("remark_id", "pk", "meeting_id", "position", "heading"),
    *("unit_as_printed", "post_as_printed", "speakers_as_printed"),
    *("excerpt", "date", "district_id", "unit_id"),
)


def _meeting(edition: MeetingEdition) -> SeenMeeting:
    return SeenMeeting(
        id=edition.meeting_id,
        edition=edition.pk,
        title=edition.title,
        subtitle=edition.subtitle,
        name=edition.name,
        date=edition.date,
        source=(edition.newspaper, edition.issue_date, edition.page_number),
        host=edition.host_id,
        images=tuple(picture["image"] for picture in edition.pictures),
    )


def _linked(
    remarks: Mapping[int, SeenRemark], editions: RemarkEditionQuerySet
) -> Iterator[SeenRemark]:
    """Yield the remarks (by edition) with their people, themes and phrases."""
    ids = editions.order_by().values("pk")
    people: dict[int, list[int | None]] = {}
    speakers = EditionSpeaker.objects.filter(edition__in=ids).order_by("position")
    for edition, person in speakers.values_list("edition_id", "person_id"):
        people.setdefault(edition, []).append(person)
    themes: dict[int, set[int]] = {}
    assigned: dict[int, set[int]] = {}
    links = EditionTheme.objects.filter(edition__in=ids)
    for edition, theme, inherited in links.values_list("edition_id", "theme_id", "inherited"):
        themes.setdefault(edition, set()).add(theme)
        if not inherited:
            assigned.setdefault(edition, set()).add(theme)
    phrases: dict[int, list[tuple[int, int]]] = {}
    counts = PhraseCount.objects.filter(edition__in=ids).order_by("phrase")
    for edition, phrase, number in counts.values_list("edition_id", "phrase_id", "occurrences"):
        phrases.setdefault(edition, []).append((phrase, number))
    for remark in remarks.values():
        yield replace(
            remark,
            people=tuple(people.get(remark.edition, ())),
            themes=frozenset(themes.get(remark.edition, ())),
            assigned=frozenset(assigned.get(remark.edition, ())),
            phrases=tuple(phrases.get(remark.edition, ())),
        )


def seen_phrases() -> dict[int, SeenPhrase]:
    """Return every followed phrase as readers see it: two queries."""
    return {
        phrase.pk: (phrase.text, tuple((form.pk, form.text) for form in phrase.forms.all()))
        for phrase in Phrase.objects.with_forms()
    }
