"""One digest gives one draft, whatever file it comes in."""

import codecs
import random
from typing import Any

import pytest

from speeches.importing import import_page, report_of
from tests.importing.readers import digest
from tests.importing.readers.making import make_docx, make_html, make_ofd, make_pdf


def draft_of(data: bytes, name: str, encoding: str | None = None) -> dict[str, Any]:
    """The report without what it says of the file itself: its name, and places in its text."""
    report = report_of(import_page(data, name=name, encoding=encoding))
    del report["source"]
    for one in (*report["set_aside"], *report["evidence"]):
        del one["start"], one["end"]
    return report


TEXT = digest.as_text()
LINES = digest.lines()
SHUFFLED = random.Random(4).sample(digest.printed(), len(digest.printed()))
FILES = {
    "utf-8.txt": TEXT.encode(),
    "utf-8-mark.txt": codecs.BOM_UTF8 + TEXT.encode(),
    "utf-16.txt": TEXT.encode("utf-16"),
    "gb18030.txt": TEXT.encode("gb18030"),
    "word.docx": make_docx(LINES),
    "web.html": make_html(LINES),
    "web-gbk.htm": make_html(LINES, "gbk"),
    "columns.pdf": make_pdf(digest.printed()),
    "columns-shuffled.pdf": make_pdf(SHUFFLED),
    "columns.ofd": make_ofd(digest.printed()),
    "columns-shuffled.ofd": make_ofd(SHUFFLED),
}


def test_the_digest_is_read_as_it_was_meant() -> None:
    draft = draft_of(TEXT.encode(), "page.txt")
    assert draft["meeting"]["title"] == digest.TITLE
    assert [one["heading"] for one in draft["remarks"]] == [one[0] for one in digest.REMARKS]
    assert [tuple(one["paragraphs"]) for one in draft["remarks"]] == [
        one[2] for one in digest.REMARKS
    ]
    assert draft["coverage"]["lost"] == 0


@pytest.mark.parametrize("name", FILES)
def test_every_format_gives_the_same_draft(name: str) -> None:
    assert draft_of(FILES[name], name) == draft_of(TEXT.encode(), "page.txt")


def test_big5_is_read_where_the_editor_says_so() -> None:
    given = draft_of(digest.TRADITIONAL.encode("big5"), "page.txt", "big5")
    assert given == draft_of(digest.TRADITIONAL.encode(), "page.txt")
    assert len(given["remarks"]) == 2


def test_a_web_page_is_big5_where_it_says_so_itself() -> None:
    page = make_html(digest.TRADITIONAL.split("\n\n"), "big5")
    assert draft_of(page, "page.html") == draft_of(digest.TRADITIONAL.encode(), "page.txt")
