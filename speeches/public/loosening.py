"""Loosening: what a reader can do when nothing matches, each way with its number of results."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.db.models import CharField, Count, Value
from django.http import QueryDict

from speeches.facets import Chip, Choice, Facet
from speeches.filters import RemarkFilter

# Other values offered of each facet.
NEAREST = 3


@dataclass(frozen=True)
class Loosening:
    """A list that is not empty: `label` is what is given up or put in its place."""

    label: str
    query: str
    number: int


def without_unknown(found: RemarkFilter, chips: list[Chip]) -> Loosening | None:
    """Return the list without what is not known, None if everything is.

    Three queries, in a case in which the choices cost none.
    """
    unknown = [chip for chip in chips if not chip.known]
    if not unknown:
        return None
    params = QueryDict(found.query, mutable=True)
    for chip in unknown:
        kept = [value for value in params.getlist(chip.facet) if value != chip.value]
        params.setlist(chip.facet, kept)
    rest = RemarkFilter(params, sort=found.sort)
    return Loosening("、".join(chip.label for chip in unknown), rest.query, rest.total())


def loosenings(found: RemarkFilter, chips: list[Chip]) -> list[Loosening]:
    """Return what giving up one restriction leads to, the most results first: one query.

    Several values of one facet mean any of them, so they are given up together.
    """
    groups = {
        facet: "、".join(chip.label for chip in group)
        for facet, group in groupby(chips, key=lambda chip: chip.facet)
    }
    if not groups:
        return []
    counts = [
        found.narrowed(without=[facet])
        .order_by()
        .values(facet=Value(facet, output_field=CharField()))
        .annotate(number=Count("pk"))
        .values_list("facet", "number")
        for facet in groups
    ]
    numbers: dict[str, int] = dict(counts[0].union(*counts[1:], all=True))
    ways = [
        Loosening(label, _with(found, facet, []), numbers.get(facet, 0))
        for facet, label in groups.items()
    ]
    return sorted((way for way in ways if way.number), key=lambda way: -way.number)


def alternatives(found: RemarkFilter, facets: list[Facet]) -> list[Loosening]:
    """Return other values in place of the one asked for, nearest first; no query.

    Near is a year close by, a theme of the same branch, and otherwise what has most remarks.
    """
    ways = []
    for facet in facets:
        asked = found.params.getlist(facet.name)
        if not asked:
            continue
        near = _nearness(facet, asked)
        others = [c for c in facet.choices if c.count and c.value not in asked]
        ways += [
            Loosening(choice.label, _with(found, facet.name, [choice.value]), choice.count)
            for choice in sorted(others, key=near)[:NEAREST]
        ]
    return ways


def _nearness(facet: Facet, asked: list[str]) -> Callable[[Choice], Any]:
    """Return the key by which other choices of the facet are sorted."""
    if facet.name == "year":
        year = int(asked[-1])
        return lambda choice: (abs(int(choice.value) - year), -int(choice.value))
    if facet.name == "theme":
        branches = _branches(facet.choices)
        here = {branches[value] for value in asked if value in branches}
        return lambda choice: (branches[choice.value] not in here, -choice.count)
    return lambda choice: -choice.count


def _branches(choices: list[Choice]) -> dict[str, str]:
    """Return for every theme the top one it stands under; a tree lists parents first."""
    top, branches = "", {}
    for choice in choices:
        top = choice.value if choice.depth == 0 else top
        branches[choice.value] = top
    return branches


def _with(found: RemarkFilter, facet: str, values: list[str]) -> str:
    params = QueryDict(found.query, mutable=True)
    params.setlist(facet, values)
    return params.urlencode()
