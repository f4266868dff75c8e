"""Puts the draft together from the sorted blocks: passages with their places, notices, and what
was set aside.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from speeches.importing.bodies import Bodies
from speeches.importing.bylines import find_credit, read_byline
from speeches.importing.coverage import entry
from speeches.importing.draft import (
    NOTHING,
    Byline,
    KnownNames,
    MeetingDraft,
    Notice,
    Passage,
    Range,
    RemarkDraft,
    SetAside,
)
from speeches.importing.head import Head, held_on_words, meeting_name, without_dash
from speeches.importing.joining import join_paragraphs, passage_of
from speeches.importing.lines import Block
from speeches.importing.openings import WORTH_A_LOOK
from speeches.importing.outline import Outline, Section
from speeches.importing.signs import Clue, total
from speeches.text.dates import read_held_on
from speeches.text.places import district_of

STARTS_MID_SENTENCE = Notice("starts-mid-sentence", "版面上缺少这篇发言的开头，请核对原件补齐。")
ENDS_MID_SENTENCE = Notice(
    "ends-mid-sentence", "这篇发言在句子中间结束，版面上可能缺少结尾，请核对原件。"
)
NO_HEADING = Notice("uncertain-heading", "没有找到这篇发言的标题，而同版其他发言都有，请核对。")
NO_TEXT = Notice("no-text", "这篇发言只有标题或署名，没有正文，请核对原件。")
MOVED_CLOSING = Notice(
    "moved-closing", "结尾段原印在相邻的发言之后，已按文意移到这一篇，请核对原件。"
)
COPIES_DIFFER = Notice(
    "copies-differ", "有一段在版面上印了两次，有一两个字不同，已留下一处，请对照另列的文字核对。"
)
DOUBTFUL_CLOSING = Notice("doubtful-closing", "最后一段可能是相邻发言的结尾，请核对原件。")
NO_TITLE = Notice("no-title", "没有找到版面的主标题，请补上。")
NO_YEAR = Notice("no-year", "版面上没有会议的年份，请填写会议日期。")
OTHER_ARTICLE = Notice(
    "other-article", "版面上另有一篇文章，不属于发言摘编，已整篇单独列出，请核对。"
)
UNPLACED = Notice("unplaced", "有文字没能归入任何发言，已单独列出，请逐条核对。")


def draft_meeting(
    blocks: Sequence[Block], head: Head, bodies: Bodies, published: datetime.date | None
) -> MeetingDraft:
    """The meeting and the page's head as they are reported."""
    introduction = tuple(
        passage_of(blocks, group)
        for group in join_paragraphs(blocks, bodies.texts[0], page_indents=bodies.page_indents)
    )
    people: list[Byline] = []
    byline_ranges: list[Range] = []
    for i in (*head.bylines, *bodies.bylines):
        people.extend(read_byline(blocks[i].text))
        byline_ranges.extend(blocks[i].ranges)
    captions: list[Passage] = []
    for i in (*head.captions, *bodies.captions):
        caption, credit, credit_ranges = _caption(blocks[i])
        captions.append(caption)
        people.extend(credit)
        byline_ranges.extend(credit_ranges)
    title = passage_of(blocks, head.title, " ") if head.title else NOTHING
    subtitle = _undashed(passage_of(blocks, head.subtitle)) if head.subtitle else NOTHING
    printed = [passage.text for passage in introduction]
    words = held_on_words(printed)
    held_on, held_until = read_held_on(words, published=published) if words else (None, None)
    return MeetingDraft(
        kicker=_undashed(passage_of(blocks, head.kicker)) if head.kicker else NOTHING,
        title=_undashed(title),
        subtitle=subtitle,
        name=meeting_name(title.text, subtitle.text, printed),
        held_on=held_on,
        held_until=held_until,
        held_on_text=words,
        bylines=tuple(dict.fromkeys(people)),
        byline_ranges=tuple(byline_ranges),
        introduction=introduction,
        captions=tuple(captions),
    )


def _undashed(passage: Passage) -> Passage:
    return Passage(without_dash(passage.text), passage.ranges)


def _caption(block: Block) -> tuple[Passage, tuple[Byline, ...], tuple[Range, ...]]:
    """A caption, and the photo credit at its end."""
    found = find_credit(block.raw)
    if found is None:
        return Passage(block.text, block.ranges), (), ()
    place, person = found
    caption, credit = block.part(0, place), block.part(place, len(block.raw))
    if caption is None or credit is None:
        return Passage(block.text, block.ranges), (), ()
    return Passage(caption.text, caption.ranges), (person,), credit.ranges


def draft_remarks(
    blocks: Sequence[Block], plan: Outline, bodies: Bodies, known: KnownNames
) -> tuple[RemarkDraft, ...]:
    """The remarks in page order, each with what an editor should look at."""
    with_heading = sum(1 for section in plan.sections if section.heading)
    remarks = []
    for number, section in enumerate(plan.sections):
        text = bodies.texts[number + 1]
        groups = join_paragraphs(blocks, text, page_indents=bodies.page_indents)
        notices = _notices(blocks, section, text, bodies)
        if _keeps_one_of_two_wordings(text, bodies):
            notices.append(COPIES_DIFFER)
        if number in bodies.closings.moved:
            notices.append(MOVED_CLOSING)
        if number in bodies.closings.doubted:
            notices.append(DOUBTFUL_CLOSING)
        if not section.heading and with_heading * 2 > len(plan.sections):
            notices.append(NO_HEADING)
        heading = passage_of(blocks, section.heading, " ") if section.heading else NOTHING
        remarks.append(
            RemarkDraft(
                position=number + 1,
                heading=_undashed(heading),
                unit=section.line.unit,
                post=section.line.post,
                speaker=section.line.speaker,
                district=district_of(section.line.unit, known.districts),
                attribution_ranges=tuple(r for i in section.unit for r in blocks[i].ranges),
                paragraphs=tuple(passage_of(blocks, group) for group in groups),
                notices=tuple(notices),
            )
        )
    return tuple(remarks)


def _keeps_one_of_two_wordings(text: Sequence[int], bodies: Bodies) -> bool:
    """True where a copy of a passage of ``text`` was dropped that is not quite the same."""
    return any(
        kept[0] in text and any(s.clue is Clue.NEARLY_THE_SAME for s in bodies.repeat_signs[i])
        for i, kept in bodies.repeats.items()
    )


def _notices(
    blocks: Sequence[Block], section: Section, text: Sequence[int], bodies: Bodies
) -> list[Notice]:
    if not text:
        return [NO_TEXT]
    notices = []
    if total(bodies.opening_signs[text[0]]) >= WORTH_A_LOOK:
        notices.append(STARTS_MID_SENTENCE)
    if not blocks[text[-1]].closed:
        notices.append(ENDS_MID_SENTENCE)
    return notices


def set_aside_repeats(
    source: str,
    blocks: Sequence[Block],
    plan: Outline,
    bodies: Bodies,
    meeting: MeetingDraft,
    remarks: Sequence[RemarkDraft],
) -> list[SetAside]:
    """Every further copy of a passage, with the place that keeps it."""
    entries = [
        entry(
            source,
            blocks[i].start,
            blocks[i].end,
            "repeat",
            _kept_in(blocks, originals, meeting, remarks),
        )
        for i, originals in bodies.repeats.items()
    ]
    entries += [
        entry(source, blocks[i].start, blocks[i].end, "repeat", f"remark {number + 1}, {part}")
        for i, (part, number) in plan.copies.items()
    ]
    entries += [
        entry(source, blocks[i].start, blocks[i].end, "repeat", "title")
        for i in bodies.title_copies
    ]
    return entries


def _kept_in(
    blocks: Sequence[Block],
    originals: Sequence[int],
    meeting: MeetingDraft,
    remarks: Sequence[RemarkDraft],
) -> str:
    wanted = blocks[originals[-1]].ranges[0]
    for remark in remarks:
        for number, paragraph in enumerate(remark.paragraphs, 1):
            if wanted in paragraph.ranges:
                return f"remark {remark.position}, paragraph {number}"
    for number, paragraph in enumerate(meeting.introduction, 1):
        if wanted in paragraph.ranges:
            return f"introduction, paragraph {number}"
    return ""
