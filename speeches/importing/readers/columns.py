"""Reading order: a recursive XY-cut (Nagy and Seth, 1984) over the strips of a page.

A region is cut into bands where a white gap runs right across it, and into columns where one runs
all the way down. A gap across comes first, because a short headline over several columns leaves
the gaps between them open; only where every band stands in several columns does the gap down come
first, because then the bands are the columns' own paragraphs and headings.

Lines close above columns leave no such gap. They are told by what they hide: where a narrower gap
across has more columns on one side than the region has as a whole, or where few lines in the
middle of one column stand above the tops of all others.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from speeches.importing.readers.glyphs import Strip, rows_of

# A gap across counts from this share of the body's em on, and from this much above its own leading.
_LEAST_ACROSS, _ABOVE_LEADING = 0.6, 1.5
# The least gap across beside lines that hide columns, and how many such lines there may be.
_LEAST_BY_HEADLINE, _MOST_HEADLINES, _MOST_OF_IT = 0.1, 3, 0.6
_LARGER = 1.15
# Ems that a gap down has to measure, by the number of lines that it divides: spaces in a heading
# make gaps too, and the fewer lines, the likelier.
_LEAST_DOWN = ((4, 0.8), (2, 2.0), (1, 4.0))
_DEEPEST = 60


@dataclass
class _Page:
    """What is known of a page before it is cut."""

    size: float
    leading: float
    gutters: list[float] = field(default_factory=list)


def reading_order(strips: Sequence[Strip]) -> list[list[Strip]]:
    """The columns of a page in reading order, each as its printed lines from top to bottom."""
    if not strips:
        return []
    page = _Page(body_size(strips), _leading(strips))
    _cut(strips, page, 0)
    # A gutter that long columns show is a gutter beside short ones too.
    return _cut(strips, page, 0)


def body_size(strips: Sequence[Strip]) -> float:
    """The em in which most characters are set."""
    counts: dict[float, int] = {}
    for strip in strips:
        size = round(strip.size, 1)
        counts[size] = counts.get(size, 0) + len(strip.glyphs)
    return max(counts, key=lambda size: (counts[size], size))


def _leading(strips: Sequence[Strip]) -> float:
    """The usual white between a line and the next one below it."""
    ordered = sorted(strips, key=lambda one: one.top)
    gaps = []
    for i, one in enumerate(ordered):
        for other in ordered[i + 1 : i + 40]:
            if other.top >= one.bottom and other.left < one.right and one.left < other.right:
                gaps.append(other.top - one.bottom)
                break
    return median(gaps) if gaps else 0.0


def _cut(strips: Sequence[Strip], page: _Page, depth: int) -> list[list[Strip]]:
    columns, bands = _columns(strips, page), _bands(strips, page)
    down = len(columns) > 1 and all(_spans(band, columns) for band in bands)
    if down or len(bands) < 2:
        hidden = _above_hidden_columns(strips, page, len(columns)) if len(bands) < 2 else []
        bands = hidden or _above_one_column(columns, page)
        down = not bands
    if depth > _DEEPEST or (down and len(columns) < 2):
        return [rows_of(strips)]
    if down:
        page.gutters += [
            (max(one.right for one in before) + min(one.left for one in after)) / 2
            for before, after in pairwise(columns)
        ]
        return [leaf for part in columns for leaf in _cut(part, page, depth + 1)]
    return _put_together([_cut(band, page, depth + 1) for band in bands])


def _above_hidden_columns(strips: Sequence[Strip], page: _Page, columns: int) -> list[list[Strip]]:
    """``strips`` in two parts, one of them a few lines at the top or at the bottom without which
    the other has more than ``columns``; empty where there are no such lines.
    """
    bands = _bands(strips, page, _LEAST_BY_HEADLINE * page.size)
    best: list[list[Strip]] = []
    for place in (*range(1, _MOST_HEADLINES + 1), *range(-1, -_MOST_HEADLINES - 1, -1)):
        parts = [[one for band in half for one in band] for half in (bands[:place], bands[place:])]
        rest = parts[1] if place > 0 else parts[0]
        if len(rest) < _MOST_OF_IT * len(strips):
            continue
        found = len(_columns(rest, page))
        if found > columns:
            best, columns = parts, found
    return best


def _above_one_column(columns: Sequence[Sequence[Strip]], page: _Page) -> list[list[Strip]]:
    """The few headlines that stand over the middle of one column and above the tops of all
    others, and the rest; empty where there are none.
    """
    for column in columns[1:]:
        others = [one for part in columns if part is not column for one in part]
        top = min(one.top for one in others)
        above = [one for one in column if one.bottom <= top]
        below = [one for one in column if one.bottom > top]
        if not above or not below or len(rows_of(above)) > _MOST_HEADLINES:
            continue
        left = min(one.left for one in below)
        if all(
            row.size >= _LARGER * page.size or row.left - left >= page.size
            for row in rows_of(above)
        ):
            return [above, [*below, *others]]
    return []


def _put_together(bands: Sequence[list[list[Strip]]]) -> list[list[Strip]]:
    """Bands of one column that follow each other are one column again."""
    whole: list[list[Strip]] = []
    open_column = False
    for band in bands:
        if len(band) == 1 and open_column:
            whole[-1] = whole[-1] + band[0]
        else:
            whole += band
        open_column = len(band) == 1
    return whole


def _spans(band: Sequence[Strip], columns: Sequence[Sequence[Strip]]) -> bool:
    """True where ``band`` has something in more than one of the columns."""
    edges = [min(one.left for one in column) for column in columns[1:]]
    return len({sum(one.left >= edge for edge in edges) for one in band}) > 1


def _bands(strips: Sequence[Strip], page: _Page, least: float | None = None) -> list[list[Strip]]:
    if least is None:
        least = max(
            _LEAST_ACROSS * page.size,
            _ABOVE_LEADING * page.leading,
            page.leading + 0.3 * page.size,
        )
    enough = least
    return _split(strips, lambda one: (one.top, one.bottom), lambda gap, *_: gap >= enough)


def _columns(strips: Sequence[Strip], page: _Page) -> list[list[Strip]]:
    size = median(one.size for one in strips)
    lines = _count_lines(strips, size)
    least = next(ems for most, ems in _LEAST_DOWN if lines >= most) * size

    def divides(gap: float, before: Strip, after: Strip) -> bool:
        middle = after.left - gap / 2
        known = any(abs(middle - gutter) < size / 2 for gutter in page.gutters)
        return gap >= (_LEAST_DOWN[0][1] * size if known else least)

    return _split(strips, lambda one: (one.left, one.right), divides)


def _count_lines(strips: Sequence[Strip], size: float) -> int:
    count, last = 0, float("-inf")
    for one in sorted(strips, key=lambda strip: strip.bottom):
        if one.bottom - last > size / 2:
            count, last = count + 1, one.bottom
    return count


def _split(
    strips: Sequence[Strip],
    extent: Callable[[Strip], tuple[float, float]],
    divides: Callable[[float, Strip, Strip], bool],
) -> list[list[Strip]]:
    """``strips`` divided at the gaps of their projection for which ``divides`` says so; it is
    given the gap and the strips on both its edges.
    """
    parts: list[list[Strip]] = []
    edge: Strip | None = None
    for one in sorted(strips, key=lambda strip: extent(strip)[0]):
        if edge is None or (
            (gap := extent(one)[0] - extent(edge)[1]) > 0 and divides(gap, edge, one)
        ):
            parts.append([])
        parts[-1].append(one)
        if edge is None or extent(one)[1] > extent(edge)[1]:
            edge = one
    return parts
