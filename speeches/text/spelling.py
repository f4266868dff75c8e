"""Spelling: whether letters spell a name in pinyin, in full, by initials, or in part.

Every character has all of its readings (单 is dan, chan and shan), each by itself: a word list
does not know which one a name means, least of all in surnames. Tones are passed over; ü is typed
as v, u or yu.
"""

import os
import re
from collections.abc import Iterable
from enum import IntEnum
from functools import cache

from speeches.text.searchable import GAP, fold

# One letter spells nothing yet; so many are a sentence.
FEWEST, MOST = 2, 60
_SYLLABLES = re.compile(r"[a-z]+[1-5]?(?:·?[a-z]+[1-5]?)*")
_BETWEEN = re.compile(f"[{GAP}1-5]")
_INITIAL = re.compile(r"[zcs]h|[a-z]")


class Fit(IntEnum):
    """How letters fit 阿城区, the better first."""

    WHOLE = 1  # achengqu
    INITIALS = 2  # acq
    BEGINNING = 3  # ach, acheng, achq
    INSIDE = 4  # chengqu


def spelled(typed: str) -> str:
    """Return the letters of what may be a spelling, "" where it is something else.

    Spaces, apostrophes and tones, as marks or as digits, are left out.
    """
    form = fold(typed.strip())
    if not _SYLLABLES.fullmatch(form):
        return ""
    letters = _BETWEEN.sub("", form)
    return letters if FEWEST <= len(letters) <= MOST else ""


# Place in the letters -> the places that a character leads to from there.
_Ways = dict[int, int]


class Spelling:
    """Letters that are compared with many names: a microsecond or two each.

    A name is walked over once, with all places in the letters that its characters may have led
    to; a set of places is one number, its bits.
    """

    def __init__(self, letters: str) -> None:
        self._letters, self._end = letters, 1 << len(letters)
        # Character -> where whole readings lead, where initials lead, and either of them.
        self._ways: dict[str, tuple[_Ways, _Ways, _Ways] | None] = {}

    def fit(self, name: str) -> Fit | None:
        """Return how the letters fit a name, None where they do not."""
        # Before the first character, every way of reading stands at the first letter.
        whole = initials = begun = inside = 1
        began = found = False
        for char in name:
            ways = self._ways[char] if char in self._ways else self._look_up(char)
            if ways is None:
                continue
            readings, shorts, either = ways
            if not either:
                whole = initials = begun = 0
                inside = 1
                continue
            whole, initials = _led(whole, readings), _led(initials, shorts)
            # Anything may begin at any character.
            begun, inside = _led(begun, either), _led(inside, either) | 1
            began, found = began or begun >= self._end, found or inside >= self._end
        if whole >= self._end:
            return Fit.WHOLE
        if initials >= self._end:
            return Fit.INITIALS
        return Fit.BEGINNING if began else Fit.INSIDE if found else None

    def _look_up(self, char: str) -> tuple[_Ways, _Ways, _Ways] | None:
        """Return and keep the ways of a character, None for one that is passed over."""
        readings = _readings(char)
        self._ways[char] = ways = self._ways_of(readings) if readings else None
        return ways

    def _ways_of(self, readings: tuple[str, ...]) -> tuple[_Ways, _Ways, _Ways]:
        found: tuple[_Ways, _Ways, _Ways] = ({}, {}, {})
        for place, letter in enumerate(self._letters):
            near = [one for one in readings if one[0] == letter]
            if not near:
                continue
            rest = self._letters[place:]
            wholes = {len(one) for one in near if rest.startswith(one)}
            shorts = {len(one) for one in _initials(near) if rest.startswith(one)}
            # The last syllable need not be typed to its end.
            begun = {len(rest) for one in near if one.startswith(rest)}
            for ways, lengths in zip(found, (wholes, shorts, wholes | shorts | begun), strict=True):
                if lengths:
                    ways[place] = sum(1 << place + length for length in lengths)
        return found


def _led(places: int, ways: _Ways) -> int:
    led = 0
    for place, to in ways.items():
        if places >> place & 1:
            led |= to
    return led


def _initials(readings: Iterable[str]) -> set[str]:
    return {short for one in readings for short in (one[0], _INITIAL.findall(one)[0])}


@cache
def _readings(char: str) -> tuple[str, ...]:
    """Return the readings of a character without tones; a letter is read as itself."""
    letter = fold(char)
    if letter.isascii():
        return (letter,) if letter.isalpha() else ()
    # Loaded when something is first spelled; its word list, not used here, takes 45 MB.
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")
    from pypinyin import Style, pinyin

    found = pinyin([char], style=Style.NORMAL, heteronym=True, errors="ignore")
    readings = [reading for readings in found for reading in readings]
    return tuple({reading.replace("v", u) for reading in readings for u in ("v", "u", "yu")})
