"""On narrow pages a copy whose last line is full runs on into the text behind it; here the two
are parted.

A break in a block is only made at the end of a line, behind a full stop, where the lines before
it stand on the page once more as the end of a paragraph.
"""

from __future__ import annotations

from collections.abc import Sequence

from speeches.importing.copies import find_copies
from speeches.importing.lines import Block, Wrap
from speeches.text.sentences import ends_sentence

_SHORTEST = 12
_MOST_ROUNDS = 4


def part_glued_copies(blocks: Sequence[Block], wrap: Wrap | None) -> list[Block]:
    """``blocks`` with the copies that run on into other text made blocks of their own."""
    out = list(blocks)
    if wrap is None:
        return out
    for _ in range(_MOST_ROUNDS):
        breaks = _breaks(out)
        if not breaks:
            break
        parted: list[Block] = []
        for i, block in enumerate(out):
            at = breaks.get(i)
            parted.extend(
                [block] if at is None else [Block(block.lines[:at]), Block(block.lines[at:])]
            )
        out = parted
    return out


def _breaks(blocks: Sequence[Block]) -> dict[int, int]:
    """For each block that begins with a copy the number of lines the (longest) copy has."""
    heads: list[Block] = []
    places: list[tuple[int, int]] = []
    for i, block in enumerate(blocks):
        for at in range(1, len(block.lines)):
            head = Block(block.lines[:at])
            if ends_sentence(block.lines[at - 1].text) and len(head.letters) >= _SHORTEST:
                heads.append(head)
                places.append((i, at))
    probes = {len(blocks) + n: i for n, (i, _) in enumerate(places)}
    found = find_copies([*blocks, *heads], [range(len(blocks))], probes)
    breaks: dict[int, int] = {}
    for n, (i, at) in enumerate(places):
        if len(blocks) + n in found and i not in found:
            breaks[i] = max(at, breaks.get(i, 0))
    return breaks
