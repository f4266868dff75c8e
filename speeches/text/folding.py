"""Traditional characters read as the simplified ones that word lists and patterns are written in.

One character stands for one, so a place found in the folded text is the same place in the text as
printed. Only matching folds: what is taken from a page stays as the page prints it. The table
holds the characters of the lists and patterns, not the whole of the script. 著 is left out:
simplified text has it too (著名).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from speeches.text.words import read_words

TRADITIONAL_FORMS = {group[0]: group[1:] for group in read_words("traditional_forms")}
"""Each simplified character with its traditional forms, the usual one first."""

_SIMPLIFIED = {ord(form): simple for simple, forms in TRADITIONAL_FORMS.items() for form in forms}


def fold(text: str) -> str:
    """``text`` with the traditional characters of the table made simplified; as long as before."""
    return text.translate(_SIMPLIFIED)


class Found:
    """What a ``Folding`` pattern has found: places, and the words there as printed."""

    def __init__(self, printed: str, match: re.Match[str]) -> None:
        self._printed, self._match = printed, match

    def start(self, group: int | str = 0) -> int:
        """Where the group begins; -1 where it took no part."""
        return self._match.start(group)

    def end(self, group: int | str = 0) -> int:
        """Where the group ends; -1 where it took no part."""
        return self._match.end(group)

    def span(self) -> tuple[int, int]:
        """Both ends of what was found."""
        return self._match.span()

    def group(self) -> str:
        """What was found, as printed."""
        return self[0]

    def __getitem__(self, group: int | str) -> str:
        """The words of a group as printed; "" where it took no part."""
        start, end = self._match.span(group)
        return self._printed[start:end] if start >= 0 else ""


class Folding:
    """A pattern in simplified characters that finds the traditional ones too."""

    def __init__(self, pattern: str, flags: int = 0) -> None:
        self._pattern = re.compile(pattern, flags)

    def match(self, text: str) -> Found | None:
        """What stands at the beginning of ``text``."""
        return self._found(text, self._pattern.match(fold(text)))

    def search(self, text: str) -> Found | None:
        """What stands first in ``text``."""
        return self._found(text, self._pattern.search(fold(text)))

    def finditer(self, text: str) -> Iterator[Found]:
        """All that stands in ``text``, in order."""
        return (Found(text, match) for match in self._pattern.finditer(fold(text)))

    def without(self, text: str) -> str:
        """``text`` less what the pattern finds in it."""
        kept, last = [], 0
        for found in self.finditer(text):
            kept.append(text[last : found.start()])
            last = found.end()
        return "".join((*kept, text[last:]))

    def _found(self, text: str, match: re.Match[str] | None) -> Found | None:
        return Found(text, match) if match else None
