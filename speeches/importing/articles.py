"""Another article on the page: its headline, byline and text are no part of the digest.

It begins with a place and date line (本报讯), or with a headline that has a reporter's byline and
a text behind it, and it reaches to the next remark. It is left out of the plan, so that its text
is set aside as ``unplaced``.
"""

from __future__ import annotations

from collections.abc import Sequence

from speeches.importing.bylines import read_byline
from speeches.importing.head import is_subtitle
from speeches.importing.headings import looks_like_heading
from speeches.importing.lines import Block
from speeches.text.endings import kind_of_closing
from speeches.text.folding import Folding

_ENOUGH = 3.0
_DATELINE_WEIGHT = 3.0
_BYLINE_WEIGHT = 2.0
_HEADLINE_WEIGHT = 1.0
_CREDIT_WEIGHT = 1.5
_BEHIND_FINAL_WORDS = 1.0
_APART = 0.5
_DIGEST_BELOW = 2.0
_DATELINE = Folding(
    r"^(?:本报|本网|本刊|本台)(?:[\u4e00-\u9fff]{0,6}\d{0,2}月?\d{0,2}日?)?(?:讯|电|消息)(?:[（(:：\s]|记者)"
    r"|^(?:据)?(?:新华社|中新社|人民日报|央视)[\u4e00-\u9fff\d]{2,14}(?:电|讯|消息)"
)
_REPORTER = Folding(r"记者|通讯员")
_CREDIT = Folding(r"[（(](?:本报)?(?:记者|通讯员)[^（()）]{2,20}[）)]$")
_SHORTEST_TEXT = 30
_MOST_HEADLINES = 3


def articles_in_body(blocks: Sequence[Block], body: Sequence[int]) -> list[int]:
    """The blocks of ``body`` (the text of a remark, by index) that are another article's."""
    for at in range(1, len(body)):
        start = _start_of_article(blocks, body, at)
        if start:
            return list(body[start:])
    return []


def articles_in_head(blocks: Sequence[Block], head: Sequence[int]) -> list[int]:
    """The blocks of ``head`` (all before the first remark, by index) that are another article's:
    above the digest's headline, or behind its introduction.
    """
    digest = next((at for at, i in enumerate(head) if is_subtitle(blocks[i])), None)
    if digest is None:
        return []
    first = digest
    while first and looks_like_heading(blocks[head[first - 1]]):
        first -= 1
    above = list(head[:first])
    score = _DIGEST_BELOW
    score += _HEADLINE_WEIGHT * any(looks_like_heading(blocks[i]) for i in above[:1])
    score += _DATELINE_WEIGHT * any(_DATELINE.match(blocks[i].compact) for i in above)
    has_text = any(_is_text(blocks[i]) for i in above)
    found = above if has_text and score >= _ENOUGH else []
    text = next((at for at in range(digest, len(head)) if _is_text(blocks[head[at]])), len(head))
    return found + articles_in_body(blocks, head[text:])


def _start_of_article(blocks: Sequence[Block], body: Sequence[int], at: int) -> int:
    """Where the article begins whose place and date line, byline or first text is at ``at``; 0
    where none does.
    """
    block = blocks[body[at]]
    dateline = _DATELINE.match(block.compact) is not None
    byline = bool(read_byline(block.text)) and _REPORTER.search(block.text) is not None
    text = next((j for j in body[at : at + 3] if _is_text(blocks[j])), None)
    if text is None:
        return 0
    start = at
    while (
        start > 1 and at - start < _MOST_HEADLINES and looks_like_heading(blocks[body[start - 1]])
    ):
        start -= 1
    before = blocks[body[start - 1]]
    if not before.closed or not (dateline or start < at):
        return 0
    score = _DATELINE_WEIGHT * dateline + _BYLINE_WEIGHT * byline
    score += _HEADLINE_WEIGHT * (start < at)
    score += _CREDIT_WEIGHT * (_CREDIT.search(blocks[body[-1]].text) is not None)
    score += _BEHIND_FINAL_WORDS * (kind_of_closing(before.text) == "final")
    score += _APART * (blocks[body[start]].gap > 1)
    return start if score >= _ENOUGH else 0


def _is_text(block: Block) -> bool:
    return len(block.letters) >= _SHORTEST_TEXT and "，" in block.text
