"""Does a piece of text begin in mid-sentence? No single sign decides.

Positive scores speak for a lost opening. Digests open their remarks in few ways, so that a first
paragraph without any of these is worth a look already (``WORTH_A_LOOK``).
"""

from __future__ import annotations

import re

from speeches.text.characters import CLOSING_MARKS, compact, is_han
from speeches.text.sentences import (
    closes_what_it_did_not_open,
    split_sentences,
    starts_with_enumerator,
)
from speeches.text.words import alternatives, read_words

WORTH_A_LOOK = 0.6
_NEVER_FIRST = set(
    "的了着们地得过性化率型式者家员业产力度量场区县村户人次个项件条名元吨亩米里倍篇部套辆台座"
    "份批届期版，。、；：！？,.;:!?%％）)》」』】”’·"
)
_SOMETIMES_FIRST = frozenset(read_words("words_with_late_characters"))
_OPENERS = re.compile(
    r"^(?:自[\u4e00-\u9fff\d]{1,10}以来|[\u4e00-\u9fff\d]{1,14}以来|\d{4}年|"
    r"[一二三四五六七八九十]+届|为[\u4e00-\u9fff]|“|"
    + alternatives(read_words("remark_openings"))
    + ")"
)
_LIST_FIRST = re.compile(r"^[\u4e00-\u9fff]{1,4}、")
_SUBJECT_CUT = re.compile(r"^[\u4e00-\u9fff]{1,2}(?:说|表示|认为|介绍|告诉|讲|问)[:：,，“]")


def mid_sentence_score(
    text: str, *, indented: bool, page_indents: bool, names: tuple[str, ...] = ()
) -> float:
    """How much speaks for ``text`` beginning in mid-sentence.

    ``page_indents``: the page indents its paragraphs, so that a line without indent is none's
    first. ``names`` are those that a paragraph of the remark is likely to open with (its unit,
    its speaker).
    """
    if page_indents:
        return -5.0 if indented else 3.0
    bare = compact(text)
    if not bare:
        return 0.0
    if starts_with_enumerator(bare) or any(
        name and bare.startswith(compact(name)) for name in names
    ):
        return -3.0
    score = 0.6
    if bare[0] in _NEVER_FIRST and bare[:2] not in _SOMETIMES_FIRST:
        score += 3.0
    first = split_sentences(text)[0]
    if closes_what_it_did_not_open(first) and bare[0] not in CLOSING_MARKS:
        score += 3.0
    words = [char for char in first if is_han(char) or char.isalnum()]
    if len(words) <= 4 and first != text:
        score += 2.0
    elif len(words) <= 4:
        score += 1.5
    if _OPENERS.match(bare):
        score -= 3.0
    elif _SUBJECT_CUT.match(bare):
        score += 1.0
    if _LIST_FIRST.match(bare):
        score += 1.0
    if any(name and compact(name) in bare[:30] for name in names):
        score -= 1.0
    if any(bare.startswith(name[cut:]) for name in names for cut in range(1, len(name) - 1)):
        score += 2.0
    return score
