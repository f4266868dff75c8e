"""The decisions behind a draft, each with the signs that were weighed for it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from speeches.importing.bodies import Bodies
from speeches.importing.captions import CAPTION
from speeches.importing.head import KICKER, Head
from speeches.importing.lines import Block
from speeches.importing.openings import WORTH_A_LOOK
from speeches.importing.outline import Outline
from speeches.importing.signs import Judgement, Sign, Signs, total
from speeches.importing.unit_lines import ENOUGH


def judgements_of(
    blocks: Sequence[Block], plan: Outline, head: Head, bodies: Bodies
) -> tuple[Judgement, ...]:
    """Every decision that a score was taken by, in the order of the source."""
    found = [*_of_remarks(blocks, plan), *_of_pieces(blocks, head, bodies)]
    return tuple(sorted(found, key=lambda one: (one.start, one.decision)))


def _of_remarks(blocks: Sequence[Block], plan: Outline) -> Iterator[Judgement]:
    behind = total(plan.headings_before) < 0
    sides = tuple(Sign(s.clue, -s.weight if behind else s.weight) for s in plan.headings_before)
    for section in plan.sections:
        yield _judgement("unit-line", blocks, section.unit, section.line.signs, ENOUGH)
        if section.heading and sides:
            decision = "heading-behind" if behind else "heading-before"
            yield _judgement(decision, blocks, section.heading, sides, 0.0)


def _of_pieces(blocks: Sequence[Block], head: Head, bodies: Bodies) -> Iterator[Judgement]:
    for i, signs in head.signs.items():
        if i in head.kicker:
            yield _judgement("kicker", blocks, [i], signs, KICKER)
        else:
            yield _judgement("caption", blocks, [i], signs, CAPTION)
    for i, signs in bodies.captions.items():
        yield _judgement("caption", blocks, [i], signs, CAPTION)
    for i, signs in bodies.repeat_signs.items():
        yield _judgement("repeat", blocks, [i], signs, 0.0)
    for text in bodies.texts[1:]:
        if text and total(bodies.opening_signs[text[0]]) >= WORTH_A_LOOK:
            signs = bodies.opening_signs[text[0]]
            yield _judgement("starts-mid-sentence", blocks, text[:1], signs, WORTH_A_LOOK)


def _judgement(
    decision: str, blocks: Sequence[Block], members: Sequence[int], signs: Signs, enough: float
) -> Judgement:
    return Judgement(decision, blocks[members[0]].start, blocks[members[-1]].end, signs, enough)
