"""Concordance: every place of a phrase in a text, with the words on its left and on its right.

Plain values; whoever shows them escapes them. A line never leaves its paragraph.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

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
    """One occurrence as printed; `paragraph` counts from 1, 0 is the heading.

    `before` and `after` are the folded neighbours, the nearest character first.
    """

    paragraph: int
    left: str
    hit: str
    right: str
    before: str
    after: str


def places_in(heading: str, text: str, forms: re.Pattern[str]) -> Iterator[Place]:
    """Yield the places of folded forms (`tallying.pattern`) in heading and text, as printed."""
    for number, line in enumerate((heading, *text.split("\n"))):
        # Places take three times as long as folding, and are wanted of few lines.
        if not forms.search(fold(line)):
            continue
        folded = fold_with_places(line)
        for found in forms.finditer(folded.text):
            start, end = folded.span(found.start(), found.end())
            yield Place(
                paragraph=number,
                left=line[max(start - AROUND, 0) : start],
                hit=line[start:end],
                right=line[end : end + AROUND],
                before=folded.text[max(found.start() - AROUND, 0) : found.start()][::-1],
                after=folded.text[found.end() : found.end() + AROUND],
            )


def neighbour_key(place: Place, order: Order) -> bytes:
    """Return what orders a place by its neighbours.

    GB 18030 numbers the characters in everyday use by their pronunciation, as dictionaries list
    them. Every string has such a number, and what is alike stands together.
    """
    neighbour = place.before if order is Order.LEFT else place.after
    return neighbour.encode("gb18030", "replace")
