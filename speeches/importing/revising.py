"""Revising: one step of an editor makes the next arrangement of the one before.

A step is a plain mapping: ``do`` names the act, the rest is what it needs (docs/revising.md).
Arrangements are never changed, only replaced, so undoing is folding one step less.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from speeches.importing.arrangement import (
    BODY,
    HEADING,
    LINE,
    Arrangement,
    AsideEntry,
    RemarkEntry,
    is_spaced,
    place_of,
    remark_places,
    text_of,
)
from speeches.importing.describing import (
    describe_meeting,
    describe_remark,
    read_line,
    reread_bylines,
    settle_names,
    settle_notice,
)
from speeches.importing.splitting import split_ranges
from speeches.importing.steps import (
    StepRefused,
    body_key,
    copied,
    find,
    remark_index,
    standing_place,
    take_out,
    words,
)

Step = Mapping[str, Any]

REASONS = ("repeat", "page-furniture", "unplaced")


def apply(arrangement: Arrangement, step: Step, source: str) -> Arrangement:
    """The arrangement after ``step``; ``source`` is the decoded text that ranges point into.

    Raises StepRefused where the step does not fit.
    """
    act = _ACTS.get(words(step, "do"))
    if act is None:
        raise StepRefused("没有这种操作，请刷新页面后再试。")
    return act(copied(arrangement), step, source)


def fold(arrangement: Arrangement, steps: Iterable[Step], source: str) -> Arrangement:
    """The arrangement after all the steps."""
    for step in steps:
        arrangement = apply(arrangement, step, source)
    return arrangement


# --- Where a piece stands --------------------------------------------------------------------


def _move(new: Arrangement, step: Step, source: str) -> Arrangement:
    """``piece`` goes to the place ``to``, in front of the piece ``before`` or to the end."""
    piece, to, before = words(step, "piece"), words(step, "to"), words(step, "before")
    if to not in new["places"]:
        raise StepRefused("要移去的地方已经不在了，请刷新页面后再试。")
    was = [*new["places"][to]]
    origin = take_out(new, piece)
    rest = new["places"][to]
    if before and before not in rest:
        raise StepRefused("要排在其前的那一段已经不在那里了，请刷新页面后再试。")
    at = rest.index(before) if before else len(rest)
    new["places"][to] = [*rest[:at], piece, *rest[at:]]
    if new["places"][to] == was:
        raise StepRefused("这一段已经在那里了。")
    return reread_bylines(new, origin, to)


def _shift(new: Arrangement, step: Step, source: str) -> Arrangement:
    """``piece`` changes places with its neighbour: ``by`` is -1 or 1."""
    piece, by = words(step, "piece"), step.get("by")
    place = standing_place(new, piece)
    order = [*new["places"][place]]
    at = order.index(piece)
    other = at + (1 if by == 1 else -1)
    if not 0 <= other < len(order):
        raise StepRefused("这一段已经在最前或最后，要移到别处请用“移到”。")
    order[at], order[other] = order[other], order[at]
    new["places"][place] = order
    return new


def _drop(new: Arrangement, step: Step, source: str) -> Arrangement:
    """``piece`` is set aside for a ``reason``."""
    piece, reason = words(step, "piece"), words(step, "reason")
    if reason not in REASONS:
        raise StepRefused("请先选择剔除的缘由。")
    if find(new, piece) is None and any(one["piece"] == piece for one in new["aside"]):
        raise StepRefused("这一段已经剔除了。")
    origin = take_out(new, piece)
    if new["pieces"][piece]["ranges"]:
        entry: AsideEntry = {"piece": piece, "reason": reason, "kept_in": ""}
        new["aside"] = sorted([*new["aside"], entry], key=lambda one: _start(new, one["piece"]))
    else:
        # A heading that an editor wrote is in no source: there is nothing to set aside.
        new["pieces"] = {name: one for name, one in new["pieces"].items() if name != piece}
    return reread_bylines(new, origin, "")


def _start(arrangement: Arrangement, piece: str) -> int:
    return arrangement["pieces"][piece]["ranges"][0][0]


# --- Where a piece begins and ends -----------------------------------------------------------


def _split(new: Arrangement, step: Step, source: str) -> Arrangement:
    """``piece`` becomes two at the character ``at`` of its text."""
    piece, at = words(step, "piece"), step.get("at")
    old = new["pieces"].get(piece)
    if old is None or not isinstance(at, int):
        raise StepRefused("没有找到要拆分的这一段，请刷新页面后再试。")
    head, tail = old["text"][:at].rstrip(), old["text"][at:].lstrip()
    if at <= 0 or not head or not tail:
        raise StepRefused("拆分后每一段都要有文字，请从段落中间选起。")
    before, behind = split_ranges(source, old["ranges"], old["text"][:at])
    second = str(new["next_piece"])
    new["next_piece"] += 1
    new["pieces"] = {
        **new["pieces"],
        piece: {"text": head, "ranges": before},
        second: {"text": tail, "ranges": behind},
    }
    place = find(new, piece)
    if place is not None:
        order = new["places"][place]
        behind_piece = order.index(piece) + 1
        new["places"][place] = [*order[:behind_piece], second, *order[behind_piece:]]
        return new
    return _split_aside(new, piece, second)


def _split_aside(new: Arrangement, piece: str, second: str) -> Arrangement:
    """Both halves of what is set aside keep the reason; a half without source is nothing."""
    entries: list[AsideEntry] = []
    for entry in new["aside"]:
        entries.append(entry)
        if entry["piece"] == piece:
            entries.append({**entry, "piece": second})
    if len(entries) == len(new["aside"]):
        raise StepRefused("这一段已经取回，不能再拆分。")
    if not (new["pieces"][piece]["ranges"] and new["pieces"][second]["ranges"]):
        raise StepRefused("这里不能拆分，请换一个地方。")
    new["aside"] = entries
    return new


def _join(new: Arrangement, step: Step, source: str) -> Arrangement:
    """``piece`` takes in the one behind it."""
    piece = words(step, "piece")
    place = standing_place(new, piece)
    order = new["places"][place]
    at = order.index(piece)
    if at + 1 == len(order):
        raise StepRefused("后面没有可以合并的段落。")
    second = order[at + 1]
    one, other = new["pieces"][piece], new["pieces"][second]
    between = " " if is_spaced(place) else ""
    joined = {name: value for name, value in new["pieces"].items() if name != second}
    joined[piece] = {
        "text": one["text"] + between + other["text"],
        "ranges": [*one["ranges"], *other["ranges"]],
    }
    new["pieces"] = joined
    new["places"][place] = [*order[: at + 1], *order[at + 2 :]]
    new["aside"] = [
        {**entry, "kept_in": piece} if entry["kept_in"] == second else entry
        for entry in new["aside"]
    ]
    return new


# --- Remarks ---------------------------------------------------------------------------------


def _head(new: Arrangement, step: Step, source: str) -> Arrangement:
    """``piece`` becomes the heading of its remark, or a further half of it."""
    piece = words(step, "piece")
    key = body_key(new, piece, "只有发言里的段落可以设为标题，请先移到发言里。")
    take_out(new, piece)
    heading = place_of(HEADING, key)
    new["places"][heading] = [*new["places"][heading], piece]
    return new


def _sign(new: Arrangement, step: Step, source: str) -> Arrangement:
    """``piece`` becomes the unit line of its remark, and is read as one."""
    piece = words(step, "piece")
    key = body_key(new, piece, "只有发言里的段落可以设为署名行，请先移到发言里。")
    take_out(new, piece)
    line = place_of(LINE, key)
    new["places"][line] = [*new["places"][line], piece]
    return read_line(new, key, text_of(new, line))


def _begin(new: Arrangement, step: Step, source: str) -> Arrangement:
    """A new remark begins at ``piece``, which becomes its heading or its first paragraph."""
    piece = words(step, "piece")
    place = standing_place(new, piece)
    if place.startswith(BODY):
        behind = remark_index(new, int(place.removeprefix(BODY))) + 1
    elif place == "introduction":
        behind = 0
    else:
        raise StepRefused("新的一篇只能从导语或发言的段落起，请先把这一段移过去。")
    order = new["places"][place]
    at = order.index(piece)
    key = new["next_remark"]
    new["next_remark"] += 1
    heading, line, body = remark_places(key)
    as_heading = step.get("as") == "heading"
    new["places"][place] = order[:at]
    new["places"][heading] = [piece] if as_heading else []
    new["places"][line] = []
    new["places"][body] = order[at + as_heading :]
    entry: RemarkEntry = {
        "key": key,
        "unit": "",
        "post": "",
        "speaker": "",
        "district": "",
        "notices": [],
        "names": [],
    }
    new["remarks"] = [*new["remarks"][:behind], entry, *new["remarks"][behind:]]
    return new


def _merge(new: Arrangement, step: Step, source: str) -> Arrangement:
    """``remark`` goes to the end of the one before it, its heading and unit line included."""
    at = remark_index(new, step.get("remark"))
    if at == 0:
        raise StepRefused("这是第一篇发言，前面没有可以并入的发言。")
    before, merged = new["remarks"][at - 1], new["remarks"][at]
    body = place_of(BODY, before["key"])
    texts = [*new["places"][body]]
    for place in remark_places(merged["key"]):
        texts += new["places"].pop(place)
    new["places"][body] = texts
    kept: RemarkEntry = {**before, "notices": [*before["notices"], *merged["notices"]]}
    new["remarks"] = [*new["remarks"][: at - 1], kept, *new["remarks"][at + 1 :]]
    return new


def _bring_back(new: Arrangement, step: Step, source: str) -> Arrangement:
    """``piece`` leaves what is set aside for the working row ``remark_id``."""
    piece, remark = words(step, "piece"), step.get("remark_id")
    if all(one["piece"] != piece for one in new["aside"]) or not isinstance(remark, int):
        raise StepRefused("这一段已经取回，请刷新页面。")
    new["aside"] = [one for one in new["aside"] if one["piece"] != piece]
    new["brought_back"] = [*new["brought_back"], {"piece": piece, "remark": remark}]
    return new


_ACTS: dict[str, Callable[[Arrangement, Step, str], Arrangement]] = {
    "move": _move,
    "shift": _shift,
    "drop": _drop,
    "split": _split,
    "join": _join,
    "head": _head,
    "sign": _sign,
    "begin": _begin,
    "merge": _merge,
    "describe": describe_remark,
    "describe-meeting": describe_meeting,
    "settle": settle_notice,
    "names": settle_names,
    "bring-back": _bring_back,
}
