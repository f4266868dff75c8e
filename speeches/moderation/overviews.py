"""Overviews: what the pages show that count and list the whole archive (`addresses.PAGES`)."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any, TypeVar

from speeches.moderation.facts import Facts, address, public_units
from speeches.moderation.scenes import Scene, month_of

P = TypeVar("P")


def matrix(scene: Scene) -> Facts:
    """Every theme and district, and how many remarks each cell and each margin has in a year."""
    path = address("matrix")
    yield path, sorted((row.code, row.name) for row in scene.sight.names.districts.values())
    yield path, [(depth, theme.slug, theme.name) for depth, theme in scene.tree]
    cells: Counter[Any] = Counter()
    for remark in scene.sight.remarks.values():
        districts = ["", *(district.code for district in scene.chain(remark.district))]
        themes = ["", *(slug for slug, _name in scene.themes(remark.themes))]
        cells.update((remark.date.year, one, other) for one in districts for other in themes)
    yield path, cells


def comparison(scene: Scene) -> Facts:
    """Every unit's remarks apart, and what may be chosen: units, themes and meetings."""
    path = address("comparison")
    yield path, [(depth, theme.slug, theme.name) for depth, theme in scene.tree]
    yield path, [(unit.pk, unit.name) for unit in public_units(scene)]
    yield path, scene.offered_meetings()
    for pk, meeting in sorted(scene.sight.meetings.items()):
        # One that is not among the latest can be asked for.
        yield path, (pk, meeting.label)
    # Whose remark stands before whose in the meeting is not seen.
    for remark in sorted(scene.sight.in_order, key=lambda one: one.unit or 0):
        if remark.unit is not None:
            themes = {slug for slug, _name in scene.themes(remark.themes)}
            yield path, (remark.unit, scene.row_with_meeting(remark), themes)


def archive(scene: Scene) -> Facts:
    """How many meetings and remarks every month has."""
    yield address("archive"), _calendar(scene)


def archive_year(scene: Scene) -> Facts:
    """The months and meetings of every year, between the years before and after it."""
    numbers = _calendar(scene)
    for year, around in _with_neighbours(sorted({year for year, _month in scene.months})):
        yield address("archive-year", year), around
    for kind, year, month in sorted(numbers):
        yield address("archive-year", year), (kind, month, numbers[kind, year, month])
    for _pk, meeting in sorted(scene.sight.meetings.items()):
        yield address("archive-year", meeting.date.year), scene.meeting_row(meeting)


def archive_month(scene: Scene) -> Facts:
    """The meetings and remarks of every month, between the months before and after it."""
    for month, around in _with_neighbours(scene.months):
        yield address("archive-month", *month), around
    for _pk, meeting in sorted(scene.sight.meetings.items()):
        yield address("archive-month", *month_of(meeting)), scene.meeting_row(meeting)
    for remark in scene.sight.in_order:
        yield address("archive-month", *month_of(remark)), scene.row_with_meeting(remark)


def _calendar(scene: Scene) -> Counter[tuple[str, int, int]]:
    meetings, remarks = scene.sight.meetings.values(), scene.sight.remarks.values()
    return Counter(
        [
            *(("meeting", *month_of(meeting)) for meeting in meetings),
            *(("remark", *month_of(remark)) for remark in remarks),
        ]
    )


def _with_neighbours(periods: Sequence[P]) -> Iterator[tuple[P, tuple[P | None, P | None]]]:
    """Yield each period with the one before and the one after it."""
    yield from zip(periods, zip([None, *periods], [*periods[1:], None], strict=False), strict=False)
