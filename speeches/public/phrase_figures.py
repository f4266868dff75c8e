"""Phrase figures: plain values of how often, by whom and in which words a phrase is used."""

import datetime as dt
from dataclasses import dataclass

from speeches.models import RemarkEdition
from speeches.search.concordance import Place

# Year and month.
Month = tuple[int, int]


@dataclass(frozen=True)
class Number:
    """In how many remarks, and how often where that is known."""

    remarks: int
    occurrences: int | None

    def __add__(self, other: "Number") -> "Number":
        """Return both together, both known or neither."""
        both = self.occurrences is not None and other.occurrences is not None
        occurrences = (self.occurrences or 0) + (other.occurrences or 0) if both else None
        return Number(self.remarks + other.remarks, occurrences)


@dataclass(frozen=True)
class User:
    """A unit or person who uses a phrase, and in how many of their remarks."""

    name: str
    url: str
    remarks: int
    of: int

    @property
    def percent(self) -> int:
        """The share of their remarks, in whole per cent; never 0, never 100 for less than all."""
        if self.remarks == self.of:
            return 100
        return min(max(round(100 * self.remarks / self.of), 1), 99)


@dataclass(frozen=True)
class Line:
    """One line of the concordance: a place, and the remark it stands in."""

    place: Place
    remark: RemarkEdition

    @property
    def url(self) -> str:
        """The address of the paragraph, or of the remark for its heading."""
        path = self.remark.get_absolute_url()
        return f"{path}#p{self.place.paragraph}" if self.place.paragraph else path

    @property
    def held(self) -> tuple[dt.date, int]:
        """The day and the meeting."""
        return self.remark.date, self.remark.meeting_id

    @property
    def byline(self) -> str:
        """Who speaks, as printed."""
        edition = self.remark
        who = (edition.unit_as_printed + edition.post_as_printed, edition.speakers_as_printed)
        return "　".join(part for part in who if part)
