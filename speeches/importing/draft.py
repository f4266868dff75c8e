"""The draft: what an import found on a page, with the places of the source that every part comes
from.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from speeches.importing.reading import Source
from speeches.importing.signs import Judgement

Range = tuple[int, int]


@dataclass(frozen=True)
class KnownNames:
    """Names that the newsroom knows already, as evidence: districts, units and people."""

    districts: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    people: tuple[str, ...] = ()


@dataclass(frozen=True)
class Passage:
    """A piece of text in newspaper typography and the ranges [start, end) of the decoded source
    it stands for.
    """

    text: str
    ranges: tuple[Range, ...] = ()


NOTHING = Passage("")


@dataclass(frozen=True)
class Notice:
    """Something an editor should look at: a code for programs, a sentence for people."""

    code: str
    message: str


@dataclass(frozen=True)
class Byline:
    """Who wrote, photographed or compiled; ``role`` as printed (文, 摄, 文/图, 整理), "" where
    none is printed.
    """

    name: str
    role: str


@dataclass(frozen=True)
class MeetingDraft:
    """The meeting and the page's head. ``held_on`` and ``held_until`` are None where the year
    cannot be told.
    """

    kicker: Passage = NOTHING
    title: Passage = NOTHING
    subtitle: Passage = NOTHING
    name: str = ""
    held_on: datetime.date | None = None
    held_until: datetime.date | None = None
    held_on_text: str = ""
    bylines: tuple[Byline, ...] = ()
    byline_ranges: tuple[Range, ...] = ()
    introduction: tuple[Passage, ...] = ()
    captions: tuple[Passage, ...] = ()


@dataclass(frozen=True)
class RemarkDraft:
    """One remark. ``attribution_ranges`` are those of the unit line, whatever of it became unit,
    post and speaker.
    """

    position: int
    heading: Passage
    unit: str
    post: str
    speaker: str
    district: str
    attribution_ranges: tuple[Range, ...]
    paragraphs: tuple[Passage, ...]
    notices: tuple[Notice, ...] = ()


@dataclass(frozen=True)
class SetAside:
    """A stretch of the source that is in no field. ``text`` is the source's own, from ``start``
    to ``end``.
    """

    text: str
    reason: str
    start: int
    end: int
    kept_in: str = ""


@dataclass(frozen=True)
class Coverage:
    """Where the source's non-space characters went. ``characters`` = placed + set_aside + lost;
    lost must be 0.
    """

    characters: int
    placed: int
    set_aside: int
    lost: int


@dataclass(frozen=True)
class Draft:
    """All that one page gives."""

    source: Source
    meeting: MeetingDraft
    remarks: tuple[RemarkDraft, ...]
    set_aside: tuple[SetAside, ...]
    notices: tuple[Notice, ...]
    coverage: Coverage
    judgements: tuple[Judgement, ...] = ()
