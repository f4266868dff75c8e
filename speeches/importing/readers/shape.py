"""The one shape that every reader gives: text, and the place on a page that each stretch of it
has.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

# How an answer is written for the way from the child to its parent: start, end, page, box.
PlainPlace = tuple[int, int, int, float, float, float, float]


@dataclass(frozen=True)
class Place:
    """Characters [start, end) of the text stand on ``page`` (from 1) in one printed line.

    The box is measured in points (1/72 inch) from the page's top left corner as it is shown.
    """

    start: int
    end: int
    page: int
    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True)
class Reading:
    """What a file says. ``encoding`` is "" where the format names its characters itself;
    ``places`` is empty where a file has no pages of its own (text, Word, web), ``sizes`` where
    those do not say how wide and high they are, in points.
    """

    text: str
    format: str
    encoding: str = ""
    places: tuple[Place, ...] = ()
    sizes: tuple[tuple[float, float], ...] = ()


def plain_places(places: Sequence[Place]) -> list[PlainPlace]:
    """``places`` as values that JSON can carry."""
    return [
        (one.start, one.end, one.page, one.left, one.top, one.right, one.bottom) for one in places
    ]


def places_of(plain: Sequence[Sequence[float]], length: int) -> tuple[Place, ...]:
    """The places again. Raises ValueError where one is no place in a text of ``length``."""
    found = []
    for values in plain:
        start, end, page, *box = values
        place = Place(int(start), int(end), int(page), *map(float, box))
        finite = all(map(math.isfinite, (place.left, place.top, place.right, place.bottom)))
        if not 0 <= place.start < place.end <= length or place.page < 1 or not finite:
            raise ValueError(f"{values} is no place in the text")
        found.append(place)
    return tuple(found)


def sizes_of(plain: Sequence[Sequence[float]]) -> tuple[tuple[float, float], ...]:
    """The sizes of pages again. Raises ValueError where one is no size."""
    found = []
    for width, height in plain:
        if not (0 < width < math.inf and 0 < height < math.inf):
            raise ValueError(f"{width} by {height} is no size of a page")
        found.append((float(width), float(height)))
    return tuple(found)
