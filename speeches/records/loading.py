"""Loading: the editions that readers' pages show, with what each of them says beside its text.

Every query here is prepared (`speeches.models.prepared`): these are the ones that run for nearly
every page.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from speeches.models import EditionSpeaker, EditionTheme, RemarkEdition, Theme
from speeches.models.editions import RemarkEditionQuerySet
from speeches.models.prepared import Prepared

_current = RemarkEdition.objects.current()


def _in_full(editions: RemarkEditionQuerySet) -> RemarkEditionQuerySet:
    return editions.with_first_publication().for_pages()


_LISTED = Prepared(RemarkEdition, lambda *ids: _current.filter(pk__in=ids).for_lists())
_FOUND = Prepared(RemarkEdition, lambda *ids: _current.filter(pk__in=ids).for_results())
_READ = Prepared(RemarkEdition, lambda *ids: _in_full(_current.filter(pk__in=ids)))
_READ_ONE = Prepared(RemarkEdition, lambda remark: _in_full(_current.filter(remark=remark)))
_READ_TOGETHER = Prepared(
    RemarkEdition, lambda meeting: _in_full(_current.in_meeting(meeting)).in_order()
)
_BESIDE = Prepared(
    RemarkEdition,
    lambda meeting: _current.in_meeting(meeting).for_links().order_by("position", "remark_id"),
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


def found(editions: RemarkEditionQuerySet) -> list[RemarkEdition]:
    """Return what a list of results shows of these editions; see `listed()`."""
    return _in_order_of(editions, _FOUND)


def _in_order_of(
    editions: RemarkEditionQuerySet, loaded: Prepared[RemarkEdition]
) -> list[RemarkEdition]:
    ids = list(editions.values_list("pk", flat=True))
    by_id = {edition.pk: edition for edition in loaded.among(ids)}
    # Withdrawn or corrected a moment ago: the reader's next visit tells of it.
    return [by_id[pk] for pk in ids if pk in by_id]


def in_full(ids: Iterable[int]) -> list[RemarkEdition]:
    """Return those of these editions that are current, in any order; one query for fifty."""
    return _READ.among(ids)


def remark_in_full(remark: int) -> list[RemarkEdition]:
    """Return the current edition of this remark, none where it has none; one query."""
    return _READ_ONE(remark)


def meeting_in_full(meeting: int) -> list[RemarkEdition]:
    """Return the current editions of this meeting's remarks, as printed; one query."""
    return _READ_TOGETHER(meeting)


def beside(meeting: int) -> list[RemarkEdition]:
    """Return what links to this meeting's current remarks say, as printed; one query."""
    return _BESIDE(meeting)


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
