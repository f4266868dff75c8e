"""Nearly the same: does a passage stand in a text but for a character or two?

A second copy is sometimes set anew, with a slip of its own. Figures do not count as slips: two
sentences that differ in a number say two things.
"""

from __future__ import annotations

from difflib import SequenceMatcher

SHORTEST = 20
_TWO_SLIPS = 40
_FIGURES = frozenset("0123456789〇零一二三四五六七八九十百千万亿两半壹贰叁肆伍陆柒捌玖拾")


def find_nearly(passage: str, text: str, place: int, offset: int) -> tuple[int, int] | None:
    """Where ``passage`` nearly stands in ``text``, as [start, end); None where it does not.

    ``text`` at ``place`` and ``passage`` at ``offset`` are known to agree for a few letters.
    Passages under ``SHORTEST`` letters have no near copies; one slip is allowed, two from 40
    letters on. A passage that stands there without any slip is no near copy.
    """
    if len(passage) < SHORTEST:
        return None
    slips = 2 if len(passage) >= _TWO_SLIPS else 1
    ahead = _reach(passage[offset:], text[place:], slips)
    if ahead is None:
        return None
    behind = _reach(passage[:offset][::-1], text[:place][::-1], slips - ahead[0])
    if behind is None or not ahead[0] + behind[0]:
        return None
    start, end = place - behind[1], place + ahead[1]
    return None if _differ_in_figures(passage, text[start:end]) else (start, end)


def _reach(passage: str, text: str, slips: int) -> tuple[int, int] | None:
    """How many slips it takes to read all of ``passage`` at the beginning of ``text``, and how
    many letters of ``text`` that are; None for more than ``slips``.

    On each diagonal (letters more or fewer in ``text``) only the farthest place counts, so that
    the work grows with the length and the few slips.
    """
    farthest = {0: _agreeing(passage, text, 0, 0)}
    for used in range(slips + 1):
        through = [shift for shift, at in farthest.items() if at == len(passage)]
        if through:
            return used, len(passage) + min(through, key=abs)
        after: dict[int, int] = {}
        for shift, at in farthest.items():
            for new_shift, new_at in ((shift, at + 1), (shift + 1, at), (shift - 1, at + 1)):
                if new_at <= len(passage) and 0 <= new_at + new_shift <= len(text):
                    new_at += _agreeing(passage, text, new_at, new_at + new_shift)
                    after[new_shift] = max(after.get(new_shift, -1), new_at)
        farthest = after
    return None


def _agreeing(passage: str, text: str, at: int, place: int) -> int:
    most = min(len(passage) - at, len(text) - place)
    if passage[at : at + most] == text[place : place + most]:
        return most
    size = 0
    while passage[at + size] == text[place + size]:
        size += 1
    return size


def _differ_in_figures(one: str, other: str) -> bool:
    changes = SequenceMatcher(None, one, other, autojunk=False).get_opcodes()
    slips = "".join(one[a:b] + other[c:d] for tag, a, b, c, d in changes if tag != "equal")
    return not _FIGURES.isdisjoint(slips)
