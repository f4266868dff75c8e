"""How speeches end: with what is to be done next, and with last words."""

from __future__ import annotations

from speeches.text.characters import compact
from speeches.text.folding import Folding
from speeches.text.words import alternatives, read_words

_PLAN = Folding(f"^(?:{alternatives(read_words('closing_plans'))})")
_FINAL = Folding(alternatives(read_words("final_words")))
_LONGEST_FINAL = 60


def kind_of_closing(text: str) -> str:
    """What the paragraph ``text`` does: "plan" says what comes next, "final" ends a speech, ""
    does neither.
    """
    bare = compact(text)
    if len(bare) <= _LONGEST_FINAL and _FINAL.search(bare):
        return "final"
    return "plan" if _PLAN.match(bare) else ""


def opens_like_a_closing(text: str) -> bool:
    """True where ``text`` begins with the words that closing paragraphs begin with."""
    bare = compact(text)
    return bool(_PLAN.match(bare) or _FINAL.match(bare))
