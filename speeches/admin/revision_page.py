"""The review screen in values for its template: source, draft, doubts, and how they are linked."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from speeches.admin.revision_evidence import (
    HEADING_DECISIONS,
    MEETING_DECISIONS,
    OPENING,
    REPEAT,
    UNIT_LINE,
    Evidence,
    Judged,
)
from speeches.admin.revision_html import Drawing, Held, mark_of
from speeches.admin.revision_steps import place_names
from speeches.importing.arrangement import (
    MEETING_PLACES,
    TITLE,
    Arrangement,
    NameDecision,
    RemarkEntry,
    remark_places,
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
    unit: str = ""
    code: str = ""
    evidence: tuple[Judged, ...] = ()


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
                code=one["code"],
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
            unit=name.unit,
        )


def _name_message(name: UnknownName) -> str:
    if name.kind == "unit":
        if name.candidates:
            return _("单位“%(name)s”对不上名录，请选定或建档。") % {"name": name.name}
        return _("单位“%(name)s”不在单位名录中。") % {"name": name.name}
    if name.candidates:
        return _("有同名的“%(name)s”，请选定是哪一位，或另建一位。") % {"name": name.name}
    return _("发言人“%(name)s”还没有档案。") % {"name": name.name}


@dataclass(frozen=True)
class Beside:
    """What stands beside the draft: what the browser holds, the importer's evidence, and the
    labels of the directory's units.
    """

    held: Held
    evidence: Evidence
    labels: Mapping[int, str]


def meeting_on_page(
    arrangement: Arrangement, doubts: list[Doubt], drawing: Drawing, beside: Beside
) -> dict[str, Any]:
    """The meeting with its doubts, fields and those of its places that hold something."""
    places = arrangement["places"]
    own = [one for one in doubts if one.kind == "notice" and not one.remark]
    filled = [place for place in MEETING_PLACES if places.get(place)]
    shown = [(place, drawing.shown(places[place])) for place in filled]
    part = part_of("meeting", beside.held, arrangement["meeting"], own, shown)
    if part["same"]:
        return part
    names = place_names()
    return {
        **arrangement["meeting"],
        **part,
        "title": text_of(arrangement, TITLE),
        "doubts": own,
        "parts": [
            {
                "name": names[place],
                "pieces": drawing.place(place),
                "evidence": beside.evidence.of(
                    arrangement, places[place], MEETING_DECISIONS.get(place, ())
                ),
            }
            for place in filled
        ],
    }


def part_of(address: str, held: Held, *values: object) -> dict[str, Any]:
    """What a section says of itself: its mark, and whether the browser has it as it is."""
    mark = mark_of(*values)
    return {"mark": mark, "same": held.has(address, mark)}


def remarks_on_page(
    arrangement: Arrangement, doubts: list[Doubt], drawing: Drawing, beside: Beside
) -> list[dict[str, Any]]:
    """The remarks with their doubts, fields and pieces; only the head of what a browser has."""
    own: dict[int, list[Doubt]] = {}
    for doubt in doubts:
        own.setdefault(doubt.remark, []).append(doubt)
    return [
        _remark_on_page(arrangement, position, remark, own.get(remark["key"], []), drawing, beside)
        for position, remark in enumerate(arrangement["remarks"], 1)
    ]


def _remark_on_page(
    arrangement: Arrangement,
    position: int,
    remark: RemarkEntry,
    doubts: list[Doubt],
    drawing: Drawing,
    beside: Beside,
) -> dict[str, Any]:
    key = remark["key"]
    heading, line, body = remark_places(key)
    shown = [drawing.shown(arrangement["places"].get(one, ())) for one in (heading, line, body)]
    # Whether a remark stands before it tells whether it can be merged.
    part = part_of(f"remark-{key}", beside.held, position, remark, doubts, shown)
    head = {
        **part,
        "key": key,
        "position": position,
        "title": text_of(arrangement, heading),
        "entry": remark,
    }
    if part["same"]:
        return head
    places, evidence = arrangement["places"], beside.evidence
    opening = tuple(evidence.of(arrangement, places.get(body, ())[:1], [OPENING]))
    return {
        **head,
        "doubts": [replace(o, evidence=opening) if o.code == OPENING else o for o in doubts],
        "heading_evidence": evidence.of(arrangement, places.get(heading, ()), HEADING_DECISIONS),
        "line_evidence": evidence.of(arrangement, places.get(line, ()), [UNIT_LINE]),
        "names": [_settled(one, beside.labels) for one in remark["names"]],
        "heading": drawing.place(heading),
        "line": drawing.place(line),
        "body": drawing.place(body),
    }


def _settled(name: NameDecision, labels: Mapping[int, str]) -> str:
    if name["decision"] == "new" and name["unit"]:
        return _("“%(name)s”：确认时建档，单位为“%(unit)s”") % {
            "name": name["name"],
            "unit": labels.get(name["unit"], "—"),
        }
    if name["decision"] == "new":
        return _("“%(name)s”：确认时建档") % {"name": name["name"]}
    return _("“%(name)s”：确认时关联所选档案") % {"name": name["name"]}


def aside_on_page(
    arrangement: Arrangement, drawing: Drawing, beside: Beside, *shown_beside: object
) -> dict[str, Any]:
    """What is set aside, with its reason and the piece that keeps the same text.

    `shown_beside` is what else the section shows.
    """
    standing = {one for places in arrangement["places"].values() for one in places}
    kept = [
        entry["kept_in"] if entry["kept_in"] in standing else "" for entry in arrangement["aside"]
    ]
    shown = drawing.shown(entry["piece"] for entry in arrangement["aside"])
    part = part_of("aside", beside.held, shown, kept, arrangement["aside"], *shown_beside)
    if part["same"]:
        return part
    entries = [
        {
            "piece": drawing.pieces([entry["piece"]]),
            "reason": REASONS.get(entry["reason"], entry["reason"]),
            "unplaced": entry["reason"] == "unplaced",
            "kept_in": keeper,
            "evidence": beside.evidence.of(arrangement, [entry["piece"]], [REPEAT]),
        }
        for entry, keeper in zip(arrangement["aside"], kept, strict=True)
    ]
    return {**part, "entries": entries}
