"""Two versions of a text side by side: the marked copy (花脸稿) as plain values.

``compare`` takes the paragraphs of both versions and tells of each what became of it;
``compare_line`` does the same for a heading or any single line. How paragraphs find each other is
the work of ``pairing``, and what is the same inside them that of ``aligning``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from speeches.text.aligning import BREAK, align, units
from speeches.text.pairing import Pair, pair_paragraphs

StretchKind = Literal["same", "removed", "added", "break-removed", "break-added"]
ChangeKind = Literal["same", "changed", "removed", "added", "moved", "moved-from"]


@dataclass(frozen=True)
class Stretch:
    """A piece of text that is in both versions, or in one alone.

    A break has no text: from there on stands a paragraph of its own, in the new version or in the
    old one.
    """

    kind: StretchKind
    text: str


@dataclass(frozen=True)
class ParagraphChange:
    """What became of a paragraph.

    ``old`` and ``new`` are its places in the versions: one of each as a rule, several on one side
    where it was split or where several were joined, none where it was added or removed. A
    paragraph that was ``moved`` stands at its new place, with what changed inside; at its old
    place stands a ``moved-from`` with the same places and without stretches.
    """

    kind: ChangeKind
    old: tuple[int, ...]
    new: tuple[int, ...]
    stretches: tuple[Stretch, ...]


def compare(old: Sequence[str], new: Sequence[str]) -> tuple[ParagraphChange, ...]:
    """Return what became of every paragraph, in the order of the marked copy: that of the new
    version, with removed paragraphs and marks of removal where they stood in the old one.

    Every paragraph of either version is told of once, the marks ``moved-from`` apart. As few
    paragraphs as possible are moved, and the shorter ones rather than the longer.
    """
    pairs = pair_paragraphs(old, new)
    staying = [pair for pair in pairs if pair.stays]
    of_old = {place: pair for pair in pairs for place in pair.old}
    of_new = {place: pair for pair in pairs for place in pair.new}
    changes: list[ParagraphChange] = []
    at_old = at_new = 0
    for stay in [*staying, Pair((len(old),), (len(new),), True)]:
        for place in range(at_old, stay.old[0]):
            gone = of_old.get(place)
            if gone is None:
                text = _whole("removed", old[place])
                changes.append(ParagraphChange("removed", (place,), (), text))
            elif place == gone.old[0]:
                changes.append(ParagraphChange("moved-from", gone.old, gone.new, ()))
        for place in range(at_new, stay.new[0]):
            come = of_new.get(place)
            if come is None:
                text = _whole("added", new[place])
                changes.append(ParagraphChange("added", (), (place,), text))
            elif place == come.new[0]:
                changes.append(_change(come, old, new))
        if stay.old[0] < len(old):
            changes.append(_change(stay, old, new))
        at_old, at_new = stay.old[-1] + 1, stay.new[-1] + 1
    return tuple(changes)


def compare_line(old: str, new: str) -> tuple[Stretch, ...]:
    """Return the stretches of two versions of one line, what is removed before what is added.

    What is the same and what is removed makes the old line, what is the same and what is added
    the new one. Neighbouring stretches differ in kind, and none is empty.
    """
    return tuple(_stretches(units(old), units(new)))


def match_paragraphs(old: Sequence[str], new: Sequence[str]) -> list[tuple[int | None, int | None]]:
    """Return which paragraph of the old version is which of the new: by place, old ones first.

    Every paragraph is named. One that was added or removed has None for its partner; one that was
    split, or that others were joined into, stands in several pairs.
    """
    pairs = pair_paragraphs(old, new)
    found: list[tuple[int | None, int | None]] = [
        (i, j) for pair in pairs for i in pair.old for j in pair.new
    ]
    paired_old = {i for pair in pairs for i in pair.old}
    paired_new = {j for pair in pairs for j in pair.new}
    found += [(i, None) for i in range(len(old)) if i not in paired_old]
    found.sort(key=lambda pair: (pair[0] or 0, pair[1] or 0))
    return found + [(None, j) for j in range(len(new)) if j not in paired_new]


def _change(pair: Pair, old: Sequence[str], new: Sequence[str]) -> ParagraphChange:
    stretches = tuple(
        _stretches(_joined([old[i] for i in pair.old]), _joined([new[j] for j in pair.new]))
    )
    kind: ChangeKind = "same"
    if not pair.stays:
        kind = "moved"
    elif any(stretch.kind != "same" for stretch in stretches):
        kind = "changed"
    return ParagraphChange(kind, pair.old, pair.new, stretches)


def _joined(paragraphs: Sequence[str]) -> list[str]:
    found = units(paragraphs[0])
    for paragraph in paragraphs[1:]:
        found += [BREAK, *units(paragraph)]
    return found


def _stretches(old: Sequence[str], new: Sequence[str]) -> Iterator[Stretch]:
    at_old = at_new = 0
    for block in align(old, new):
        yield from _only("removed", "break-removed", old[at_old : block.old])
        yield from _only("added", "break-added", new[at_new : block.new])
        at_old, at_new = block.old + block.size, block.new + block.size
        yield from _whole("same", "".join(old[block.old : at_old]))


def _only(kind: StretchKind, kind_of_break: StretchKind, text: Sequence[str]) -> Iterator[Stretch]:
    start = 0
    for place, unit in enumerate(text):
        if unit == BREAK:
            yield from _whole(kind, "".join(text[start:place]))
            yield Stretch(kind_of_break, "")
            start = place + 1
    yield from _whole(kind, "".join(text[start:]))


def _whole(kind: StretchKind, text: str) -> tuple[Stretch, ...]:
    return (Stretch(kind, text),) if text else ()
