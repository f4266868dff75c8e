"""Wording: a step of an editor in one line of Chinese, for the history of an import."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from speeches.importing.arrangement import (
    BODY,
    BYLINE,
    CAPTIONS,
    HEADING,
    INTRODUCTION,
    KICKER,
    LINE,
    SUBTITLE,
    TITLE,
    Arrangement,
    place_of,
    text_of,
)
from speeches.importing.steps import find, words

Step = Mapping[str, Any]

# Characters of a passage that are quoted, and names that are told one by one.
_QUOTED, _NAMED = 20, 3
_PLACES = {
    KICKER: "引题",
    TITLE: "主标题",
    SUBTITLE: "副题",
    BYLINE: "署名",
    INTRODUCTION: "导语",
    CAPTIONS: "图片说明",
}
_PARTS = {HEADING: "标题", LINE: "署名行", BODY: "正文"}
_REASONS = {"repeat": "重复", "page-furniture": "版面信息", "unplaced": "未归入"}
_FIELDS = {
    "heading": "标题",
    "unit": "单位",
    "post": "职务",
    "speaker": "发言人",
    "district": "区县",
}
_MEETING_FIELDS = {"title": "主标题", "name": "会议名称", "held_on": "会议日期"}
_DECISIONS = {"new": "建档", "link": "关联已有的档案", "not-a-name": "不是人名"}


def in_words(step: Step, before: Arrangement) -> str:
    """What ``step`` did to the arrangement ``before`` it; "" for a step of an unknown kind."""
    told = _TOLD.get(words(step, "do"))
    return told(step, before) if told else ""


def _move(step: Step, before: Arrangement) -> str:
    front = words(step, "before")
    where = f"，排在“{_text(before, front)}”之前" if front else ""
    return f"把{_piece(step, before)}移到{_place(before, words(step, 'to'))}{where}"


def _shift(step: Step, before: Arrangement) -> str:
    return f"把{_piece(step, before)}{'下移' if step.get('by') == 1 else '上移'}一段"


def _drop(step: Step, before: Arrangement) -> str:
    reason = words(step, "reason")
    return f"把{_piece(step, before)}剔除（{_REASONS.get(reason, reason)}）"


def _split(step: Step, before: Arrangement) -> str:
    whole = before["pieces"].get(words(step, "piece"), {"text": "", "ranges": []})["text"]
    return f"把{_piece(step, before)}从“{_short(whole[int(step.get('at', 0)) :])}”起拆成两段"


def _join(step: Step, before: Arrangement) -> str:
    order = before["places"].get(find(before, words(step, "piece")) or "", [])
    behind = order[order.index(words(step, "piece")) + 1 :] if order else []
    other = f"“{_text(before, behind[0])}”" if behind else "后一段"
    return f"把{_piece(step, before)}与{other}合并"


def _head(step: Step, before: Arrangement) -> str:
    return f"把{_piece(step, before)}设为{_own(step, before)}的标题"


def _sign(step: Step, before: Arrangement) -> str:
    return f"把{_piece(step, before)}设为{_own(step, before)}的署名行"


def _begin(step: Step, before: Arrangement) -> str:
    told = "以{}为标题另起一篇" if step.get("as") == "heading" else "从{}起另起一篇"
    return told.format(_piece(step, before))


def _merge(step: Step, before: Arrangement) -> str:
    return f"把{_remark(before, step.get('remark'))}并入上一篇"


def _describe(step: Step, before: Arrangement) -> str:
    key = step.get("remark")
    remark = next((one for one in before["remarks"] if one["key"] == key), None)
    was: dict[str, Any] = {**remark} if remark else {}
    was["heading"] = text_of(before, place_of(HEADING, key)) if isinstance(key, int) else ""
    return f"修改{_remark(before, key)}的{_changes(step, was, _FIELDS)}"


def _describe_meeting(step: Step, before: Arrangement) -> str:
    was = {**before["meeting"], "title": text_of(before, TITLE)}
    return f"修改会议的{_changes(step, was, _MEETING_FIELDS)}"


def _settle(step: Step, before: Arrangement) -> str:
    key = step.get("remark")
    remark = next((one for one in before["remarks"] if one["key"] == key), None)
    notices = remark["notices"] if remark else before["notices"]
    number = step.get("notice")
    known = isinstance(number, int) and 0 <= number < len(notices)
    message = f"：{notices[number]['message']}" if known and number is not None else ""
    return f"核对了{'版面' if key is None else _remark(before, key)}的疑点{message}"


def _names(step: Step, before: Arrangement) -> str:
    names = [one for one in step.get("names", ()) if isinstance(one, Mapping)]
    told = [
        f"{_remark(before, one.get('remark'))}的{'单位' if one.get('kind') == 'unit' else '发言人'}"
        f"“{words(one, 'name')}”{_DECISIONS.get(words(one, 'decision'), '')}"
        for one in names[:_NAMED]
    ]
    more = f"等 {len(names)} 个" if len(names) > _NAMED else ""
    return "；".join(told) + more


def _bring_back(step: Step, before: Arrangement) -> str:
    return f"把{_piece(step, before)}取回到已建立的发言"


_TOLD: dict[str, Callable[[Step, Arrangement], str]] = {
    "move": _move,
    "shift": _shift,
    "drop": _drop,
    "split": _split,
    "join": _join,
    "head": _head,
    "sign": _sign,
    "begin": _begin,
    "merge": _merge,
    "describe": _describe,
    "describe-meeting": _describe_meeting,
    "settle": _settle,
    "names": _names,
    "bring-back": _bring_back,
}


# --- What acts are about ---------------------------------------------------------------------


def _piece(step: Step, before: Arrangement) -> str:
    return f"“{_text(before, words(step, 'piece'))}”"


def _text(before: Arrangement, piece: str) -> str:
    held = before["pieces"].get(piece)
    return _short(held["text"]) if held else "…"


def _short(text: str) -> str:
    return text if len(text) <= _QUOTED else f"{text[:_QUOTED]}…"


def _place(before: Arrangement, place: str) -> str:
    if place in _PLACES:
        return _PLACES[place]
    kind, _dash, key = place.partition("-")
    return f"{_remark(before, int(key) if key.isdecimal() else None)}的{_PARTS[f'{kind}-']}"


def _own(step: Step, before: Arrangement) -> str:
    """The remark in which the piece stands."""
    place = find(before, words(step, "piece")) or ""
    key = place.rpartition("-")[2]
    return _remark(before, int(key) if key.isdecimal() else None)


def _remark(before: Arrangement, key: object) -> str:
    for position, remark in enumerate(before["remarks"], 1):
        if remark["key"] == key:
            return f"第 {position} 篇发言"
    return "发言"


def _changes(step: Step, was: Mapping[str, Any], fields: Mapping[str, str]) -> str:
    """Each field that got another value, with both of them."""
    changed: Iterable[str] = (
        f"{label}（“{_short(was.get(name) or '')}”改为“{_short(words(step, name))}”）"
        for name, label in fields.items()
        if name in step and words(step, name) != (was.get(name) or "")
    )
    return "、".join(changed) or "说明"
