"""Passages: where in a text the words of a question stand, with what is around them.

Plain values with places in the text as printed; whoever shows them escapes and marks them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from speeches.text.searchable import Folded, fold_with_places

AROUND = 30
MOST = 3
_STOPS = "。！？；\n"


@dataclass(frozen=True)
class Stretch:
    """Words of a text, from `start` (a number of characters); `hit`: they were asked for."""

    text: str
    start: int
    hit: bool


@dataclass(frozen=True)
class Passage:
    """Stretches one behind the other; whether something of the paragraph stands before, after."""

    stretches: tuple[Stretch, ...]
    cut_before: bool
    cut_after: bool


def hits_in(text: str, phrases: Sequence[str]) -> list[tuple[int, int]]:
    """Return where folded phrases stand in a text as printed: (start, end), in order, apart."""
    folded = fold_with_places(text)
    found = (span for phrase in phrases for span in _spans(folded, phrase))
    merged: list[tuple[int, int]] = []
    for start, end in sorted(found):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def marked(text: str, phrases: Sequence[str]) -> tuple[Stretch, ...]:
    """Return the whole of a text, such as a heading, in stretches."""
    return _stretches(text, 0, len(text), hits_in(text, phrases))


def passages(
    text: str, phrases: Sequence[str], *, most: int = MOST, around: int = AROUND
) -> list[Passage]:
    """Return the first passages in which phrases stand, `most` of them.

    A passage begins with a sentence or `around` characters before the hit, whichever is nearer,
    ends `around` characters after it, and never leaves its paragraph. Hits that are near to one
    another share a passage.
    """
    hits = hits_in(text, phrases)
    windows: list[tuple[int, int]] = []
    for start, end in hits:
        begin, stop = _window(text, start, end, around)
        if windows and begin <= windows[-1][1]:
            windows[-1] = (windows[-1][0], max(stop, windows[-1][1]))
        elif len(windows) == most:
            break
        else:
            windows.append((begin, stop))
    return [
        Passage(
            _stretches(text, begin, stop, hits),
            cut_before=begin > 0 and text[begin - 1] != "\n",
            cut_after=stop < len(text) and text[stop] != "\n",
        )
        for begin, stop in windows
    ]


def _spans(folded: Folded, phrase: str) -> Iterator[tuple[int, int]]:
    place = folded.text.find(phrase)
    while place >= 0:
        yield folded.span(place, place + len(phrase))
        place = folded.text.find(phrase, place + 1)


def _window(text: str, start: int, end: int, around: int) -> tuple[int, int]:
    begin = max(start - around, 0)
    begin = max(begin, *(text.rfind(stop, begin, start) + 1 for stop in _STOPS))
    line_end = text.find("\n", end)
    return begin, min(end + around, len(text) if line_end < 0 else line_end)


def _stretches(
    text: str, begin: int, stop: int, hits: Sequence[tuple[int, int]]
) -> tuple[Stretch, ...]:
    found, place = [], begin
    for start, end in hits:
        if end <= begin or start >= stop:
            continue
        start, end = max(start, begin), min(end, stop)
        if start > place:
            found.append(Stretch(text[place:start], place, hit=False))
        found.append(Stretch(text[start:end], start, hit=True))
        place = end
    if place < stop:
        found.append(Stretch(text[place:stop], place, hit=False))
    return tuple(found)
