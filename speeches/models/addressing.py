"""Addressing: the public address of a row, without asking the URL configuration each time."""

from functools import lru_cache
from typing import Any

from django.urls import get_script_prefix, reverse

# Stands where a row's number or word goes; a number of any kind fits every pattern.
_PLACE = "123456789"


def address(name: str, word: int | str) -> str:
    """Return the path of the public page `name` of the row that its address calls `word`.

    A list names a hundred addresses, and reversing each took longer than reading the rows.
    """
    before, after = _around(name, get_script_prefix())
    return f"{before}{word}{after}"


def path_to(name: str, *args: Any) -> str:
    """Return the path of a page by the whole name of its address, worked out once a process."""
    return _path(get_script_prefix(), name, args)


# Working a path out takes fifty microseconds, and a page has a hundred links.
@lru_cache(maxsize=1024)
def _path(_prefix: str, name: str, args: tuple[Any, ...]) -> str:
    return reverse(name, args=args)


@lru_cache(maxsize=64)
def _around(name: str, _prefix: str) -> tuple[str, str]:
    before, _place, after = reverse(f"public:{name}", args=[_PLACE]).rpartition(_PLACE)
    return before, after
