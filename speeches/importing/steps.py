"""What every step needs: a copy to work on, a piece's place, and a refusal in plain words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from speeches.importing.arrangement import BODY, HEADING, LINE, Arrangement


class StepRefused(Exception):
    """A step does not fit; ``str(error)`` is one line in Chinese: why, and what to do."""


def words(step: Mapping[str, Any], name: str) -> str:
    """A value of the step as text; "" where it is missing or something else."""
    value = step.get(name)
    return value if isinstance(value, str) else ""


def copied(arrangement: Arrangement) -> Arrangement:
    """A copy whose places may be replaced; what they hold is shared with the original."""
    new = arrangement.copy()
    new["places"] = dict(arrangement["places"])
    return new


def find(arrangement: Arrangement, piece: str) -> str | None:
    """The place that holds ``piece``; None for what is set aside."""
    return next((place for place, held in arrangement["places"].items() if piece in held), None)


def standing_place(arrangement: Arrangement, piece: str) -> str:
    """The place that holds ``piece``; refused for what is set aside or unknown."""
    place = find(arrangement, piece)
    if place is not None:
        return place
    if any(entry["piece"] == piece for entry in arrangement["aside"]):
        raise StepRefused("这一段已经剔除，请先用“移到”取回。")
    raise StepRefused("请先选中一段文字。")


def take_out(arrangement: Arrangement, piece: str) -> str:
    """Take ``piece`` from where it stands; gives that place, "" for what was set aside."""
    place = find(arrangement, piece)
    if place is not None:
        arrangement["places"][place] = [one for one in arrangement["places"][place] if one != piece]
        return place
    rest = [entry for entry in arrangement["aside"] if entry["piece"] != piece]
    if len(rest) == len(arrangement["aside"]):
        raise StepRefused("请先选中一段文字。")
    arrangement["aside"] = rest
    return ""


def remark_index(arrangement: Arrangement, key: object) -> int:
    """Where the remark with this key stands among the others."""
    for index, remark in enumerate(arrangement["remarks"]):
        if remark["key"] == key:
            return index
    raise StepRefused("这篇发言已经不在了，请刷新页面后再试。")


def body_key(arrangement: Arrangement, piece: str, refusal: str) -> int:
    """The key of the remark whose body, heading or unit line holds ``piece``."""
    place = standing_place(arrangement, piece)
    for kind in (BODY, HEADING, LINE):
        if place.startswith(kind):
            return int(place.removeprefix(kind))
    raise StepRefused(refusal)
