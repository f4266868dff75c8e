"""The text of the remarks: captions and stray bylines taken out, copies settled, the rest left in
reading order.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from speeches.importing.bylines import read_byline
from speeches.importing.captions import CAPTION, signs_of_a_caption
from speeches.importing.closings import Closings, place_closings
from speeches.importing.copies import Original, find_copies
from speeches.importing.evidence import Page
from speeches.importing.head import Head
from speeches.importing.joints import Joints
from speeches.importing.lines import Block
from speeches.importing.openings import signs_of_a_lost_opening
from speeches.importing.outline import Outline
from speeches.importing.settling import reasons_to_drop, settle
from speeches.importing.signs import Signs, total

_REACH = 4
# A page indents its paragraphs where at least this share of the blocks behind a full stop is
# indented.
_INDENTING_SHARE = 0.6


@dataclass
class Bodies:
    """Per section (the introduction first, then each remark) the blocks that are its text, in
    order.
    """

    texts: list[list[int]]
    page_indents: bool
    captions: dict[int, Signs] = field(default_factory=dict)
    """Captions that stand among the text, each with what speaks for it."""
    bylines: list[int] = field(default_factory=list)
    repeats: dict[int, tuple[int, ...]] = field(default_factory=dict)
    """Dropped copies, each with the blocks that hold its text."""
    repeat_signs: dict[int, Signs] = field(default_factory=dict)
    """For each dropped copy what speaks for dropping it."""
    title_copies: list[int] = field(default_factory=list)
    opening_signs: dict[int, Signs] = field(default_factory=dict)
    """For each block what speaks for its beginning in mid-sentence."""
    closings: Closings = field(default_factory=Closings)


def read_bodies(blocks: Sequence[Block], plan: Outline, head: Head, furniture: set[int]) -> Bodies:
    """Sorts the blocks of all bodies; furniture is left out."""
    bodies = Bodies([list(head.introduction)], False)
    titles = {"".join(blocks[i].letters for i in head.title)} | {
        blocks[i].letters for i in head.title
    }
    for section in plan.sections:
        text: list[int] = []
        for i in section.body:
            if i in furniture:
                continue
            if read_byline(blocks[i].text):
                bodies.bylines.append(i)
            elif blocks[i].letters in titles and len(blocks[i].letters) >= 4:
                bodies.title_copies.append(i)
            else:
                text.append(i)
        captions = _captions(blocks, text)
        bodies.captions.update(captions)
        bodies.texts.append([i for i in text if i not in captions])
    bodies.page_indents = page_indents(blocks, bodies.texts)
    _score_openings(blocks, plan, bodies)
    _settle(blocks, bodies)
    remarks = bodies.texts[1:]
    bodies.closings = place_closings(
        blocks,
        remarks,
        [section.line for section in plan.sections],
        page_indents=bodies.page_indents,
    )
    bodies.texts[1:] = remarks
    return bodies


def _captions(blocks: Sequence[Block], text: Sequence[int]) -> dict[int, Signs]:
    found: dict[int, Signs] = {}
    for at, i in enumerate(text):
        before = blocks[text[at - 1]] if at else None
        last = at == len(text) - 1
        opened = before is not None and not before.closed
        # Stray copies can stand between the open sentence and the caption.
        seam = any(not blocks[j].closed for j in text[max(at - 3, 0) : at])
        apart = blocks[i].gap > 1 or (not last and blocks[text[at + 1]].gap > 1)
        signs = signs_of_a_caption(
            blocks[i],
            in_head=False,
            at_seam=(last and not opened) or (seam and not last),
            stands_apart=apart,
            may_go_on=opened,
        )
        if total(signs) >= CAPTION and at and not _stands_elsewhere(blocks, i):
            found[i] = signs
    return found


def _stands_elsewhere(blocks: Sequence[Block], i: int) -> bool:
    """True where the block's words are part of another block: a copy of text, not a caption."""
    return any(blocks[i].letters in other.letters for j, other in enumerate(blocks) if j != i)


def page_indents(blocks: Sequence[Block], sections: Sequence[Sequence[int]]) -> bool:
    """True where the page begins its paragraphs with an indent, so that a block without one
    begins none.
    """
    starts = [
        blocks[j].indented for section in sections for i, j in pairwise(section) if blocks[i].closed
    ]
    return sum(starts) >= 3 and sum(starts) >= _INDENTING_SHARE * len(starts)


def _score_openings(blocks: Sequence[Block], plan: Outline, bodies: Bodies) -> None:
    for number, text in enumerate(bodies.texts):
        line = plan.sections[number - 1].line if number else None
        names = (line.unit, line.speaker) if line else ()
        heading = plan.sections[number - 1].heading if number else []
        for i in text:
            bodies.opening_signs[i] = signs_of_a_lost_opening(
                blocks[i].text,
                indented=blocks[i].indented,
                page_indents=bodies.page_indents,
                names=names,
                heading="".join(blocks[j].text for j in heading),
            )


def _settle(blocks: Sequence[Block], bodies: Bodies) -> None:
    originals = find_copies(blocks, bodies.texts)
    pairs = {
        (i, j)
        for text in bodies.texts
        for at, i in enumerate(text)
        if not blocks[i].closed
        for j in text[at + 1 : at + 1 + _REACH]
    }
    page = Page(
        blocks,
        bodies.texts,
        originals,
        Joints(blocks, pairs),
        bodies.page_indents,
        {i: total(signs) for i, signs in bodies.opening_signs.items()},
    )
    dropped = settle(page)
    bodies.repeats = {i: _kept_original(originals[i], dropped) for i in dropped}
    bodies.repeat_signs = reasons_to_drop(page, dropped)
    bodies.texts = [[i for i in text if i not in dropped] for text in bodies.texts]


def _kept_original(originals: Sequence[Original], dropped: set[int]) -> tuple[int, ...]:
    return next(
        (o.blocks for o in originals if not dropped.intersection(o.blocks)), originals[0].blocks
    )
