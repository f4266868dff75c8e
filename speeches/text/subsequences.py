"""The most that two sequences have in common, and the most that keeps its order.

The longest common subsequence is found with one bit for each unit of a text (H. Hyyrö, 2004), so
that the time is a sixty-fourth of the product of the lengths, whatever the texts hold.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from math import isqrt

from speeches.text.characters import FULL_STOPS

CLAUSE_MARKS = "，,；;：:"
# Above this product of lengths, texts are taken apart at the clauses both hold just once.
LARGEST = 600_000_000


def common(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """Return the places of a longest common subsequence of two texts, or lists of texts.

    Of texts whose lengths multiply to more than ``LARGEST``, it may be a shorter one.
    """
    shorter = min(len(old), len(new))
    head = 0
    while head < shorter and old[head] == new[head]:
        head += 1
    tail = 0
    while tail < shorter - head and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    one, other = old[head : len(old) - tail], new[head : len(new) - tail]
    find = _longest if len(one) * len(other) <= LARGEST else _anchored
    pairs = [(place, place) for place in range(head)]
    pairs += [(head + i, head + j) for i, j in find(one, other)]
    pairs += [(len(old) - left, len(new) - left) for left in range(tail, 0, -1)]
    return pairs


def heaviest_rise(places: Sequence[int], weights: Sequence[int]) -> list[int]:
    """Return which of ``places``, all different, rise in order and together weigh most."""
    ranks = sorted(places)
    # A tree of prefixes (Fenwick): the most weight that ends at or below a rank, and with whom.
    best = [(0, -1)] * (len(places) + 1)
    before: list[int] = []
    for number, (place, weight) in enumerate(zip(places, weights, strict=True)):
        rank = bisect_left(ranks, place)
        held, at = (0, -1), rank
        while at:
            held = max(held, best[at])
            at &= at - 1
        before.append(held[1])
        at = rank + 1
        while at < len(best):
            best[at] = max(best[at], (held[0] + weight, number))
            at += at & -at
    chosen = []
    number = max(best)[1]
    while number >= 0:
        chosen.append(number)
        number = before[number]
    return chosen[::-1]


def _longest(a: Sequence[str], b: Sequence[str]) -> list[tuple[int, int]]:
    """Return the places of a longest common subsequence."""
    if not a or not b:
        return []
    masks: dict[str, int] = {}
    for place, unit in enumerate(a):
        masks[unit] = masks.get(unit, 0) | 1 << place
    full = (1 << len(a)) - 1

    def next_row(row: int, unit: str) -> int:
        # A nought at a place: with this unit of ``a``, one more can be kept.
        both = row & masks.get(unit, 0)
        return ((row + both) | (row - both)) & full

    # Every row together would take too much room: some are kept, those between found again.
    step = isqrt(len(b)) + 1
    kept, row = [], full
    for j, unit in enumerate(b):
        if j % step == 0:
            kept.append(row)
        row = next_row(row, unit)
    pairs = []
    i = len(a)
    for start in range(len(kept) * step - step, -1, -step):
        rows = [kept.pop()]
        for unit in b[start : start + step]:
            rows.append(next_row(rows[-1], unit))
        j = min(start + step, len(b))
        while i and j > start:
            if a[i - 1] == b[j - 1]:
                i, j = i - 1, j - 1
                pairs.append((i, j))
            elif rows[j - start] >> (i - 1) & 1:
                i -= 1
            else:
                j -= 1
    return pairs[::-1]


def _anchored(a: Sequence[str], b: Sequence[str]) -> list[tuple[int, int]]:
    """Return the places of a common subsequence that holds to the clauses which stand once in
    either text. Between them the smaller gaps are compared by unit; those that would take too
    long are left as changed.
    """
    once_a, once_b = _single_clauses(a), _single_clauses(b)
    both = [clause for clause in once_a if clause in once_b]
    chain = heaviest_rise([once_b[clause] for clause in both], [len(clause) for clause in both])
    anchors = [(once_a[both[k]], once_b[both[k]], len(both[k])) for k in chain]
    pairs = [(i + k, j + k) for i, j, size in anchors for k in range(size)]
    starts = [(0, 0), *((i + size, j + size) for i, j, size in anchors)]
    ends = [*((i, j) for i, j, _ in anchors), (len(a), len(b))]
    gaps = sorted(
        ((end[0] - at[0]) * (end[1] - at[1]), at, end) for at, end in zip(starts, ends, strict=True)
    )
    left = LARGEST
    for product, (i, j), (end_i, end_j) in gaps:
        left -= product
        if left < 0:
            break
        pairs += [(i + k, j + m) for k, m in _longest(a[i:end_i], b[j:end_j])]
    return sorted(pairs)


def _single_clauses(text: Sequence[str]) -> dict[tuple[str, ...], int]:
    """Return the clauses that stand once in a text, each with its place, in order."""
    ends = [k + 1 for k, unit in enumerate(text) if unit in FULL_STOPS or unit in CLAUSE_MARKS]
    bounds = sorted({0, *ends, len(text)})
    clauses = [(tuple(text[i:j]), i) for i, j in pairwise(bounds) if j - i > 1]
    counts = Counter(clause for clause, _ in clauses)
    return {clause: place for clause, place in clauses if counts[clause] == 1}
