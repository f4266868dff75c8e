"""The stages in their order: bytes, text, lines, blocks, plan, copies settled, paragraphs, draft,
account.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence

from speeches.importing.bodies import read_bodies
from speeches.importing.coverage import Ledger, check_fields, entry
from speeches.importing.draft import (
    Coverage,
    Draft,
    KnownNames,
    MeetingDraft,
    Notice,
    RemarkDraft,
    SetAside,
)
from speeches.importing.drafting import (
    NO_TITLE,
    NO_YEAR,
    OTHER_ARTICLE,
    UNPLACED,
    draft_meeting,
    draft_remarks,
    set_aside_repeats,
)
from speeches.importing.furniture import cut_inline_furniture, furniture_starts
from speeches.importing.head import read_head
from speeches.importing.judging import judgements_of
from speeches.importing.lines import Block, Line, find_wrap, gather, read_lines
from speeches.importing.outline import outline
from speeches.importing.parting import part_glued_copies
from speeches.importing.reading import read_source
from speeches.importing.refusals import NotADigest
from speeches.importing.shared_lines import part_shared_lines
from speeches.text.dates import read_date

Watch = Callable[[str, object], None]
_NOBODY_KNOWN = KnownNames()


def unwatched(stage: str, made: object) -> None:
    """Nobody looks at the stages."""


def import_page(
    data: bytes,
    *,
    name: str,
    published: datetime.date | None = None,
    known: KnownNames = _NOBODY_KNOWN,
    encoding: str | None = None,
    watch: Watch = unwatched,
) -> Draft:
    """Everything found on the page ``data``. ``published`` is the issue's date; ``known`` are
    names already known; ``encoding`` is an editor's word, one of ``ENCODINGS``. ``watch`` is told
    what every stage has made (``stages.StageLog`` keeps it).

    Raises UnreadableSource where no text can be had of the file and NotADigest where no remark
    is found.
    """
    source = read_source(data, name, encoding)
    watch("source", source)
    lines = cut_inline_furniture(read_lines(source.text))
    watch("lines", lines)
    blocks, furniture = _blocks_of(lines, known)
    watch("blocks", (blocks, furniture))
    plan = outline(blocks, furniture, known)
    watch("outline", plan)
    if not plan.sections:
        raise NotADigest("没有找到发言：版面上没有可以认出的发言单位或发言人，请确认这是发言摘编。")
    head = read_head(blocks, [i for i in plan.head if i not in furniture])
    watch("head", head)
    bodies = read_bodies(blocks, plan, head, furniture)
    watch("bodies", bodies)
    meeting = draft_meeting(
        blocks, head, bodies, published or _printed_issue_date(blocks, furniture)
    )
    remarks = draft_remarks(blocks, plan, bodies, known)
    repeats = set_aside_repeats(source.text, blocks, plan, bodies, meeting, remarks)
    aside = repeats + [
        entry(source.text, blocks[i].start, blocks[i].end, "page-furniture")
        for i in sorted(furniture)
    ]
    aside, coverage = account(source.text, meeting, remarks, aside)
    draft = Draft(
        source,
        meeting,
        remarks,
        tuple(aside),
        _page_notices(meeting, aside, has_articles=bool(plan.articles)),
        coverage,
        judgements_of(blocks, plan, head, bodies),
    )
    watch("report", draft)
    return draft


def _blocks_of(lines: list[Line], known: KnownNames) -> tuple[list[Block], set[int]]:
    """The blocks that the lines make, and the indices of those that are page furniture."""
    apart = furniture_starts(lines)
    wrap = find_wrap(lines)
    blocks = part_glued_copies(gather(lines, wrap, apart), wrap)
    blocks = part_shared_lines(blocks, apart, known)
    return blocks, {i for i, block in enumerate(blocks) if block.start in apart}


def account(
    text: str, meeting: MeetingDraft, remarks: Sequence[RemarkDraft], aside: Sequence[SetAside]
) -> tuple[list[SetAside], Coverage]:
    """All that is set aside, the unclaimed rest included, and the coverage. Raises BrokenAccount
    on a false claim.
    """
    check_fields(text, meeting, remarks)
    ledger = Ledger(text)
    head = (
        meeting.kicker,
        meeting.title,
        meeting.subtitle,
        *meeting.introduction,
        *meeting.captions,
    )
    for passage in head:
        ledger.place(passage.ranges)
    ledger.place(meeting.byline_ranges)
    for remark in remarks:
        ledger.place(remark.heading.ranges)
        ledger.place(remark.attribution_ranges)
        for paragraph in remark.paragraphs:
            ledger.place(paragraph.ranges)
    entries = list(aside)
    for one in entries:
        ledger.set_aside(one.start, one.end)
    for start, end in ledger.free_stretches():
        entries.append(entry(text, start, end, "unplaced"))
        ledger.set_aside(start, end)
    return sorted(entries, key=lambda one: one.start), ledger.coverage()


def _printed_issue_date(blocks: Sequence[Block], furniture: set[int]) -> datetime.date | None:
    """The date in the page's own head or foot."""
    return next(
        (day for i in sorted(furniture) if (day := read_date(blocks[i].raw)) is not None), None
    )


def _page_notices(
    meeting: MeetingDraft, aside: Sequence[SetAside], *, has_articles: bool
) -> tuple[Notice, ...]:
    notices = []
    if not meeting.title.text:
        notices.append(NO_TITLE)
    if meeting.held_on_text and meeting.held_on is None:
        notices.append(NO_YEAR)
    if any(one.reason == "unplaced" for one in aside):
        notices.append(UNPLACED)
    if has_articles:
        notices.append(OTHER_ARTICLE)
    return tuple(notices)
