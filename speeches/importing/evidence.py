"""What a page tells about its copies: which are the tails of paragraphs, which come in runs, which
are stock phrases, and which blocks open like a paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from speeches.importing.copies import Original
from speeches.importing.joints import Joints
from speeches.importing.lines import Block
from speeches.importing.signs import Signs
from speeches.text.endings import opens_like_a_closing
from speeches.text.sentences import ends_clause, split_sentences, starts_with_enumerator

_LEAD = re.compile(r"^[^，。；：、！？]{3,11}，[^，。；：、！？]{3,24}。")
_STOCK_PHRASE = 40


def is_unfinished(block: Block, after: Block) -> bool:
    """True where the sentence at the end of ``block`` is open and ``after`` does not begin a list
    that it announces.
    """
    if block.closed:
        return False
    return not (ends_clause(block.raw) and (starts_with_enumerator(after.text) or after.indented))


@dataclass
class Page:
    """What settling looks at: blocks, the body of every section by index, and what is known of
    the copies.
    """

    blocks: Sequence[Block]
    sections: Sequence[Sequence[int]]
    originals: dict[int, list[Original]]
    joints: Joints
    page_indents: bool
    mid_scores: dict[int, float]
    section_of: dict[int, int] = field(init=False)
    tails: set[int] = field(init=False)
    runs: set[int] = field(init=False)
    stock: set[int] = field(init=False)
    leads: set[int] = field(init=False)
    _unfinished: dict[tuple[int, int], bool] = field(default_factory=dict)
    boundaries: dict[tuple[int, int], Signs] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.section_of = {
            i: number for number, section in enumerate(self.sections) for i in section
        }
        self.tails = self._find_tails()
        self.runs = self._find_runs()
        self.leads = self._find_leads()
        self.stock = {i for i in self.originals if self._is_stock_phrase(i)}

    def is_unfinished(self, left: int, right: int) -> bool:
        """True where the sentence at the end of ``left`` is open and goes on in ``right``."""
        pair = left, right
        if pair not in self._unfinished:
            self._unfinished[pair] = is_unfinished(self.blocks[left], self.blocks[right])
        return self._unfinished[pair]

    def begins_paragraph(self, i: int) -> bool:
        """True where the look of block ``i`` says that a paragraph begins with it."""
        block = self.blocks[i]
        return (self.page_indents and block.indented) or starts_with_enumerator(block.text)

    def opens_a_closing(self, i: int) -> bool:
        """True where the words of block ``i`` are those that a closing paragraph opens with."""
        return opens_like_a_closing(self.blocks[i].text)

    def _find_tails(self) -> set[int]:
        """Copies that are the end of a paragraph: one of their kind continues an open sentence,
        or stands inside a block.
        """
        tails: set[int] = set()
        before = {j: i for section in self.sections for i, j in pairwise(section)}
        for i, originals in self.originals.items():
            kind = {i} | {o.blocks[0] for o in originals if len(o.blocks) == 1 and o.at_start}
            near = {o.blocks[0] for o in originals if o.near and o.whole}
            inside = any(not o.at_start for o in originals)
            follows = any(
                j in before and not self.begins_paragraph(j) and self.is_unfinished(before[j], j)
                for j in kind
                if j in near or self.blocks[j].letters == self.blocks[i].letters
            )
            if inside or follows:
                tails.add(i)
        return tails

    def _find_runs(self) -> set[int]:
        """Copies whose neighbour is a copy of their original's neighbour: whole passages printed
        twice.
        """
        runs: set[int] = set()
        after = {i: j for section in self.sections for i, j in pairwise(section)}
        for i, j in after.items():
            if i in self.tails or j in self.tails:
                continue
            starts = {o.blocks[0] for o in self.originals.get(j, ())}
            for original in self.originals.get(i, ()):
                if after.get(original.blocks[-1]) in starts:
                    runs.update((i, j, *original.blocks, after[original.blocks[-1]]))
        return runs

    def _find_leads(self) -> set[int]:
        """Blocks that open like the page's paragraphs do, where those open alike: with a sentence
        of two short clauses.
        """
        ahead = {
            i: "".join(self.blocks[k].text for k in section[at : at + 3])
            for section in self.sections
            for at, i in enumerate(section)
        }
        alike = {i for i, text in ahead.items() if _LEAD.match(text)}
        starts = [
            j for section in self.sections for i, j in pairwise(section) if self.blocks[i].closed
        ]
        return (
            alike
            if sum(j in alike for j in starts) * 3 >= len(starts) and len(starts) >= 4
            else set()
        )

    def _is_stock_phrase(self, i: int) -> bool:
        """True for one short sentence, whole, in different remarks: 以上发言,请批评指正。 is no
        copy.
        """
        block = self.blocks[i]
        return (
            i not in self.tails
            and i not in self.runs
            and len(block.letters) <= _STOCK_PHRASE
            and block.closed
            and len(split_sentences(block.text)) == 1
            and all(
                self.section_of[o.blocks[0]] != self.section_of[i] or o.blocks[0] in self.runs
                for o in self.originals[i]
            )
        )
