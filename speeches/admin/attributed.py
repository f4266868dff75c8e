"""The marked copy of several versions for templates: each change in the colour of its version."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from django.utils.translation import gettext as _

from speeches.admin.version_list import Entry
from speeches.doors.marked import Part, parts_of
from speeches.text.attributing import Run, attribute, attribute_line

# Colours there are in static/desk/marked.css; they begin anew after the last.
TONES = 6


@dataclass(frozen=True)
class Piece:
    """A piece of a line: `same`, `added` or `removed`, by which version, and that in words."""

    kind: str
    text: str
    tone: int = 0
    short: str = ""
    told: str = ""


@dataclass(frozen=True)
class FoldedPart:
    """One part of a text over several versions: its paragraphs, each with a note."""

    label: str
    lines: tuple[tuple[tuple[Piece, ...], str], ...]


@dataclass(frozen=True)
class Colour:
    """One line of the legend."""

    tone: int
    entry: Entry
    after: str


def legend(entries: Sequence[Entry]) -> list[Colour]:
    """Return which colour is whose; the first version is what the others are compared with."""
    return [
        Colour(_tone(place), entry, str(before.steps[-1]) if before.steps else "")
        for place, (before, entry) in enumerate(pairwise(entries), start=1)
    ]


def fold(entries: Sequence[Entry]) -> list[FoldedPart]:
    """Return the marked copy of these versions, the first one first."""
    columns = zip(*(parts_of(entry.content) for entry in entries), strict=True)
    return [
        FoldedPart(parts[0].label, tuple(_lines(parts, entries)))
        for parts in columns
        if any(part.lines for part in parts)
    ]


def _tone(version: int) -> int:
    return (version - 1) % TONES + 1 if version else 0


def _lines(
    parts: Sequence[Part], entries: Sequence[Entry]
) -> Iterator[tuple[tuple[Piece, ...], str]]:
    runs: list[Run] = []
    if all(len(part.lines) <= 1 for part in parts):
        folded = attribute_line(["".join(part.lines) for part in parts])
    else:
        folded = attribute([part.lines for part in parts])
    for run in folded:
        runs.append(run)
        # Where a paragraph was only joined to the next, the line goes on.
        if run.ends and (run.until is None or all(one.until is not None for one in runs)):
            yield tuple(_pieces(runs, entries)), _note(run, entries)
            runs = []


def _note(end: Run, entries: Sequence[Entry]) -> str:
    if end.moved and end.until is not None:
        return _("%(version)s移走一段") % {"version": entries[end.until].name}
    if end.origin is not None and end.until is None:
        return _("%(version)s由第%(old)d段移来") % {
            "version": entries[end.since].name,
            "old": end.origin + 1,
        }
    return ""


def _pieces(runs: Sequence[Run], entries: Sequence[Entry]) -> Iterator[Piece]:
    for run in runs:
        if run.moved:
            continue
        if run.ends and run is runs[-1] and not _splits(run, runs):
            continue
        text = "¶" if run.ends else run.text
        if run.until is not None:
            entry = entries[run.until]
            told = _("%(version)s删") % {"version": entry.name}
            if run.by:
                told = _("%(version)s加") % {"version": entries[run.by].name} + "，" + told
            yield Piece("removed", text, _tone(run.until), entry.short, told)
        elif run.by:
            entry = entries[run.by]
            told = _("%(version)s加") % {"version": entry.name}
            yield Piece("added", text, _tone(run.by), entry.short, told)
        else:
            yield Piece("same", text)


def _splits(end: Run, runs: Sequence[Run]) -> bool:
    """Whether a standing end was put into a paragraph that was there."""
    return end.until is None and end.by > 0 and any(run.by != end.by for run in runs)
