"""Glyphs and printed lines: what a page with positions is made of before it is put in order.

All lengths are points (1/72 inch), measured from the page's top left corner rightwards and down.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

# An em box stands so on its baseline in East Asian fonts.
_ABOVE, _BELOW = 0.88, 0.12
# Shares of an em: what is on one baseline, and the widest gap that a line has within a word.
_SAME_LINE, _WORD_GAP = 0.3, 0.5
# Shares of an em by which a gap is wider than the line's usual one where it is a space: between
# Han, beside a Latin letter (which is set off by a quarter without one), between two of them.
_HAN_SPACE, _MIXED_SPACE, _LATIN_SPACE = 0.18, 0.35, 0.18


@dataclass(frozen=True, slots=True)
class Glyph:
    """One character and its em box; ``size`` is the em, ``spaced`` that the file has a space
    before it.
    """

    char: str
    left: float
    top: float
    right: float
    bottom: float
    size: float
    spaced: bool = False

    @classmethod
    def on_baseline(
        cls, char: str, left: float, right: float, base: float, size: float, spaced: bool = False
    ) -> Glyph:
        """A glyph from ``left`` to ``right`` that stands on the baseline ``base``."""
        return cls(char, left, base - _ABOVE * size, right, base + _BELOW * size, size, spaced)


@dataclass(frozen=True)
class Sheet:
    """A page: its number from 1, and its glyphs in any order. ``askew`` are those that do not
    stand upright, in the order of the file.
    """

    number: int
    glyphs: Sequence[Glyph]
    askew: str = ""


@dataclass
class Strip:
    """Glyphs side by side on one baseline, from left to right."""

    glyphs: list[Glyph]
    left: float = field(init=False)
    top: float = field(init=False)
    right: float = field(init=False)
    bottom: float = field(init=False)
    size: float = field(init=False)

    def __post_init__(self) -> None:
        self.left = min(one.left for one in self.glyphs)
        self.top = min(one.top for one in self.glyphs)
        self.right = max(one.right for one in self.glyphs)
        self.bottom = max(one.bottom for one in self.glyphs)
        self.size = sorted(one.size for one in self.glyphs)[len(self.glyphs) // 2]

    @property
    def text(self) -> str:
        """The characters, with a space where the file has one or a gap shows one."""
        out = [self.glyphs[0].char]
        gaps = sorted(other.left - one.right for one, other in pairwise(self.glyphs))
        # Lines that are spread to fill their column have wider gaps all along.
        usual = max(gaps[(len(gaps) - 1) // 2], 0.0) if gaps else 0.0
        for one, other in pairwise(self.glyphs):
            latin = one.char.isascii() + other.char.isascii()
            least = (_HAN_SPACE, _MIXED_SPACE, _LATIN_SPACE)[latin]
            if other.spaced or (
                other.left - one.right - usual >= least * max(one.size, other.size)
            ):
                out.append(" ")
            out.append(other.char)
        return "".join(out)


def strips_of(glyphs: Iterable[Glyph]) -> list[Strip]:
    """The words and unbroken stretches of lines that ``glyphs`` make, whatever order they are
    given in.
    """
    strips = []
    for line in _lines(glyphs):
        begun = [line[0]]
        for glyph in line[1:]:
            if glyph.left - begun[-1].right > _WORD_GAP * max(glyph.size, begun[-1].size):
                strips.append(Strip(begun))
                begun = []
            begun.append(glyph)
        strips.append(Strip(begun))
    return strips


def rows_of(strips: Iterable[Strip]) -> list[Strip]:
    """The printed lines of one column, from top to bottom."""
    return [Strip(line) for line in _lines(glyph for strip in strips for glyph in strip.glyphs)]


def _lines(glyphs: Iterable[Glyph]) -> list[list[Glyph]]:
    """Glyphs by baseline from top to bottom, each line from left to right.

    A line is measured from its first glyph, so that lines of neighbouring columns, each a little
    lower than the next, do not grow together.
    """
    lines: list[list[Glyph]] = []
    for glyph in sorted(glyphs, key=lambda one: (one.bottom, one.left)):
        first = lines[-1][0] if lines else None
        if first and glyph.bottom - first.bottom <= _SAME_LINE * min(glyph.size, first.size):
            lines[-1].append(glyph)
        else:
            lines.append([glyph])
    return [sorted(line, key=lambda one: one.left) for line in lines]
