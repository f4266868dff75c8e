"""Concordance: every place of a phrase in a text, with the words on its left and on its right.

Plain values; whoever shows them escapes them. A line never leaves its paragraph.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from speeches.text.searchable import fold, fold_with_places

# Characters on either side.
AROUND = 20


class Order(StrEnum):
    """By which neighbour the lines of a concordance stand; DATE is the order they come in."""

    DATE = "date"
    LEFT = "left"
    RIGHT = "right"


@dataclass(frozen=True)
class Place:
    """One occurrence; `paragraph` counts from 1, 0 is the heading.

    It stands in `line`, as printed, from `start` to `end` of the folded line. `before` and `after`
    are the folded neighbours, the nearest character first.
    """

    paragraph: int
    line: str
    start: int
    end: int
    before: str
    after: str

    @property
    def left(self) -> str:
        """What is printed on the left."""
        start, _end = self._printed
        return self.line[max(start - AROUND, 0) : start]

    @property
    def hit(self) -> str:
        """The occurrence as printed."""
        start, end = self._printed
        return self.line[start:end]

    @property
    def right(self) -> str:
        """What is printed on the right."""
        _start, end = self._printed
        return self.line[end : end + AROUND]

    @cached_property
    def _printed(self) -> tuple[int, int]:
        # Takes three times as long as folding, and is wanted of the few lines that are shown.
        return fold_with_places(self.line).span(self.start, self.end)


def places_in(heading: str, text: str, forms: re.Pattern[str]) -> Iterator[Place]:
    """Yield the places of folded forms (`tallying.pattern`) in heading and text."""
    for number, line in enumerate((heading, *text.split("\n"))):
        folded = fold(line)
        for found in forms.finditer(folded):
            start, end = found.span()
            yield Place(
                paragraph=number,
                line=line,
                start=start,
                end=end,
                before=folded[max(start - AROUND, 0) : start][::-1],
                after=folded[end : end + AROUND],
            )


def neighbour_key(place: Place, order: Order) -> bytes:
    """Return what orders a place by its neighbours.

    GB 18030 numbers the characters in everyday use by their pronunciation, as dictionaries list
    them. Every string has such a number, and what is alike stands together.
    """
    neighbour = place.before if order is Order.LEFT else place.after
    return neighbour.encode("gb18030", "replace")
