"""Copies: which blocks of a page stand on it twice, word for word.

Blocks are compared by their letters and digits alone, since two copies can differ in a mark, a
space or a width. A block can be a copy of (part of) one other block, or of a passage that a
column's end has cut in two or three. The beginnings of all blocks are looked up in one pass over
the page, so that the time grows with its length only.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

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
    heads: dict[str, list[int]] = defaultdict(list)
    for section in sections:
        for i in section:
            if len(blocks[i].letters) >= SHORTEST:
                heads[blocks[i].letters[:_GRAM]].append(i)
    for i in owners:
        heads[blocks[i].letters[:_GRAM]].append(i)
    found: dict[int, list[Original]] = defaultdict(list)
    # What stands first in a remark and is part of another paragraph is the rest of a lost
    # opening, not a copy.
    first = {section[0] for section in sections if section}
    for chain in chains:
        text = chain.letters
        seen: dict[str, int] = defaultdict(int)
        for place in range(len(text) - _GRAM + 1):
            gram = text[place : place + _GRAM]
            if gram not in heads:
                continue
            seen[gram] += 1
            if seen[gram] > _MOST_PLACES:
                continue
            for i in heads[gram][:_MOST_PLACES]:
                if (
                    len(found[i]) < _MOST_ORIGINALS
                    and i not in chain.blocks
                    and owners.get(i) not in chain.blocks
                    and not (i in first and len(blocks[i].letters) < len(text))
                    and _stands_in(blocks[i], chain, place)
                ):
                    found[i].append(Original(chain.blocks, place == 0))
    return {i: originals for i, originals in found.items() if originals}


def _stands_in(block: Block, chain: Chain, place: int) -> bool:
    """True where the block's letters stand in the chain at ``place``, reaching into every block
    of it.

    A passage that ends with a full stop is a copy only of a paragraph's end: what two remarks
    share in the middle of their paragraphs is a stock phrase.
    """
    end = place + len(block.letters)
    if chain.seams and not (place < chain.seams[0] and end > chain.seams[-1]):
        return False
    if end < len(chain.letters) and block.closed:
        return False
    return chain.letters.startswith(block.letters, place)


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
