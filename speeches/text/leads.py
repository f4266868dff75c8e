"""Lead phrases: the short parallel sentences with which paragraphs of a remark open.

    强化理论武装有态度，把牢履职“方向盘”抓站位。把理论学习摆在……
    强化政治建设有高度，画好凝聚“同心圆”抓引领。始终坚持……

A newspaper prints them like small headings. What makes one is that it does not stand alone: a
short first sentence is a lead only beside another that is built like it, or in a list (一是……).
"""

import re
from collections.abc import Sequence
from html import escape

from speeches.text.markup import plain_text
from speeches.text.sentences import split_sentences, starts_with_enumerator

# Shorter is an exclamation, longer is a sentence like others.
SHORTEST, LONGEST = 8, 40
# Of more clauses, a sentence tells something and announces nothing.
MOST_CLAUSES = 3
# The first paragraph greets or reports; it opens with a lead only where several follow its form.
PARTNERS_OF_THE_FIRST = 2

_BETWEEN_CLAUSES = re.compile(r"[，；：]")
_NOT_A_WORD = re.compile(r"[^\w]")


def lead_phrases(paragraphs: Sequence[str]) -> list[str]:
    """Return the lead phrase of each paragraph of one text, its full stop included; "" for none.

    `paragraphs` are plain text in their order.
    """
    phrases = [_candidate(paragraph) for paragraph in paragraphs]
    leads = [
        phrase if phrase and _has_company(place, phrases) else ""
        for place, phrase in enumerate(phrases)
    ]
    return [
        phrase if lead or (place and _joins(phrase, leads)) else ""
        for place, (phrase, lead) in enumerate(zip(phrases, leads, strict=True))
    ]


def with_leads(elements: Sequence[str]) -> list[str]:
    """Return body elements (`text.markup`) with their lead phrases marked as `<b class="lead">`.

    Where an editor has already marked the beginning, it stays as it is.
    """
    leads = lead_phrases([plain_text([element]) for element in elements])
    return [_marked(element, lead) for element, lead in zip(elements, leads, strict=True)]


def _marked(element: str, lead: str) -> str:
    before = f"<p>{escape(lead, quote=False)}"
    if not lead or not element.startswith(before):
        return element
    return f'<p><b class="lead">{before[len("<p>") :]}</b>{element[len(before) :]}'


def _candidate(paragraph: str) -> str:
    """Return the first sentence where it is short and at least as much follows it; else ""."""
    first = next(iter(split_sentences(paragraph)), "")
    short = SHORTEST <= len(first) <= LONGEST and first.endswith("。")
    follows = len(paragraph) >= 2 * len(first)
    return first if short and follows and len(_clauses(first)) <= MOST_CLAUSES else ""


def _has_company(place: int, phrases: list[str]) -> bool:
    phrase = phrases[place]
    if starts_with_enumerator(phrase):
        return sum(starts_with_enumerator(other) for other in phrases if other) > 1
    partners = sum(
        _built_alike(phrase, other) for i, other in enumerate(phrases) if other and i != place
    )
    return partners >= (PARTNERS_OF_THE_FIRST if place == 0 else 1)


def _joins(phrase: str, leads: list[str]) -> bool:
    """True where the phrase has as many clauses, two or more, as most of several leads."""
    numbers = [len(_clauses(lead)) for lead in leads if lead]
    own = len(_clauses(phrase))
    return own > 1 and numbers.count(own) >= 2 and 2 * numbers.count(own) > len(numbers)


def _built_alike(one: str, other: str) -> bool:
    """True where both have as many clauses, two or more, and these begin, end or run alike."""
    pairs = list(zip(_clauses(one), _clauses(other), strict=False))
    if len(_clauses(one)) != len(_clauses(other)) or len(pairs) < 2:
        return False
    return len(pairs[0][0]) == len(pairs[0][1]) or any(
        a[:1] == b[:1] or a[-1:] == b[-1:] for a, b in pairs
    )


def _clauses(sentence: str) -> list[str]:
    return [_NOT_A_WORD.sub("", clause) for clause in _BETWEEN_CLAUSES.split(sentence)]
