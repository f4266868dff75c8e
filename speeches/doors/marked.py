"""Marked copies (花脸稿) of texts for templates: part by part, two versions or several."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from speeches.models import Byline, Meeting, Picture, Remark, Speaker
from speeches.text.comparing import ParagraphChange, Stretch, compare, compare_line
from speeches.text.markup import plain_text


@dataclass(frozen=True)
class Part:
    """One part of a text: its name on the desk, and its words as lines.

    `raw` is what is stored, which may differ where the words do not: in form, or in links.
    """

    label: str
    lines: tuple[str, ...]
    raw: Any


@dataclass(frozen=True)
class MarkedLine:
    """One paragraph of a marked copy: its stretches, or only what is to be said of it."""

    kind: str
    stretches: tuple[Stretch, ...]
    note: str = ""


@dataclass(frozen=True)
class MarkedPart:
    """One part of two versions compared; `formed` where they differ in form alone."""

    label: str
    lines: tuple[MarkedLine, ...]
    formed: bool = False

    @property
    def changed(self) -> bool:
        """Whether anything in it differs."""
        return self.formed or any(line.kind != "same" for line in self.lines)


def parts_of(content: Mapping[str, Any]) -> list[Part]:
    """Return the words of a text (`versioning.content_of`) part by part, in the form's order."""
    model, names = (Remark, _REMARK) if "heading" in content else (Meeting, _MEETING)
    parts = []
    for name, field in names.items():
        value = content[name]
        label = _LABELS.get(name) or model._meta.get_field(field or name).verbose_name  # type: ignore[union-attr]
        lines = tuple(_WORDS.get(name, _one_line)(value))
        parts.append(Part(str(label), lines, value if name == "body" else lines))
    return parts


def mark(old: Sequence[Part], new: Sequence[Part]) -> list[MarkedPart]:
    """Compare two versions of one text; parts that are empty in both are left out."""
    return [
        mark_part(before, after)
        for before, after in zip(old, new, strict=True)
        if before.lines or after.lines
    ]


def mark_part(old: Part, new: Part) -> MarkedPart:
    """Compare two versions of one part."""
    if len(old.lines) <= 1 and len(new.lines) <= 1:
        stretches = compare_line("".join(old.lines), "".join(new.lines))
        kind = "same" if all(stretch.kind == "same" for stretch in stretches) else "changed"
        lines = [MarkedLine(kind, stretches)]
    else:
        changes = compare(old.lines, new.lines)
        lines = [MarkedLine(change.kind, change.stretches, _note(change)) for change in changes]
    formed = old.lines == new.lines and old.raw != new.raw
    return MarkedPart(new.label, tuple(lines), formed)


def _note(change: ParagraphChange) -> str:
    if change.kind == "moved":
        return _("由第%(old)s段移来") % {"old": _places(change.old)}
    if change.kind == "moved-from":
        return _("原第%(old)s段，移作第%(new)s段") % {
            "old": _places(change.old),
            "new": _places(change.new),
        }
    return ""


def _places(places: Sequence[int]) -> str:
    return "、".join(str(place + 1) for place in places)


def _one_line(value: str) -> list[str]:
    return [value] if value else []


def _body(value: list[str]) -> list[str]:
    return [line for line in plain_text(value).split("\n") if line]


def _bylines(value: list[dict[str, str]]) -> list[str]:
    return ["/".join(filter(None, (one["name"], one["role"]))) for one in value]


def _pictures(value: list[dict[str, str]]) -> list[str]:
    return [" ".join(filter(None, (one["caption"], one["credit"], one["image"]))) for one in value]


# Names of `content_of`, with the field that names them on the desk where it is another.
_REMARK = {
    **{"heading": "", "unit": "unit_as_printed", "post": "post_as_printed"},
    **{"speakers": "", "body": ""},
}
_MEETING = dict.fromkeys(
    (
        *("kicker", "title", "subtitle", "introduction", "name", "held_from", "held_to"),
        *("held_on_text", "place", "newspaper", "issue_date", "page_number"),
        *("bylines", "pictures"),
    ),
    "",
)
_LABELS = {
    "speakers": Speaker._meta.verbose_name,
    "bylines": Byline._meta.verbose_name,
    "pictures": Picture._meta.verbose_name,
}
_WORDS: dict[str, Any] = {
    "speakers": lambda names: _one_line("、".join(names)),
    "body": _body,
    "introduction": list,
    "bylines": _bylines,
    "pictures": _pictures,
}
