"""Facets: what `RemarkFilter` says of its choices and of what was asked for, as plain values."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Choice:
    """One value of a facet; `query` is the query string that puts it in or takes it out.

    `depth` tells how far a theme stands below the top of the tree.
    """

    value: str
    label: str
    count: int
    selected: bool
    query: str
    depth: int = 0


@dataclass(frozen=True)
class Chip:
    """One active restriction in words; `query` is the query string without it.

    Not `known`: it is not a number, names nothing, or names what is not public.
    """

    facet: str
    value: str
    label: str
    query: str
    known: bool


@dataclass(frozen=True)
class Facet:
    """The choices of one facet."""

    name: str
    label: str
    choices: list[Choice]
