"""Describing: an editor's word on the fields of a meeting or remark, on notices and on names."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from typing import Any

from speeches.importing.arrangement import (
    BYLINE,
    HEADING,
    TITLE,
    Arrangement,
    NameDecision,
    NoticeEntry,
    RemarkEntry,
    place_of,
    text_of,
)
from speeches.importing.bylines import read_byline
from speeches.importing.draft import KnownNames
from speeches.importing.steps import StepRefused, remark_index, words
from speeches.importing.unit_lines import read_unit_line
from speeches.text.characters import letters
from speeches.text.places import district_of

FIELDS = ("unit", "post", "speaker", "district")
DECISIONS = {"unit": ("link", "new"), "person": ("link", "new", "not-a-name")}


def describe_remark(new: Arrangement, step: Mapping[str, Any], source: str) -> Arrangement:
    """``remark`` gets those of heading, unit, post, speaker and district that the step names."""
    at = remark_index(new, step.get("remark"))
    remark = new["remarks"][at]
    wanted: RemarkEntry = {
        **remark,
        "unit": _field(step, "unit", remark["unit"]),
        "post": _field(step, "post", remark["post"]),
        "speaker": _speakers(_field(step, "speaker", remark["speaker"])),
        "district": _field(step, "district", remark["district"]),
    }
    heading = place_of(HEADING, remark["key"])
    reworded = _reword(new, heading, _field(step, "heading", text_of(new, heading)))
    if wanted == remark and not reworded:
        raise StepRefused("没有改动。")
    _replace(new, at, wanted)
    return new


def describe_meeting(new: Arrangement, step: Mapping[str, Any], source: str) -> Arrangement:
    """The meeting gets those of title, name and day (``held_on``, ISO 8601) that the step names."""
    meeting = new["meeting"]
    held_on = _field(step, "held_on", meeting["held_on"] or "")
    if held_on:
        try:
            datetime.date.fromisoformat(held_on)
        except ValueError:
            raise StepRefused("会议日期要写成“2026-03-14”这样的年月日。") from None
    wanted = {
        **meeting,
        "name": _field(step, "name", meeting["name"]),
        "held_on": held_on or None,
    }
    reworded = _reword(new, TITLE, _field(step, "title", text_of(new, TITLE)))
    if wanted == meeting and not reworded:
        raise StepRefused("没有改动。")
    new["meeting"] = {**meeting, "name": str(wanted["name"]), "held_on": held_on or None}
    return new


def settle_notice(new: Arrangement, step: Mapping[str, Any], source: str) -> Arrangement:
    """Somebody has looked at the notice number ``notice`` of ``remark``, or of the page."""
    number = step.get("notice")
    key = step.get("remark")
    at = None if key is None else remark_index(new, key)
    notices = new["notices"] if at is None else new["remarks"][at]["notices"]
    if not isinstance(number, int) or not 0 <= number < len(notices):
        raise StepRefused("这个疑点已经不在了，请刷新页面后再试。")
    if notices[number]["settled"]:
        raise StepRefused("这个疑点已经核对过了。")
    looked_at: NoticeEntry = {**notices[number], "settled": True}
    changed = [*notices[:number], looked_at, *notices[number + 1 :]]
    if at is None:
        new["notices"] = changed
    else:
        _replace(new, at, {**new["remarks"][at], "notices": changed})
    return new


def settle_names(new: Arrangement, step: Mapping[str, Any], source: str) -> Arrangement:
    """``names`` are decisions, each with the key of its ``remark``."""
    names = step.get("names")
    if not isinstance(names, list) or not names:
        raise StepRefused("没有要核对的姓名或单位。")
    for one in names:
        _settle_name(new, one)
    return new


def _settle_name(new: Arrangement, one: Mapping[str, Any]) -> None:
    at = remark_index(new, one.get("remark"))
    remark = new["remarks"][at]
    kind, name, decision = words(one, "kind"), words(one, "name"), words(one, "decision")
    printed = [remark["unit"]] if kind == "unit" else remark["speaker"].split("、")
    if not name or name not in printed:
        raise StepRefused(f"“{name}”已经不在这篇发言的署名里，请刷新页面后再试。")
    if decision not in DECISIONS.get(kind, ()):
        raise StepRefused("请选择建档、关联，或者不是人名。")
    record = one.get("id") if decision == "link" else 0
    if not isinstance(record, int) or (decision == "link" and record <= 0):
        raise StepRefused("请选择要关联的是哪一个。")
    if decision == "not-a-name":
        _replace(new, at, _without_speaker(remark, name))
        return
    unit = one.get("unit", 0) if (kind, decision) == ("person", "new") else 0
    if not isinstance(unit, int) or unit < 0:
        raise StepRefused("请选择这位发言人的单位。")
    settled: NameDecision = {
        "kind": kind,
        "name": name,
        "decision": decision,
        "id": record,
        "unit": unit,
    }
    others = [was for was in remark["names"] if (was["kind"], was["name"]) != (kind, name)]
    _replace(new, at, {**remark, "names": [*others, settled]})


def _without_speaker(remark: RemarkEntry, name: str) -> RemarkEntry:
    """What was taken for a name is the end of the post, or of the unit where no post stands."""
    speaker = "、".join(one for one in remark["speaker"].split("、") if one != name)
    if remark["post"]:
        return {**remark, "speaker": speaker, "post": remark["post"] + name}
    return {**remark, "speaker": speaker, "unit": remark["unit"] + name}


def read_line(new: Arrangement, key: int, line: str) -> Arrangement:
    """Unit, post, speaker and district as the unit line says; left alone where it says nothing."""
    read = read_unit_line(line, KnownNames())
    if read is not None:
        at = remark_index(new, key)
        described: RemarkEntry = {
            **new["remarks"][at],
            "unit": read.unit,
            "post": read.post,
            "speaker": read.speaker,
            "district": district_of(read.unit),
        }
        _replace(new, at, described)
    return new


def reread_bylines(new: Arrangement, origin: str, target: str) -> Arrangement:
    """Bylines follow the lines they are read from, when one of those comes or goes."""
    if BYLINE not in (origin, target) or origin == target:
        return new
    texts = [new["pieces"][one]["text"] for one in new["places"][BYLINE]]
    printed = [letters(text) for text in texts]
    kept = [
        one
        for one in new["meeting"]["bylines"]
        if any(letters(one["name"]) in line for line in printed)
    ]
    known = {one["name"] for one in kept}
    read = [byline for text in texts for byline in read_byline(text)]
    kept += [{"name": one.name, "role": one.role} for one in read if one.name not in known]
    new["meeting"] = {**new["meeting"], "bylines": kept}
    return new


def _replace(new: Arrangement, at: int, remark: RemarkEntry) -> None:
    new["remarks"] = [*new["remarks"][:at], remark, *new["remarks"][at + 1 :]]


def _field(step: Mapping[str, Any], name: str, otherwise: str) -> str:
    """The field as the step gives it, on one line; ``otherwise`` where the step is silent."""
    value = step.get(name)
    return " ".join(value.split()) if isinstance(value, str) else otherwise


def _speakers(text: str) -> str:
    return "、".join(part.strip() for part in re.split("[、，,；;]", text) if part.strip())


def _reword(new: Arrangement, place: str, text: str) -> bool:
    """Give a place of one line this wording; tells whether that changed anything."""
    held = new["places"][place]
    if text == text_of(new, place):
        return False
    ranges = [pair for one in held for pair in new["pieces"][one]["ranges"]]
    if not text and ranges:
        raise StepRefused("标题印在版面上，不能清空；请选中标题，移到正文或剔除。")
    pieces = {name: piece for name, piece in new["pieces"].items() if name not in held}
    if text:
        name = held[0] if held else str(new["next_piece"])
        new["next_piece"] += not held
        pieces[name] = {"text": text, "ranges": ranges}
        new["places"][place] = [name]
    else:
        new["places"][place] = []
    new["pieces"] = pieces
    return True
