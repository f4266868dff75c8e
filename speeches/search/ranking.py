"""Ranking: in which order what was found is shown. The rule is explained in docs/search.md.

What answers the question in its heading comes first. Among few results the words' density in
heading and text decides, in steps of two, and among the equally dense the newer. Among many,
density would set apart what readers cannot tell apart, at the price of reading every text; there
the newer comes first.
"""

import math
from functools import cached_property

from speeches.models import RemarkEdition
from speeches.models.editions import RemarkEditionQuerySet
from speeches.models.prepared import Prepared
from speeches.search.finding import Found, hits_of, listed
from speeches.search.indexing import INDEXED, indexed
from speeches.search.storage import Hits

# The most results that are ordered by density.
FEW = 100

_READ = Prepared(
    RemarkEdition,
    lambda *ids: RemarkEdition.objects.filter(pk__in=ids).only(
        *INDEXED, "date", "meeting", "position"
    ),
)


def density(phrases: tuple[str, ...], text: str) -> int:
    """Return how densely folded phrases stand in a folded text, in steps: each is twice as dense.

    0 for none, 1 from one occurrence in 1,000 characters, 2 from three, 3 from seven.
    """
    occurrences = sum(text.count(phrase) for phrase in phrases)
    return int(math.log2(1 + 1000 * occurrences / max(len(text), 1)))


class Ranked:
    """Editions, best first; `[start:stop]` are the ids of a page of them, in that order.

    `editions` are those that were found, `total` is their number.
    """

    def __init__(self, editions: RemarkEditionQuerySet, found: Found, *, total: int) -> None:
        self._editions, self._found, self._total = editions, found, total

    def __len__(self) -> int:
        return self._total

    def __getitem__(self, page: slice) -> list[int]:
        start, stop, step = page.indices(self._total)
        if step != 1:
            raise ValueError("A page of results is a run of them.")
        if start >= stop:
            return []
        if not self._found.asked.words:
            return _ids(self._editions, start, stop)
        if self._total <= FEW:
            return self._by_density[start:stop]
        ids = []
        if start < self._titled_total:
            ids = _ids(self._titled, start, min(stop, self._titled_total))
        if stop > self._titled_total:
            first = max(start - self._titled_total, 0)
            ids += _ids(self._untitled, first, stop - self._titled_total)
        return ids

    @cached_property
    def _heading_hits(self) -> Hits:
        hits = hits_of(self._found.asked.in_headings())
        assert hits is not None  # noqa: S101 (words were asked for)
        return hits

    @property
    def _titled(self) -> RemarkEditionQuerySet:
        return self._editions.filter(listed(self._heading_hits))

    @cached_property
    def _titled_total(self) -> int:
        hits = self._found.by_words_alone
        if hits is not None and hits.count == self._total:
            # Nothing else was asked for, and what answers in its heading answers.
            return self._heading_hits.count
        return self._titled.by_index().count()

    @property
    def _untitled(self) -> RemarkEditionQuerySet:
        return self._editions.exclude(listed(self._heading_hits))

    @cached_property
    def _by_density(self) -> list[int]:
        asked = self._found.asked
        phrases = asked.phrases
        wanted = [
            [(term.about.value, term.phrase) for term in group]
            for group in asked.in_headings().words
        ]
        fields = {field for group in wanted for field, _phrase in group} - {"heading"}

        def place(edition: RemarkEdition) -> tuple[bool, int, int, int, int]:
            texts = {"heading": indexed(edition, "heading")}
            for field in fields:
                texts[field] = indexed(edition, field)
            titled = all(any(phrase in texts[field] for field, phrase in one) for one in wanted)
            dense = density(phrases, f"{texts['heading']}\n{indexed(edition, 'body')}")
            day = edition.date.toordinal()
            return not titled, -dense, -day, -edition.meeting_id, edition.position

        return [edition.pk for edition in sorted(_READ.among(self._few), key=place)]

    @property
    def _few(self) -> list[int]:
        """The ids of all editions that were found, in any order."""
        hits = self._found.by_words_alone
        if hits is not None and hits.count == self._total:
            return hits.listed
        return list(self._editions.by_index().values_list("pk", flat=True))


def _ids(editions: RemarkEditionQuerySet, start: int, stop: int) -> list[int]:
    return list(editions.newest_first().values_list("pk", flat=True)[start:stop])
