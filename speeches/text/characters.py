"""Classes of characters: Han, invisible, and the letters by which two copies of a passage are
compared.
"""

from __future__ import annotations

import unicodedata
from functools import cache

CLOSING_MARKS = "”’」』）)》〉】］]〕"
FULL_STOPS = "。！？!?…"
LEADING_SIGNS = "□■●○◆◇▲△▼▽★☆※◎►▶▷▪▫•✦❖☐"
DASHES = "—―─━–‐‑‒−-"


@cache
def is_han(char: str) -> bool:
    """True for one character of the Han script, 〇 included."""
    code = ord(char)
    return (
        0x4E00 <= code <= 0x9FFF
        or 0x3400 <= code <= 0x4DBF
        or code == 0x3007
        or 0xF900 <= code <= 0xFAFF
        or 0x20000 <= code <= 0x3FFFF
    )


@cache
def is_invisible(char: str) -> bool:
    """True for what is no text: control and format characters and half surrogates.

    White space is not invisible in this sense, and neither are private-use characters, which
    newsrooms use for rare names that have no code point of their own.
    """
    return not char.isspace() and unicodedata.category(char) in ("Cc", "Cf", "Cs")


@cache
def is_chinese_context(char: str) -> bool:
    """True for a character that makes its surroundings Chinese: Han, and punctuation that only
    Chinese text uses.
    """
    if is_han(char):
        return True
    code = ord(char)
    return 0x3001 <= code <= 0x303F or char in "“”‘’…—·％￥～"


@cache
def _fold_char(char: str) -> str:
    folded = unicodedata.normalize("NFKC", char)
    return "".join(c.lower() for c in folded if unicodedata.category(c)[0] in "LN")


def letters(text: str) -> str:
    """Letters and digits of ``text`` in one form: NFKC, lower case, no punctuation, no space.

    Two copies of one passage on a page can differ in a mark, a space or the width of a digit;
    they agree in this form.
    """
    return "".join(map(_fold_char, text))


def without_invisible(text: str) -> str:
    """``text`` less its invisible characters."""
    return "".join(char for char in text if not is_invisible(char))


def compact(text: str) -> str:
    """``text`` in NFKC, without white space and invisible characters: the form in which patterns
    are looked for.
    """
    bare = unicodedata.normalize("NFKC", without_invisible(text))
    return "".join(char for char in bare if not char.isspace())
