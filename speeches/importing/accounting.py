"""The account of an arrangement: its report, version 1, with the coverage counted anew."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from speeches.importing.arrangement import (
    BODY,
    CAPTIONS,
    HEADING,
    INTRODUCTION,
    KICKER,
    SUBTITLE,
    TITLE,
    Arrangement,
    NoticeEntry,
    RemarkEntry,
    addresses,
    place_of,
    text_of,
    texts_of,
)
from speeches.importing.coverage import BrokenAccount
from speeches.importing.draft import Coverage
from speeches.importing.report import VERSION


def report_of_arrangement(arrangement: Arrangement, source: str) -> dict[str, Any]:
    """The report as an import gives it. Settled notices are warnings no more."""
    coverage = coverage_of(arrangement, source)
    meeting = arrangement["meeting"]
    return {
        "version": VERSION,
        "source": arrangement["source"],
        "meeting": {
            "kicker": text_of(arrangement, KICKER),
            "title": text_of(arrangement, TITLE),
            "subtitle": text_of(arrangement, SUBTITLE),
            "name": meeting["name"],
            "held_on": meeting["held_on"],
            "held_on_text": meeting["held_on_text"],
            "bylines": meeting["bylines"],
            "introduction": texts_of(arrangement, INTRODUCTION),
            "captions": texts_of(arrangement, CAPTIONS),
        },
        "remarks": [
            _remark(arrangement, remark, position)
            for position, remark in enumerate(arrangement["remarks"], 1)
        ],
        "set_aside": list(_set_aside(arrangement, source)),
        "warnings": _open(arrangement["notices"]),
        "coverage": {
            "characters": coverage.characters,
            "placed": coverage.placed,
            "set_aside": coverage.set_aside,
            "lost": coverage.lost,
        },
    }


def coverage_of(arrangement: Arrangement, source: str) -> Coverage:
    """Counts the source's characters by the ranges of the pieces; nothing can be lost.

    Raises BrokenAccount where a piece is lost or stands twice: a fault of revising.
    """
    aside = [entry["piece"] for entry in arrangement["aside"]]
    placed = [one for held in arrangement["places"].values() for one in held]
    placed += [entry["piece"] for entry in arrangement["brought_back"]]
    if len(aside) + len(placed) != len(arrangement["pieces"]):
        raise BrokenAccount("a piece is lost or stands twice")
    in_place, set_aside = _ranges(arrangement, placed), _ranges(arrangement, aside)
    end = 0
    for start, stop in sorted([*in_place, *set_aside]):
        if start < end:
            raise BrokenAccount(f"[{start}, {stop}) is claimed twice")
        end = stop
    counts = [
        sum(_count(source[start:stop]) for start, stop in ranges)
        for ranges in (in_place, set_aside)
    ]
    characters = _count(source)
    lost = characters - sum(counts)
    if lost:
        raise BrokenAccount(f"{lost} characters of the source are lost")
    return Coverage(characters, counts[0], counts[1], lost)


def _ranges(arrangement: Arrangement, pieces: list[str]) -> list[tuple[int, int]]:
    held = arrangement["pieces"]
    return [(start, end) for one in pieces for start, end in held[one]["ranges"]]


def _count(text: str) -> int:
    """Non-space characters. Splitting and joining is many times faster than looking at each."""
    return len("".join(text.split()))


def _remark(arrangement: Arrangement, remark: RemarkEntry, position: int) -> dict[str, Any]:
    return {
        "position": position,
        "heading": text_of(arrangement, place_of(HEADING, remark["key"])),
        "unit": remark["unit"],
        "post": remark["post"],
        "speaker": remark["speaker"],
        "district": remark["district"],
        "paragraphs": texts_of(arrangement, place_of(BODY, remark["key"])),
        "warnings": _open(remark["notices"]),
    }


def _set_aside(arrangement: Arrangement, source: str) -> Iterator[dict[str, Any]]:
    """One entry for each range, since an entry's text is the source's own."""
    known = dict(addresses(arrangement))
    for entry in arrangement["aside"]:
        for start, end in arrangement["pieces"][entry["piece"]]["ranges"]:
            yield {
                "text": source[start:end],
                "reason": entry["reason"],
                "start": start,
                "end": end,
                "kept_in": known.get(entry["kept_in"], _words(entry["kept_in"])),
            }


def _words(kept_in: str) -> str:
    """What is neither a piece that stands somewhere nor the number of one: words, as they came."""
    return "" if kept_in.isdecimal() else kept_in


def _open(notices: list[NoticeEntry]) -> list[dict[str, str]]:
    return [
        {"code": one["code"], "message": one["message"]} for one in notices if not one["settled"]
    ]
