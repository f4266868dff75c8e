"""The pages that `make bench` measures, with what must stand on them.

``python -m benchmarks.addresses SHARED NUMBER`` prints them as JSON for the archive of so many
remarks in the database that DATABASE_URL names.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from html import unescape
from itertools import islice
from pathlib import Path
from typing import Any
from urllib.parse import quote

PER_PAGE = 20
FEED_PAGE = 50
# The share of remarks in which the words stand that are looked for.
MOST_FOUND = 0.01


@dataclass(frozen=True)
class Address:
    """One page: its text shows all that is `expected`, one behind the other.

    `queries` is how many statements the database gets for it.
    """

    name: str
    path: str
    expected: list[str] = field(default_factory=list)
    queries: int = 0

    def problem(self, status: int, page: str) -> str:
        """Return what is wrong with an answer; "" where nothing is."""
        if status != 200:
            return f"{self.path}: {status}"
        text, place = unescape(re.sub(r"<[^>]*>", "", page)), 0
        for words in self.expected:
            place = text.find(words, place)
            if place < 0:
                return f"{self.path}: “{words[:40]}” is missing, or not in its place"
        return ""


class Survey:
    """The pages of an archive of the workload, and what the workload says of them."""

    def __init__(self, workload: Any) -> None:
        self.workload = workload
        self.a_meeting = workload.n // workload.n_meetings

    def addresses(self) -> list[Address]:
        """Return every page, without the number of its queries."""
        from benchmarks.archive import code_of

        source = self.workload
        district, theme = source.districts[0], source.themes[0]
        remark, meeting = source.remark(source.n // 2), source.n_meetings // 2
        first = (meeting - 1) * self.a_meeting + 1
        spoken = list(source.remarks(first, first + self.a_meeting - 1))
        changed = source.remarks(max(source.n - FEED_PAGE, 0) + 1, source.n)
        both = (
            r
            for r in self.newest_first()
            if theme.id in r.theme_ids and source.units[r.unit_id - 1].district_id == district.id
        )
        return [
            Address("home", "/", _headings(self.newest_first(), 8)),
            Address("latest list", "/remarks/", _headings(self.newest_first(), PER_PAGE)),
            Address(
                "one district, one theme",
                f"/remarks/?district={code_of(district)}&theme={theme.slug}",
                _headings(both, PER_PAGE),
            ),
            Address(
                "page 500",
                "/remarks/?page=500",
                _headings(islice(self.newest_first(), 499 * PER_PAGE, None), PER_PAGE),
            ),
            Address("remark", f"/remarks/{remark.id}/", [remark.heading, *remark.paragraphs]),
            Address(
                "meeting of 50 remarks", f"/meetings/{meeting}/", [one.heading for one in spoken]
            ),
            *self._questions(),
            Address(
                "Atom feed", "/feeds/remarks.atom", [one.heading for one in reversed(list(changed))]
            ),
        ]

    def newest_first(self) -> Iterator[Any]:
        """Draw the remarks as lists show them: the latest meeting first, each as printed."""
        for meeting in range(self.workload.n_meetings, 0, -1):
            first = (meeting - 1) * self.a_meeting + 1
            yield from self.workload.remarks(first, first + self.a_meeting - 1)

    def _questions(self) -> list[Address]:
        from benchmarks.search import counts_in

        found = []
        for length, counts in counts_in(self.workload).items():
            most = MOST_FOUND * self.workload.n
            word = max((w for w in counts if 0 < counts[w] <= most), key=lambda w: counts[w])
            found.append(
                Address(
                    f"search, {length} characters",
                    f"/search/?q={quote(word)}",
                    [word, f"共 {occurrences(word)} 篇"],
                )
            )
        return found


def _headings(remarks: Iterator[Any], number: int) -> list[str]:
    return [remark.heading for remark in islice(remarks, number)]


def occurrences(word: str) -> int:
    """Return in how many remarks the word stands, by reading all of them."""
    from django.db.models import Q

    from speeches.models import RemarkEdition

    columns = ("heading", "text", "unit_as_printed", "speakers_as_printed")
    anywhere = Q()
    for column in columns:
        anywhere |= Q(**{f"{column}__contains": word})
    return RemarkEdition.objects.current().filter(anywhere).count()


def queries_of(path: str) -> int:
    """Return how many statements a page costs that was asked for before."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client(headers={"host": "127.0.0.1"})
    client.get(path, secure=True)
    with CaptureQueriesContext(connection) as captured:
        client.get(path, secure=True)
    return len(captured)


def main(arguments: list[str]) -> int:
    """Print the pages as JSON."""
    # Sets the project up.
    from benchmarks.archive import read_workload

    survey = Survey(read_workload(Path(arguments[0])).Workload(int(arguments[1])))
    pages = [{**asdict(a), "queries": queries_of(a.path)} for a in survey.addresses()]
    print(json.dumps(pages))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
