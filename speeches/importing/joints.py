"""How well two pieces of text go together: the evidence for a sentence that a column's end has
cut in two.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from speeches.importing.lines import Block
from speeches.text.characters import is_han
from speeches.text.folding import fold
from speeches.text.sentences import closes_what_it_did_not_open, leaves_open

# How many letters on each side of the joint, and what it is worth to find them together elsewhere
# on the page.
_WINDOWS = (
    (3, 3, 3.0),
    (2, 2, 2.0),
    (1, 3, 2.0),
    (3, 1, 2.0),
    (2, 1, 1.3),
    (1, 2, 1.3),
    (1, 1, 0.8),
)


class Joints:
    """Scores for the joints of a page. The page is its own dictionary: letters that meet at a
    joint and stand together elsewhere on it (物 | 业 and 物业) are evidence for the joint.
    """

    def __init__(self, blocks: Sequence[Block], pairs: Iterable[tuple[int, int]]) -> None:
        """``pairs`` are the indices of the blocks whose joint may be asked for."""
        self._blocks = blocks
        self._pairs = set(pairs)
        wanted = {gram for pair in self._pairs for gram, _ in self._grams(*pair)}
        self._counts = _count(wanted, blocks)
        self._scores: dict[tuple[int, int], float] = {}

    def score(self, left: int, right: int) -> float:
        """From about -2 (quotation marks contradict) to 4; 0 where nothing speaks for or against
        the joint.
        """
        if (left, right) not in self._scores:
            words = max(
                (worth for gram, worth in self._grams(left, right) if self._counts[gram]),
                default=0.0,
            )
            self._scores[left, right] = (
                words + self._marks(left, right) + self._figures(left, right)
            )
        return self._scores[left, right]

    def is_confirmed(self, left: int, right: int) -> bool:
        """True where the page itself prints the words at the joint in one piece elsewhere."""
        return self.score(left, right) >= 2.0

    def _grams(self, left: int, right: int) -> list[tuple[str, float]]:
        one, other = self._blocks[left].letters, self._blocks[right].letters
        if not one or not other or not is_han(one[-1]) or not is_han(other[0]):
            return []
        return [
            (one[-before:] + other[:after], worth)
            for before, after, worth in _WINDOWS
            if len(one) >= before and len(other) >= after
        ]

    def _marks(self, left: int, right: int) -> float:
        opened = leaves_open(self._blocks[left].text)
        closed = closes_what_it_did_not_open(self._blocks[right].text)
        if opened and closed:
            return 1.5
        return -1.5 if opened or closed else 0.0

    def _figures(self, left: int, right: int) -> float:
        """A figure at a cut goes with its measure: 18 | 家, 博士 | 136名 tell little, 5 | 。
        less.
        """
        one, other = self._blocks[left].letters[-1:], self._blocks[right].letters[:1]
        if one.isdigit() and fold(other) in tuple(
            "个家名项条件万亿元吨亩人次篇期年月日天份座台套公米里倍处批户辆所类种"
        ):
            return 1.0
        return -0.5 if one.isdigit() and not other.isdigit() else 0.0


def _count(wanted: set[str], blocks: Sequence[Block]) -> Counter[str]:
    counts: Counter[str] = Counter()
    sizes = sorted({len(gram) for gram in wanted})
    for block in blocks:
        text = block.letters
        for size in sizes:
            for place in range(len(text) - size + 1):
                gram = text[place : place + size]
                if gram in wanted:
                    counts[gram] += 1
    return counts
