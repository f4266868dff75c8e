"""The corrections (更正) of a text as readers are told of them."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypedDict

from django.utils.translation import gettext as _

from speeches.models import MeetingEdition, RemarkEdition
from speeches.text.correcting import Change, Passage, beginning, in_full, passages

# A change that shows more characters than this is folded on the page.
FOLDED_FROM = 240


class CorrectedPlace(TypedDict):
    """One changed place: where it is in words, and its old and new wording.

    `passages` quote the changes with a little of what stands around them. `whole` is the line in
    full where they leave something out, else None. `note` says what cannot be quoted, `length`
    is the number of characters shown, `folded` whether they are many. `kind` is that of a
    `speeches.text.correcting.Change`.
    """

    where: str
    kind: str
    note: str
    passages: list[Passage]
    whole: Passage | None
    length: int
    folded: bool


class Correction(TypedDict):
    """What one edition corrected, and when it was published."""

    at: dt.datetime
    places: list[CorrectedPlace]


def corrections_of(edition: MeetingEdition | RemarkEdition) -> list[Correction]:
    """Return the corrections of an edition, the latest first."""
    return [
        Correction(
            at=dt.datetime.fromisoformat(note["at"]),
            places=[_place(change) for change in note["changes"]],
        )
        for note in reversed(edition.corrections or [])
    ]


def _place(change: Change) -> CorrectedPlace:
    told = [(kind, text) for kind, text in change["stretches"]]
    quoted, whole = passages(told), in_full(told)
    if change["kind"] == "moved" and not quoted:
        # Nothing in it differs: its beginning tells which paragraph it is.
        quoted = [Passage(old=[], new=beginning("".join(text for _kind, text in told)))]
        whole = Passage(old=[], new=whole["new"])
    pieces = [piece for passage in quoted for piece in (*passage["old"], *passage["new"])]
    length = sum(len(piece["text"]) for piece in pieces)
    return CorrectedPlace(
        where=_where(change),
        kind=change["kind"],
        note=_note(change),
        passages=quoted,
        whole=whole if any(piece["kind"] == "cut" for piece in pieces) else None,
        length=length,
        folded=length > FOLDED_FROM,
    )


def _where(change: Change) -> str:
    name, gone = change["part"], change["kind"] == "removed"
    lines = change["old"] if gone else change["new"]
    if name in _NUMBERED and lines:
        where = _NUMBERED[name]() % {"numbers": _numbers(lines)}
        return _("原%(where)s") % {"where": where} if gone else where
    return _NAMED[name]() if name in _NAMED else name


def _note(change: Change) -> str:
    kind, old, new = change["kind"], change["old"], change["new"]
    if kind == "formed":
        if change["part"] == "pictures":
            return _("图片有更换或增减。")
        return _("文字没有改动，格式或链接有调整。")
    numbers = {"old": _numbers(old), "new": _numbers(new)}
    if kind == "moved":
        return _("由原第%(old)s段移来。") % numbers
    if len(new) > len(old) == 1:
        return _("原第%(old)s段分为第%(new)s段。") % numbers
    if len(old) > len(new) == 1:
        return _("原第%(old)s段合为第%(new)s段。") % numbers
    return ""


def _numbers(places: Sequence[int]) -> str:
    return "、".join(str(place + 1) for place in places)


_NAMED: Mapping[str, Callable[[], Any]] = {
    "heading": lambda: _("标题"),
    "unit": lambda: _("单位"),
    "post": lambda: _("职务"),
    "speakers": lambda: _("发言人"),
    "body": lambda: _("正文"),
    "kicker": lambda: _("引题"),
    "title": lambda: _("标题"),
    "subtitle": lambda: _("副题"),
    "bylines": lambda: _("署名"),
    "name": lambda: _("会议名称"),
    "held_from": lambda: _("会议日期"),
    "held_to": lambda: _("会议结束日期"),
    "held_on_text": lambda: _("日期（照原文）"),
    "place": lambda: _("地点"),
    "newspaper": lambda: _("报纸"),
    "issue_date": lambda: _("出版日期"),
    "page_number": lambda: _("版次"),
    "introduction": lambda: _("导语"),
    "captions": lambda: _("图片说明"),
    "pictures": lambda: _("图片"),
}
_NUMBERED: Mapping[str, Callable[[], str]] = {
    "body": lambda: _("正文第%(numbers)s段"),
    "introduction": lambda: _("导语第%(numbers)s段"),
    "captions": lambda: _("第%(numbers)s幅图片的说明"),
}
