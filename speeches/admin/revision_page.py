"""The review screen in values for its template: source, draft, doubts, and how they are linked."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from speeches.admin.revision_html import Drawing, SourceSegment
from speeches.admin.revision_steps import place_names
from speeches.importing.arrangement import (
    BODY,
    HEADING,
    LINE,
    MEETING_PLACES,
    Arrangement,
    RemarkEntry,
    place_of,
    text_of,
)
from speeches.moderation.unknown_names import UnknownName, speakers

REASONS = {
    "repeat": gettext_lazy("重复"),
    "page-furniture": gettext_lazy("版面信息"),
    "unplaced": gettext_lazy("未归入"),
}


@dataclass(frozen=True)
class Doubt:
    """Something to settle: its address on the page, what it says, what can be answered."""

    id: str
    kind: str
    message: str
    act: str = ""
    name: str = ""
    candidates: tuple[Any, ...] = ()
    remark: int = 0
    label: str = ""


def doubts_of(arrangement: Arrangement, unknown: list[UnknownName]) -> list[Doubt]:
    """Every open doubt in the order of the draft."""
    found = [
        Doubt(f"doubt-page-{number}", "notice", one["message"], f"settle:page:{number}")
        for number, one in enumerate(arrangement["notices"])
        if not one["settled"]
    ]
    names: dict[int, list[UnknownName]] = {}
    for name in unknown:
        names.setdefault(name.remark, []).append(name)
    for position, remark in enumerate(arrangement["remarks"], 1):
        found += _doubts_of_remark(remark, position, names.get(remark["key"], []))
    for entry in arrangement["aside"]:
        if entry["reason"] == "unplaced":
            text = arrangement["pieces"][entry["piece"]]["text"]
            message = _("未归入任何发言：%(text)s") % {"text": text[:40]}
            found.append(Doubt(f"piece-{entry['piece']}", "unplaced", message))
    return found


def _doubts_of_remark(
    remark: RemarkEntry, position: int, names: list[UnknownName]
) -> Iterator[Doubt]:
    key, label = remark["key"], _("发言 %(number)d") % {"number": position}
    for number, one in enumerate(remark["notices"]):
        if not one["settled"]:
            yield Doubt(
                f"doubt-{key}-{number}",
                "notice",
                one["message"],
                f"settle:{key}:{number}",
                remark=key,
                label=label,
            )
    for name in names:
        place = speakers(remark).index(name.name) if name.kind == "person" else 0
        yield Doubt(
            f"doubt-{key}-{name.kind}-{place}",
            name.kind,
            _name_message(name),
            f"name:{key}:{name.kind}",
            name=name.name,
            candidates=name.candidates,
            remark=key,
            label=label,
        )


def _name_message(name: UnknownName) -> str:
    if name.kind == "unit":
        if name.candidates:
            return _("单位“%(name)s”对不上名录，请选定或建档。") % {"name": name.name}
        return _("单位“%(name)s”不在单位名录中。") % {"name": name.name}
    if name.candidates:
        return _("有同名的“%(name)s”，请选定是哪一位，或另建一位。") % {"name": name.name}
    return _("发言人“%(name)s”还没有档案。") % {"name": name.name}


def meeting_parts(arrangement: Arrangement, drawing: Drawing) -> list[dict[str, Any]]:
    """The places of the meeting that hold something, with their pieces."""
    names = place_names()
    return [
        {"name": names[place], "pieces": drawing.place(place)}
        for place in MEETING_PLACES
        if arrangement["places"].get(place)
    ]


def remarks_on_page(
    arrangement: Arrangement, doubts: list[Doubt], drawing: Drawing
) -> list[dict[str, Any]]:
    """The remarks with their doubts, fields and pieces."""
    own: dict[int, list[Doubt]] = {}
    for doubt in doubts:
        own.setdefault(doubt.remark, []).append(doubt)
    return [
        {
            "key": remark["key"],
            "position": position,
            "title": text_of(arrangement, place_of(HEADING, remark["key"])),
            "entry": remark,
            "doubts": own.get(remark["key"], ()),
            "names": [_settled(one) for one in remark["names"]],
            "heading": drawing.place(place_of(HEADING, remark["key"])),
            "line": drawing.place(place_of(LINE, remark["key"])),
            "body": drawing.place(place_of(BODY, remark["key"])),
        }
        for position, remark in enumerate(arrangement["remarks"], 1)
    ]


def _settled(name: Any) -> str:
    if name["decision"] == "new":
        return _("“%(name)s”：确认时建档") % {"name": name["name"]}
    return _("“%(name)s”：确认时关联所选档案") % {"name": name["name"]}


def aside_on_page(arrangement: Arrangement, drawing: Drawing) -> list[dict[str, Any]]:
    """What is set aside, with its reason and the piece that keeps the same text."""
    standing = {one for held in arrangement["places"].values() for one in held}
    return [
        {
            "piece": drawing.pieces([entry["piece"]]),
            "reason": REASONS.get(entry["reason"], entry["reason"]),
            "unplaced": entry["reason"] == "unplaced",
            "kept_in": entry["kept_in"] if entry["kept_in"] in standing else "",
        }
        for entry in arrangement["aside"]
    ]


def source_segments(arrangement: Arrangement, source: str) -> list[SourceSegment]:
    """The source from beginning to end, every passage with where it went.

    A mark in words stands wherever the destination changes, so that colour is never alone.
    """
    stretches = sorted(
        (start, end, piece, look, mark)
        for piece, look, mark in _destinations(arrangement)
        for start, end in arrangement["pieces"][piece]["ranges"]
    )
    segments: list[SourceSegment] = []
    seen: set[str] = set()
    place, last = 0, ""
    for start, end, piece, look, mark in stretches:
        if start > place > 0:
            segments.append(_blank(source[place:start]))
        first = piece not in seen
        seen.add(piece)
        segments.append(
            SourceSegment(
                source[start:end],
                piece,
                look,
                mark if mark != last else "",
                first,
                start,
            )
        )
        place, last = end, mark
    return segments


def _blank(text: str) -> SourceSegment:
    """White space between passages: pages come with many empty lines, one tells as much."""
    return SourceSegment("\n" * min(text.count("\n"), 2) or " ")


def _destinations(arrangement: Arrangement) -> Iterator[tuple[str, str, str]]:
    """Every piece with how its source looks and where it went, in words."""
    places = arrangement["places"]
    for place, name in place_names().items():
        for one in places.get(place, ()):
            yield one, "meeting", name
    for position, remark in enumerate(arrangement["remarks"], 1):
        look = "odd" if position % 2 else "even"
        label = _("发言 %(number)d") % {"number": position}
        for kind, part in ((HEADING, _(" 标题")), (LINE, _(" 署名行")), (BODY, "")):
            for one in places.get(place_of(kind, remark["key"]), ()):
                yield one, look, label + part
    for entry in arrangement["aside"]:
        reason = REASONS.get(entry["reason"], entry["reason"])
        look = "unplaced" if entry["reason"] == "unplaced" else "aside"
        yield entry["piece"], look, _("另列：%(reason)s") % {"reason": reason}
    for back in arrangement["brought_back"]:
        yield back["piece"], "odd", _("已取回")
