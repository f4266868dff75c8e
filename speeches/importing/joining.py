"""Blocks to paragraphs: sentences cut at a column's end made whole again."""

from __future__ import annotations

from collections.abc import Sequence

from speeches.importing.draft import Passage
from speeches.importing.evidence import is_unfinished
from speeches.importing.lines import Block
from speeches.text.sentences import ends_sentence, starts_with_enumerator
from speeches.text.typography import tidy

_LONGEST_SUBHEADING = 30


def join_paragraphs(
    blocks: Sequence[Block], members: Sequence[int], *, page_indents: bool
) -> list[list[int]]:
    """The indices ``members`` in groups, one for each paragraph.

    A block goes on with the paragraph before it where that one's sentence is open, and, on a page
    that indents its paragraphs, where it has no indent itself.
    """
    groups: list[list[int]] = []
    for i in members:
        before = blocks[groups[-1][-1]] if groups else None
        if before is not None and _goes_on(before, blocks[i], page_indents=page_indents):
            groups[-1].append(i)
        else:
            groups.append([i])
    return groups


def _goes_on(before: Block, after: Block, *, page_indents: bool) -> bool:
    if page_indents and after.indented:
        return False
    if is_unfinished(before, after):
        return not (is_subheading(before) and not _starts_small(after))
    return page_indents and not starts_with_enumerator(after.text) and not is_subheading(after)


def is_subheading(block: Block) -> bool:
    """True for a short numbered line without a full stop inside a remark: 一、强化理论武装."""
    text = block.text
    return (
        starts_with_enumerator(text)
        and len(text) <= _LONGEST_SUBHEADING
        and not ends_sentence(text)
        and "，" not in text
        and text[-1] not in "、：；"
    )


def _starts_small(block: Block) -> bool:
    """True for a piece that can only be the rest of something."""
    return block.text[0] in "的了着们們，。、；：！？”’）》"


def passage_of(blocks: Sequence[Block], members: Sequence[int], between: str = "") -> Passage:
    """The blocks ``members`` as one passage; ``between`` is put between them (a space in a
    heading of two lines).
    """
    if between:
        text = between.join(blocks[i].text for i in members)
    else:
        text = tidy("".join(blocks[i].raw for i in members))
    return Passage(text, tuple(r for i in members for r in blocks[i].ranges))
