"""The head of a page: kicker, headline, subtitle, bylines, introduction and captions, and the
meeting they name.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from speeches.importing.bylines import read_byline
from speeches.importing.captions import CAPTION, signs_of_a_caption
from speeches.importing.headings import looks_like_heading
from speeches.importing.lines import Block
from speeches.importing.signs import Clue, Sign, Signs, total
from speeches.text.characters import DASHES, LEADING_SIGNS, compact
from speeches.text.dates import find_period
from speeches.text.folding import Folding
from speeches.text.sentences import ends_sentence, split_sentences

_DIGEST = Folding(
    r"(?:摘编|摘登|选登|摘要|选编|选摘|摘录|选刊|集锦|撷英|摘发|"
    r"辑要)(?:[（(〔【][^）)]{1,8}[)）〕】])?$"
)
_REMARKS = Folding(
    r"(?:上的?|的)?(?:大会|交流|书面|口头|现场|典型|委员|代表|部分|重点|精彩)*(?:发言|讲话|"
    r"建言|观点|言论)?(?:材料|内容)?"
    r"(?:摘编|摘登|选登|摘要|选编|选摘|摘录|选刊|集锦|撷英|摘发|"
    r"辑要)(?:[（(〔【][^）)]{1,8}[)）〕】])?$"
)
_MEETING_NOUN = (
    r"(?:座谈会|协商会|议政会|交流会|推进会|汇报会|研讨会|全体会议|常委会会议|常委会议|"
    r"主席会议|会议|联组讨论|小组讨论|论坛|全会|大会|联组会|讨论会|恳谈会|会)"
)
_IN_THE_MEETING = Folding(r"^在(?=.{4,}会$)")
_NAMED_MEETING = (
    Folding(
        rf"(?:召开|举行|举办|召集)了?(?P<name>[^，。；：、]{{2,40}}?{_MEETING_NOUN})(?=[，。；"
        rf"：、]|$)"
    ),
    Folding(
        rf"(?:^|[，。；：日])(?P<name>[^，。；：日]{{2,40}}?{_MEETING_NOUN})(?:在[^，。；"
        rf"]{{1,12}})?(?:召开|举行|举办|开幕)"
    ),
)
_KICKER = Folding(
    r"召开|举行|举办|会议|座谈|协商|讨论|全会|论坛|：$|——$|^围绕|^聚焦.{4,}|在.{2,20}会上|政协"
)
_HELD = Folding(r"召开|举行|举办|开幕|座谈|协商|会议|讨论|会")
_MOST_TITLE_LINES = 3
KICKER = 1.0


@dataclass
class Head:
    """The parts of the head, by index into the page's blocks."""

    kicker: list[int] = field(default_factory=list)
    title: list[int] = field(default_factory=list)
    subtitle: list[int] = field(default_factory=list)
    bylines: list[int] = field(default_factory=list)
    introduction: list[int] = field(default_factory=list)
    captions: list[int] = field(default_factory=list)
    signs: dict[int, Signs] = field(default_factory=dict)
    """What spoke for the kicker and for each caption."""


def read_head(blocks: Sequence[Block], members: Sequence[int]) -> Head:
    """Sorts the blocks before the first remark; ``members`` are their indices, page furniture
    left out.
    """
    head = Head()
    rest: list[int] = []
    for i in members:
        (head.bylines if read_byline(blocks[i].text) else rest).append(i)
    lines = _leading_lines(blocks, rest)
    head.subtitle = _subtitle(blocks, lines)
    above = [i for i in lines if not head.subtitle or i < head.subtitle[0]]
    below = [i for i in lines if head.subtitle and i > head.subtitle[-1]]
    headline = above or below
    if not headline and head.subtitle and not _is_dashed(blocks[head.subtitle[0]]):
        headline, head.subtitle = head.subtitle, []
    signs = _signs_of_a_kicker(blocks, headline)
    kicker = headline[:1] if total(signs) >= KICKER else []
    head.kicker, head.title = kicker, headline[len(kicker) :][:_MOST_TITLE_LINES]
    head.signs.update(dict.fromkeys(kicker, signs))
    used = {*head.kicker, *head.title, *head.subtitle}
    for i in rest:
        if i in used:
            continue
        signs = signs_of_a_caption(
            blocks[i], in_head=True, at_seam=False, stands_apart=blocks[i].gap > 1
        )
        after_text = bool(head.introduction) or not _is_long(blocks[i])
        if total(signs) >= CAPTION and after_text:
            head.captions.append(i)
            head.signs[i] = signs
        else:
            head.introduction.append(i)
    return head


def _leading_lines(blocks: Sequence[Block], members: Sequence[int]) -> list[int]:
    """The headline-like lines at the top, up to the first sentence."""
    lines: list[int] = []
    for i in members:
        if is_subtitle(blocks[i]) or looks_like_heading(blocks[i]) or _announces(blocks[i]):
            signs = signs_of_a_caption(blocks[i], in_head=False, at_seam=False, stands_apart=False)
            if total(signs) >= CAPTION:
                continue
            lines.append(i)
        elif _is_long(blocks[i]) or ends_sentence(blocks[i].text):
            break
    return lines


def _is_long(block: Block) -> bool:
    return len(block.letters) > 45


def _announces(block: Block) -> bool:
    """True for a short line that ends with a colon and is no label: a kicker that leads over to
    the headline.
    """
    text = block.compact
    return text.endswith((":", "…")) and 6 <= len(text) <= 40 and "。" not in text


def _is_dashed(block: Block) -> bool:
    return bool(re.match(rf"^[{re.escape(DASHES)}]", block.raw))


def is_subtitle(block: Block) -> bool:
    """True for a headline-like line that ends with 发言摘编 and the like."""
    return bool(_DIGEST.search(block.compact)) and not block.closed and len(block.letters) <= 60


def _subtitle(blocks: Sequence[Block], lines: list[int]) -> list[int]:
    """The line with 发言摘编 and the like; else a line that begins with a dash under another."""
    named = [i for i in lines if is_subtitle(blocks[i])]
    dashed = [i for i in lines[1:] if _is_dashed(blocks[i])]
    chosen = [i for i in named if _is_dashed(blocks[i])] or named or dashed
    return chosen[:1]


def _signs_of_a_kicker(blocks: Sequence[Block], lines: Sequence[int]) -> Signs:
    """What speaks for the line above the headline being a kicker: it names an occasion and does
    not match the next in length.
    """
    if len(lines) < 2:
        return ()
    first, second = blocks[lines[0]], blocks[lines[1]]
    longer = len(first.letters) > 1.25 * len(second.letters)
    weighed = (
        (bool(_KICKER.search(first.text)), Clue.NAMES_AN_OCCASION, 1.0),
        (longer, Clue.LONGER_THAN_HEADLINE, 0.6),
        (first.compact.endswith((":", "——", "…")), Clue.LEADS_OVER, 1.0),
        (second.gap > first.gap and second.gap > 1, Clue.GAP_BELOW, 0.3),
        (len(lines) > 2, Clue.THREE_LINES, 0.3),
        (bool(_KICKER.search(second.text)), Clue.NEXT_NAMES_AN_OCCASION, -0.5),
    )
    return tuple(Sign(clue, weight) for found, clue, weight in weighed if found)


def without_dash(text: str) -> str:
    """A headline or subtitle without the dash or sign in front of it."""
    return text.lstrip(DASHES + LEADING_SIGNS + " ").rstrip("—― ")


def meeting_name(title: str, subtitle: str, introduction: Sequence[str]) -> str:
    """The meeting: the subtitle, or a headline that ends so, less 发言摘编; else the one that the
    introduction names.
    """
    for line in (subtitle, title):
        if line and _DIGEST.search(compact(line)):
            name = _IN_THE_MEETING.without(_REMARKS.without(line).strip())
            if name:
                return name
    for paragraph in introduction:
        for sentence in split_sentences(paragraph):
            for pattern in _NAMED_MEETING:
                match = pattern.search(sentence)
                if match:
                    return match["name"]
    return ""


def held_on_words(introduction: Sequence[str]) -> str:
    """The date of the meeting as the introduction prints it: that of the first sentence that says
    it was held.
    """
    dated = [
        (sentence, period.words)
        for paragraph in introduction
        for sentence in split_sentences(paragraph)
        if (period := find_period(sentence)) is not None
    ]
    for sentence, words in dated:
        if _HELD.search(sentence):
            return words
    return dated[0][1] if dated else ""
