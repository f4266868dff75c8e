"""The table of permissions in docs/moderation.md, and every address that the site answers."""

import itertools
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.urls import get_resolver

from speeches.admin.mydesk import SECTIONS

PAGE = Path(__file__).parents[2] / "docs" / "moderation.md"
BEGINNING = "## Every address, role and method"
NOTHING = "–"

# Role -> the methods that are answered.
Rights = dict[str, str]

_CONVERTER = re.compile(r"<(?:\w+:)?(\w+)>")
_GROUP = re.compile(r"\(\?P<(\w+)>(?:[^()]|\([^()]*\))*\)")
_CHOICE = re.compile(r"\{([^{}]+)\}")


def table() -> dict[str, Rights]:
    """Return the table: an address, such as /admin/speeches/remark/<object_id>/change/, and what
    each role may send there. A row may stand for several addresses: {meeting,remark}.
    """
    text = PAGE.read_text(encoding="utf-8").split(BEGINNING, 1)[1].split("\n## ", 1)[0]
    lines = [line for line in text.splitlines() if line.startswith("|")]
    head, _rule, *rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    found: dict[str, Rights] = {}
    for address, *cells in rows:
        for spelled in _spelled_out(address.strip("`")):
            assert spelled not in found, f"{spelled} stands in two rows"
            found[spelled] = dict(zip(head[1:], cells, strict=True))
    return found


def addresses() -> set[str]:
    """Return every address of the site, with its arguments named in pointed brackets.

    Parts of the desk are for different people, so each stands under its own name.
    """
    found = set(_below(get_resolver(), "/"))
    parts = "/admin/desk/<name>/"
    return found - {parts} | {parts.replace("<name>", section.name) for section in SECTIONS}


def _below(resolver: Any, before: str) -> Iterator[str]:
    for entry in resolver.url_patterns:
        whole = before + _plain(str(entry.pattern))
        if hasattr(entry, "url_patterns"):
            yield from _below(entry, whole)
        else:
            yield whole


def _plain(pattern: str) -> str:
    pattern = _GROUP.sub(r"<\1>", pattern)
    return _CONVERTER.sub(r"<\1>", pattern).strip("^$")


def _spelled_out(address: str) -> Iterator[str]:
    parts = _CHOICE.split(address)
    choices = [part.split(",") if n % 2 else [part] for n, part in enumerate(parts)]
    for chosen in itertools.product(*choices):
        yield "".join(chosen)
