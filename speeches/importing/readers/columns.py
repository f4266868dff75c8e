"""Reading order: a recursive XY-cut (Nagy and Seth, 1984) over the strips of a page.

A region is cut into bands where a white gap runs right across it, and into columns where one runs
all the way down. A gap across comes first, because a short headline over several columns leaves
the gaps between them open; only where every band stands in several columns does the gap down come
first, because then the bands are the columns' own paragraphs and headings. A line that closes a gap
which nearly all lines leave open, as a byline over four columns does, is a band of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from speeches.importing.readers.glyphs import Strip, rows_of

# A gap across counts from this share of the body's em on, and from this much above its own leading.
_LEAST_ACROSS, _ABOVE_LEADING = 0.6, 1.5
# Beside a line that is larger than the body, or that bridges a gutter, a smaller gap counts.
_LARGER, _LEAST_BY_HEADLINE = 1.3, 0.12
# One line in so many may bridge a gutter, and a subtitle and a byline always.
_BRIDGES, _LEAST_BRIDGES, _LEAST_BRIDGED = 5, 2, 6
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
    columns = _columns(strips, page)
    bands = _bands(strips, page, by_headline=len(columns) < 2)
    if depth > _DEEPEST or (len(bands) < 2 and len(columns) < 2):
        return [rows_of(strips)]
    if len(columns) > 1 and all(_spans(band, columns) for band in bands):
        page.gutters += [
            (max(one.right for one in before) + min(one.left for one in after)) / 2
            for before, after in pairwise(columns)
        ]
        return [leaf for part in columns for leaf in _cut(part, page, depth + 1)]
    parts = [_cut(band, page, depth + 1) for band in bands]
    return _put_together(parts)


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


def _bands(strips: Sequence[Strip], page: _Page, *, by_headline: bool) -> list[list[Strip]]:
    least = max(
        _LEAST_ACROSS * page.size,
        _ABOVE_LEADING * page.leading,
        page.leading + 0.3 * page.size,
    )

    bridges = _bridges(strips)

    def divides(gap: float, above: Strip, below: Strip) -> bool:
        if gap >= least:
            return True
        if gap < _LEAST_BY_HEADLINE * page.size:
            return False
        if any(low <= one.bottom <= high for one in (above, below) for low, high in bridges):
            return True
        larger = max(above.size, below.size) >= _LARGER * min(above.size, below.size)
        return by_headline and larger

    return _split(strips, lambda one: (one.top, one.bottom), divides)


def _bridges(strips: Sequence[Strip]) -> list[tuple[float, float]]:
    """Where, from top to bottom, the lines stand that bridge a gap which nearly all others leave
    open.
    """
    lines = len(rows_of(strips))
    if lines < _LEAST_BRIDGED:
        return []
    least = _LEAST_DOWN[0][1] * median(one.size for one in strips)
    few = max(_LEAST_BRIDGES, lines // _BRIDGES)
    edges = sorted([(one.left, 1) for one in strips] + [(one.right, -1) for one in strips])
    found: list[tuple[float, float]] = []
    across, dense, since = 0, False, 0.0
    for edge, step in edges:
        if across <= few < across + step:
            if dense and edge - since >= least:
                found += [
                    (one.top, one.bottom) for one in strips if one.left < since and one.right > edge
                ]
            dense = True
        elif across + step <= few < across:
            since = edge
        across += step
    return found


def _columns(strips: Sequence[Strip], page: _Page) -> list[list[Strip]]:
    size = median(one.size for one in strips)
    lines = len(rows_of(strips))
    least = next(ems for most, ems in _LEAST_DOWN if lines >= most) * size

    def divides(gap: float, before: Strip, after: Strip) -> bool:
        middle = after.left - gap / 2
        known = any(abs(middle - gutter) < size / 2 for gutter in page.gutters)
        return gap >= (_LEAST_DOWN[0][1] * size if known else least)

    return _split(strips, lambda one: (one.left, one.right), divides)


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
