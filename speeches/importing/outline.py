"""The plan of a page: which blocks are its head, and which are heading, unit line and body of
each remark.

Unit lines are found first, by their shape and by having a text behind them; headings are the
short lines beside them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import islice

from speeches.importing.articles import articles_in_body, articles_in_head
from speeches.importing.bylines import read_byline
from speeches.importing.draft import KnownNames
from speeches.importing.furniture import is_turn_back
from speeches.importing.headings import (
    heading_run_after,
    heading_run_before,
    looks_like_heading,
    votes_for_headings,
)
from speeches.importing.lines import Block
from speeches.importing.signs import Clue, Sign, Signs, total
from speeches.importing.unit_lines import ENOUGH, UnitLine, read_unit_line
from speeches.text.sentences import ends_sentence

_BODY_LENGTH = 40
_REACH = 4


@dataclass
class Section:
    """The blocks of one remark: heading, unit line and what is left of them for the body, all by
    index.
    """

    line: UnitLine
    unit: list[int]
    heading: list[int] = field(default_factory=list)
    body: list[int] = field(default_factory=list)


@dataclass
class Outline:
    """``head``: blocks before the first remark. ``copies``: headings and unit lines printed
    again, with what they copy.
    """

    head: list[int]
    sections: list[Section]
    copies: dict[int, tuple[str, int]]
    articles: list[int] = field(default_factory=list)
    """Blocks of other articles that stand on the page."""
    headings_before: Signs = ()
    """The votes for headings before (positive) and behind the unit lines."""


def outline(blocks: Sequence[Block], furniture: set[int], known: KnownNames) -> Outline:
    """The plan of the page whose blocks these are; ``furniture`` holds the indices of page
    furniture.
    """
    bylines = {
        i for i, block in enumerate(blocks) if i not in furniture and read_byline(block.text)
    }
    usable = set(range(len(blocks))) - furniture - bylines
    sections, copies = _without_copies(blocks, furniture, _unit_sections(blocks, usable, known))
    taken = {i for section in sections for i in section.unit} | set(copies)
    free = usable - taken
    before = [heading_run_before(blocks, section.unit[0], free) for section in sections]
    after = [heading_run_after(blocks, section.unit[-1], free) for section in sections]
    votes = votes_for_headings(blocks, before, after)
    side = total(votes) >= 0 if votes else None
    for number, section in enumerate(sections):
        if side is not None:
            section.heading = before[number] if side else after[number]
    if sections and side:
        _leave_headline(blocks, sections, furniture, bylines)
    _find_repeated_headings(blocks, sections, furniture, free, copies)
    plan = _with_bodies(blocks, sections, copies)
    _leave_out_articles(blocks, plan, furniture)
    plan.headings_before = votes
    return plan


def _unit_sections(blocks: Sequence[Block], usable: set[int], known: KnownNames) -> list[Section]:
    """The unit lines of the page, each with the name on a line of its own that belongs to it."""
    read = {
        i: line
        for i in sorted(usable)
        if (line := read_unit_line(blocks[i].text, known)) is not None
    }
    _weigh_against_each_other(read)
    sections: list[Section] = []
    skip: set[int] = set()
    for i, line in read.items():
        if i in skip:
            continue
        partner = i + 1 if i + 1 in read else None
        joined = _joined(line, read[partner]) if partner is not None else None
        if (
            joined is not None
            and partner is not None
            and _has_text_behind(blocks, partner, usable, read)
        ):
            sections.append(Section(joined, [i, partner]))
            skip.add(partner)
        elif line.strength >= ENOUGH and _has_text_behind(blocks, i, usable, read):
            sections.append(Section(line, [i]))
    return sections


def _joined(one: UnitLine, other: UnitLine) -> UnitLine | None:
    """Unit and post on one line and the name on the next, or the other way round, as one."""
    names, office = (one, other) if one.speaker and not one.unit else (other, one)
    if not names.speaker or names.unit or not office.unit or office.speaker:
        return None
    apart = Sign(Clue.NAME_ON_A_LINE_OF_ITS_OWN, max(ENOUGH - office.strength, 0.0) + 0.5)
    return UnitLine(
        office.unit,
        office.post,
        names.speaker,
        (*office.signs, apart),
        one.signed or other.signed,
        one.colon or other.colon,
    )


def _weigh_against_each_other(read: dict[int, UnitLine]) -> None:
    """Parallelism: the unit lines of one page are alike.

    A sign or colon that two thirds of them have is missed where it is not there; offices without
    names count where they are all there is.
    """
    strong = [line for line in read.values() if line.strength >= ENOUGH]
    signed = _is_rule([line.signed for line in strong])
    colons = _is_rule([line.colon for line in strong])
    nameless = sum(1 for line in read.values() if _is_incomplete(line)) if not strong else 0
    for i, line in read.items():
        more: list[Sign] = []
        if signed:
            more.append(
                Sign(Clue.SIGNED_LIKE_THE_OTHERS, 0.5)
                if line.signed
                else Sign(Clue.NOT_SIGNED_AS_THE_OTHERS, -1.0)
            )
        if colons:
            more.append(
                Sign(Clue.COLON_LIKE_THE_OTHERS, 0.5)
                if line.colon
                else Sign(Clue.NO_COLON_AS_THE_OTHERS, -1.0)
            )
        if nameless >= 2 and _is_incomplete(line):
            more.append(Sign(Clue.NAMELESS_LIKE_THE_OTHERS, 0.5))
        read[i] = replace(line, signs=(*line.signs, *more))


def _is_rule(have: Sequence[bool]) -> bool:
    return sum(have) >= 2 and sum(have) * 3 >= len(have) * 2


def _is_incomplete(line: UnitLine) -> bool:
    """True for an office without a name, or a name and post without a unit."""
    return bool(line.post) and bool(line.unit) != bool(line.speaker)


def _has_text_behind(
    blocks: Sequence[Block], place: int, usable: set[int], read: dict[int, UnitLine]
) -> bool:
    """A unit line is followed by a text: at once, or behind the lines of a heading."""
    ahead = (i for i in range(place + 1, len(blocks)) if i in usable)
    for i in islice(ahead, _REACH):
        if i in read and read[i].strength >= ENOUGH:
            return False
        text = blocks[i].text
        if len(blocks[i].letters) >= _BODY_LENGTH or ends_sentence(text) or "，" in text:
            return True
        if not looks_like_heading(blocks[i]):
            return True
    return False


def _without_copies(
    blocks: Sequence[Block], furniture: set[int], sections: list[Section]
) -> tuple[list[Section], dict[int, tuple[str, int]]]:
    """A unit line that is printed again behind （上接…） opens no new remark."""
    kept: list[Section] = []
    copies: dict[int, tuple[str, int]] = {}
    first: dict[str, int] = {}
    for section in sections:
        letters = "".join(blocks[i].letters for i in section.unit)
        number = first.get(letters)
        if number is not None and _turned_back_before(blocks, section.unit[0], furniture):
            copies.update(dict.fromkeys(section.unit, ("unit", number)))
        else:
            first.setdefault(letters, len(kept))
            kept.append(section)
    return kept, copies


def _turned_back_before(blocks: Sequence[Block], place: int, furniture: set[int]) -> bool:
    return any(
        i in furniture and is_turn_back(blocks[i].raw) for i in range(max(place - 4, 0), place)
    )


def _leave_headline(
    blocks: Sequence[Block], sections: list[Section], furniture: set[int], bylines: set[int]
) -> None:
    """Of the lines above the first remark the headline is left to the page where nothing else
    tells them apart.
    """
    first = sections[0].heading
    start = first[0] if first else 0
    has_head = any(i not in furniture for i in range(start))
    if len(first) < 2 or has_head:
        return
    usual = max((len(section.heading) for section in sections[1:]), default=1) or 1
    sections[0].heading = first[-min(usual, len(first) - 1) :]


def _find_repeated_headings(
    blocks: Sequence[Block],
    sections: list[Section],
    furniture: set[int],
    free: set[int],
    copies: dict[int, tuple[str, int]],
) -> None:
    """Heading lines that stand again in the body, as they do behind （上接…）."""
    headings = {
        blocks[i].letters: number
        for number, section in enumerate(sections)
        for i in section.heading
        if i in free
    }
    whole = {
        "".join(blocks[i].letters for i in section.heading): number
        for number, section in enumerate(sections)
    }
    used = {i for section in sections for i in (*section.heading, *section.unit)}
    for i in sorted(free - used):
        number = whole.get(blocks[i].letters, headings.get(blocks[i].letters))
        if number is not None and blocks[i].letters and i > sections[number].unit[0]:
            copies[i] = ("heading", number)


def _leave_out_articles(blocks: Sequence[Block], plan: Outline, furniture: set[int]) -> None:
    """What belongs to another article on the page is taken out of head and bodies."""
    plan.articles = articles_in_head(blocks, [i for i in plan.head if i not in furniture])
    for section in plan.sections:
        plan.articles += articles_in_body(blocks, [i for i in section.body if i not in furniture])
    out = set(plan.articles)
    plan.head = [i for i in plan.head if i not in out]
    for section in plan.sections:
        section.body = [i for i in section.body if i not in out]


def _with_bodies(
    blocks: Sequence[Block], sections: list[Section], copies: dict[int, tuple[str, int]]
) -> Outline:
    starts = [min([*section.heading, *section.unit]) for section in sections]
    head = list(range(starts[0])) if starts else list(range(len(blocks)))
    for number, section in enumerate(sections):
        end = starts[number + 1] if number + 1 < len(starts) else len(blocks)
        own = {*section.heading, *section.unit, *copies}
        section.body = [i for i in range(starts[number], end) if i not in own]
    return Outline(head, sections, copies)
