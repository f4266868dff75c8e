"""Files that are not what their names say, that have no reader, or that hold nothing."""

from __future__ import annotations

from tests.importing.readers.digest import as_text, lines, printed
from tests.importing.readers.making import make_docx, make_html, make_ofd, make_pdf, zip_of

_LARGEST = 20 * 1024 * 1024


def disguises() -> dict[str, bytes]:
    """The files by name."""
    text, word, web = as_text().encode(), make_docx(lines()), make_html(lines())
    pdf, ofd = make_pdf(printed()), make_ofd(printed())
    compound = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
    return {
        "empty.txt": b"",
        "blank.txt": b" \r\n\t" * 50,
        "zeros.txt": bytes(5_000),
        "marks-only.txt": "，。！".encode(),
        "too-large.txt": b"x" * (_LARGEST + 1),
        "too-large.pdf": b"%PDF-1.7\n" + bytes(_LARGEST),
        "binary.txt": bytes(range(256)) * 20,
        "cut-utf-8.txt": "渠水流到田头".encode() * 40 + b"\xe6\xb8",
        "broken-utf-16.txt": b"\xff\xfe\x00\xd8\x00",
        "word-called-text.txt": word,
        "web-called-text.txt": web,
        "pdf-called-text.txt": pdf,
        "ofd-called-text.txt": ofd,
        "text-called-word.docx": text,
        "text-called-pdf.pdf": text,
        "text-called-ofd.ofd": text,
        "text-called-web.html": text,
        "text-called-old-word.doc": text,
        "text-called-picture.jpg": text,
        "word-called-ofd.ofd": word,
        "ofd-called-word.docx": ofd,
        "pdf-called-word.docx": pdf,
        "word-called-pdf.pdf": word,
        "binary-called-pdf.pdf": bytes(range(256)) * 20,
        "old-word.doc": compound + "WordDocument".encode("utf-16-le"),
        "old-word-called-word.docx": compound + "WordDocument".encode("utf-16-le"),
        "sheet.xlsx": zip_of({"xl/workbook.xml": "<a/>"}),
        "sheet-called-word.docx": zip_of({"xl/workbook.xml": "<a/>"}),
        "slides.pptx": zip_of({"ppt/presentation.xml": "<a/>"}),
        "several.zip": zip_of({"1.txt": text, "2.txt": text}),
        "empty.zip": zip_of({}),
        "zip-within-zip.zip": zip_of({"1.zip": zip_of({"2.zip": zip_of({"3.txt": text})})}),
        "rich.rtf": b"{\\rtf1\\ansi Qingxi}",
        "picture.png": b"\x89PNG\r\n\x1a\n" + bytes(99),
        "picture-called-pdf.pdf": b"\xff\xd8\xff\xe0" + bytes(99),
        "scan.tif": b"II*\x00" + bytes(99),
        "packed.gz": b"\x1f\x8b\x08" + bytes(99),
        "packed.rar": b"Rar!\x1a\x07" + bytes(99),
        "packed.7z": b"7z\xbc\xaf\x27\x1c" + bytes(99),
    }
