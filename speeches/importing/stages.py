"""What each stage made of a page, in plain values: to see where an import went another way.

``StageLog`` is handed to ``import_page`` as its ``watch``; a page that is refused leaves what was
made until then.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from speeches.importing.bodies import Bodies
from speeches.importing.head import Head
from speeches.importing.lines import Block, Line
from speeches.importing.outline import Outline
from speeches.importing.reading import Source
from speeches.importing.report import report_of, signs_of
from speeches.importing.signs import Signs


class StageLog:
    """Collects the output of every stage. ``outputs`` maps ``1-source`` to ``7-report``, in order,
    to values that can be written as JSON.
    """

    def __init__(self) -> None:
        self.outputs: dict[str, Any] = {}

    def __call__(self, stage: str, made: object) -> None:
        """Keep what ``stage`` has made, one of ``STAGES``."""
        number = list(STAGES).index(stage) + 1
        self.outputs[f"{number}-{stage}"] = STAGES[stage](made)


def _source(source: Source) -> dict[str, Any]:
    return {"format": source.format, "encoding": source.encoding, "text": source.text}


def _lines(lines: list[Line]) -> list[dict[str, Any]]:
    return [
        {
            "start": line.start,
            "end": line.end,
            "text": line.text,
            "indented": line.indented,
            "blank lines before": line.gap,
        }
        for line in lines
    ]


def _blocks(made: tuple[list[Block], set[int]]) -> list[dict[str, Any]]:
    blocks, furniture = made
    return [
        {
            "index": index,
            "start": block.start,
            "end": block.end,
            "text": block.text,
            "lines": len(block.lines),
            "closed": block.closed,
            "furniture": index in furniture,
        }
        for index, block in enumerate(blocks)
    ]


def _outline(plan: Outline) -> dict[str, Any]:
    return {
        "head": plan.head,
        "headings before": signs_of(plan.headings_before),
        "remarks": [
            {
                "heading": section.heading,
                "unit line": section.unit,
                "unit": section.line.unit,
                "post": section.line.post,
                "speaker": section.line.speaker,
                "signs": signs_of(section.line.signs),
                "body": section.body,
            }
            for section in plan.sections
        ],
        "copies": {
            str(i): f"remark {number + 1}, {part}" for i, (part, number) in plan.copies.items()
        },
    }


def _head(head: Head) -> dict[str, Any]:
    return {
        "kicker": head.kicker,
        "title": head.title,
        "subtitle": head.subtitle,
        "bylines": head.bylines,
        "introduction": head.introduction,
        "captions": head.captions,
        "signs": _by_block(head.signs),
    }


def _bodies(bodies: Bodies) -> dict[str, Any]:
    return {
        "page indents": bodies.page_indents,
        "introduction": bodies.texts[0],
        "remarks": bodies.texts[1:],
        "captions": _by_block(bodies.captions),
        "bylines": bodies.bylines,
        "repeats": {str(i): list(kept) for i, kept in sorted(bodies.repeats.items())},
        "why repeats": _by_block(bodies.repeat_signs),
        "copies of the title": bodies.title_copies,
        "mid-sentence": _by_block(bodies.opening_signs),
    }


def _by_block(signs: dict[int, Signs]) -> dict[str, Any]:
    return {str(i): signs_of(found) for i, found in sorted(signs.items())}


# The stages in their order, each with what makes its output plain.
STAGES: dict[str, Callable[[Any], Any]] = {
    "source": _source,
    "lines": _lines,
    "blocks": _blocks,
    "outline": _outline,
    "head": _head,
    "bodies": _bodies,
    "report": report_of,
}
