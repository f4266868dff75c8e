"""Links of public texts: position, themes, host, district, unit and people follow the desk.

These may change without a new edition (DESIGN.md, One way through); the text never does.
"""

from collections.abc import Iterable, Iterator, Mapping

from django.db import transaction

from speeches.models import (
    EditionSpeaker,
    EditionTheme,
    Meeting,
    MeetingEdition,
    Remark,
    RemarkEdition,
    Theme,
)
from speeches.models.themes import with_ancestors
from speeches.moderation.watching import watch, watch_editions

# Rows of one DELETE or INSERT: SQLite bounds the parameters of a statement.
BATCH = 500


@transaction.atomic
def follow(text: Meeting | Remark) -> bool:
    """Bring the links of the standing edition in line with the desk as it is stored.

    Returns whether anything changed. A text that was never public has nothing to follow.
    """
    return _follow_meeting(text) if isinstance(text, Meeting) else _follow_remark(text)


def _follow_meeting(meeting: Meeting) -> bool:
    host = Meeting.objects.values_list("host_id", flat=True).get(pk=meeting.pk)
    standing = MeetingEdition.objects.filter(meeting=meeting, superseded_at__isnull=True)
    following = standing.exclude(host=host)
    if not following.exists():
        return False
    watch(meeting)
    return bool(following.update(host=host))


def _follow_remark(remark: Remark) -> bool:
    # Speakers are matched by position; a name that differs from the printed one belongs to an
    # edit that is not approved, so its link waits for that.
    edition = (
        RemarkEdition.objects.filter(remark=remark, superseded_at__isnull=True)
        .select_related("remark")
        .first()
    )
    if edition is None:
        return False
    watch(remark)
    names = ("position", "district_id", "unit_id")
    wanted = {name: getattr(edition.remark, name) for name in names}
    changed = any(getattr(edition, name) != value for name, value in wanted.items())
    if changed:
        RemarkEdition.objects.filter(pk=edition.pk).update(**wanted)
    people = {
        (speaker.position, speaker.name_as_printed): speaker.person_id
        for speaker in edition.remark.speakers.all()
    }
    moved = []
    for speaker in edition.speakers.all():
        key = (speaker.position, speaker.name_as_printed)
        if key in people and people[key] != speaker.person_id:
            speaker.person_id = people[key]
            moved.append(speaker)
    EditionSpeaker.objects.bulk_update(moved, ["person"])
    rethemed = set_themes(edition, edition.remark.themes.values_list("id", flat=True))
    return changed or bool(moved) or rethemed


def set_themes(edition: RemarkEdition, assigned: Iterable[int]) -> bool:
    """Give an edition these themes, and by inheritance the themes above them."""
    assigned = set(assigned)
    wanted = {pk: pk not in assigned for pk in Theme.objects.with_ancestors(assigned)}
    there = dict(edition.theme_links.values_list("theme_id", "inherited"))
    if there == wanted:
        return False
    edition.theme_links.all().delete()
    EditionTheme.objects.bulk_create(
        EditionTheme(edition=edition, theme_id=pk, inherited=inherited)
        for pk, inherited in sorted(wanted.items())
    )
    return True


@transaction.atomic
def inherit_anew() -> int:
    """Recompute inherited theme links after the tree of themes changed.

    Returns how many editions were touched; the number of queries does not grow with the links
    that stay.
    """
    parents = dict(Theme.objects.values_list("id", "parent_id"))
    there: dict[int, dict[int, bool]] = {}
    links = EditionTheme.objects.values_list("edition_id", "theme_id", "inherited")
    for edition, theme, inherited in links:
        there.setdefault(edition, {})[theme] = inherited
    wanted = {edition: _with_inherited(parents, links) for edition, links in there.items()}
    touched = [edition for edition in there if there[edition] != wanted[edition]]
    watch_editions(touched)
    for editions in _batches(touched):
        EditionTheme.objects.filter(edition__in=editions, inherited=True).delete()
    EditionTheme.objects.bulk_create(
        (
            EditionTheme(edition_id=edition, theme_id=theme, inherited=True)
            for edition in touched
            for theme, inherited in wanted[edition].items()
            if inherited
        ),
        batch_size=BATCH,
    )
    return len(touched)


def _with_inherited(parents: Mapping[int, int | None], links: dict[int, bool]) -> dict[int, bool]:
    assigned = {theme for theme, inherited in links.items() if not inherited}
    return {theme: theme not in assigned for theme in with_ancestors(parents, assigned)}


def _batches(ids: list[int]) -> Iterator[list[int]]:
    for start in range(0, len(ids), BATCH):
        yield ids[start : start + BATCH]
