"""Word and OFD files that overflow, are damaged or protected, or ask for what is not theirs."""

from __future__ import annotations

import io
import zipfile

from tests.importing.readers.digest import lines, printed
from tests.importing.readers.making import make_docx, make_ofd, zip_of

MEGABYTE = 1024 * 1024
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default'
    ' Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-'
    'officedocument.wordprocessingml.document.main+xml"/></Types>'
)
_RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r" Target="word/document.xml" Type="http://schemas.openxmlformats.org/'
    'officeDocument/2006/relationships/officeDocument"/></Relationships>'
)
_LAUGHS = (
    "<!DOCTYPE d [<!ENTITY a0 '哈'>"
    + "".join(f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 10))
    + "]>"
)
_OUTSIDE = "<!DOCTYPE d [<!ENTITY a9 SYSTEM 'file:///etc/hostname'>]>"
_PARAGRAPH = "<w:p><w:r><w:t>青溪县政协主席 王小满</w:t></w:r></w:p>"
_DEEP = 100_000


def word_files() -> dict[str, bytes]:
    """Word documents by name."""
    sound = make_docx(lines())
    with_entity = _document("<w:p><w:r><w:t>&a9;</w:t></w:r></w:p>")
    return {
        "word-cut-in-half.docx": sound[: len(sound) // 2],
        "word-cut-at-the-end.docx": sound[:-30],
        "word-first-bytes-only.docx": b"PK\x03\x04word/document.xml",
        "word-spoilt-inside.docx": sound[:2000] + bytes(400) + sound[2400:],
        "word-protected.docx": _compound("EncryptedPackage"),
        "word-encrypted-members.docx": _with_encryption_flag(sound),
        "word-bomb.docx": _word(b" " * (48 * MEGABYTE)),
        "word-bomb-in-parts.docx": _word(
            _document(_PARAGRAPH),
            {f"word/media/{n}.png": bytes(4 * MEGABYTE) for n in range(12)},
        ),
        "word-bomb-with-false-sizes.docx": _with_false_size(
            _word(b" " * (40 * MEGABYTE)), 40 * MEGABYTE
        ),
        "word-too-many-members.docx": _word(
            _document(_PARAGRAPH), {f"word/{n}": b"" for n in range(4_000)}
        ),
        "word-same-name-twice.docx": _with_twin(_document(_PARAGRAPH)),
        "word-odd-compression.docx": _word(_document(_PARAGRAPH), method=zipfile.ZIP_LZMA),
        "word-laughs.docx": _word(_LAUGHS + with_entity),
        "word-laughs-in-utf-16.docx": _word(
            f'<?xml version="1.0" encoding="utf-16"?>{_LAUGHS}{with_entity}'.encode("utf-16")
        ),
        "word-outside-entity.docx": _word(_OUTSIDE + with_entity),
        "word-laughs-in-another-part.docx": _word(
            _document(_PARAGRAPH), {"word/styles.xml": f"{_LAUGHS}<d>&a9;</d>"}
        ),
        "word-deep.docx": _word(_document("<w:p>" * _DEEP + "</w:p>" * _DEEP)),
        "word-wide.docx": _word(_document("<w:p/>" * 4_000_000)),
        "word-endless.docx": _word(_document(_PARAGRAPH * 200_000)),
        "word-no-xml.docx": _word(b"\x00\x01\x02 word"),
        "word-other-xml.docx": _word("<a/>"),
        "word-unclosed-xml.docx": _word(_document(_PARAGRAPH)[:-9]),
        "word-without-text-part.docx": zip_of(
            {"[Content_Types].xml": _TYPES, "_rels/.rels": _RELATIONS, "word/a.xml": "<a/>"}
        ),
        "word-without-relations.docx": zip_of(
            {"[Content_Types].xml": _TYPES, "word/document.xml": _document(_PARAGRAPH)}
        ),
        "word-without-words.docx": _word(_document("<w:p/>")),
        "word-picture-of-10-gigapixels.docx": _word(
            _document("<w:p/>"), {"word/media/1.png": _png_head(100_000, 100_000)}
        ),
        "word-within-zip.docx": zip_of({"word/1.docx": sound}, zipfile.ZIP_STORED),
    }


def ofd_files() -> dict[str, bytes]:
    """OFD files by name."""
    sound = make_ofd(printed())
    return {
        "ofd-cut-in-half.ofd": sound[: len(sound) // 2],
        "ofd-encrypted.ofd": _ofd(more={"Encryptions.xml": "<Encryptions/>"}),
        "ofd-encrypted-members.ofd": _with_encryption_flag(sound),
        "ofd-laughs.ofd": _ofd(content=_LAUGHS + _ofd_text("0 0 9 9", "&a9;")),
        "ofd-outside-entity.ofd": _ofd(root=_OUTSIDE + "<OFD>&a9;</OFD>"),
        "ofd-deep.ofd": _ofd(content="<Page>" * _DEEP + "</Page>" * _DEEP),
        "ofd-bomb.ofd": _ofd(content=b" " * (48 * MEGABYTE)),
        "ofd-page-missing.ofd": _ofd(content=b""),
        "ofd-document-missing.ofd": _ofd(document=b""),
        "ofd-page-is-its-document.ofd": _ofd(document=_ofd_pages(3, "Document.xml")),
        "ofd-page-outside.ofd": _ofd(document=_ofd_pages(1, "../../../../etc/hostname")),
        "ofd-too-many-pages.ofd": _ofd(document=_ofd_pages(5_000)),
        "ofd-without-words.ofd": _ofd(content="<Page/>"),
        "ofd-words-for-numbers.ofd": _ofd(content=_ofd_text("here there 9 9", "渠水")),
        "ofd-endless-numbers.ofd": _ofd(content=_ofd_text("0 0 1e999 inf", "渠水")),
        "ofd-endless-steps.ofd": _ofd(content=_ofd_text("0 0 9 9", "，", "g 999999999 1")),
        "ofd-endless-words.ofd": _ofd(content=_ofd_text("0 0 9 9", "渠水" * 1_500_000)),
    }


def _document(inner: str) -> str:
    return f"<w:document {_W}><w:body>{inner}</w:body></w:document>"


def _word(
    body: str | bytes,
    more: dict[str, str | bytes] | dict[str, bytes] | dict[str, str] | None = None,
    method: int = zipfile.ZIP_DEFLATED,
) -> bytes:
    """A package whose main part is ``body``."""
    members = {"[Content_Types].xml": _TYPES, "_rels/.rels": _RELATIONS, "word/document.xml": body}
    return zip_of({**members, **(more or {})}, method)


def _with_twin(body: str) -> bytes:
    """A package that has its main part twice, the second in place of a name of equal length."""
    return _word(body, {"word/documenT.xml": body}).replace(b"documenT", b"document")


def _with_encryption_flag(data: bytes) -> bytes:
    """A zip whose members all say that they are encrypted."""
    out = bytearray(data)
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        places = [one.header_offset + 6 for one in package.infolist()]
        place = package.start_dir
        for one in package.infolist():
            places.append(place + 8)
            place += 46 + len(one.filename.encode()) + len(one.extra) + len(one.comment)
    for place in places:
        out[place] |= 1
    return bytes(out)


def _with_false_size(data: bytes, true: int) -> bytes:
    """A zip that says of its member of ``true`` bytes that it has a hundred."""
    return data.replace(true.to_bytes(4, "little"), (100).to_bytes(4, "little"))


def _compound(stream: str) -> bytes:
    """The container of old Office files, with a stream of this name."""
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + stream.encode("utf-16-le") + bytes(99)


def _png_head(width: int, height: int) -> bytes:
    size = width.to_bytes(4, "big") + height.to_bytes(4, "big")
    return b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + size + b"\x08\x02\x00\x00\x00"


def _ofd(
    *,
    root: str | bytes = "<OFD><DocBody><DocRoot>Doc_0/Document.xml</DocRoot></DocBody></OFD>",
    document: str | bytes | None = None,
    content: str | bytes | None = None,
    more: dict[str, str] | None = None,
) -> bytes:
    """An OFD file of one page, sound but for what is given; an empty member is left out."""
    members = {
        "OFD.xml": root,
        "Doc_0/Document.xml": _ofd_pages(1) if document is None else document,
        "Doc_0/Page.xml": _ofd_text("0 0 9 9", "渠水") if content is None else content,
        **(more or {}),
    }
    return zip_of({name: one for name, one in members.items() if one})


def _ofd_pages(number: int, place: str = "Page.xml") -> str:
    page = f'<Page ID="1" BaseLoc="{place}"/>'
    return f"<Document><Pages>{page * number}</Pages></Document>"


def _ofd_text(boundary: str, words: str, deltas: str = "") -> str:
    return (
        f'<Page><Content><Layer><TextObject Size="3" Boundary="{boundary}"><TextCode X="0" Y="3"'
        f' DeltaX="{deltas}">{words}</TextCode></TextObject></Layer></Content></Page>'
    )
