"""Similarity: how much of two texts is the same, and how to find the like among many.

Two texts are compared by their runs of five letters: the likeness is the share of the runs of
both that stand in both (Jaccard). One changed character costs five runs, so that in a remark of
300 letters two of them leave a likeness of 0.93, while a stock sentence of 60 letters in two such
remarks gives 0.1. From `NEAR` on, two texts are nearly the same: that is three quarters of either
text. It lets two changed characters pass in 50 letters or more.

Comparing with every text of an archive would take too long, so each has a sketch: one hash for
every run, the smallest hash in each of 72 bins (MinHash by one permutation), and three bins
together a band. Two texts of likeness s share one of the 24 bands with probability
1 - (1 - s³)²⁴: 0.997 at 0.6, 0.9999 at 0.7, and 0.0002 at the 0.02 of unrelated remarks. Whoever
shares a band is then compared in full, so that a sketch can miss, but never assert.
"""

from __future__ import annotations

from hashlib import blake2b, sha256

from speeches.text.characters import letters

RUN = 5
NEAR = 0.6
# Fewer letters than this are a phrase, which two remarks may well share.
SHORTEST = 20
BANDS = 24
BINS_A_BAND = 3
BINS = BANDS * BINS_A_BAND
# An empty bin borrows from its neighbours; a borrowed value is marked with its distance.
_STEP = 0x9E3779B97F4A7C15
_MASK = (1 << 64) - 1


def runs(text: str) -> frozenset[str]:
    """Return every run of five letters, marks and spaces left out; none for a short text."""
    plain = letters(text)
    if len(plain) < SHORTEST:
        return frozenset()
    return frozenset(plain[at : at + RUN] for at in range(len(plain) - RUN + 1))


def likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """Return how much of two texts, given by their runs, is the same: 0 to 1."""
    if not one or not other:
        return 0.0
    common = len(one & other)
    return common / (len(one) + len(other) - common)


def sketch(found: frozenset[str]) -> tuple[int, ...]:
    """Return the bands of a text, given by its runs: 24 signed numbers of 64 bits, or none."""
    if not found:
        return ()
    least: list[int | None] = [None] * BINS
    for run in found:
        value, place = divmod(
            int.from_bytes(blake2b(run.encode(), digest_size=8).digest(), "big"), BINS
        )
        held = least[place]
        if held is None or value < held:
            least[place] = value
    full = _fill(least)
    return tuple(
        _band(number, full[number * BINS_A_BAND : (number + 1) * BINS_A_BAND])
        for number in range(BANDS)
    )


def wording(text: str) -> str:
    """Return a name for the text's letters: equal where two texts differ in marks and spaces."""
    return sha256(letters(text).encode()).hexdigest()


def _fill(least: list[int | None]) -> list[int]:
    """Give every empty bin the value of the next full one, marked with the distance."""
    full = [0] * len(least)
    following, distance = 0, 0
    # Twice round: what stands before the first full bin borrows across the end.
    for place in reversed(range(2 * len(least))):
        value = least[place % len(least)]
        if value is None:
            distance += 1
        else:
            following, distance = value, 0
        full[place % len(least)] = (following + distance * _STEP) & _MASK
    return full


def _band(number: int, values: list[int]) -> int:
    key = b"".join(value.to_bytes(8, "big") for value in (number, *values))
    return int.from_bytes(blake2b(key, digest_size=8).digest(), "big", signed=True)
