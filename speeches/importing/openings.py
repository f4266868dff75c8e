"""Does a piece of text begin in mid-sentence? No single sign decides.

Positive scores speak for a lost opening. Digests open their remarks in few ways, so that a first
paragraph without any of these is worth a look already (``WORTH_A_LOOK``).
"""

from __future__ import annotations

import re

from speeches.importing.signs import Clue, Sign, Signs
from speeches.text.characters import CLOSING_MARKS, compact, is_han
from speeches.text.folding import Folding, fold
from speeches.text.places import district_of
from speeches.text.sentences import (
    closes_what_it_did_not_open,
    split_sentences,
    starts_with_enumerator,
)
from speeches.text.words import alternatives, read_words

WORTH_A_LOOK = 0.6
_NEVER_FIRST = set(
    "的了着们和及地得过性化率型式者家员业产力度量场区县村户人次个项件条名元吨亩米里倍篇部套辆台座"
    "份批届期版，。、；：！？,.;:!?%％）)》」』】”’·"
)
_SOMETIMES_FIRST = frozenset(read_words("words_with_late_characters"))
_OPENERS = Folding(
    r"^(?:自[\u4e00-\u9fff\d]{1,10}以来|[\u4e00-\u9fff\d]{1,14}以来|\d{4}年|"
    r"[一二三四五六七八九十]+届|为[\u4e00-\u9fff]|[“「]|"
    + alternatives(read_words("remark_openings"))
    + ")"
)
_LIST_FIRST = re.compile(r"^[\u4e00-\u9fff]{1,4}、")
_SUBJECT_CUT = Folding(r"^[\u4e00-\u9fff]{1,2}(?:说|表示|认为|介绍|告诉|讲|问)[:：,，“]")
# 提案是委员履职的重要方式: a subject of a word or two, and what it is.
_TELLS_WHAT_IS = re.compile(r"^[\u4e00-\u9fff]{2,6}是[^，,。；;：:是]{4,}[，,。]")
_CLAUSE = re.compile(r"[^，,。；;：:！!？?]+(?=[，,。])")
_LONGEST_TWIN = 8


def signs_of_a_lost_opening(
    text: str,
    *,
    indented: bool,
    page_indents: bool,
    names: tuple[str, ...] = (),
    heading: str = "",
) -> Signs:
    """What speaks for ``text`` beginning in mid-sentence, and what against it.

    ``page_indents``: the page indents its paragraphs, so that a line without indent is none's
    first. ``names`` are those that a paragraph of the remark is likely to open with (its unit,
    its speaker); ``heading`` is the remark's own, whose words a paragraph may take up.
    """
    if page_indents:
        return (Sign(Clue.INDENTED, -5.0) if indented else Sign(Clue.NOT_INDENTED, 3.0),)
    bare = compact(text)
    if not bare:
        return ()
    if starts_with_enumerator(bare):
        return (Sign(Clue.OPENS_WITH_A_NUMBER, -3.0),)
    if any(name and bare.startswith(compact(name)) for name in names):
        return (Sign(Clue.OPENS_WITH_THE_SPEAKER, -3.0),)
    signs: list[Sign] = []
    usual = bool(_OPENERS.match(bare))
    signs.append(Sign(Clue.USUAL_OPENING, -2.4) if usual else Sign(Clue.NO_USUAL_OPENING, 0.6))
    if fold(bare[0]) in _NEVER_FIRST and fold(bare[:2]) not in _SOMETIMES_FIRST:
        signs.append(Sign(Clue.NEVER_FIRST, 3.0))
    first = split_sentences(text)[0]
    if closes_what_it_did_not_open(first) and bare[0] not in CLOSING_MARKS:
        signs.append(Sign(Clue.CLOSES_UNOPENED_MARK, 3.0))
    words = [char for char in first if is_han(char) or char.isalnum()]
    if len(words) <= 4:
        alone = first == text
        signs.append(
            Sign(Clue.VERY_SHORT_TEXT, 1.5) if alone else Sign(Clue.VERY_SHORT_SENTENCE, 2.0)
        )
    if not usual and _SUBJECT_CUT.match(bare):
        signs.append(Sign(Clue.CUT_SUBJECT, 1.0))
    if _LIST_FIRST.match(bare):
        signs.append(Sign(Clue.OPENS_WITHIN_A_LIST, 1.0))
    if any(name and compact(name) in bare[:30] for name in names):
        signs.append(Sign(Clue.NAMES_THE_SPEAKER, -1.0))
    if any(bare.startswith(name[cut:]) for name in names for cut in range(1, len(name) - 1)):
        signs.append(Sign(Clue.OPENS_WITH_A_CUT_NAME, 2.0))
    if signs[0].clue is Clue.NO_USUAL_OPENING and len(signs) == 1:
        signs.extend(_signs_of_a_whole_sentence(bare, names, heading))
    return tuple(signs)


def _signs_of_a_whole_sentence(bare: str, names: tuple[str, ...], heading: str) -> list[Sign]:
    """What makes an unusual opening one all the same: it begins with the remark's subject, or its
    first clauses are whole.
    """
    start = bare[:2]
    signs: list[Sign] = []
    if not all(map(is_han, start)):
        return signs
    if any(name.startswith(start) and district_of(name).startswith(start) for name in names):
        signs.append(Sign(Clue.OPENS_WITH_THE_PLACE, -2.0))
    elif start in compact(heading):
        signs.append(Sign(Clue.TAKES_UP_THE_HEADING, -1.2))
    if _TELLS_WHAT_IS.match(bare):
        signs.append(Sign(Clue.TELLS_WHAT_IS, -0.6))
    clauses = _CLAUSE.findall(bare[: 2 * _LONGEST_TWIN + 2])[:2]
    if len(clauses) == 2 and len(clauses[0]) == len(clauses[1]) <= _LONGEST_TWIN:
        signs.append(Sign(Clue.TWIN_CLAUSES, -0.6))
    return signs
