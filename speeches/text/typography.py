"""A source page's own typography made that of a newspaper: marks, spaces and widths, never words.

Rules: GB/T 15834-2011 (full-width marks in Chinese text), GB/T 15835-2011 (Arabic figures are
half-width), and the newspaper habit of no space between Han and Latin letters or digits.
"""

from __future__ import annotations

import re
import unicodedata

from speeches.text.characters import is_chinese_context, without_invisible

_TO_FULL = {",": "，", ";": "；", ":": "：", "?": "？", "!": "！", "(": "（", ")": "）"}
_TO_HALF = {full: half for half, full in _TO_FULL.items()}
_ADDRESS = re.compile(
    r"(?:https?://|ftp://|www\.)[!-~]*[A-Za-z0-9/]|[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+",
    re.IGNORECASE,
)
_SPACES = re.compile(r"\s+")


def tidy(text: str) -> str:
    """``text`` with its marks, spaces and character widths as CONVENTIONS asks for them.

    Half-width , ; : ? ! ( ) in Chinese surroundings become full-width; spaces beside Han
    characters and Chinese marks go, except that two Han characters keep one space (the two halves
    of a heading); full-width digits and letters become half-width; invisible characters go.
    Addresses, times, decimal points, thousands separators and English stay. The result of
    ``tidy`` is left alone by ``tidy``.
    """
    chars = list(_SPACES.sub(" ", _narrow(without_invisible(text))).strip())
    fixed = _address_places(chars)
    pairs = _bracket_pairs(chars, fixed)
    contexts = _contexts(chars)
    for place, char in enumerate(chars):
        half = _TO_HALF.get(char, char)
        if half not in _TO_FULL or place in fixed:
            continue
        if half in "()":
            places = (place, pairs.get(place, place))
            wide = any(_chinese(*contexts[p]) for p in places)
            if char != half and not wide:
                wide = True
        else:
            wide = char != half or _chinese(*contexts[place])
            if char != half and half == ":" and _between_digits(*contexts[place]):
                wide = False
        chars[place] = _TO_FULL[half] if wide else half
    return _drop_spaces("".join(chars))


def _narrow(text: str) -> str:
    """Full-width letters, digits and the signs that go with digits, made half-width."""
    out = []
    for char in text:
        code = ord(char)
        if 0xFF01 <= code <= 0xFF5E and (
            chr(code - 0xFEE0).isalnum() or char in "％．＋／＠＆＝＃＿"
        ):
            char = chr(code - 0xFEE0)
        out.append(char)
    return "".join(out)


def _address_places(chars: list[str]) -> set[int]:
    """Indices of the characters that stand in a web or mail address."""
    places: set[int] = set()
    for match in _ADDRESS.finditer("".join(chars)):
        places.update(range(match.start(), match.end()))
    return places


def _bracket_pairs(chars: list[str], fixed: set[int]) -> dict[int, int]:
    """Which round bracket belongs to which, whatever their widths."""
    pairs: dict[int, int] = {}
    open_places: list[int] = []
    for place, char in enumerate(chars):
        if place in fixed:
            continue
        if char in "(（":
            open_places.append(place)
        elif char in ")）" and open_places:
            partner = open_places.pop()
            pairs[partner], pairs[place] = place, partner
    return pairs


def _contexts(chars: list[str]) -> list[tuple[str, str]]:
    """For every place the nearest characters before and after it that are neither space nor a
    convertible mark.

    Looking past the convertible marks keeps the answer the same once they are converted.
    """
    skip = set(_TO_FULL) | set(_TO_HALF) | {" "}
    before, last = [], ""
    for char in chars:
        before.append(last)
        if char not in skip:
            last = char
    after, last = [], ""
    for char in reversed(chars):
        after.append(last)
        if char not in skip:
            last = char
    return list(zip(before, reversed(after), strict=True))


def _chinese(before: str, after: str) -> bool:
    return bool((before and is_chinese_context(before)) or (after and is_chinese_context(after)))


def _between_digits(before: str, after: str) -> bool:
    return before.isdigit() and after.isdigit()


def _drop_spaces(text: str) -> str:
    """``text`` without the spaces that stand beside a Chinese character or mark, but for one
    between two Han.
    """
    out: list[str] = []
    for place, char in enumerate(text):
        if char == " ":
            before, after = text[place - 1], text[place + 1]
            if not _keeps_space(before, after):
                continue
        out.append(char)
    return "".join(out)


def _keeps_space(before: str, after: str) -> bool:
    if unicodedata.category(after)[0] == "M":
        return True
    if _is_wide(before) and _is_wide(after):
        return (_is_letter(before) or before in "”’》〉」』") and (
            _is_letter(after) or after in "“‘《〈「『"
        )
    return not _is_wide(before) and not _is_wide(after)


def _is_wide(char: str) -> bool:
    return is_chinese_context(char) or char in _TO_HALF


def _is_letter(char: str) -> bool:
    return unicodedata.category(char)[0] == "L"
