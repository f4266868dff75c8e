"""A file that holds one remark, as units send them in: heading, unit line and paragraphs, and all
that went into none of these.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain

from speeches.importing.draft import Draft, KnownNames
from speeches.importing.lines import find_wrap, gather, read_lines
from speeches.importing.pipeline import import_page
from speeches.importing.reading import Source
from speeches.importing.refusals import ImportRefused, NotADigest
from speeches.text.characters import letters
from speeches.text.sentences import ends_sentence
from speeches.text.typography import tidy

# A first line that is longer is taken for text: headings of remarks seldom fill two lines.
LONGEST_HEADING = 60
_NOBODY_KNOWN = KnownNames()


class SeveralRemarks(ImportRefused):
    """The file holds more than one remark."""


@dataclass(frozen=True)
class RemarkFile:
    """What the file says, in newspaper typography. ``left_over`` are passages that belong to no
    field, in the order of the file.
    """

    source: Source
    heading: str
    unit: str
    post: str
    speakers: tuple[str, ...]
    paragraphs: tuple[str, ...]
    left_over: tuple[str, ...]


def read_remark_file(data: bytes, *, name: str, known: KnownNames = _NOBODY_KNOWN) -> RemarkFile:
    """The one remark in the file ``data``; ``known`` are names already known.

    A file without a line that tells who speaks, which is nothing to a newspaper page, is all
    heading and text. Raises UnreadableSource where no text can be had of the file, NotADigest
    where there is no text in it, and SeveralRemarks.
    """
    sources: list[Source] = []

    def keep_source(stage: str, made: object) -> None:
        if isinstance(made, Source):
            sources.append(made)

    try:
        draft = import_page(data, name=name, known=known, watch=keep_source)
    except NotADigest:
        return _without_unit_line(sources[0])
    if len(draft.remarks) > 1:
        raise SeveralRemarks(
            f"这个文件里有{len(draft.remarks)}篇发言，请把每篇存为一个文件，分别上传。"
        )
    return _with_unit_line(draft)


def _with_unit_line(draft: Draft) -> RemarkFile:
    remark, meeting = draft.remarks[0], draft.meeting
    head = (meeting.kicker, meeting.title, meeting.subtitle)
    passages = chain(head, meeting.introduction, meeting.captions)
    placed = [(p.ranges[0][0], p.text) for p in passages if p.ranges]
    placed += [(start, tidy(draft.source.text[start:end])) for start, end in meeting.byline_ranges]
    placed += [(aside.start, tidy(aside.text)) for aside in draft.set_aside]
    line = "".join(draft.source.text[start:end] for start, end in remark.attribution_ranges)
    if letters(line) != letters(remark.unit + remark.post + remark.speaker):
        placed.append((remark.attribution_ranges[0][0], tidy(line)))
    return RemarkFile(
        draft.source,
        remark.heading.text,
        remark.unit,
        remark.post,
        tuple(filter(None, remark.speaker.split("、"))),
        tuple(passage.text for passage in remark.paragraphs),
        tuple(text for _start, text in sorted(placed)),
    )


def _without_unit_line(source: Source) -> RemarkFile:
    lines = read_lines(source.text)
    blocks = gather(lines, find_wrap(lines), set())
    texts = [text for block in blocks if (text := tidy(block.text))]
    if not texts:
        raise NotADigest("文件里没有文字，请检查后重新上传。")
    first, *rest = texts
    if rest and len(first) <= LONGEST_HEADING and not ends_sentence(first):
        return RemarkFile(source, first, "", "", (), tuple(rest), ())
    return RemarkFile(source, "", "", "", (), tuple(texts), ())
