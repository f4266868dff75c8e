"""字数: how long a text is, as newsrooms count it.

Every character counts, Han or not, punctuation too; white space and invisible characters (Unicode
Cc, Cf and Cs) do not. `static/contribute/draft.js` counts by the same rule while somebody types.
"""

from collections.abc import Sequence

from speeches.text.characters import without_invisible
from speeches.text.markup import plain_text


def count_characters(body: Sequence[str]) -> int:
    """Return the number of characters of a body's elements."""
    return len("".join(without_invisible(plain_text(list(body))).split()))
