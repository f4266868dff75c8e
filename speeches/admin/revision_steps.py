"""What an editor pressed on the review screen, as a step of `speeches.importing.revising`."""

from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from speeches.importing.arrangement import (
    BODY,
    CAPTIONS,
    HEADING,
    INTRODUCTION,
    LINE,
    Arrangement,
    remark_places,
)
from speeches.importing.steps import find
from speeches.moderation.refusals import Refused
from speeches.moderation.unknown_names import UnknownName, unit_called

FIELDS = ("heading", "unit", "post", "speaker", "district")
MEETING_FIELDS = ("title", "name", "held_on")


@dataclass(frozen=True)
class Asked:
    """A step, what to tell when it is done, and the piece or place to return to."""

    step: dict[str, Any]
    told: str
    back: str


def asked(data: QueryDict, arrangement: Arrangement, unknown: list[UnknownName]) -> Asked:
    """Read a posted form; raises `Refused` where a choice is missing."""
    act, _colon, key = data.get("act", "").partition(":")
    if act in _ON_A_PIECE:
        return _on_a_piece(act, data, arrangement)
    if act == "describe":
        step: dict[str, Any] = {"do": "describe", "remark": _number(key)}
        step |= {name: data[name] for name in FIELDS if name in data}
        return Asked(step, _("已修改这篇发言的标题和署名。"), f"remark-{key}")
    if act == "describe-meeting":
        step = {"do": "describe-meeting"}
        step |= {name: data[name] for name in MEETING_FIELDS if name in data}
        return Asked(step, _("已修改会议的标题、名称或日期。"), "meeting")
    if act == "merge":
        step = {"do": "merge", "remark": _number(key)}
        first = _first_piece(arrangement, _number(key))
        return Asked(step, _("已并入上一篇发言。"), f"piece-{first}" if first else "draft")
    if act == "settle":
        where, _colon, number = key.partition(":")
        step = {"do": "settle", "notice": _number(number)}
        if where != "page":
            step["remark"] = _number(where)
        return Asked(step, _("已记下：这个疑点核对过了。"), "")
    if act == "name":
        return _name(key, data, arrangement, unknown)
    if act == "names":
        return _names(unknown)
    raise Refused(_("没有这种操作，请刷新页面后再试。"))


_ON_A_PIECE = {
    "move": _("移到"),
    "drop": _("剔除"),
    "split": _("拆分"),
    "join": _("与下段合并"),
    "head": _("设为标题"),
    "sign": _("设为署名行"),
    "begin": _("另起一篇"),
    "begin-heading": _("另起一篇（以此为标题）"),
    "up": _("上移"),
    "down": _("下移"),
}


def _on_a_piece(act: str, data: QueryDict, arrangement: Arrangement) -> Asked:
    piece = data.get("piece", "")
    if piece not in arrangement["pieces"]:
        raise Refused(_("请先选中一段文字，再选操作。"))
    step: dict[str, Any] = {"do": act, "piece": piece}
    told, back = _("已完成：%(act)s。") % {"act": _ON_A_PIECE[act]}, f"piece-{piece}"
    if act == "move":
        step |= _target(data, arrangement, piece)
        told = _("已移到：%(place)s。") % {"place": place_label(arrangement, step["to"])}
    elif act == "drop":
        step["reason"] = data.get("reason", "")
        told = _("已剔除，文字在“另列的文字”中，可以取回。")
        back = _neighbour(arrangement, piece)
    elif act == "split":
        step["at"] = _split_place(data, arrangement["pieces"][piece]["text"])
    elif act == "begin-heading":
        step |= {"do": "begin", "as": "heading"}
    elif act in ("up", "down"):
        step |= {"do": "shift", "by": -1 if act == "up" else 1}
    return Asked(step, told, back)


def _target(data: QueryDict, arrangement: Arrangement, piece: str) -> dict[str, str]:
    to = data.get("to", "")
    if not to:
        raise Refused(_("请先在“移到”中选一个去处。"))
    held = [one for one in arrangement["places"].get(to, ()) if one != piece]
    before = held[0] if data.get("end") == "first" and held else ""
    return {"to": to, "before": before}


def _split_place(data: QueryDict, text: str) -> int:
    """Where the second half begins: by what was selected, or else by its first words."""
    words = data.get("words", "").strip()
    if not words:
        raise Refused(_("请填写从哪几个字起另成一段。"))
    at = _number(data.get("at", ""))
    if at >= 0 and text[at:].startswith(words):
        return at
    found = text.find(words)
    if found < 0:
        raise Refused(_("这一段里没有“%(words)s”，请照原文填写几个字。") % {"words": words})
    if text.find(words, found + 1) >= 0:
        raise Refused(_("“%(words)s”在这一段里不止一处，请多填几个字。") % {"words": words})
    return found


def _neighbour(arrangement: Arrangement, piece: str) -> str:
    """Whom to go on with when the piece is gone: the next in its place, or the one before."""
    held = arrangement["places"].get(find(arrangement, piece) or "", [])
    if piece not in held or len(held) == 1:
        return f"piece-{piece}"
    at = held.index(piece)
    return f"piece-{held[at + 1 if at + 1 < len(held) else at - 1]}"


def _first_piece(arrangement: Arrangement, key: int) -> str:
    places = (arrangement["places"].get(place, ()) for place in remark_places(key))
    return next((one for held in places for one in held), "")


def _name(key: str, data: QueryDict, arrangement: Arrangement, unknown: list[UnknownName]) -> Asked:
    """One name: `key` is "<remark>:<kind>"; the decision is that of the button."""
    remark, _colon, kind = key.partition(":")
    decision, name = data.get("decision", ""), data.get("name", "")
    one = _decision(_number(remark), kind, name, decision)
    told = {
        "new": _("“%(name)s”将在确认导入时建档。"),
        "link": _("“%(name)s”将在确认导入时关联所选的档案。"),
    }.get(decision, _("“%(name)s”不再当作人名。")) % {"name": name}
    names = [one]
    if decision == "link":
        one["id"] = _number(data.get("record", ""))
    elif decision == "new" and kind == "person" and "unit" in data:
        printed = next((r["unit"] for r in arrangement["remarks"] if r["key"] == one["remark"]), "")
        wanted = data.get("unit", "").strip()
        if wanted != printed or not printed:
            one["unit"] = _unit(wanted)
        elif any(
            (o.remark, o.kind) == (one["remark"], "unit") and not o.candidates for o in unknown
        ):
            # Nothing like it is known, so its record is opened with that of the person.
            names = [_decision(one["remark"], "unit", printed, "new"), one]
            told = _("“%(name)s”和单位“%(unit)s”将在确认导入时建档。") % {
                "name": name,
                "unit": printed,
            }
    return Asked({"do": "names", "names": names}, told, "")


def _decision(remark: int, kind: str, name: str, decision: str) -> dict[str, Any]:
    found = {"remark": remark, "kind": kind, "name": name, "decision": decision}
    return {**found, "id": 0, "unit": 0}


def _unit(wanted: str) -> int:
    if not wanted:
        raise Refused(_("请填写这位发言人的单位：只凭姓名不能建档。"))
    unit = unit_called(wanted)
    if not unit:
        raise Refused(
            _("名录中没有“%(name)s”，或不止一个；请照列表填写，或先为单位建档。") % {"name": wanted}
        )
    return unit


def to_register(unknown: list[UnknownName]) -> list[UnknownName]:
    """Return the names of which records can be opened together: nothing like them is known.

    Nobody is opened without a unit.
    """
    return [one for one in unknown if one.unit and not one.candidates]


def _names(unknown: list[UnknownName]) -> Asked:
    """Records for every name that resembles none the newsroom keeps."""
    new = to_register(unknown)
    if not new:
        raise Refused(_("没有可以一并建档的姓名或单位，请逐个核对。"))
    names = [_decision(one.remark, one.kind, one.name, "new") for one in new]
    told = _("%(number)d 个单位和发言人将在确认导入时建档。") % {"number": len(new)}
    return Asked({"do": "names", "names": names}, told, "doubts")


def place_label(arrangement: Arrangement, place: str) -> str:
    """Name a place as the newsroom does: 导语, 发言 3."""
    fixed = place_names().get(place)
    if fixed:
        return fixed
    for position, remark in enumerate(arrangement["remarks"], 1):
        for kind, label in ((BODY, ""), (HEADING, _("标题")), (LINE, _("署名行"))):
            if place == f"{kind}{remark['key']}":
                return _("发言 %(number)d%(part)s") % {
                    "number": position,
                    "part": f" {label}" if label else "",
                }
    return ""


def place_names() -> dict[str, str]:
    """Return the places of the meeting with their names, in the order of a page."""
    return {
        "kicker": _("引题"),
        "title": _("主标题"),
        "subtitle": _("副题"),
        "byline": _("署名"),
        INTRODUCTION: _("导语"),
        CAPTIONS: _("图片说明"),
    }


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else -1
