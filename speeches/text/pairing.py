"""Which paragraph of one version is which of another.

First the same wording finds itself, in order and then out of it. What is left is paired by
likeness, measured on pairs of letters: two paragraphs that nobody copied from each other reach
0.05, one with a third of its characters replaced one by one keeps 0.2. Between two paragraphs
that found their partners less is asked than across them. Last, a paragraph left over beside a
pair belongs to it if its text is there already: it was split off, or joined to it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from speeches.text.characters import letters
from speeches.text.similarity import SHORTEST, likeness
from speeches.text.subsequences import common, heaviest_rise

IN_PLACE = 0.15
ELSEWHERE = 0.35
# How much of a paragraph's text must have been in the other version's to be split off from it.
CONTAINED = 0.6
# Letters that stand in more paragraphs than this tell little, and what shares most is asked first.
COMMONPLACE = 16
CANDIDATES = 8


Runs = frozenset[str]
Group = tuple[tuple[int, ...], tuple[int, ...]]


class Pair(NamedTuple):
    """Paragraphs of two versions that are each other's, by place.

    One of each, or several neighbours on one side. Those that stay keep their order among
    themselves; the others were moved.
    """

    old: tuple[int, ...]
    new: tuple[int, ...]
    stays: bool


def pair_paragraphs(old: Sequence[str], new: Sequence[str]) -> list[Pair]:
    """Return the paragraphs that found their partners, in the order of the old version.

    As many as possible stay, and of as many those with the most text. With the versions exchanged
    the pairs are the same, their sides exchanged.
    """
    if (len(old), list(old)) < (len(new), list(new)):
        return sorted(Pair(pair.new, pair.old, pair.stays) for pair in pair_paragraphs(new, old))
    found = _of_same_wording(old, new)
    partners = set(found.values())
    old_runs = {i: _runs(text) for i, text in enumerate(old) if i not in found}
    new_runs = {j: _runs(text) for j, text in enumerate(new) if j not in partners}
    found |= _alike(old_runs, new_runs, found)
    groups = sorted(_with_neighbours(found, old_runs, new_runs))
    # More than all text together, so that a paragraph counts before its length does.
    one = 1 + sum(map(len, old)) + sum(map(len, new))
    weights = [
        one + sum(len(old[i]) for i in olds) + sum(len(new[j]) for j in news)
        for olds, news in groups
    ]
    staying = set(heaviest_rise([news[0] for _, news in groups], weights))
    return [Pair(*group, number in staying) for number, group in enumerate(groups)]


def _runs(text: str) -> Runs:
    plain = letters(text)
    return frozenset(plain[at : at + 2] for at in range(len(plain) - 1))


def _of_same_wording(old: Sequence[str], new: Sequence[str]) -> dict[int, int]:
    found = dict(common(old, new))
    partners = set(found.values())
    others = defaultdict(list)
    for j in reversed(range(len(new))):
        # A row of signs is nobody's in particular.
        if j not in partners and letters(new[j]):
            others[new[j]].append(j)
    for i, text in enumerate(old):
        if i not in found and others[text]:
            found[i] = others[text].pop()
    return found


def _alike(
    old_runs: dict[int, Runs], new_runs: dict[int, Runs], found: dict[int, int]
) -> dict[int, int]:
    """Pair by likeness what is not yet found, the most alike first."""
    candidates = _candidates(old_runs, new_runs)
    more: dict[int, int] = {}
    partners: set[int] = set()
    for measure, _, i, j in candidates:
        long = min(len(old_runs[i]), len(new_runs[j])) >= SHORTEST
        if long and -measure >= ELSEWHERE and i not in more and j not in partners:
            more[i] = j
            partners.add(j)
    fixed = sorted((found | more).items())
    rise = heaviest_rise([j for _, j in fixed], [1] * len(fixed))
    old_places, new_places = [fixed[k][0] for k in rise], [fixed[k][1] for k in rise]
    for _, _, i, j in candidates:
        at = bisect_left(old_places, i)
        if i not in more and j not in partners and at == bisect_left(new_places, j):
            more[i] = j
            partners.add(j)
            old_places.insert(at, i)
            new_places.insert(at, j)
    return more


def _candidates(
    old_runs: dict[int, Runs], new_runs: dict[int, Runs]
) -> list[tuple[float, int, int, int]]:
    """Return who might be whose: likeness (negative), distance, places; the most alike first."""
    holders: dict[str, list[int]] = defaultdict(list)
    for i, runs in old_runs.items():
        for run in runs:
            holders[run].append(i)
    candidates = []
    for j, runs in new_runs.items():
        shared = Counter(
            i
            for run in runs
            if run in holders and len(holders[run]) <= COMMONPLACE
            for i in holders[run]
        )
        for i in sorted(shared, key=lambda i: (-shared[i], abs(i - j), i))[:CANDIDATES]:
            measure = likeness(old_runs[i], runs)
            if measure >= IN_PLACE:
                candidates.append((-measure, abs(i - j), i, j))
    return sorted(candidates)


def _with_neighbours(
    found: dict[int, int], old_runs: dict[int, Runs], new_runs: dict[int, Runs]
) -> list[Group]:
    """Give every pair the unpaired neighbours that were split off or joined."""
    free_old = {i: runs for i, runs in old_runs.items() if i not in found}
    partners = set(found.values())
    free_new = {j: runs for j, runs in new_runs.items() if j not in partners}
    groups: list[Group] = []
    for i, j in sorted(found.items()):
        olds: tuple[int, ...] = (i,)
        news: tuple[int, ...] = (j,)
        if i in old_runs:
            news = _parts(j, old_runs[i] - new_runs[j], free_new)
            if len(news) == 1:
                olds = _parts(i, new_runs[j] - old_runs[i], free_old)
        groups.append((olds, news))
    return groups


def _parts(place: int, rest: Runs, free: dict[int, Runs]) -> tuple[int, ...]:
    """Return the place and the neighbours whose text is in the rest; they are free no more."""
    parts = [place]
    for step in (1, -1):
        at = place + step
        while at in free and free[at] and len(free[at] & rest) >= CONTAINED * len(free[at]):
            rest -= free.pop(at)
            parts.append(at)
            at += step
    return tuple(sorted(parts))
