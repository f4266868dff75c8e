"""Where sentences begin and end, as far as their marks tell."""

from __future__ import annotations

import re

from speeches.text.characters import CLOSING_MARKS, FULL_STOPS, compact

_ENUMERATOR = re.compile(
    r"^(?:[一二三四五六七八九十]{1,3}(?:是|要|、|，|,)|第[一二三四五六七八九十]{1,2}[、，,是]?"
    r"|[(（](?:[一二三四五六七八九十]{1,3}|\d{1,2})[)）]|\d{1,2}[.、．](?!\d)|首先|其次|再次|最后"
    r")"
)
_SENTENCE = re.compile(
    rf"[^{FULL_STOPS}]*[{FULL_STOPS}]+[{re.escape(CLOSING_MARKS)}]*|[^{FULL_STOPS}]+"
)
_QUOTES = (
    ("“", "”"),
    ("‘", "’"),
    ("《", "》"),
    ("（", "）"),
    ("「", "」"),
    ("『", "』"),
    ("【", "】"),
)


def ends_sentence(text: str) -> bool:
    """True where ``text`` ends with a full stop, a question or exclamation mark or an ellipsis,
    quotes allowed.
    """
    bare = compact(text).replace("...", "…").rstrip(CLOSING_MARKS + "\"'")
    return bare.endswith(tuple(FULL_STOPS))


def ends_clause(text: str) -> bool:
    """True where ``text`` ends with a semicolon or a colon: the end of an item, or the
    announcement of a list.
    """
    return compact(text).endswith((";", ":"))


def split_sentences(text: str) -> list[str]:
    """The sentences of ``text``, each with its closing marks; a last one without full stop is one
    too.
    """
    return [match.group() for match in _SENTENCE.finditer(text) if match.group().strip()]


def starts_with_enumerator(text: str) -> bool:
    """True where ``text`` opens like an item of a list: 一是, 二、, （三）, 4., 首先."""
    return bool(_ENUMERATOR.match(compact(text)) or text.lstrip()[:1] in tuple("①②③④⑤⑥⑦⑧⑨⑩"))


def closes_what_it_did_not_open(text: str) -> bool:
    """True where a closing quotation mark or bracket stands before any opening one: the opening
    was cut off.
    """
    wide = text.replace("(", "（").replace(")", "）")
    for opening, closing in _QUOTES:
        depth = 0
        for char in wide:
            if char == opening:
                depth += 1
            elif char == closing:
                depth -= 1
                if depth < 0:
                    return True
    return False


def leaves_open(text: str) -> bool:
    """True where a quotation mark or bracket is opened and not closed: the rest was cut off."""
    wide = text.replace("(", "（").replace(")", "）")
    return any(wide.count(opening) > wide.count(closing) for opening, closing in _QUOTES)
