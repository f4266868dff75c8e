"""Which of several copies stands in its place. Every way of keeping and dropping copies has a
price; the cheapest wins.

What costs: a sentence left open or begun in the middle, two pieces put together that do not fit,
a passage kept twice, a closing paragraph kept before its heading. A copy can only be dropped
while its text stays on the page elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from speeches.importing.evidence import Page, is_unfinished

_LOST = 1000.0
_OPEN_BEFORE_PARAGRAPH = 3.0
_OPEN_AT_END = 2.5
_JOINT = 0.6
_TAIL_BEHIND_FULL_STOP = 2.5
_TAIL_FIRST = 2.0
_KEPT_TWICE = 2.0
_BEFORE_ITS_HEADING = 1.0
_STANDS_APART = 0.2
_DROPPED = 0.3
_MID_DOUBT = 1.0
_LIKE_A_LEAD = 0.8
# Beyond these limits the text is no newspaper page; then nothing is dropped, and nothing lost.
_MOST_COPIES = 240
_MOST_WORK = 300_000
# Within these every pair of copies is tried together, beyond them one copy at a time.
_MOST_FOR_PAIRS = 36
_MOST_BLOCKS_FOR_PAIRS = 400
_MOST_ROUNDS = 8


def settle(page: Page) -> set[int]:
    """The blocks to set aside as repeats."""
    movable = sorted(page.originals)
    dropped: set[int] = set()
    size = len(page.section_of)
    if not movable or len(movable) > _MOST_COPIES or len(movable) * size > _MOST_WORK:
        return dropped
    touches = _neighbourhoods(page)
    steps: list[tuple[int, ...]] = [(i,) for i in movable]
    thorough = len(movable) <= _MOST_FOR_PAIRS and size <= _MOST_BLOCKS_FOR_PAIRS
    if thorough:
        steps += [(i, j) for n, i in enumerate(movable) for j in movable[n + 1 :]]
    for _ in range(2 * len(movable) + 2 if thorough else _MOST_ROUNDS):
        best: tuple[float, tuple[int, ...]] = (-1e-9, ())
        for step in steps:
            change = _change(page, dropped, step, touches)
            if change < best[0]:
                best = change, step
                if not thorough:
                    dropped ^= set(step)
                    best = -1e-9, step
        if not best[1]:
            break
        if thorough:
            dropped ^= set(best[1])
    return dropped


def _neighbourhoods(page: Page) -> dict[int, tuple[set[int], set[int]]]:
    """For each copy the sections and the copies whose price can change with it."""
    related: dict[int, set[int]] = {i: {i} for i in page.originals}
    for i, originals in page.originals.items():
        for original in originals:
            for j in original.blocks:
                if j in related:
                    related[i].add(j)
                    related[j].add(i)
    users: dict[int, set[int]] = {i: set() for i in page.originals}
    for i, originals in page.originals.items():
        for original in originals:
            section = page.sections[page.section_of[original.blocks[0]]]
            low, high = section.index(original.blocks[0]), section.index(original.blocks[-1])
            for j in section[low : high + 1]:
                if j in users:
                    users[j].add(i)
    return {i: ({page.section_of[i]}, related[i] | users[i]) for i in page.originals}


def _change(
    page: Page,
    dropped: set[int],
    step: tuple[int, ...],
    touches: dict[int, tuple[set[int], set[int]]],
) -> float:
    sections = set().union(*(touches[i][0] for i in step))
    copies = set().union(*(touches[i][1] for i in step))

    def part(state: set[int]) -> float:
        return sum(_section_price(page, number, state) for number in sections) + sum(
            _copy_price(page, i, state) for i in copies
        )

    return part(dropped.symmetric_difference(step)) - part(dropped)


def _section_price(page: Page, number: int, dropped: set[int]) -> float:
    kept = [i for i in page.sections[number] if i not in dropped]
    if not kept:
        return 0.0
    cost = _opening_price(page, kept[0], _TAIL_FIRST)
    for left, right in pairwise(kept):
        if (left, right) not in page.boundaries:
            page.boundaries[left, right] = _boundary_price(page, left, right)
        cost += page.boundaries[left, right]
    if not page.blocks[kept[-1]].closed:
        cost += _OPEN_AT_END
    return cost


def _boundary_price(page: Page, left: int, right: int) -> float:
    if is_unfinished(page.blocks[left], page.blocks[right]):
        if page.begins_paragraph(right):
            return _OPEN_BEFORE_PARAGRAPH
        return _JOINT - page.joints.score(left, right) + _LIKE_A_LEAD * (right in page.leads)
    return _opening_price(page, right, _TAIL_BEHIND_FULL_STOP)


def _opening_price(page: Page, i: int, of_tail: float) -> float:
    """What it costs that block ``i`` begins a paragraph."""
    if i in page.tails:
        return of_tail
    return min(max(page.mid_scores.get(i, 0.0) - _MID_DOUBT, 0.0), 3.0) * 0.5


def _copy_price(page: Page, i: int, dropped: set[int]) -> float:
    elsewhere = [
        original
        for original in page.originals[i]
        if _is_kept(page, original.blocks, dropped)
        and not (len(original.blocks) == 1 and original.blocks[0] in page.stock)
    ]
    if i in dropped:
        return _DROPPED if elsewhere else _LOST
    if i in page.stock:
        return 0.0
    cost = _STANDS_APART if page.blocks[i].gap > 1 else 0.0
    own = page.section_of[i]
    if any(page.section_of[o.blocks[0]] == own + 1 for o in page.originals[i]) and _is_last_part(
        page, i
    ):
        cost += _BEFORE_ITS_HEADING
    if elsewhere and not _is_confirmed(page, i, dropped):
        cost += _KEPT_TWICE + min(len(page.blocks[i].letters) / 60, 2.0)
    return cost


def _is_kept(page: Page, chain: Iterable[int], dropped: set[int]) -> bool:
    """True where all blocks of ``chain`` are kept and nothing kept stands between them."""
    members = tuple(chain)
    if any(i in dropped for i in members):
        return False
    if len(members) == 1:
        return True
    section = page.sections[page.section_of[members[0]]]
    between = section[section.index(members[0]) : section.index(members[-1]) + 1]
    return [i for i in between if i not in dropped] == list(members)


def _is_last_part(page: Page, i: int) -> bool:
    """True where only copies follow in the section: closing paragraphs that were printed before
    their heading.
    """
    section = page.sections[page.section_of[i]]
    return all(j in page.originals for j in section[section.index(i) :])


def _is_confirmed(page: Page, i: int, dropped: set[int]) -> bool:
    """True where the page itself confirms the joint with the block before: two paragraphs can end
    in the same words.
    """
    section = [j for j in page.sections[page.section_of[i]] if j not in dropped]
    at = section.index(i)
    if not at or not is_unfinished(page.blocks[section[at - 1]], page.blocks[i]):
        return False
    return page.joints.is_confirmed(section[at - 1], i)
