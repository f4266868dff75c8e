"""Restrictions: the values given for each facet, and the query strings one step away from them."""

from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from urllib.parse import quote_plus

# The facets of which several values mean "any of them".
SEVERAL = ("district", "theme")


def spelled(facet: str, values: Iterable[str]) -> str:
    """Return a facet's part of a query string, "" where no value is asked for."""
    return "&".join(f"{facet}={quote_plus(value)}" for value in values)


class Restrictions:
    """What was asked for: values as given by facet, and the order, in the order of addresses.

    `given` has every facet there is. Of a facet that takes one value the last one counts.
    """

    def __init__(self, given: Mapping[str, list[str]], *, sort: str) -> None:
        self._given = {
            facet: list(dict.fromkeys(values)) if facet in SEVERAL else values[-1:]
            for facet, values in given.items()
        }
        self._sort = sort

    def of(self, facet: str) -> list[str]:
        """Return the values given for a facet, each once."""
        return self._given[facet]

    @cached_property
    def _parts(self) -> dict[str, str]:
        parts = {facet: spelled(facet, values) for facet, values in self._given.items()}
        return {**parts, "sort": spelled("sort", [self._sort] if self._sort else [])}

    @cached_property
    def query(self) -> str:
        """The query string of all of them, the same whatever order they came in."""
        return _joined(self._parts.values())

    def query_with(self, facet: str, *, add: str = "", drop: str = "") -> str:
        """Return the query string with one value added to a facet or dropped from it."""
        values = [value for value in self._given[facet] if value != drop]
        if add:
            values = [*values, add] if facet in SEVERAL else [add]
        return _joined({**self._parts, facet: spelled(facet, values)}.values())

    def step(self, facet: str) -> Callable[[str], str]:
        """Return what spells the query string that puts a value in, or takes a given one out.

        A page asks for a hundred of them, which differ in nothing but the value.
        """
        given = self._given[facet]
        kept = spelled(facet, given if facet in SEVERAL else [])
        place = list(self._parts).index(facet)
        parts = list(self._parts.values())
        before = _joined([*parts[:place], kept, f"{facet}="])
        after = "".join(f"&{part}" for part in parts[place + 1 :] if part)

        def step(value: str) -> str:
            if value in given:
                return self.query_with(facet, drop=value)
            return f"{before}{quote_plus(value)}{after}"

        return step


def _joined(parts: Iterable[str]) -> str:
    return "&".join(filter(None, parts))
