"""Classes of characters: Han, invisible, and the letters by which two copies of a passage are
compared.
"""

from __future__ import annotations

import unicodedata
from functools import cache, lru_cache

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


class _Folded(dict[int, str]):
    """For ``str.translate``: every character's letters and digits, worked out when first met."""

    def __missing__(self, code: int) -> str:
        plain = unicodedata.normalize("NFKC", chr(code))
        self[code] = "".join(c.lower() for c in plain if unicodedata.category(c)[0] in "LN")
        return self[code]


_FOLDED = _Folded()


def letters(text: str) -> str:
    """Letters and digits of ``text`` in one form: NFKC, lower case, no punctuation, no space.

    Two copies of one passage on a page can differ in a mark, a space or the width of a digit;
    they agree in this form.
    """
    return text.translate(_FOLDED)


def without_invisible(text: str) -> str:
    """``text`` less its invisible characters."""
    # Nearly every text is printable but for its spaces and line ends, which stay.
    if text.isprintable():
        return text
    found = [char for char in set(text) if is_invisible(char)]
    return text.translate(dict.fromkeys(map(ord, found))) if found else text


# The stages ask for the same few hundred blocks of a page again and again.
@lru_cache(maxsize=2048)
def compact(text: str) -> str:
    """``text`` in NFKC, without white space and invisible characters: the form in which patterns
    are looked for.
    """
    return "".join(unicodedata.normalize("NFKC", without_invisible(text)).split())
