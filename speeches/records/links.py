"""Links: a label and an address."""

from collections.abc import Callable
from typing import Any, NamedTuple

# Makes a whole address, with scheme and host, of a path.
Absolute = Callable[[str], str]


class Link(NamedTuple):
    """A label and the address it leads to; no address where there is no page."""

    name: str
    url: str


def link_to(row: Any) -> Link | None:
    """Return a link to a model row that has a page, or None for None."""
    return None if row is None else Link(str(row), row.get_absolute_url())
