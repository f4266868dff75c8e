"""Text to lines to blocks: where lines begin and end in the source, and which of them were one
before a hard wrap.

Two kinds of page come in. On wide pages a line is a paragraph, or the part of one that stood in
one column. On narrow pages paragraphs are wrapped hard at one width and begin with two
ideographic spaces.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from functools import cached_property

from speeches.importing.draft import Range
from speeches.text.characters import compact, is_invisible, letters
from speeches.text.sentences import ends_sentence
from speeches.text.typography import tidy

_LINE = re.compile(r"[^\n\r\x0b\x0c\x85\u2028\u2029]*(?:\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]|$)")
# Columns of leading white space that make an indent: two ideographic spaces are four, one stray
# wide space is two.
_INDENT = 3
_NARROWEST, _WIDEST = 8, 60


@dataclass(frozen=True)
class Line:
    """A line with something on it: [start, end) in the source without the white space around it."""

    text: str
    start: int
    end: int
    indented: bool
    gap: int
    """Blank lines before it."""
    width: int
    """Characters, white space at both ends included."""
    columns: int
    """Half-width columns, invisible characters not counted."""
    space_before: bool = False
    """White space stands before it that is no indent."""
    space_behind: bool = False


@dataclass(frozen=True)
class Block:
    """One or more lines that belong together."""

    lines: tuple[Line, ...]

    @property
    def start(self) -> int:
        return self.lines[0].start

    @property
    def end(self) -> int:
        return self.lines[-1].end

    @property
    def ranges(self) -> tuple[Range, ...]:
        return tuple((line.start, line.end) for line in self.lines)

    @property
    def gap(self) -> int:
        return self.lines[0].gap

    @property
    def indented(self) -> bool:
        return self.lines[0].indented

    @cached_property
    def raw(self) -> str:
        """The text as the source has it, its lines put together; a space at a wrap stays."""
        return "".join(line.text + seam for line, seam in zip(self.lines, self._seams, strict=True))

    @cached_property
    def _seams(self) -> tuple[str, ...]:
        pairs = zip(self.lines, self.lines[1:], strict=False)
        return (
            *(" " if one.space_behind or next_one.space_before else "" for one, next_one in pairs),
            "",
        )

    @cached_property
    def text(self) -> str:
        """The text in newspaper typography."""
        return tidy(self.raw)

    @cached_property
    def letters(self) -> str:
        """Letters and digits alone, by which copies are compared."""
        return letters(self.raw)

    def part(self, start: int, end: int) -> Block | None:
        """Characters [start, end) of ``raw`` as a block of their own; None where only white space
        is there.
        """
        lines: list[Line] = []
        passed = 0
        for line, seam in zip(self.lines, self._seams, strict=True):
            low, high = max(start - passed, 0), min(end - passed, len(line.text))
            if low < high:
                cut = part_of(line, line.start + low, line.start + high)
                if cut is not None:
                    lines.append(cut)
            passed += len(line.text) + len(seam)
        return Block(tuple(lines)) if lines else None

    @cached_property
    def closed(self) -> bool:
        """True where its last sentence is complete."""
        return ends_sentence(self.raw)

    @cached_property
    def compact(self) -> str:
        """NFKC without spaces, for patterns."""
        return compact(self.raw)


@dataclass(frozen=True)
class Wrap:
    """The hard wrap of a narrow page: its width, in which measure, and how many blank lines it
    leaves between lines.
    """

    width: int
    by_columns: bool
    gap: int

    def of(self, line: Line) -> int:
        return line.columns if self.by_columns else line.width

    def fills(self, line: Line) -> bool:
        """True where ``line`` goes on to the right edge, one or two marks moved to the next line
        allowed.
        """
        step = 2 if self.by_columns else 1
        short = self.width - self.of(line)
        return short <= step or (short <= 2 * step and not ends_sentence(line.text))


def read_lines(text: str) -> list[Line]:
    """The lines of ``text`` that hold more than white space and invisible characters."""
    lines: list[Line] = []
    gap = 0
    for match in _LINE.finditer(text):
        start, end = match.span()
        content = match.group().rstrip("\n\r\x0b\x0c\x85\u2028\u2029")
        stripped = content.strip()
        if not any(not char.isspace() and not is_invisible(char) for char in stripped):
            gap += start < end
            continue
        lead = content[: len(content) - len(content.lstrip())]
        first = start + len(lead)
        indented = _columns(lead.expandtabs(4)) >= _INDENT
        lines.append(
            Line(
                stripped,
                first,
                first + len(stripped),
                indented,
                gap,
                len(content),
                _columns(content),
                bool(lead) and not indented,
                content != content.rstrip(),
            )
        )
        gap = 0
    return lines


def part_of(line: Line, start: int, end: int) -> Line | None:
    """The stretch [start, end) of the source within ``line`` as a line of its own; None where
    nothing is in it.
    """
    text = line.text[start - line.start : end - line.start]
    stripped = text.strip()
    if not stripped:
        return None
    first = start + len(text) - len(text.lstrip())
    whole_head = first <= line.start
    return Line(
        stripped,
        first,
        first + len(stripped),
        line.indented and whole_head,
        line.gap if whole_head else 0,
        line.width if end >= line.end else len(stripped),
        line.columns if end >= line.end else _columns(stripped),
    )


def find_wrap(lines: list[Line]) -> Wrap | None:
    """The hard wrap of the page, None where its lines end where their paragraphs or columns do.

    Evidence: lines of one width (one mark more or less) are many, hardly any is longer, and they
    stop in mid-sentence with an unindented line behind them.
    """
    found = [_wrap_by(lines, by_columns) for by_columns in (False, True)]
    return max((w for w in found if w), key=lambda pair: pair[0], default=(0, None))[1]


def _wrap_by(lines: list[Line], by_columns: bool) -> tuple[int, Wrap] | None:
    step = 2 if by_columns else 1
    sizes = [line.columns if by_columns else line.width for line in lines]
    pairs = [
        (size, after.gap)
        for line, size, after in zip(lines, sizes, lines[1:], strict=False)
        if _NARROWEST * step <= size <= _WIDEST * step
        and not after.indented
        and not ends_sentence(line.text)
    ]
    if not pairs:
        return None
    width = Counter(size for size, _ in pairs).most_common(1)[0][0]
    near = [gap for size, gap in pairs if abs(size - width) <= step]
    longer = sum(1 for size in sizes if size > width + 2 * step)
    if len(near) < 4 or len(near) * 4 < len(lines) or longer * 10 > len(lines):
        return None
    exact = sum(1 for size, _ in pairs if size == width)
    return exact, Wrap(width, by_columns, Counter(near).most_common(1)[0][0])


def gather(lines: list[Line], wrap: Wrap | None, apart: set[int]) -> list[Block]:
    """Blocks of ``lines``: each line one on a wide page, the lines of a hard wrap together on a
    narrow one.

    ``apart`` holds the starts of lines of page furniture; they take none but the rest of their
    own wrap.
    """
    groups: list[list[Line]] = []
    for line in lines:
        before = groups[-1][-1] if groups else None
        if (
            wrap is not None
            and before is not None
            and not line.indented
            and line.gap <= wrap.gap
            and line.start not in apart
            and wrap.fills(before)
        ):
            groups[-1].append(line)
        else:
            groups.append([line])
    return [Block(tuple(group)) for group in groups]


def _columns(text: str) -> int:
    return sum(
        2 if unicodedata.east_asian_width(char) in "WFA" or char in "\u2003\u3000" else 1
        for char in text
        if not is_invisible(char)
    )
