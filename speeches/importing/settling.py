"""Which of several copies stands in its place. Every way of keeping and dropping copies has a
price; the cheapest wins.

What costs: a sentence left open or begun in the middle, two pieces put together that do not fit,
a passage kept twice, a closing paragraph kept before its heading. A copy can only be dropped
while its text stays on the page elsewhere.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

from speeches.importing.evidence import Page
from speeches.importing.signs import Clue, Sign, Signs, total

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
_NEARLY = 0.3
_MID_DOUBT = 1.0
_LIKE_A_LEAD = 0.8
_LIKE_A_CLOSING = 2.0
# Beyond these limits the text is no newspaper page; then nothing is dropped, and nothing lost.
_MOST_COPIES = 240
_MOST_WORK = 40_000
# With more copies than this bound together they are gone through one by one, a few times.
_MOST_FOR_PAIRS = 24
_MOST_ROUNDS = 8


@dataclass(frozen=True)
class Touched:
    """The sections and the copies whose price can change with one copy."""

    sections: set[int]
    copies: set[int]


Touches = dict[int, Touched]


def settle(page: Page) -> set[int]:
    """The blocks to set aside as repeats.

    Remarks that share no text are settled apart from each other, so that the time grows with the
    page's length only.
    """
    touches = _neighbourhoods(page)
    dropped: set[int] = set()
    for copies in _bound_together(page):
        size = sum(len(page.sections[n]) for n in {page.section_of[i] for i in copies})
        if len(copies) > _MOST_COPIES or len(copies) * size > _MOST_WORK:
            continue
        if len(copies) <= _MOST_FOR_PAIRS:
            _settle_together(page, copies, dropped, touches)
        else:
            _settle_one_by_one(page, copies, dropped, touches)
    return dropped


def _bound_together(page: Page) -> list[list[int]]:
    """The copies in groups: the price of one never hangs on a block of another group's remarks."""
    leader = list(range(len(page.sections)))

    def find(number: int) -> int:
        while leader[number] != number:
            leader[number] = leader[leader[number]]
            number = leader[number]
        return number

    for i, originals in page.originals.items():
        for original in originals:
            leader[find(page.section_of[original.blocks[0]])] = find(page.section_of[i])
    groups: defaultdict[int, list[int]] = defaultdict(list)
    for i in sorted(page.originals):
        groups[find(page.section_of[i])].append(i)
    return list(groups.values())


def _settle_together(
    page: Page, copies: Sequence[int], dropped: set[int], touches: Touches
) -> None:
    """Drops and takes back, one copy or two at a time, as long as that makes it cheaper. Two at a
    time only where they touch: else the one does not change what the other is worth.
    """
    steps: list[tuple[int, ...]] = [(i,) for i in copies]
    steps += [
        (i, j)
        for i, j in combinations(copies, 2)
        if not touches[i].sections.isdisjoint(touches[j].sections)
        or not touches[i].copies.isdisjoint(touches[j].copies)
    ]
    reach = {step: _reach(page, step, touches) for step in steps}
    changes: dict[tuple[int, ...], float] = {}
    for _ in range(2 * len(copies) + 2):
        for step in steps:
            if step not in changes:
                changes[step] = _change(page, dropped, step, touches)
        best = min(steps, key=changes.__getitem__)
        if changes[best] > -1e-9:
            break
        dropped ^= set(best)
        touched = {page.section_of[i] for i in best}
        for step in steps:
            if not touched.isdisjoint(reach[step]):
                del changes[step]


def _settle_one_by_one(
    page: Page, copies: Sequence[int], dropped: set[int], touches: Touches
) -> None:
    """Drops or takes back every copy that makes it cheaper, until none does."""
    for _ in range(_MOST_ROUNDS):
        before = set(dropped)
        for i in copies:
            if _change(page, dropped, (i,), touches) < -1e-9:
                dropped ^= {i}
        if dropped == before:
            break


def _reach(page: Page, step: Iterable[int], touches: Touches) -> set[int]:
    """The sections whose blocks can change what ``step`` is worth."""
    sections = {n for i in step for n in touches[i].sections}
    for copy in {j for i in step for j in touches[i].copies}:
        sections.add(page.section_of[copy])
        sections.update(page.section_of[o.blocks[0]] for o in page.originals[copy])
    return sections


def _neighbourhoods(page: Page) -> Touches:
    """What can change with each copy."""
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
    return {i: Touched({page.section_of[i]}, related[i] | users[i]) for i in page.originals}


def reasons_to_drop(page: Page, dropped: set[int]) -> dict[int, Signs]:
    """For each dropped block what speaks for dropping it, and what against: everything whose
    price would be another if it alone came back.
    """
    touches = _neighbourhoods(page)
    reasons: dict[int, Signs] = {}
    for i in dropped:
        prices: defaultdict[Clue, float] = defaultdict(float)
        for state, side in ((dropped - {i}, 1), (dropped, -1)):
            for sign in _prices(page, state, touches[i].sections, touches[i].copies):
                prices[sign.clue] += side * sign.weight
        reasons[i] = tuple(
            Sign(clue, round(weight, 3)) for clue, weight in prices.items() if abs(weight) > 0.001
        )
    return reasons


def _change(
    page: Page,
    dropped: set[int],
    step: tuple[int, ...],
    touches: Touches,
) -> float:
    sections = set().union(*(touches[i].sections for i in step))
    copies = set().union(*(touches[i].copies for i in step))
    after = _prices(page, dropped.symmetric_difference(step), sections, copies)
    return total(after) - total(_prices(page, dropped, sections, copies))


def _prices(
    page: Page, dropped: set[int], sections: Iterable[int], copies: Iterable[int]
) -> list[Sign]:
    """Everything that costs in these sections and of these copies."""
    found: list[Sign] = []
    for number in sections:
        found += _section_prices(page, number, dropped)
    for i in copies:
        found += _copy_prices(page, i, dropped)
    return found


def _section_prices(page: Page, number: int, dropped: set[int]) -> list[Sign]:
    kept = [i for i in page.sections[number] if i not in dropped]
    if not kept:
        return []
    found = list(_opening_prices(page, kept[0], Sign(Clue.TAIL_FIRST, _TAIL_FIRST)))
    for left, right in pairwise(kept):
        if (left, right) not in page.boundaries:
            page.boundaries[left, right] = _boundary_prices(page, left, right)
        found += page.boundaries[left, right]
    if not page.blocks[kept[-1]].closed:
        found.append(Sign(Clue.OPEN_AT_END, _OPEN_AT_END))
    return found


def _boundary_prices(page: Page, left: int, right: int) -> Signs:
    if page.is_unfinished(left, right):
        if page.begins_paragraph(right):
            return (Sign(Clue.LEFT_OPEN, _OPEN_BEFORE_PARAGRAPH),)
        fits = Sign(Clue.JOINT_FITS, -page.joints.score(left, right))
        found = [Sign(Clue.PIECES_JOINED, _JOINT), fits]
        if page.opens_a_closing(right):
            found.append(Sign(Clue.LIKE_A_CLOSING, _LIKE_A_CLOSING))
        elif right in page.leads:
            found.append(Sign(Clue.LIKE_A_LEAD, _LIKE_A_LEAD))
        return tuple(found)
    return _opening_prices(page, right, Sign(Clue.TAIL_BEHIND_FULL_STOP, _TAIL_BEHIND_FULL_STOP))


def _opening_prices(page: Page, i: int, of_tail: Sign) -> Signs:
    """What it costs that block ``i`` begins a paragraph."""
    if i in page.tails:
        return (of_tail,)
    doubt = min(max(page.mid_scores.get(i, 0.0) - _MID_DOUBT, 0.0), 3.0) * 0.5
    return (Sign(Clue.DOUBTFUL_START, doubt),) if doubt else ()


def _copy_prices(page: Page, i: int, dropped: set[int]) -> list[Sign]:
    kept = [
        original.near
        for original in page.originals[i]
        if not (len(original.blocks) == 1 and original.blocks[0] in page.stock)
        and _is_kept(page, original.blocks, dropped)
    ]
    elsewhere = bool(kept)
    if i in dropped:
        if elsewhere:
            slips = [Sign(Clue.NEARLY_THE_SAME, _NEARLY)] if all(kept) else []
            return [Sign(Clue.COPY_DROPPED, _DROPPED), *slips]
        return [Sign(Clue.ONLY_COPY, _LOST)]
    found: list[Sign] = []
    if i in page.stock:
        return found
    if page.blocks[i].gap > 1:
        found.append(Sign(Clue.COPY_STANDS_APART, _STANDS_APART))
    own = page.section_of[i]
    ahead = any(
        page.section_of[o.blocks[0]] == own + 1 and o.blocks[0] not in page.stock
        for o in page.originals[i]
    )
    if ahead and _is_last_part(page, i):
        found.append(Sign(Clue.BEFORE_ITS_HEADING, _BEFORE_ITS_HEADING))
    if elsewhere and not _is_confirmed(page, i, dropped):
        length = min(len(page.blocks[i].letters) / 60, 2.0)
        found.append(Sign(Clue.KEPT_TWICE, _KEPT_TWICE + length))
    return found


def _is_kept(page: Page, chain: Iterable[int], dropped: set[int]) -> bool:
    """True where all blocks of ``chain`` are kept and nothing kept stands between them."""
    members = tuple(chain)
    if not dropped.isdisjoint(members):
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
    section = page.sections[page.section_of[i]]
    at = section.index(i) - 1
    while at >= 0 and section[at] in dropped:
        at -= 1
    if at < 0 or not page.is_unfinished(section[at], i):
        return False
    return page.joints.is_confirmed(section[at], i)
