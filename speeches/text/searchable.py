"""Searchable text: the one form in which texts and queries are compared.

Two spellings that a reader takes for the same word have the same form:

- full-width, half-width and compatibility characters are one (NFKD: Ａ, ①, ㎡), and so are capitals
  and small letters; accents are left out;
- traditional characters and variants of Hong Kong and Taiwan are simplified ones (OpenCC), and
  著 is 着; 零, ○ and ◯ are 〇;
- punctuation, spaces and everything else that is no letter and no digit is left out. Where it
  stood between two Latin letters or digits, GAP keeps them apart: 9.5 is not 95. The end of a
  line stays: no phrase runs from one paragraph into the next.

Every character is folded by itself, never by the word it stands in. Otherwise a phrase could fold
to something else than it does within a text, and would not be found there.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass
from functools import cache
from hashlib import blake2b
from itertools import pairwise

from speeches.text.characters import is_han

GAP = "·"
_RULES = 1
_VARIANTS = {"著": "着", "零": "〇", "○": "〇", "◯": "〇"}
_LINE_ENDS = "\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"
# Looked for first: what begins with one certain character is found three times as fast.
_BEFORE_LATIN = re.compile(r" [0-9a-z]")
_BETWEEN_LATIN = re.compile(r"([0-9a-z]) +(?=[0-9a-z])")
_LAST_BETWEEN_LATIN = re.compile(r"([0-9a-z] *) (?=[0-9a-z])")
# A Chinese text has some ten different signs, each of which is replaced throughout in a
# microsecond. One with more, such as a text in traditional characters, is looked at character by
# character, which takes four times as long.
_MOST_REPLACED = 24
_HAN = ((0x3400, 0x4DC0), (0x4E00, 0xA000), (0x20000, 0x32000))


def fold(text: str) -> str:
    """Return the form of ``text``: letters, digits, GAP, and ``\\n`` between its lines."""
    characters, unlike, place = _characters(), _unlike_their_form(), 0
    for _ in range(_MOST_REPLACED):
        found = unlike.search(text, place)
        if found is None:
            break
        text = text.replace(found[0], characters[ord(found[0])])
        place = found.start()
    else:
        # A form is its own form, so that what has been replaced stays.
        text = text.translate(characters)
    if _BEFORE_LATIN.search(text):
        text = _BETWEEN_LATIN.sub(rf"\1{GAP}", text)
    return text.replace(" ", "")


def fold_phrase(text: str) -> str:
    """Return the form of what is looked for, all of it in one line; "" if no letter is left."""
    return fold(" ".join(text.splitlines()))


@dataclass(frozen=True)
class Folded:
    """A folded text, and where in the original its characters stand.

    It is a row of runs, of characters that stand one behind the other in the original too:
    `starts` tells where in the folded text each run begins, `places` where in the original.
    """

    text: str
    starts: tuple[int, ...]
    places: tuple[int, ...]

    def place(self, number: int) -> int:
        """Return where in the original the folded character `number`, from 0, comes from."""
        run = bisect_right(self.starts, number) - 1
        return self.places[run] + number - self.starts[run]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return where in the original the folded characters from `start` to `end` stand."""
        return self.place(start), self.place(end - 1) + 1


def fold_with_places(text: str) -> Folded:
    """Return the same form as ``fold``, with the places."""
    spaced = _in_places(text)
    if spaced is None:
        return _fold_one_by_one(text)
    if _BEFORE_LATIN.search(spaced):
        spaced = _LAST_BETWEEN_LATIN.sub(rf"\1{GAP}", spaced)
    starts, places = [], []
    start = place = 0
    for run in spaced.split(" "):
        if run:
            starts.append(start)
            places.append(place)
        start += len(run)
        place += len(run) + 1
    return Folded(spaced.replace(" ", ""), tuple(starts), tuple(places))


def _in_places(text: str) -> str | None:
    """Return the form of every character in its place, a space for what is left out.

    None where a form is not one character long, as that of ㎡, or too many are changed.
    """
    characters, unlike, place = _characters(), _unlike_their_form(), 0
    for _ in range(_MOST_REPLACED):
        found = unlike.search(text, place)
        if found is None:
            return text
        form = characters[ord(found[0])]
        if len(form) != 1:
            return None
        text = text.replace(found[0], form)
        place = found.start()
    return None


def _fold_one_by_one(text: str) -> Folded:
    characters = _characters()
    folded: list[str] = []
    places: list[int] = []
    parted = False
    for place, char in enumerate(text):
        for plain in characters[ord(char)]:
            if plain == " ":
                parted = True
                continue
            if parted and folded and _is_latin(folded[-1]) and _is_latin(plain):
                folded.append(GAP)
                places.append(place - 1)
            parted = False
            folded.append(plain)
            places.append(place)
    # Every character is a run of its own.
    return Folded("".join(folded), tuple(range(len(places))), tuple(places))


@cache
def form() -> str:
    """Return a name for the rules in force: another name means that folded texts may differ.

    They depend on this file, on OpenCC's table and on the edition of Unicode that Python knows.
    """
    rules = (_RULES, sorted(_VARIANTS.items()), unicodedata.unidata_version)
    facts = repr((rules, sorted(_simplified().items())))
    return blake2b(facts.encode(), digest_size=8).hexdigest()


class _Characters(dict[int, str]):
    """For ``str.translate``: the form of every character, worked out when first met.

    What is left out is a space, so that it is known where it stood.
    """

    def __init__(self, simplified: dict[str, str]) -> None:
        super().__init__((ord(char), "\n") for char in _LINE_ENDS)
        self._simplified = simplified

    def __missing__(self, code: int) -> str:
        # Decomposed once more: capitals such as İ become a letter and an accent.
        char = _VARIANTS.get(chr(code), chr(code))
        plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", char).casefold())
        kept = (self._simplified.get(c, c) for c in plain if _is_kept(c))
        self[code] = "".join(_VARIANTS.get(c, c) for c in kept) or ("" if _is_mark(char) else " ")
        return self[code]


@cache
def _characters() -> _Characters:
    return _Characters(_simplified())


@cache
def _unlike_their_form() -> re.Pattern[str]:
    """Return what finds the first character that may have another form than itself.

    A pattern knows ranges of characters quickly: those between the ones that are changed.
    """
    first, last = 0x4E00, 0x9FFF
    changed = sorted(
        c for c in {*map(ord, _simplified()), *map(ord, _VARIANTS)} if first <= c <= last
    )
    ranges = pairwise([first - 1, *changed, last + 1])
    alike = "".join(f"{chr(a + 1)}-{chr(b - 1)}" for a, b in ranges if b - a > 1)
    return re.compile(f"[^{alike}0-9a-z\\n ]")


@cache
def _simplified() -> dict[str, str]:
    """Return every Han character that has a simpler form, with that form."""
    # Loaded when a text is first folded: commands and pages that search nothing do without.
    from opencc import OpenCC

    table = [chr(code) for begin, end in _HAN for code in range(begin, end)]
    changed: dict[str, str] = {}
    for script in ("t2s", "hk2s"):
        # One character a line: OpenCC would look at the words that neighbours make.
        converted = OpenCC(script).convert("\n".join(table)).split("\n")
        changed = {
            char: simple for char, simple in zip(table, converted, strict=True) if char != simple
        } | changed
    return {char: _simplest(char, changed) for char in changed}


def _simplest(char: str, changed: dict[str, str]) -> str:
    seen = {char}
    while (char := changed.get(char, char)) not in seen:
        seen.add(char)
    return char


def _is_kept(char: str) -> bool:
    # Private use: rare names. Characters that this Python does not know yet may be Han.
    category = unicodedata.category(char)
    return category[0] in "LN" or category == "Co" or is_han(char)


def _is_mark(char: str) -> bool:
    """Tell what belongs to the character before it, or cannot be seen: it parts nothing."""
    return unicodedata.category(char) in ("Mn", "Mc", "Me", "Cf", "Cc", "Cs") and not char.isspace()


def _is_latin(char: str) -> bool:
    return char.isascii() and char.isalnum()
