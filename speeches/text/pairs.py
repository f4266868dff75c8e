"""Pairs: the tokens by which a folded text is found, every two characters that stand together.

A phrase stands in a text exactly where its pairs stand one behind the other. The last character of
a line has no pair and stands alone, so that every character begins a token: one character by
itself is found by the tokens that begin with it.
"""

from __future__ import annotations

from collections.abc import Iterator


def pairs(folded: str) -> Iterator[str]:
    """Yield the tokens of a text in `speeches.text.searchable`'s form, in order."""
    for line in folded.split("\n"):
        for place in range(len(line)):
            yield line[place : place + 2]


def phrase_pairs(phrase: str) -> list[str]:
    """Return the tokens that a folded phrase of two characters or more consists of."""
    return [phrase[place : place + 2] for place in range(len(phrase) - 1)]
