"""What two texts have in common, place by place: the ground of every marked copy.

A text is compared by units: a character with all that combines with it, or a whole number or
Latin word. The alignment keeps as many units as can be kept (longest common subsequence), and is
then made readable: a place of change that could stand elsewhere without a difference goes where
sentences, clauses or words meet, and a few characters that agree by chance between two long
changes are given up.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from speeches.text.characters import CLOSING_MARKS, FULL_STOPS, is_han
from speeches.text.subsequences import CLAUSE_MARKS, common

# The unit that stands between two paragraphs; no character yields it.
BREAK = ""
# A run is given up where on either side at least this many times its weight is changed.
CHANCE = 4
# A run of more weight than this is never taken for chance.
STRONG = 4

_OPENING_MARKS = "“‘「『（(《〈【［[〔"
_STOPPING_MARKS = f"{CLAUSE_MARKS}{FULL_STOPS}{CLOSING_MARKS}、"
# Classes of characters: w letter, d digit, m combining, j joiner, h and l half surrogates.
_UNIT = re.compile(
    r"[wd]m*(?:[wd]m*|(?<=d)\.(?=d)|(?<=w)'(?=w))*|(?:hl|.)m*(?:j(?:hl|.)m*)*",
)


class Block(NamedTuple):
    """So many units, from these two places on, are the same in both texts."""

    old: int
    new: int
    size: int


def units(text: str) -> list[str]:
    """Return the units of a text; joined, they are the text."""
    classes = "".join(map(_class_of, text))
    return [text[found.start() : found.end()] for found in _UNIT.finditer(classes)]


def align(old: Sequence[str], new: Sequence[str]) -> list[Block]:
    """Return what is the same in two texts given as units, in order and as far as it reads well.

    The first block begins both texts and the last ends both; these two alone may be empty. With
    the texts exchanged the blocks are the same, their sides exchanged.
    """
    if (len(old), list(old)) < (len(new), list(new)):
        return [Block(block.new, block.old, block.size) for block in align(new, old)]
    blocks = _blocks(common(old, new), len(old), len(new))
    return _without_chance(_settled(blocks, old, new), old, new)


@cache
def _class_of(char: str) -> str:
    category = unicodedata.category(char)
    if category == "Cs":
        return "h" if char < "\udc00" else "l"
    if category[0] == "M" or "\U0001f3fb" <= char <= "\U0001f3ff":
        return "m"
    if category == "Nd":
        return "d"
    if category in ("Lu", "Ll", "Lt"):
        return "w"
    return {"\u200d": "j", ".": ".", ",": ".", "'": "'", "’": "'"}.get(char, "o")


def _blocks(pairs: list[tuple[int, int]], old_length: int, new_length: int) -> list[Block]:
    blocks = []
    start, end = (0, 0), (0, 0)
    for pair in pairs:
        if pair != end:
            blocks.append(Block(*start, end[0] - start[0]))
            start = pair
        end = (pair[0] + 1, pair[1] + 1)
    blocks.append(Block(*start, end[0] - start[0]))
    if end != (old_length, new_length):
        blocks.append(Block(old_length, new_length, 0))
    return blocks


def _settled(blocks: list[Block], old: Sequence[str], new: Sequence[str]) -> list[Block]:
    """Move every pure addition or removal to the best of the places where it says the same.

    A block that is used up by this is gone, and two places of change have become one.
    """
    done = [blocks[0]]
    for number, block in enumerate(blocks[1:], start=1):
        final = number == len(blocks) - 1
        shift = -1
        while shift:
            last = done[-1]
            old_at, new_at = last.old + last.size, last.new + last.size
            if old_at == block.old:
                text, start, end = new, new_at, block.new
            elif new_at == block.new:
                text, start, end = old, old_at, block.old
            else:
                break
            # The outermost blocks may be empty; any other that is used up joins two changes.
            inner = len(done) > 1
            shift = max(
                range(
                    -_agreeing(text, start - 1, end - 1, -1, last.size),
                    _agreeing(text, start, end, 1, block.size) + 1,
                ),
                key=lambda by: (
                    (inner and by == -last.size) or (not final and by == block.size),
                    _edge(text, start + by) + _edge(text, end + by),
                    by,
                ),
            )
            block = Block(block.old + shift, block.new + shift, block.size - shift)
            done[-1] = last._replace(size=last.size + shift)
            if inner and not done[-1].size:
                done.pop()
            else:
                break
        if block.size or final:
            done.append(block)
    return done


def _agreeing(text: Sequence[str], one: int, other: int, step: int, most: int) -> int:
    """Count how many units agree from two places on, going forwards or backwards."""
    count = 0
    while count < most and text[one + step * count] == text[other + step * count]:
        count += 1
    return count


def _edge(text: Sequence[str], place: int) -> int:
    """Tell how good a place in a text is for a change to begin or end: 0 to 5."""
    if place in (0, len(text)) or BREAK in (text[place - 1], text[place]):
        return 5
    before, after = text[place - 1][-1], text[place][0]
    if after in _STOPPING_MARKS or before in _OPENING_MARKS:
        return 0 if before in _STOPPING_MARKS or before in _OPENING_MARKS else 1
    if before in FULL_STOPS:
        return 4
    if before in CLOSING_MARKS:
        return 4 if place > 1 and text[place - 2][-1:] in tuple(FULL_STOPS) else 2
    if before in CLAUSE_MARKS:
        return 3
    if before == "、" or after in _OPENING_MARKS:
        return 2
    return int(is_han(before) != is_han(after))


def _without_chance(blocks: list[Block], old: Sequence[str], new: Sequence[str]) -> list[Block]:
    """Give up the short blocks that stand between long changes.

    Changes that grow by this may leave a lighter block between them: every weight gets its turn.
    """
    for _ in range(STRONG):
        gone = {number for number in range(1, len(blocks) - 1) if _is_chance(blocks, number, old)}
        done = [blocks[0]]
        for number, block in enumerate(blocks[1:], start=1):
            if number in gone:
                continue
            if number - 1 in gone:
                done[-1], block = _grown(done[-1], block, old, new)
            done.append(block)
        blocks = done
    return blocks


def _grown(
    last: Block, block: Block, old: Sequence[str], new: Sequence[str]
) -> tuple[Block, Block]:
    """Return two blocks with whatever the change between them begins or ends with on both sides."""
    old_at, new_at = last.old + last.size, last.new + last.size
    most = min(block.old - old_at, block.new - new_at)
    head = 0
    while head < most and old[old_at + head] == new[new_at + head]:
        head += 1
    tail = 0
    while tail < most - head and old[block.old - 1 - tail] == new[block.new - 1 - tail]:
        tail += 1
    return (
        last._replace(size=last.size + head),
        Block(block.old - tail, block.new - tail, block.size + tail),
    )


def _is_chance(blocks: list[Block], number: int, old: Sequence[str]) -> bool:
    """Tell whether a block may agree by chance: short, and on either side, before any weightier
    block, much more is changed; some of it removed and some added.
    """
    weight = _weight(blocks[number], old)
    if weight > STRONG:
        return False
    removed = added = 0
    for step in (-1, 1):
        changed, at = 0, number
        while changed < CHANCE * weight:
            one, other = blocks[min(at, at + step)], blocks[max(at, at + step)]
            gap_old = other.old - one.old - one.size
            gap_new = other.new - one.new - one.size
            removed, added = removed + gap_old, added + gap_new
            changed += max(gap_old, gap_new)
            at += step
            outermost = at in (0, len(blocks) - 1)
            if changed < CHANCE * weight and (outermost or _weight(blocks[at], old) > weight):
                return False
    return min(removed, added) >= CHANCE * weight


def _weight(block: Block, old: Sequence[str]) -> int:
    """Weigh a block: one for each character, two for a number or a word."""
    if block.size > STRONG:
        return block.size
    return sum(min(2, len(unit)) for unit in old[block.old : block.old + block.size])
