"""Chinese numerals read as numbers."""

from __future__ import annotations

import unicodedata

_DIGITS = {char: value for value, char in enumerate("〇一二三四五六七八九")} | {
    "零": 0,
    "○": 0,
    "两": 2,
    "元": 1,
}
_UNITS = {"十": 10, "百": 100, "千": 1000}
NUMERAL_CHARACTERS = "".join(_DIGITS) + "".join(_UNITS) + "廿卅"


def read_number(text: str) -> int | None:
    """The whole number that ``text`` writes: 23, ２３, 二十三, 二〇二四; None where it is no
    number.
    """
    plain = unicodedata.normalize("NFKC", text).strip().replace("廿", "二十").replace("卅", "三十")
    if not plain:
        return None
    if plain.isascii():
        return int(plain) if plain.isdigit() else None
    if any(char not in _DIGITS and char not in _UNITS for char in plain):
        return None
    if not any(char in _UNITS for char in plain):
        return int("".join(str(_DIGITS[char]) for char in plain))
    total, digit = 0, None
    for char in plain:
        if char in _UNITS:
            total += (1 if digit is None else digit) * _UNITS[char]
            digit = None
        else:
            digit = _DIGITS[char]
    return total + (digit or 0)
