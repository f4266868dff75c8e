"""Names of persons as newspapers print them: 李明, 欧阳雪, 安　邦, 巴图·苏和."""

from __future__ import annotations

import re

from speeches.text.characters import is_han
from speeches.text.folding import fold
from speeches.text.words import read_words

_COMPOUND = frozenset(read_words("compound_surnames"))
_SINGLE = frozenset(read_words("surnames"))
_NOT_A_GIVEN_NAME = set("的了着是在和与及对把被将为以向从到等们，。、；：！？“”")


def is_person_name(text: str, *, sure: bool = False) -> bool:
    """True where ``text`` (no spaces) has the shape of one person's name.

    With ``sure`` the family name must be a known one, as is needed where nothing else tells that
    a name stands there; without, two to four Han characters will do, or a name of several parts
    joined by a middle dot.
    """
    plain = re.sub(r"[•・‧∙⋅･.．]", "·", text)
    if "·" in plain:
        parts = plain.split("·")
        return len(plain) <= 16 and all(
            part and all(map(is_han, part)) and len(part) <= 8 for part in parts
        )
    if (
        not 2 <= len(plain) <= 4
        or not all(map(is_han, plain))
        or any(c in _NOT_A_GIVEN_NAME for c in fold(plain))
    ):
        return False
    if not sure:
        return True
    family = fold(plain[:2])
    if family in _COMPOUND and len(plain) >= 3:
        return True
    return family[0] in _SINGLE and len(plain) <= 3


def join_spaced_names(tokens: list[str]) -> list[str]:
    """Tokens of a line cut at its spaces, with the two halves of a name that is printed apart
    (安　邦) put together.
    """
    out: list[str] = []
    for token in tokens:
        if len(token) == 1 and is_han(token) and out and len(out[-1]) == 1 and is_han(out[-1]):
            out[-1] += token
        else:
            out.append(token)
    return out
