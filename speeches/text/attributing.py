"""Several versions of a text in one marked copy: who added each word, and who took it out.

``attribute`` compares each version with the one before and folds the answers: what stands in the
last version carries the number of the version that brought it, what does not the number of the
version that dropped it as well. Versions are numbered from 0 in their order.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

from speeches.text.comparing import ParagraphChange, Stretch, compare, compare_line


@dataclass(frozen=True)
class Run:
    """A piece of text that shares its fate, or (``ends``, without text) a paragraph's end.

    ``by`` is the version whose wording it is. It stands at this place from the version ``since``
    on, up to and without ``until``; None means to the last. ``since`` is later than ``by`` where
    its paragraph was moved here: ``origin`` is the paragraph's place before. ``moved`` says that
    it did not go, but stands elsewhere from ``until`` on.
    """

    text: str
    by: int
    since: int
    until: int | None = None
    ends: bool = False
    moved: bool = False
    origin: int | None = None


def attribute(versions: Sequence[Sequence[str]]) -> tuple[Run, ...]:
    """Return the marked copy of all versions, each a list of paragraphs in plain text.

    What stood in a version can be read out again (``standing``), in its order. Every removed
    piece is there once.
    """
    return _folded(versions[0], [compare(old, new) for old, new in pairwise(versions)])


def attribute_line(versions: Sequence[str]) -> tuple[Run, ...]:
    """Return the marked copy of all versions of one line, however little they have in common."""
    steps = [compare_line(old, new) for old, new in pairwise(versions)]
    return _folded(versions[:1], [[ParagraphChange("changed", (0,), (0,), step)] for step in steps])


def standing(runs: Sequence[Run], version: int) -> list[str]:
    """Return the paragraphs of one version."""
    paragraphs, text = [], ""
    for run in runs:
        if run.since <= version and (run.until is None or version < run.until):
            text += run.text
            if run.ends:
                paragraphs.append(text)
                text = ""
    return paragraphs


def _folded(first: Sequence[str], steps: Sequence[Sequence[ParagraphChange]]) -> tuple[Run, ...]:
    runs = [run for paragraph in first for run in _paragraph(paragraph, 0)]
    for number, changes in enumerate(steps, start=1):
        runs = list(_next(runs, changes, number))
    return tuple(_joined(runs))


def _paragraph(text: str, number: int) -> list[Run]:
    words = [Run(text, number, number)] if text else []
    return [*words, Run("", number, number, ends=True)]


def _next(runs: list[Run], changes: Sequence[ParagraphChange], number: int) -> Iterator[Run]:
    # What was removed earlier stays beside the paragraph that follows it.
    paragraphs: list[list[Run]] = [[]]
    for run in runs:
        paragraphs[-1].append(run)
        if run.ends and run.until is None:
            paragraphs.append([])
    for change in changes:
        there = [run for place in change.old for run in paragraphs[place]]
        if change.kind == "added":
            for stretch in change.stretches:
                yield Run(stretch.text, number, number)
            yield Run("", number, number, ends=True)
        elif change.kind == "removed":
            yield from (_gone(run, number) for run in there)
        elif change.kind == "moved-from":
            yield from (_gone(run, number, moved=True) for run in there)
        elif change.kind == "moved":
            come = [
                replace(run, since=number, origin=change.old[0])
                for run in there
                if run.until is None
            ]
            yield from _rewritten(come, change.stretches, number)
        else:
            yield from _rewritten(there, change.stretches, number)
    yield from paragraphs[-1]


def _gone(run: Run, number: int, *, moved: bool = False) -> Run:
    return replace(run, until=number, moved=moved) if run.until is None else run


def _rewritten(runs: list[Run], stretches: Sequence[Stretch], number: int) -> Iterator[Run]:
    left = runs[::-1]
    for stretch in stretches:
        while left and left[-1].until is not None:
            yield left.pop()
        if stretch.kind == "added":
            yield Run(stretch.text, number, number)
        elif stretch.kind == "break-added":
            yield Run("", number, number, ends=True)
        elif stretch.kind == "break-removed":
            yield replace(left.pop(), until=number)
        else:
            for run in _taken(left, len(stretch.text)):
                yield run if stretch.kind == "same" else _gone(run, number)
    yield from reversed(left)


def _taken(left: list[Run], size: int) -> Iterator[Run]:
    """Take runs off the end of ``left`` until so many standing characters are taken."""
    while size:
        run = left.pop()
        if run.until is None and len(run.text) > size:
            left.append(replace(run, text=run.text[size:]))
            run = replace(run, text=run.text[:size])
        if run.until is None:
            size -= len(run.text)
        yield run


def _joined(runs: Sequence[Run]) -> Iterator[Run]:
    """Join neighbours of one fate; an end of a paragraph stays by itself."""
    for fate, same in groupby(runs, lambda run: replace(run, text="")):
        if fate.ends:
            yield from same
        else:
            yield replace(fate, text="".join(run.text for run in same))
