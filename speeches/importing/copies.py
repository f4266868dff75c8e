"""Copies: which blocks of a page stand on it twice, word for word or nearly so.

Blocks are compared by their letters and digits alone, since two copies can differ in a mark, a
space or a width; a long one may differ in a letter or two as well. A block can be a copy of (part
of) one other block, or of a passage that a column's end has cut in two or three. The anchors of
all blocks are looked up in one pass over the page, so that the time grows with its length only.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from speeches.importing import near_copies
from speeches.importing.lines import Block

SHORTEST = 6
_GRAM = 6
_MOST_PLACES = 24
_MOST_ORIGINALS = 12
_SKIP = 3


@dataclass(frozen=True)
class Chain:
    """Blocks (by index) that would make one paragraph, and their letters."""

    blocks: tuple[int, ...]
    letters: str
    seams: tuple[int, ...]
    """Where in ``letters`` each block but the first begins."""


@dataclass(frozen=True)
class Original:
    """A place where the text of a block stands too: in which chain, and whether at its very
    beginning.
    """

    blocks: tuple[int, ...]
    at_start: bool
    near: bool = False
    """The same but for a letter or two."""
    whole: bool = False
    """The chain holds nothing else."""


def find_copies(
    blocks: Sequence[Block],
    sections: Sequence[Sequence[int]],
    probes: Mapping[int, int] | None = None,
) -> dict[int, list[Original]]:
    """For each block that stands twice, where else its text stands. ``sections`` hold indices
    into ``blocks``.

    ``probes`` are blocks that are looked for but stand in no section, each with the block it is a
    part of.
    """
    owners = dict(probes or {})
    chains = [chain for section in sections for chain in _chains(blocks, section)]
    anchors = _anchors(blocks, [i for section in sections for i in section], list(owners))
    found: dict[int, list[Original]] = defaultdict(list)
    # What stands first in a remark and is part of another paragraph is the rest of a lost
    # opening, not a copy.
    first = {section[0] for section in sections if section}
    for chain in chains:
        text = chain.letters
        seen: dict[str, int] = defaultdict(int)
        for place in range(len(text) - _GRAM + 1):
            gram = text[place : place + _GRAM]
            if gram not in anchors:
                continue
            seen[gram] += 1
            if seen[gram] > _MOST_PLACES:
                continue
            for i, offset in anchors[gram][:_MOST_PLACES]:
                if (
                    len(found[i]) < _MOST_ORIGINALS
                    and i not in chain.blocks
                    and owners.get(i) not in chain.blocks
                    and not (i in first and len(blocks[i].letters) < len(text))
                    and not (found[i] and found[i][-1].blocks == chain.blocks)
                ):
                    original = _original(blocks[i], chain, place, offset)
                    if original is not None and not (original.near and i in owners):
                        found[i].append(original)
    return {i: originals for i, originals in found.items() if originals}


def _anchors(
    blocks: Sequence[Block], members: Sequence[int], probes: Sequence[int]
) -> dict[str, list[tuple[int, int]]]:
    """The letters by which a block is recognised, with the block and their place in it: its
    first, and of a long one also those in its middle and at its end, since a slip can stand
    anywhere.
    """
    anchors: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for i in (*members, *probes):
        letters = blocks[i].letters
        if len(letters) < SHORTEST and i in members:
            continue
        anchors[letters[:_GRAM]].append((i, 0))
        if len(letters) >= near_copies.SHORTEST:
            for offset in ((len(letters) - _GRAM) // 2, len(letters) - _GRAM):
                anchors[letters[offset : offset + _GRAM]].append((i, offset))
    return anchors


def _original(block: Block, chain: Chain, place: int, offset: int) -> Original | None:
    """The chain as an original of ``block``, whose letters at ``offset`` stand in it at ``place``.

    The block has to reach into every block of the chain. A passage that ends with a full stop is
    a copy only of a paragraph's end: what two remarks share in the middle of their paragraphs is a
    stock phrase.
    """
    near = not (offset == 0 and chain.letters.startswith(block.letters, place))
    if near:
        found = near_copies.find_nearly(block.letters, chain.letters, place, offset)
        if found is None:
            return None
        start, end = found
    else:
        start, end = place, place + len(block.letters)
    if chain.seams and not (start < chain.seams[0] and end > chain.seams[-1]):
        return None
    if end < len(chain.letters) and block.closed:
        return None
    whole = start == 0 and end == len(chain.letters)
    return Original(chain.blocks, start == 0, near, whole)


def _chains(blocks: Sequence[Block], section: Sequence[int]) -> list[Chain]:
    """Every block alone, and every run of two or three that an unfinished sentence could bind
    together.
    """
    chains: list[Chain] = []
    unfinished = {i for i in section if not blocks[i].closed}
    for at, i in enumerate(section):
        chains.append(Chain((i,), blocks[i].letters, ()))
        if i not in unfinished:
            continue
        for at2 in range(at + 1, min(at + 1 + _SKIP, len(section))):
            j = section[at2]
            chains.append(_chain(blocks, (i, j)))
            if j in unfinished:
                chains.extend(
                    _chain(blocks, (i, j, section[at3]))
                    for at3 in range(at2 + 1, min(at2 + _SKIP, len(section)))
                )
    return chains


def _chain(blocks: Sequence[Block], members: tuple[int, ...]) -> Chain:
    letters, seams = "", []
    for i in members:
        if letters:
            seams.append(len(letters))
        letters += blocks[i].letters
    return Chain(members, letters, tuple(seams))
