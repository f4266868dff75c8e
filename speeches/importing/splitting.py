"""Splitting a piece: its text is cut at a place, and its ranges at the place of the source that
belongs there.

Text and source differ in marks, spaces and widths, never in letters; so the letters before the
cut are counted on both sides, and the marks that follow the last of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from speeches.text.characters import is_invisible, letters

Ranges = list[list[int]]


def split_ranges(source: str, ranges: Sequence[Sequence[int]], head: str) -> tuple[Ranges, Ranges]:
    """The ranges that show ``head``, the opening of their text, and the ranges that are left."""
    wanted = len(letters(head))
    marks = _marks_at_end(head)
    cut = 0
    for place, char in _characters(source, ranges):
        found = len(letters(char))
        if wanted <= 0 and (found or (_is_mark(char) and marks <= 0)):
            break
        if wanted > 0:
            wanted -= found
        elif _is_mark(char):
            marks -= 1
        cut = place + 1
    return _cut(ranges, cut)


def _characters(source: str, ranges: Iterable[Sequence[int]]) -> Iterator[tuple[int, str]]:
    """The characters of the ranges, each with its place among them."""
    return enumerate(char for start, end in ranges for char in source[start:end])


def _is_mark(char: str) -> bool:
    return not (char.isspace() or is_invisible(char) or letters(char))


def _marks_at_end(text: str) -> int:
    number = 0
    for char in reversed(text):
        if letters(char):
            break
        number += _is_mark(char)
    return number


def _cut(ranges: Iterable[Sequence[int]], size: int) -> tuple[Ranges, Ranges]:
    """The ranges of the first ``size`` characters, and those of the others."""
    before: Ranges = []
    behind: Ranges = []
    for start, end in ranges:
        middle = min(end, start + size)
        size -= middle - start
        if start < middle:
            before.append([start, middle])
        if middle < end:
            behind.append([middle, end])
    return before, behind
