"""What a heading or headline looks like, and whether the page sets its headings before or behind
the unit lines.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from speeches.importing.lines import Block
from speeches.importing.signs import Clue, Sign, Signs
from speeches.text.characters import DASHES, LEADING_SIGNS
from speeches.text.sentences import closes_what_it_did_not_open, leaves_open

_LONGEST = 45
_LONGEST_OF_SEVERAL = 26
_NO_END = re.compile(r"[。，,；;、：:…]$|[。；;]")
_NOT_FIRST = re.compile(r"^[的了着们們，。、；：！？”’）》]")


def looks_like_heading(block: Block) -> bool:
    """True for a line that could be a heading: short, no full stop or comma at its end, no
    sentence inside.
    """
    text = block.text.lstrip(LEADING_SIGNS + DASHES)
    if not len(block.letters) >= 2 or len(text) > _LONGEST:
        return False
    if _NO_END.search(text) or _NOT_FIRST.match(text):
        return False
    return not (closes_what_it_did_not_open(text) or leaves_open(text))


def heading_run_before(blocks: Sequence[Block], place: int, usable: set[int]) -> list[int]:
    """Indices of the one to three heading lines directly before ``place``; ``usable`` are those
    that may be headings.
    """
    run: list[int] = []
    for index in range(place - 1, max(place - 4, -1), -1):
        if index not in usable or not looks_like_heading(blocks[index]):
            break
        if run and not _can_go_together(blocks, [index, *run]):
            break
        run.insert(0, index)
    return run


def heading_run_after(blocks: Sequence[Block], place: int, usable: set[int]) -> list[int]:
    """Indices of the heading lines directly behind ``place``; a line that could open the body
    ends the run.
    """
    run: list[int] = []
    for index in range(place + 1, min(place + 4, len(blocks))):
        if index not in usable or not looks_like_heading(blocks[index]):
            break
        if blocks[index].indented or (run and not _can_go_together(blocks, [*run, index])):
            break
        if run and "，" in blocks[index].text:
            break
        run.append(index)
    return run


def votes_for_headings(
    blocks: Sequence[Block], before: Sequence[list[int]], after: Sequence[list[int]]
) -> Signs:
    """Where the page sets its headings: a sum of 0 and more means before the unit lines, less
    means behind them, no votes nowhere.

    One page does it one way; so each unit line has a vote, and the first one only half of one
    where the headline stands right above it. Too few votes mean that the page has no headings.
    """
    for_before = sum(
        _vote(blocks, run, behind_text=_is_behind_text(blocks, run))
        * (0.5 if n == 0 and not _is_behind_text(blocks, run) else 1.0)
        for n, run in enumerate(before)
    )
    for_after = sum(_vote(blocks, run) for run in after)
    if max(for_before, for_after) < max(0.5, 0.4 * (len(before) - 0.5)):
        return ()
    votes = Sign(Clue.HEADINGS_BEFORE, for_before), Sign(Clue.HEADINGS_BEHIND, -for_after)
    return tuple(vote for vote in votes if vote.weight)


def _vote(blocks: Sequence[Block], run: Sequence[int], *, behind_text: bool = False) -> float:
    """A heading line counts for less where a comma stands in it: it could be a piece of text, the
    less so behind a full stop.
    """
    if not run:
        return 0.0
    return (0.7 if behind_text else 0.4) if any("，" in blocks[i].text for i in run) else 1.0


def _is_behind_text(blocks: Sequence[Block], run: Sequence[int]) -> bool:
    """True where a complete text stands right before the run."""
    return bool(run) and run[0] > 0 and blocks[run[0] - 1].closed


def _can_go_together(blocks: Sequence[Block], run: Sequence[int]) -> bool:
    """Lines of one heading are short, and none of them is parted from the others by more than
    usual.
    """
    if any(len(blocks[index].letters) > _LONGEST_OF_SEVERAL for index in run):
        return False
    return all(blocks[index].gap <= 1 for index in run[1:])
