"""Loading: the editions that readers' pages show, with what each of them says beside its text.

Every query here is prepared (`speeches.models.prepared`): these are the ones that run for nearly
every page.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import TypeVar

from django.db.models import Aggregate, Count, IntegerField, OuterRef, Subquery, Sum
from django.db.models.functions import Coalesce, Length

from speeches.models import EditionSpeaker, EditionTheme, MeetingEdition, RemarkEdition, Theme
from speeches.models.edition_base import EditionQuerySet
from speeches.models.editions import RemarkEditionQuerySet
from speeches.models.meeting_editions import MeetingEditionQuerySet
from speeches.models.prepared import Prepared

E = TypeVar("E", MeetingEdition, RemarkEdition)

_current = RemarkEdition.objects.current()
_meetings = MeetingEdition.objects.current()
_first = _current.with_first_publication()


def _of_meeting(number: Aggregate) -> Coalesce:
    """Return a number of all that readers see of a meeting; a meeting may have no remark."""
    remarks = _current.filter(meeting=OuterRef("meeting")).order_by().values("meeting")
    numbers = remarks.annotate(number=number).values("number")
    return Coalesce(Subquery(numbers, output_field=IntegerField()), 0)


def _counted(editions: MeetingEditionQuerySet) -> MeetingEditionQuerySet:
    return editions.for_lists().annotate(remark_count=_of_meeting(Count("pk")))


_LISTED = Prepared(RemarkEdition, lambda *ids: _current.filter(pk__in=ids).for_lists())
_FOUND = Prepared(RemarkEdition, lambda *ids: _current.filter(pk__in=ids).for_results())
_READ = Prepared(RemarkEdition, lambda *ids: _first.filter(pk__in=ids).for_pages())
_READ_ONE = Prepared(RemarkEdition, lambda remark: _first.filter(remark=remark).for_pages())
_READ_TOGETHER = Prepared(
    RemarkEdition, lambda meeting: _first.in_meeting(meeting).for_meeting_page().in_order()
)
_BEGUN_TOGETHER = Prepared(
    RemarkEdition, lambda meeting: _current.in_meeting(meeting).for_beginnings().in_order()
)
_BESIDE = Prepared(
    RemarkEdition,
    lambda meeting: _current.in_meeting(meeting).for_links().order_by("position", "remark_id"),
)
_MEETINGS_LISTED = Prepared(
    MeetingEdition,
    lambda *ids: _counted(_meetings.filter(pk__in=ids)),
)
_MEETING_READ = Prepared(
    MeetingEdition,
    lambda meeting: (
        _meetings.filter(meeting=meeting)
        .with_first_publication()
        .annotate(characters=_of_meeting(Sum(Length("text"))))
        .select_related("host")
    ),
)
_THEMES = Prepared(
    EditionTheme, lambda *ids: EditionTheme.objects.shown().filter(edition__pk__in=ids)
)
_SPEAKERS = Prepared(
    EditionSpeaker,
    lambda *ids: (
        EditionSpeaker.objects.filter(edition__pk__in=ids)
        .select_related("person")
        .order_by("edition", "position")
    ),
)


def listed(editions: RemarkEditionQuerySet) -> list[RemarkEdition]:
    """Return what a list shows of these current editions, in their order; two queries a page.

    Which ones a page has an index alone tells: what stands before it is passed over without
    looking at its rows.
    """
    return _in_order_of(editions, _LISTED)


def newest(number: int) -> list[RemarkEdition]:
    """Return what a list shows of the latest remarks; one query."""
    return _newest(number)()


@cache
def _newest(number: int) -> Prepared[RemarkEdition]:
    return Prepared(RemarkEdition, lambda: _current.newest_first().for_lists()[:number])


def found(editions: RemarkEditionQuerySet | list[int]) -> list[RemarkEdition]:
    """Return what a list of results shows of these editions, or ids of them; see `listed()`."""
    return _in_order_of(editions, _FOUND)


def _in_order_of(editions: EditionQuerySet[E] | list[int], loaded: Prepared[E]) -> list[E]:
    ids = editions if isinstance(editions, list) else list(editions.values_list("pk", flat=True))
    by_id = {edition.pk: edition for edition in loaded.among(ids)}
    # Withdrawn or corrected a moment ago: the reader's next visit tells of it.
    return [by_id[pk] for pk in ids if pk in by_id]


def in_full(ids: Iterable[int]) -> list[RemarkEdition]:
    """Return those of these editions that are current, in any order; one query for fifty."""
    return _READ.among(ids)


def remark_in_full(remark: int) -> list[RemarkEdition]:
    """Return the current edition of this remark, none where it has none; one query."""
    return _READ_ONE(remark)


def meeting_in_full(meeting: MeetingEdition) -> list[RemarkEdition]:
    """Return the current editions of this current meeting's remarks, as printed; one query."""
    return _at(meeting, _READ_TOGETHER(meeting.meeting_id))


def meeting_begun(meeting: MeetingEdition) -> list[RemarkEdition]:
    """Return the same without their bodies; one query."""
    return _at(meeting, _BEGUN_TOGETHER(meeting.meeting_id))


def _at(meeting: MeetingEdition, editions: list[RemarkEdition]) -> list[RemarkEdition]:
    for edition in editions:
        edition.meeting_edition = meeting
    return editions


def beside(meeting: int) -> list[RemarkEdition]:
    """Return what links to this meeting's current remarks say, as printed; one query."""
    return _BESIDE(meeting)


def meetings_listed(editions: MeetingEditionQuerySet) -> list[MeetingEdition]:
    """Return what a list shows of these current meetings, in their order; see `listed()`."""
    return _in_order_of(editions, _MEETINGS_LISTED)


def newest_meetings(number: int) -> list[MeetingEdition]:
    """Return what a list shows of the latest meetings; one query."""
    return _newest_meetings(number)()


@cache
def _newest_meetings(number: int) -> Prepared[MeetingEdition]:
    return Prepared(
        MeetingEdition,
        lambda: _counted(_meetings.newest_first())[:number],
    )


def current_meeting(meeting: int) -> MeetingEdition | None:
    """Return the current edition of this meeting with its host; one query.

    `characters` says how long its remarks are together.
    """
    return next(iter(_MEETING_READ(meeting)), None)


def themes_of(editions: Sequence[RemarkEdition]) -> Mapping[int, list[Theme]]:
    """Return the assigned themes by edition, in the newsroom's order; one query for fifty."""
    themes: dict[int, list[Theme]] = defaultdict(list)
    for link in _THEMES.among(edition.pk for edition in editions):
        themes[link.edition_id].append(link.theme)
    return themes


def speakers_of(editions: Sequence[RemarkEdition]) -> Mapping[int, list[EditionSpeaker]]:
    """Return the speakers by edition, each with the person, as printed; one query for fifty."""
    speakers: dict[int, list[EditionSpeaker]] = defaultdict(list)
    for speaker in _SPEAKERS.among(edition.pk for edition in editions):
        speakers[speaker.edition_id].append(speaker)
    return speakers
