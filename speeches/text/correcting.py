"""Corrections (更正): what a new wording changes in the one that readers had, as plain data.

A text is a mapping of its parts (heading, body…), each a sequence of lines. What `changes_between`
returns can be stored as JSON and holds both wordings of every line it speaks of in full;
`passages` makes quotations of it that can be read in passing.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, TypedDict

from speeches.text.aligning import units
from speeches.text.characters import FULL_STOPS
from speeches.text.comparing import ChangeKind, Stretch, StretchKind, compare, compare_line
from speeches.text.subsequences import CLAUSE_MARKS

# Units of unchanged text that are quoted on either side of a change, at most and at least.
CONTEXT = 24
LEAST_CONTEXT = 8
# Changes with no more between them than this are quoted together.
APART = 2 * CONTEXT

_BOUNDARIES = (*FULL_STOPS, *CLAUSE_MARKS)


@dataclass(frozen=True)
class Part:
    """One part of a text: its lines, and whatever else readers see of it and nobody can quote."""

    lines: tuple[str, ...]
    form: Hashable = None


class Change(TypedDict):
    """What became of a line, or of several that were split or joined.

    `kind` is that of a `ParagraphChange`, or "formed" where a part reads the same and looks
    otherwise. `old` and `new` are places in the part, from 0; `stretches` are kind and text.
    """

    part: str
    kind: ChangeKind | Literal["formed"]
    old: list[int]
    new: list[int]
    stretches: list[tuple[StretchKind, str]]


class Piece(TypedDict):
    """A piece of a quotation; "cut" stands for unchanged text that is left out."""

    kind: StretchKind | Literal["cut"]
    text: str


class Passage(TypedDict):
    """The old and the new wording of one place; a side on which there was nothing is empty."""

    old: list[Piece]
    new: list[Piece]


def changes_between(old: Mapping[str, Part], new: Mapping[str, Part]) -> list[Change]:
    """Return what changed, in the order of the parts; both texts have the same parts.

    Lines that stand as they stood are not told of.
    """
    changes: list[Change] = []
    for name, part in new.items():
        before = old[name]
        if part.lines != before.lines:
            changes += _changes_of(name, before.lines, part.lines)
        elif part.form != before.form:
            changes.append(Change(part=name, kind="formed", old=[], new=[], stretches=[]))
    return changes


def passages(stretches: Sequence[tuple[StretchKind, str]]) -> list[Passage]:
    """Return every changed place of a line in both wordings, with what stands around it.

    What is quoted begins and ends where clauses do, if they are short enough.
    """
    whole = [Stretch(kind, text) for kind, text in stretches]
    groups: list[list[int]] = []
    for place, stretch in enumerate(whole):
        if stretch.kind == "same":
            continue
        between = whole[groups[-1][-1] + 1 : place] if groups else ()
        if groups and sum(len(units(one.text)) for one in between) <= APART:
            groups[-1].append(place)
        else:
            groups.append([place])
    return [_passage(whole, group[0], group[-1]) for group in groups]


def in_full(stretches: Sequence[tuple[StretchKind, str]]) -> Passage:
    """Return both wordings of a line from its beginning to its end."""
    return _sides([Piece(kind=kind, text=text) for kind, text in stretches])


def beginning(text: str) -> list[Piece]:
    """Return the beginning of a text, by which a reader knows it again."""
    return list(_head(text))


def _changes_of(name: str, old: Sequence[str], new: Sequence[str]) -> Iterator[Change]:
    if len(old) <= 1 and len(new) <= 1:
        kind: ChangeKind = "changed" if old and new else "added" if new else "removed"
        stretches = compare_line("".join(old), "".join(new))
        yield _change(name, kind, range(len(old)), range(len(new)), stretches)
        return
    for change in compare(old, new):
        if change.kind not in ("same", "moved-from"):
            yield _change(name, change.kind, change.old, change.new, change.stretches)


def _change(
    name: str,
    kind: ChangeKind,
    old: Sequence[int],
    new: Sequence[int],
    stretches: Sequence[Stretch],
) -> Change:
    told = [(stretch.kind, stretch.text) for stretch in stretches]
    return Change(part=name, kind=kind, old=list(old), new=list(new), stretches=told)


def _passage(whole: Sequence[Stretch], first: int, last: int) -> Passage:
    before = whole[first - 1].text if first else ""
    after = whole[last + 1].text if last + 1 < len(whole) else ""
    changed = [Piece(kind=one.kind, text=one.text) for one in whole[first : last + 1]]
    return _sides([*_tail(before), *changed, *_head(after)])


def _sides(pieces: Sequence[Piece]) -> Passage:
    old = [one for one in pieces if one["kind"] not in ("added", "break-added")]
    new = [one for one in pieces if one["kind"] not in ("removed", "break-removed")]
    return Passage(old=old, new=new)


def _tail(text: str) -> Iterator[Piece]:
    """The end of what stands before a change: of its clauses as many as there is room for."""
    held = units(text)
    if len(held) > CONTEXT:
        yield Piece(kind="cut", text="……")
        starts = range(len(held) - CONTEXT, len(held) - LEAST_CONTEXT + 1)
        start = next((n for n in starts if held[n - 1] in _BOUNDARIES), starts[0])
        text = "".join(held[start:])
    if text:
        yield Piece(kind="same", text=text)


def _head(text: str) -> Iterator[Piece]:
    """The beginning of what stands behind a change, as far."""
    held = units(text)
    if len(held) <= CONTEXT:
        if text:
            yield Piece(kind="same", text=text)
        return
    ends = range(CONTEXT, LEAST_CONTEXT - 1, -1)
    end = next((n for n in ends if held[n - 1] in _BOUNDARIES), CONTEXT)
    yield Piece(kind="same", text="".join(held[:end]))
    yield Piece(kind="cut", text="……")
