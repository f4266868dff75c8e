"""Unit lines that share a block with the text behind them: 青溪县政协主席 王小满：近年来，……

Such a block is parted at its colon where the words before it read as a unit line and the page
bears it out: other blocks begin alike, or no line of the page says otherwise who speaks.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from speeches.importing.draft import KnownNames
from speeches.importing.lines import Block
from speeches.importing.unit_lines import ENOUGH, read_unit_line
from speeches.text.sentences import ends_sentence
from speeches.text.typography import tidy

_WORTH_PARTING = 2.0
_LIKE_OTHERS = 1.0
_MORE_THAN_LINES_ALONE = 1.0
_NO_LINE_ALONE = 0.5
_COLON = re.compile("[：:]")
_LONGEST_LINE = 60
_SHORTEST_TEXT = 12


def part_shared_lines(
    blocks: Sequence[Block], furniture: set[int], known: KnownNames
) -> list[Block]:
    """``blocks`` with the unit lines that share a block with a text made blocks of their own;
    ``furniture`` holds the starts of page furniture.
    """
    cuts: dict[int, int] = {}
    strengths: dict[int, float] = {}
    alone = 0
    for i, block in enumerate(blocks):
        if block.start in furniture:
            continue
        whole = read_unit_line(block.text, known)
        alone += whole is not None and whole.strength >= ENOUGH
        cut = _COLON.search(block.raw, 0, _LONGEST_LINE)
        if cut is None or not _has_text(block, cut.end()):
            continue
        line = read_unit_line(tidy(block.raw[: cut.end()]), known)
        if line is not None and line.unit and line.strength >= ENOUGH:
            cuts[i], strengths[i] = cut.end(), line.strength
    worth = _LIKE_OTHERS * (len(cuts) > 1) + _MORE_THAN_LINES_ALONE * (len(cuts) > alone)
    worth += _NO_LINE_ALONE * (alone == 0)
    out: list[Block] = []
    for i, block in enumerate(blocks):
        if i in cuts and strengths[i] - ENOUGH + worth >= _WORTH_PARTING:
            out.extend(_part(block, cuts[i]))
        else:
            out.append(block)
    return out


def _has_text(block: Block, place: int) -> bool:
    """True where a text stands behind ``place``, and not only the name of who speaks."""
    rest = block.raw[place:].strip()
    return len(rest) >= _SHORTEST_TEXT and (ends_sentence(rest) or "，" in tidy(rest))


def _part(block: Block, place: int) -> list[Block]:
    """The block in two; the text begins a paragraph as the whole block did."""
    line, text = block.part(0, place), block.part(place, len(block.raw))
    if line is None or text is None:
        return [block]
    first = replace(text.lines[0], indented=block.indented)
    return [line, Block((first, *text.lines[1:]))]
