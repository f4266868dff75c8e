"""PDF files that are damaged, protected, wound up in themselves, or pictures only."""

from __future__ import annotations

import zlib

from tests.importing.hostile.packages import MEGABYTE
from tests.importing.readers.digest import Printed, printed
from tests.importing.readers.making import make_pdf, pdf_of

_FONT = "/Font << /F << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >>"
_WORDS = "BT /F 12 Tf 60 700 Td (Qingxi) Tj ET"
_FILL = "600 0 0 800 0 0 cm /I Do"
_LINE = [Printed(30, 30, 9, "青溪县政协主席 王小满")]


def pdf_files() -> dict[str, bytes]:
    """PDF files by name."""
    sound = make_pdf(printed())
    return {
        "pdf-cut-in-half.pdf": sound[: len(sound) // 2].replace(b"endobj", b"      "),
        "pdf-first-line-only.pdf": b"%PDF-1.7\n",
        "pdf-noise.pdf": b"%PDF-1.7\n" + bytes(n * n * 31 % 256 for n in range(20_000)),
        "pdf-protected.pdf": _protected(),
        "pdf-page-tree-in-a-ring.pdf": pdf_of(
            [
                "<< /Type /Catalog /Pages 2 0 R >>",
                "<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 2 >>",
            ]
        ),
        "pdf-catalog-is-its-pages.pdf": pdf_of(["<< /Type /Catalog /Pages 1 0 R /Kids [1 0 R] >>"]),
        "pdf-form-within-itself.pdf": _pdf(
            "/I Do",
            resources="/XObject << /I 5 0 R >>",
            more=(
                "<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources"
                " << /XObject << /I 5 0 R >> >> /Length 5 >>\nstream\n/I Do\nendstream",
            ),
        ),
        "pdf-tables-in-a-ring.pdf": _with_ring(),
        "pdf-deep-arrays.pdf": pdf_of(
            ["<< /Type /Catalog /Pages 2 0 R >>", "[" * 100_000 + "]" * 100_000]
        ),
        "pdf-deep-dictionaries.pdf": pdf_of(["<< /Pages " * 100_000 + ">>" * 100_000]),
        "pdf-too-many-pages.pdf": make_pdf(*[_LINE] * 400),
        "pdf-million-pages-said.pdf": pdf_of(
            ["<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [] /Count 1000000 >>"]
        ),
        "pdf-without-pages.pdf": pdf_of(
            ["<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [] /Count 0 >>"]
        ),
        "pdf-bomb.pdf": _bomb(1),
        "pdf-bomb-within-bomb.pdf": _bomb(3),
        "pdf-endless-words.pdf": _endless(),
        "pdf-lines-only.pdf": _pdf("0 0 m 600 800 l S", font=""),
        "pdf-marks-only.pdf": make_pdf([Printed(30, 30, 9, "，。！")]),
        "pdf-scan.pdf": _pdf(_FILL, resources="/XObject << /I 5 0 R >>", more=(_picture(1, 1),)),
        "pdf-picture-of-10-gigapixels.pdf": _pdf(
            _FILL, resources="/XObject << /I 5 0 R >>", more=(_picture(100_000, 100_000),)
        ),
        "pdf-second-page-scanned.pdf": _half_scanned(),
    }


def _pdf(
    content: str,
    *,
    entries: str = "",
    resources: str = "",
    font: str = _FONT,
    more: tuple[str, ...] = (),
) -> bytes:
    """A PDF of one page with this content; ``more`` objects are numbered from 5."""
    return pdf_of(
        [
            "<< /Type /Catalog /Pages 2 0 R >>",
            "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R /Resources"
            f" << {font} {resources} >> >>",
            f"<< /Length {len(content)} {entries} >>\nstream\n{content}\nendstream",
            *more,
        ]
    )


def _picture(width: int, height: int) -> str:
    return (
        f"<< /Type /XObject /Subtype /Image /Width {width} /Height {height} /BitsPerComponent 8"
        " /ColorSpace /DeviceGray /Length 1 >>\nstream\n0\nendstream"
    )


def _half_scanned() -> bytes:
    return pdf_of(
        [
            "<< /Type /Catalog /Pages 2 0 R >>",
            "<< /Type /Pages /Kids [3 0 R 5 0 R] /Count 2 >>",
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R /Resources"
            f" << {_FONT} >> >>",
            f"<< /Length {len(_WORDS)} >>\nstream\n{_WORDS}\nendstream",
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 6 0 R /Resources"
            " << /XObject << /I 7 0 R >> >> >>",
            f"<< /Length {len(_FILL)} >>\nstream\n{_FILL}\nendstream",
            _picture(1, 1),
        ]
    )


def _protected() -> bytes:
    """A PDF whose user's password is not the empty one (standard handler, revision 2)."""
    unknown = "<" + "5a" * 32 + ">"
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [] /Count 0 >>",
        f"<< /Filter /Standard /V 1 /R 2 /O {unknown} /U {unknown} /P -4 >>",
    ]
    return pdf_of(objects, "/Root 1 0 R /Encrypt 3 0 R /ID [<00> <00>]")


def _with_ring() -> bytes:
    """A PDF whose cross-reference table names itself as the one before it, and has no pages."""
    data = pdf_of(["<< /Type /Catalog /Pages 2 0 R >>", "null"], "/Root 1 0 R /Prev 0000000000")
    place = data.index(b"\nxref") + 1
    return data.replace(b"/Prev 0000000000", b"/Prev %010d" % place)


def _bomb(times: int) -> bytes:
    """A page whose content is packed ``times`` over and draws 90 megabytes of lines."""
    content = b"0 0 m 9 9 l S\n" * (90 * MEGABYTE // 14)
    for _ in range(times):
        content = zlib.compress(content)
    filters = f"/Filter [{'/FlateDecode ' * times}]"
    return _pdf(content.decode("latin-1"), entries=filters, font="")


def _endless() -> bytes:
    """A page of three million characters, one upon the other."""
    words = b"BT /F 9 Tf 9 9 Td " + (b"(" + b"Qingxi" * 1_000 + b") Tj ") * 500 + b"ET"
    content = zlib.compress(words).decode("latin-1")
    return _pdf(content, entries="/Filter /FlateDecode")
