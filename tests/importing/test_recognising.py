"""The kind of a file is told from its content, and its name has to agree."""

import pytest

from speeches.importing.recognising import recognise
from speeches.importing.refusals import UnreadableSource
from tests.importing.readers.making import zip_of

TEXT = "渠水流到田头。".encode()
WORD = zip_of({"[Content_Types].xml": "<a/>", "word/document.xml": "<a/>"})
OFD = zip_of({"OFD.xml": "<a/>"})


@pytest.mark.parametrize(
    ("data", "name", "kind"),
    [
        (TEXT, "page.txt", "text"),
        (TEXT, "page", "text"),
        (TEXT, "第四版 2024.5.24", "text"),
        (TEXT, "page.md", "text"),
        (WORD, "page.docx", "docx"),
        (WORD, "PAGE.DOCX", "docx"),
        (WORD, "page", "docx"),
        (OFD, "page.ofd", "ofd"),
        (b"%PDF-1.7", "page.pdf", "pdf"),
        (b"junk before\n%PDF-1.7", "page.pdf", "pdf"),
        (b"<!doctype HTML><p>", "page.html", "html"),
        (b"\xef\xbb\xbf  <?xml version='1.0'?>\n<!-- a -->\n<html>", "page.xhtml", "html"),
        ("<html><p>渠水".encode("utf-16"), "page.htm", "html"),
        (b"<div>a</div><p>b", "page.html", "html"),
        (b"<div>a</div><p>b", "page.txt", "text"),
    ],
)
def test_a_file_is_recognised(data: bytes, name: str, kind: str) -> None:
    assert recognise(data, name) == kind


def test_an_extension_with_a_line_end_does_not_break_the_refusal() -> None:
    with pytest.raises(UnreadableSource) as refusal:
        recognise(b"GIF89a", "a.\ntxt")
    assert "\n" not in str(refusal.value)
    assert recognise(WORD, "a.\ntxt") == "docx"
