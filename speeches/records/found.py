"""What was found: a row of a list, with the words that were asked for marked and in context."""

from typing import NamedTuple

from speeches.models import RemarkEdition, Theme
from speeches.models.editions import RemarkEditionQuerySet
from speeches.records import loading
from speeches.records.remarks import RemarkRow, label_of, remark_row
from speeches.search.asking import Asked
from speeches.search.passages import Passage, Stretch, marked, passages
from speeches.text.markup import lines_of


class FoundPassage(NamedTuple):
    """A passage of the body, the number of its paragraph, from 1, and that one's address."""

    passage: Passage
    paragraph: int
    url: str


class FoundRow(RemarkRow):
    """What a list of results shows of a remark; `marked_byline` is empty without a heading."""

    marked_label: tuple[Stretch, ...]
    marked_byline: tuple[Stretch, ...]
    passages: list[FoundPassage]


def found_rows(editions: RemarkEditionQuerySet | list[int], asked: Asked) -> list[FoundRow]:
    """Return what a list of results shows of these editions (a page of them), in three queries.

    With their ids, as ranking gives them, it is one query less.
    """
    rows = loading.found(editions)
    themes = loading.themes_of(rows)
    return [_found_row(edition, themes[edition.pk], asked) for edition in rows]


def _found_row(edition: RemarkEdition, themes: list[Theme], asked: Asked) -> FoundRow:
    row = remark_row(edition, themes)
    names = asked.phrases_of_names
    byline = f"{row['unit']}{row['post']} {row['speakers']}".strip() if row["heading"] else ""
    return FoundRow(
        **row,
        marked_label=marked(label_of(edition), asked.phrases if row["heading"] else names),
        marked_byline=marked(byline, names),
        passages=[
            FoundPassage(passage, number, f"{row['url']}#p{number}")
            for passage in passages(edition.text, asked.phrases)
            for number in [_paragraph(edition, passage.stretches[0].start)]
        ],
    )


def _paragraph(edition: RemarkEdition, place: int) -> int:
    """Return the number of the body's element in which a place of its text stands, from 1."""
    line = edition.text.count("\n", 0, place)
    elements = list(edition.paragraphs)
    # Nearly every body has a line for each of its elements; taking it apart costs more.
    if edition.text.count("\n") + 1 == len(elements):
        return line + 1
    for number, lines in enumerate(lines_of(elements), start=1):
        line -= len(lines)
        if line < 0:
            return number
    return len(elements)
