"""Accounts for every non-space character of the source: in a field, or set aside with a reason.

Nothing is assumed: the ranges that the fields claim are marked on the source, each field's text
is held against the ranges it claims, and what no field and no entry holds becomes an entry of its
own.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from speeches.importing.draft import Coverage, MeetingDraft, Passage, Range, RemarkDraft, SetAside
from speeches.text.characters import letters

_FREE, _PLACED, _ASIDE = 0, 1, 2


class BrokenAccount(AssertionError):
    """A field claims source that its text does not show, or two parts claim the same source: a
    fault of the importer.
    """


class Ledger:
    """The source with a mark for every character: free, placed or set aside."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._marks = bytearray(len(text))

    def place(self, ranges: Iterable[Range]) -> None:
        """Marks ``ranges`` as standing in a field."""
        for start, end in ranges:
            self._mark(start, end, _PLACED)

    def set_aside(self, start: int, end: int) -> None:
        """Marks [start, end) as set aside."""
        self._mark(start, end, _ASIDE)

    def _mark(self, start: int, end: int, mark: int) -> None:
        if not 0 <= start < end <= len(self._text):
            raise BrokenAccount(f"[{start}, {end}) is no range of the source")
        if any(self._marks[start:end]):
            raise BrokenAccount(f"[{start}, {end}) is claimed twice")
        self._marks[start:end] = bytes([mark]) * (end - start)

    def free_stretches(self) -> list[Range]:
        """What nobody has claimed: runs of unmarked characters, white space at their ends left
        out.
        """
        found: list[Range] = []
        place, size = 0, len(self._text)
        while place < size:
            if self._marks[place] != _FREE or self._text[place].isspace():
                place += 1
                continue
            end = place
            while end < size and self._marks[end] == _FREE and self._text[end] not in "\r\n":
                end += 1
            text = self._text[place:end].rstrip()
            found.append((place, place + len(text)))
            place = end
        return found

    def coverage(self) -> Coverage:
        """Counts the marks; ``lost`` is what is left over."""
        counts = [0, 0, 0]
        for mark, char in zip(self._marks, self._text, strict=True):
            if not char.isspace():
                counts[mark] += 1
        return Coverage(sum(counts), counts[_PLACED], counts[_ASIDE], counts[_FREE])


def check_fields(text: str, meeting: MeetingDraft, remarks: Sequence[RemarkDraft]) -> None:
    """Raises BrokenAccount where a field does not show the letters of the source that it claims."""
    for passage in _passages(meeting, remarks):
        claimed = letters("".join(text[start:end] for start, end in passage.ranges))
        if claimed != letters(passage.text):
            raise BrokenAccount(
                f"the field {passage.text[:20]!r} is not its source {claimed[:20]!r}"
            )
    for remark in remarks:
        claimed = letters("".join(text[start:end] for start, end in remark.attribution_ranges))
        for part in (remark.unit, remark.post, *remark.speaker.split("、")):
            if letters(part) not in claimed:
                raise BrokenAccount(f"{part!r} does not stand in the unit line")


def _passages(meeting: MeetingDraft, remarks: Sequence[RemarkDraft]) -> Iterable[Passage]:
    yield from (
        meeting.kicker,
        meeting.title,
        meeting.subtitle,
        *meeting.introduction,
        *meeting.captions,
    )
    for remark in remarks:
        yield remark.heading
        yield from remark.paragraphs


def entry(text: str, start: int, end: int, reason: str, kept_in: str = "") -> SetAside:
    """A stretch of the source as it is reported when set aside."""
    return SetAside(text[start:end], reason, start, end, kept_in)
