"""A draft as the report that ``import_page --report`` prints: version 1 of REPORT.md, plain
values only.
"""

from __future__ import annotations

from typing import Any

from speeches.importing.draft import Draft, MeetingDraft, Notice, RemarkDraft
from speeches.importing.signs import Judgement, Signs

VERSION = 1


def report_of(draft: Draft) -> dict[str, Any]:
    """The report on ``draft``; it can be written as JSON as it is."""
    return {
        "version": VERSION,
        "source": {
            "name": draft.source.name,
            "format": draft.source.format,
            "encoding": draft.source.encoding,
            "sha256": draft.source.sha256,
            "characters": len(draft.source.text),
        },
        "meeting": _meeting(draft.meeting),
        "remarks": [_remark(remark) for remark in draft.remarks],
        "set_aside": [
            {
                "text": entry.text,
                "reason": entry.reason,
                "start": entry.start,
                "end": entry.end,
                "kept_in": entry.kept_in,
            }
            for entry in draft.set_aside
        ],
        "warnings": _notices(draft.notices),
        "coverage": {
            "characters": draft.coverage.characters,
            "placed": draft.coverage.placed,
            "set_aside": draft.coverage.set_aside,
            "lost": draft.coverage.lost,
        },
        "evidence": [_judgement(one) for one in draft.judgements],
    }


def signs_of(signs: Signs) -> list[dict[str, Any]]:
    """Signs as plain values: code, weight, and in words."""
    return [
        {"sign": sign.clue.code, "weight": round(sign.weight, 3), "words": sign.clue.words}
        for sign in signs
    ]


def _judgement(one: Judgement) -> dict[str, Any]:
    return {
        "decision": one.decision,
        "start": one.start,
        "end": one.end,
        "score": round(one.score, 3),
        "enough": one.enough,
        "signs": signs_of(one.signs),
    }


def _meeting(meeting: MeetingDraft) -> dict[str, Any]:
    return {
        "kicker": meeting.kicker.text,
        "title": meeting.title.text,
        "subtitle": meeting.subtitle.text,
        "name": meeting.name,
        "held_on": meeting.held_on.isoformat() if meeting.held_on else None,
        "held_on_text": meeting.held_on_text,
        "bylines": [{"name": byline.name, "role": byline.role} for byline in meeting.bylines],
        "introduction": [passage.text for passage in meeting.introduction],
        "captions": [passage.text for passage in meeting.captions],
    }


def _remark(remark: RemarkDraft) -> dict[str, Any]:
    return {
        "position": remark.position,
        "heading": remark.heading.text,
        "unit": remark.unit,
        "post": remark.post,
        "speaker": remark.speaker,
        "district": remark.district,
        "paragraphs": [passage.text for passage in remark.paragraphs],
        "warnings": _notices(remark.notices),
    }


def _notices(notices: tuple[Notice, ...]) -> list[dict[str, str]]:
    return [{"code": notice.code, "message": notice.message} for notice in notices]
