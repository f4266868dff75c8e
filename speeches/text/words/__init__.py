"""Word lists, one file each: names, places, posts, endings. They are data: to teach the room a
word, add it there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

_FOLDER = Path(__file__).parent


def read_words(name: str) -> tuple[str, ...]:
    """The words of the list ``name``, in the order of the file; white space parts them."""
    return tuple((_FOLDER / f"{name}.txt").read_text(encoding="utf-8").split())


def alternatives(words: Iterable[str]) -> str:
    """The words as the inside of a regular expression's group, longer ones first."""
    return "|".join(
        re.escape(word) for word in sorted(set(words), key=lambda word: (-len(word), word))
    )
