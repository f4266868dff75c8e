"""Closing paragraphs that stand under a neighbour's remark only: before their own heading, as a
column's end has left them.

Without a copy in place nothing proves whose a paragraph is, so it is moved only where several
signs agree; where fewer do, it stays and is doubted.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from speeches.importing.joining import join_paragraphs
from speeches.importing.lines import Block
from speeches.importing.unit_lines import UnitLine
from speeches.text.characters import compact
from speeches.text.endings import kind_of_closing
from speeches.text.places import district_of

ENOUGH = 2.5
DOUBTFUL = 2.0
_NAMED_AT_ONCE = 2.0
_NAMED_LATER = 1.0
_BEHIND_FINAL_WORDS = 2.0
_SECOND_OF_ITS_KIND = 0.5
_LIKE_A_CLOSING = 0.5
_MISSING_THERE = 0.5
_APART = 0.5
_THERE_ALREADY = -2.0
_BEHIND_ITS_REMARK = -0.5
_AT_ONCE = 30
_MOST_PARAGRAPHS = 3


@dataclass
class Closings:
    """What became of the closing paragraphs, by remark (0 is the first): ``moved`` names those
    that were given one, ``doubted`` those whose last one may be a neighbour's.
    """

    moved: set[int] = field(default_factory=set)
    doubted: set[int] = field(default_factory=set)


def place_closings(
    blocks: Sequence[Block],
    texts: list[list[int]],
    lines: Sequence[UnitLine],
    *,
    page_indents: bool,
) -> Closings:
    """Move closing paragraphs between the neighbours in ``texts`` (the body of each remark by
    index into ``blocks``), whose unit lines are ``lines``.
    """
    found = Closings()
    names = _names(lines)
    for number in range(len(texts)):
        paragraphs = join_paragraphs(blocks, texts[number], page_indents=page_indents)
        run = _run_at_end(blocks, paragraphs)
        if run == 0:
            continue
        candidate = [i for group in paragraphs[-run:] for i in group]
        own = [_text(blocks, group) for group in paragraphs[:-run]]
        score, target = max(
            (
                (
                    _score(
                        blocks,
                        candidate,
                        own,
                        _paragraph_texts(blocks, texts[other], page_indents),
                        (number, other),
                        names,
                    ),
                    other,
                )
                for other in (number + 1, number - 1)
                if 0 <= other < len(texts) and texts[other]
            ),
            default=(0.0, number),
        )
        if score >= ENOUGH:
            texts[number] = [i for i in texts[number] if i not in candidate]
            texts[target] = [*texts[target], *candidate]
            found.moved.add(target)
        elif score >= DOUBTFUL:
            found.doubted.add(number)
    return found


def _run_at_end(blocks: Sequence[Block], paragraphs: Sequence[Sequence[int]]) -> int:
    """How many of the last paragraphs may be a neighbour's: all behind the speech's final words,
    else the last one. The first paragraph of a remark is always its own.
    """
    for count in range(1, min(_MOST_PARAGRAPHS, len(paragraphs) - 1) + 1):
        if kind_of_closing(_text(blocks, paragraphs[-count - 1])) == "final":
            return count
    return min(1, max(len(paragraphs) - 1, 0))


def _score(
    blocks: Sequence[Block],
    candidate: Sequence[int],
    own: Sequence[str],
    there: Sequence[str],
    places: tuple[int, int],
    names: Mapping[str, int],
) -> float:
    """How much speaks for ``candidate`` being the end of the remark at the second of ``places``
    and not of that at the first.
    """
    number, other = places
    text = compact(_text(blocks, candidate))
    kind = kind_of_closing(_text(blocks, [candidate[-1]])) or kind_of_closing(text)
    named = _named(text, names)
    if not blocks[candidate[-1]].closed or number in named:
        return 0.0
    score = 0.0
    if named == {other}:
        at_once = other in _named(text[:_AT_ONCE], names)
        score += _NAMED_AT_ONCE if at_once else _NAMED_LATER
    kinds = [kind_of_closing(one) for one in own]
    if kinds and kinds[-1] == "final":
        score += _BEHIND_FINAL_WORDS
    elif kind and kind in kinds:
        score += _SECOND_OF_ITS_KIND
    score += _LIKE_A_CLOSING if kind else 0.0
    if kind and not kind_of_closing(there[-1]):
        score += _MISSING_THERE
    elif kind and kind_of_closing(there[-1]) in (kind, "final"):
        score += _THERE_ALREADY
    if blocks[candidate[0]].gap > 1:
        score += _APART
    if other < number:
        score += _BEHIND_ITS_REMARK
    return score if kind else min(score, DOUBTFUL)


def _names(lines: Sequence[UnitLine]) -> dict[str, int]:
    """The names that one remark alone has, with its number: unit, district and its stem,
    speakers. A speaker's name of two characters can be a word.
    """
    owners: defaultdict[str, set[int]] = defaultdict(set)
    for number, line in enumerate(lines):
        district = district_of(line.unit)
        speakers = [name for name in line.speaker.split("、") if len(name) >= 3]
        for name in (line.unit, district, district[:-1], *speakers):
            if len(name) >= 2:
                owners[name].add(number)
    return {name: min(some) for name, some in owners.items() if len(some) == 1}


def _named(text: str, names: Mapping[str, int]) -> set[int]:
    """The remarks whose names stand in ``text``."""
    sizes = {len(name) for name in names}
    return {
        names[text[at : at + size]]
        for size in sizes
        for at in range(len(text) - size + 1)
        if text[at : at + size] in names
    }


def _paragraph_texts(blocks: Sequence[Block], text: Sequence[int], page_indents: bool) -> list[str]:
    return [
        _text(blocks, group) for group in join_paragraphs(blocks, text, page_indents=page_indents)
    ]


def _text(blocks: Sequence[Block], members: Sequence[int]) -> str:
    return "".join(blocks[i].text for i in members)
