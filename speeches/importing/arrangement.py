"""The arrangement: a draft as an editor revises it, in plain values that can be kept as JSON.

Every range of the source that the draft places or sets aside belongs to exactly one *piece*. A
piece stands in one *place*: a field of the meeting, the heading, unit line or body of a remark,
or the list of what is set aside. Revising moves pieces; it never makes one disappear.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, TypedDict

from speeches.importing.draft import Draft, Notice, Passage, Range, RemarkDraft
from speeches.importing.report import report_of
from speeches.text.typography import tidy

# Places of the meeting, in the order of a page.
KICKER, TITLE, SUBTITLE, BYLINE = "kicker", "title", "subtitle", "byline"
INTRODUCTION, CAPTIONS = "introduction", "captions"
MEETING_PLACES = (KICKER, TITLE, SUBTITLE, BYLINE, INTRODUCTION, CAPTIONS)
# Places of a remark; its key stands behind.
HEADING, LINE, BODY = "heading-", "line-", "body-"
REMARK_PLACES = (HEADING, LINE, BODY)
# Where halves of one line stand together, a space keeps them apart.
SPACED = (KICKER, TITLE, SUBTITLE, BYLINE, HEADING, LINE)


class Piece(TypedDict):
    """A stretch of text and the ranges [start, end) of the source it stands for."""

    text: str
    ranges: list[list[int]]


class NoticeEntry(TypedDict):
    """Something to look at, and whether somebody has."""

    code: str
    message: str
    settled: bool


class NameDecision(TypedDict):
    """What an editor decided about a printed name.

    ``kind`` is "unit" or "person"; ``decision`` is "link" (to the record ``id``), "new" or, of a
    person, "not-a-name". ``unit`` is the record of a new person's unit, 0 for that of the remark.
    """

    kind: str
    name: str
    decision: str
    id: int
    unit: int


class RemarkEntry(TypedDict):
    """What is known of one remark; its texts stand in the places that end in its key."""

    key: int
    unit: str
    post: str
    speaker: str
    district: str
    notices: list[NoticeEntry]
    names: list[NameDecision]


class AsideEntry(TypedDict):
    """A piece that is set aside. ``kept_in`` is the piece that keeps the same text, or words."""

    piece: str
    reason: str
    kept_in: str


class BroughtBack(TypedDict):
    """A piece that an editor has put into a working row after confirmation."""

    piece: str
    remark: int


class MeetingEntry(TypedDict):
    """What is known of the meeting beside its texts."""

    name: str
    held_on: str | None
    held_on_text: str
    bylines: list[dict[str, str]]


class Arrangement(TypedDict):
    """The whole draft."""

    source: dict[str, Any]
    pieces: dict[str, Piece]
    places: dict[str, list[str]]
    meeting: MeetingEntry
    remarks: list[RemarkEntry]
    aside: list[AsideEntry]
    notices: list[NoticeEntry]
    brought_back: list[BroughtBack]
    next_piece: int
    next_remark: int


def place_of(kind: str, key: int) -> str:
    """The name of a remark's place: ``place_of(BODY, 3)`` is "body-3"."""
    return f"{kind}{key}"


def is_spaced(place: str) -> bool:
    """True for a place whose pieces are halves of one line."""
    return place.startswith(SPACED)


def text_of(arrangement: Arrangement, place: str) -> str:
    """The text of a place that holds one line, its pieces joined by a space."""
    pieces = arrangement["pieces"]
    return " ".join(pieces[one]["text"] for one in arrangement["places"].get(place, ()))


def texts_of(arrangement: Arrangement, place: str) -> list[str]:
    """The texts of a place that holds paragraphs."""
    pieces = arrangement["pieces"]
    return [pieces[one]["text"] for one in arrangement["places"].get(place, ())]


def remark_places(key: int) -> tuple[str, str, str]:
    """Heading, unit line and body of a remark."""
    return place_of(HEADING, key), place_of(LINE, key), place_of(BODY, key)


def addresses(arrangement: Arrangement) -> Iterator[tuple[str, str]]:
    """Every piece that can keep a copy's text, with its address as reports name it: "remark 5,
    paragraph 2".
    """
    places = arrangement["places"]
    for one in places.get(TITLE, ()):
        yield one, "title"
    for number, one in enumerate(places.get(INTRODUCTION, ()), 1):
        yield one, f"introduction, paragraph {number}"
    for position, remark in enumerate(arrangement["remarks"], 1):
        heading, line, body = remark_places(remark["key"])
        for one in places.get(heading, ()):
            yield one, f"remark {position}, heading"
        for one in places.get(line, ()):
            yield one, f"remark {position}, unit"
        for number, one in enumerate(places.get(body, ()), 1):
            yield one, f"remark {position}, paragraph {number}"


class _Maker:
    """Numbers the pieces of a draft while it is taken apart."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.pieces: dict[str, Piece] = {}
        self.places: dict[str, list[str]] = {}

    def add(self, text: str, ranges: Iterable[Range]) -> str:
        name = str(len(self.pieces) + 1)
        self.pieces[name] = {"text": text, "ranges": [[start, end] for start, end in ranges]}
        return name

    def put(self, place: str, passages: Iterable[Passage]) -> None:
        self.places[place] = [
            self.add(passage.text, passage.ranges)
            for passage in passages
            if passage.text or passage.ranges
        ]

    def put_lines(self, place: str, ranges: Iterable[Range]) -> None:
        """One piece a range, for what the draft keeps only as fields read from a line."""
        self.places[place] = [
            self.add(tidy(self.source[start:end]), [(start, end)]) for start, end in ranges
        ]


def arrangement_of(draft: Draft) -> Arrangement:
    """The first arrangement: exactly what the draft says."""
    meeting, maker = draft.meeting, _Maker(draft.source.text)
    maker.put(KICKER, [meeting.kicker])
    maker.put(TITLE, [meeting.title])
    maker.put(SUBTITLE, [meeting.subtitle])
    maker.put_lines(BYLINE, meeting.byline_ranges)
    maker.put(INTRODUCTION, meeting.introduction)
    maker.put(CAPTIONS, meeting.captions)
    remarks = [_remark_entry(maker, remark) for remark in draft.remarks]
    arrangement: Arrangement = {
        "source": report_of(draft)["source"],
        "pieces": maker.pieces,
        "places": maker.places,
        "meeting": {
            "name": meeting.name,
            "held_on": meeting.held_on.isoformat() if meeting.held_on else None,
            "held_on_text": meeting.held_on_text,
            "bylines": [{"name": one.name, "role": one.role} for one in meeting.bylines],
        },
        "remarks": remarks,
        "aside": [],
        "notices": _notices(draft.notices),
        "brought_back": [],
        "next_piece": 0,
        "next_remark": len(remarks) + 1,
    }
    keepers = {address: one for one, address in addresses(arrangement)}
    arrangement["aside"] = [
        {
            "piece": maker.add(tidy(entry.text), [(entry.start, entry.end)]),
            "reason": entry.reason,
            "kept_in": keepers.get(entry.kept_in, entry.kept_in),
        }
        for entry in draft.set_aside
    ]
    arrangement["next_piece"] = len(maker.pieces) + 1
    return arrangement


def _remark_entry(maker: _Maker, remark: RemarkDraft) -> RemarkEntry:
    heading, line, body = remark_places(remark.position)
    maker.put(heading, [remark.heading])
    maker.put_lines(line, remark.attribution_ranges)
    maker.put(body, remark.paragraphs)
    return {
        "key": remark.position,
        "unit": remark.unit,
        "post": remark.post,
        "speaker": remark.speaker,
        "district": remark.district,
        "notices": _notices(remark.notices),
        "names": [],
    }


def _notices(notices: Iterable[Notice]) -> list[NoticeEntry]:
    return [{"code": one.code, "message": one.message, "settled": False} for one in notices]
