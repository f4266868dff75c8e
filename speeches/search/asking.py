"""Asking: what a reader typed, as a question. Plain Python; it never fails.

The language is explained in docs/search.md. Whatever does not fit it is taken for words, or left
out with a note of why, so that every question can be answered and put into words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import Enum

from speeches.text.searchable import fold_phrase

MOST_CHARACTERS = 200
FIRST_YEAR, LAST_YEAR = 1900, 2200


class About(Enum):
    """What a word or a condition is about; the values of the first five are fields of the index."""

    ANYTHING = ""
    TEXT = "text"
    HEADING = "heading"
    UNIT = "unit"
    PEOPLE = "people"
    THEME = "theme"
    MEETING = "meeting"
    DISTRICT = "district"
    YEAR = "year"


WORDS = (About.ANYTHING, About.TEXT, About.HEADING, About.UNIT, About.PEOPLE)
NAMES = {
    "文中": About.TEXT,
    "text": About.TEXT,
    "标题": About.HEADING,
    "heading": About.HEADING,
    "title": About.HEADING,
    "单位": About.UNIT,
    "unit": About.UNIT,
    "发言人": About.PEOPLE,
    "speaker": About.PEOPLE,
    "person": About.PEOPLE,
    "主题": About.THEME,
    "theme": About.THEME,
    "会议": About.MEETING,
    "meeting": About.MEETING,
    "区县": About.DISTRICT,
    "district": About.DISTRICT,
    "年": About.YEAR,
    "年份": About.YEAR,
    "year": About.YEAR,
}
EITHER = ("OR", "或")


class Note(Enum):
    """Why something of what was typed is not part of the question."""

    CUT = "cut"
    NO_LETTER = "no-letter"
    NO_YEAR = "no-year"


@dataclass(frozen=True)
class Term:
    """One word, phrase or condition: as typed, folded, and for a year the first and the last."""

    said: str
    phrase: str
    about: About = About.ANYTHING
    years: tuple[int, int] | None = None


@dataclass(frozen=True)
class Asked:
    """A question: one term of every group is wanted, none of `without`.

    The terms of a group are all words (WORDS), or all about the same other thing.
    """

    groups: tuple[tuple[Term, ...], ...] = ()
    without: tuple[Term, ...] = ()
    notes: tuple[tuple[Note, str], ...] = ()

    @property
    def words(self) -> tuple[tuple[Term, ...], ...]:
        """The groups that the index answers."""
        return tuple(group for group in self.groups if group[0].about in WORDS)

    @property
    def conditions(self) -> tuple[tuple[Term, ...], ...]:
        """The groups that are answered from districts, themes, meetings and years."""
        return tuple(group for group in self.groups if group[0].about not in WORDS)

    @property
    def without_words(self) -> tuple[Term, ...]:
        """Of what is not wanted, what the index answers."""
        return tuple(term for term in self.without if term.about in WORDS)

    @property
    def without_conditions(self) -> tuple[Term, ...]:
        """Of what is not wanted, the rest."""
        return tuple(term for term in self.without if term.about not in WORDS)

    @property
    def phrases(self) -> tuple[str, ...]:
        """The folded words that stand in headings and texts, to mark and to count them there."""
        texts = (About.ANYTHING, About.TEXT, About.HEADING)
        found = (t.phrase for group in self.words for t in group if t.about in texts)
        return tuple(dict.fromkeys(found))

    @property
    def phrases_of_names(self) -> tuple[str, ...]:
        """The folded words that stand in the names of units and speakers, to mark them there."""
        names = (About.ANYTHING, About.UNIT, About.PEOPLE)
        found = (t.phrase for group in self.words for t in group if t.about in names)
        return tuple(dict.fromkeys(found))

    def in_headings(self) -> Asked:
        """Return the same question, asked of headings where it is asked of more."""
        more = (About.ANYTHING, About.TEXT)
        groups = tuple(
            tuple(replace(t, about=About.HEADING) if t.about in more else t for t in group)
            for group in self.groups
        )
        return replace(self, groups=groups)


_TERM = re.compile(
    r"(?P<without>[-－−])?"
    r"(?:(?P<name>" + "|".join(sorted(NAMES, key=len, reverse=True)) + r")\s*[:：]\s*)?"
    # A quotation that nobody closes goes to the end.
    r"(?:[\"“”＂](?P<quoted>[^\"“”＂]*)(?:[\"“”＂]|$)|(?P<plain>[^\s\"“”＂]*))",
    re.IGNORECASE,
)
_YEARS = re.compile(r"(\d{4})?\s*(\.\.|…|-|－|–|—|～|~|至|到)?\s*(\d{4})?")


def parse(typed: str) -> Asked:
    """Return what was asked for; of a longer text, of its first MOST_CHARACTERS."""
    notes: list[tuple[Note, str]] = []
    if len(typed) > MOST_CHARACTERS:
        notes.append((Note.CUT, ""))
        typed = typed[:MOST_CHARACTERS]
    groups: list[list[Term]] = []
    without: list[Term] = []
    joined, place = False, 0
    while place < len(typed):
        if typed[place].isspace():
            place += 1
            continue
        match = _TERM.match(typed, place)
        # What is neither a word nor a quotation is one sign that stands for nothing.
        place = max(match.end(), place + 1) if match else place + 1
        if match is None or not match.group():
            continue
        if match.group() in EITHER:
            joined = bool(groups)
            continue
        term = _term(match, notes)
        if term is None:
            continue
        if match["without"]:
            without.append(term)
        elif joined and _fit(groups[-1][0], term):
            groups[-1].append(term)
        else:
            groups.append([term])
        joined = False
    return Asked(
        groups=tuple(dict.fromkeys(tuple(dict.fromkeys(group)) for group in groups)),
        without=tuple(dict.fromkeys(without)),
        notes=tuple(dict.fromkeys(notes)),
    )


def _term(match: re.Match[str], notes: list[tuple[Note, str]]) -> Term | None:
    about = NAMES[match["name"].lower()] if match["name"] else About.ANYTHING
    said = (match["quoted"] if match["quoted"] is not None else match["plain"]).strip()
    phrase = fold_phrase(said)
    if about is About.YEAR:
        years = _years(said)
        if years is None:
            notes.append((Note.NO_YEAR, match.group()))
            return None
        return Term(said, phrase, about, years)
    if not phrase:
        notes.append((Note.NO_LETTER, match.group()))
        return None
    return Term(said, phrase, about)


def _years(said: str) -> tuple[int, int] | None:
    plain = said.replace("年", "").strip()
    match = _YEARS.fullmatch(plain)
    if match is None or not (match[1] or match[3]) or (match[1] and match[3] and not match[2]):
        return None
    # \d and int() know the digits of every script, full-width ones among them.
    first = int(match[1]) if match[1] else FIRST_YEAR
    last = int(match[3]) if match[3] else first if not match[2] else LAST_YEAR
    first, last = min(first, last), max(first, last)
    return (first, last) if first >= FIRST_YEAR and last <= LAST_YEAR else None


def _fit(one: Term, other: Term) -> bool:
    """Tell whether two terms can be alternatives: both words, or about the same thing."""
    return one.about is other.about or (one.about in WORDS and other.about in WORDS)
