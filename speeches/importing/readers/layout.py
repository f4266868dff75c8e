"""Columns to text: printed lines become paragraphs again, each character with its place.

A printed line goes on in the next where it fills its column and the next has no indent. An indent
is written as two ideographic spaces, which is how the stages behind know the beginning of a
paragraph from the rest of one that a column's end has cut.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from speeches.importing.readers.columns import body_size, reading_order
from speeches.importing.readers.glyphs import Glyph, Sheet, Strip, strips_of
from speeches.importing.readers.shape import Place

__all__ = ["Glyph", "Sheet", "lay_down"]

_INDENT = "\u3000\u3000"
# In ems: how far a line of a paragraph may stop before the edge, and where an indent lies.
_SHORT, _INDENTED_FROM, _INDENTED_TO = 1.6, 0.8, 2.6
# Lines of one paragraph are of one size; larger ones are headlines, each line of which stands
# alone.
_SAME_SIZE, _HEADLINE = 1.15, 1.15
# A paragraph has no gap in it that is so much larger than its leading, nor a wider leading than
# double spacing has, in ems.
_GAP, _WIDEST_LEADING = 0.5, 1.5


def lay_down(sheets: Sequence[Sheet]) -> tuple[str, tuple[Place, ...]]:
    """The text of ``sheets`` and the place of every printed line in it."""
    text: list[str] = []
    places: list[Place] = []
    length = 0

    def add(words: str) -> None:
        nonlocal length
        text.append(words)
        length += len(words)

    for sheet in sheets:
        strips = strips_of(sheet.glyphs)
        size = body_size(strips) if strips else 0.0
        for column in reading_order(strips):
            for paragraph, indented in _paragraphs(column, size):
                add(_INDENT if indented else "")
                for i, row in enumerate(paragraph):
                    words = row.text
                    if i and text[-1][-1:].isascii() and words[0].isascii():
                        add(" ")
                    start = length
                    add(words)
                    box = (round(edge, 1) for edge in (row.left, row.top, row.right, row.bottom))
                    places.append(Place(start, length, sheet.number, *box))
                add("\n\n")
        if sheet.askew:
            add(f"{sheet.askew}\n\n")
    return "".join(text), tuple(places)


def _paragraphs(column: Sequence[Strip], size: float) -> Iterator[tuple[list[Strip], bool]]:
    """The paragraphs of a column with whether they are indented; ``size`` is the body's em."""
    for block in _of_one_size(column):
        left = min(row.left for row in block)
        right = max(row.right for row in block)
        gaps = [below.top - above.bottom for above, below in pairwise(block)]
        leading = min([_WIDEST_LEADING * block[0].size, *gaps])
        begun = [block[0]]
        for above, below in pairwise(block):
            goes_on = (
                below.size < _HEADLINE * size
                and right - above.right <= _SHORT * above.size
                and below.left - left <= _INDENTED_FROM * below.size
                and below.top - above.bottom <= leading + _GAP * below.size
            )
            if goes_on:
                begun.append(below)
            else:
                yield begun, _is_indented(begun[0], left)
                begun = [below]
        yield begun, _is_indented(begun[0], left)


def _is_indented(row: Strip, left: float) -> bool:
    return _INDENTED_FROM * row.size < row.left - left <= _INDENTED_TO * row.size


def _of_one_size(column: Sequence[Strip]) -> list[list[Strip]]:
    blocks: list[list[Strip]] = []
    for row in column:
        before = blocks[-1][-1].size if blocks else 0.0
        if blocks and max(row.size, before) <= _SAME_SIZE * min(row.size, before):
            blocks[-1].append(row)
        else:
            blocks.append([row])
    return blocks
