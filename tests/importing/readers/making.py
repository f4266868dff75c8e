"""Files of every format, written by hand: no more of each format than a reader needs."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from html import escape

import docx
from docx.document import Document

from tests.importing.readers.digest import HEIGHT, WIDTH, Printed

_MM = 25.4 / 72


def make_docx(lines: Iterable[str]) -> bytes:
    """A Word document of paragraphs."""
    document = docx.Document()
    for line in lines:
        document.add_paragraph(line)
    return saved(document)


def saved(document: Document) -> bytes:
    """The file of a document, without the hour at which it was made."""
    stream = io.BytesIO()
    document.save(stream)
    with zipfile.ZipFile(stream) as package:
        return zip_of({name: package.read(name) for name in package.namelist()})


def make_html(lines: Sequence[str], charset: str = "utf-8") -> bytes:
    """A web page: a site's menu, header and footer about an article with a script in it."""
    title, *rest = (escape(line) for line in lines)
    paragraphs = "\n".join(f"<p>\n  {line}</p>" for line in rest)
    page = f"""<!DOCTYPE html>
<html><head><meta charset="{charset}"><title>{title} - 临江日报</title>
<style>p {{ margin: 0 }}</style></head>
<body><header><h1>临江日报</h1></header>
<nav><a href="/">首页</a> <a href="/4">第四版</a></nav>
<ul><li><a href="/1">第一版 要闻</a></li><li><a href="/2">第二版 综合</a></li></ul>
<div class="article"><h2>{title}</h2>
{paragraphs}
<script>if (1 < 2) document.write("<p>脚本</p>")</script></div>
<footer>版权所有</footer></body></html>
"""
    return page.encode(charset, "xmlcharrefreplace")


def make_pdf(*pages: Sequence[Printed], turn: int = 0) -> bytes:
    """A PDF whose lines are drawn in the order given, in a font that is not embedded.

    The font's encoding is one of those that every reader knows (ISO 32000-1, 9.7.5.2). A page
    that is shown turned by 90 degrees is drawn so that it reads upright then.
    """
    box = f"0 0 {HEIGHT} {WIDTH}" if turn == 90 else f"0 0 {WIDTH} {HEIGHT}"
    numbers = range(6, 6 + 2 * len(pages), 2)
    kids = " ".join(f"{number} 0 R" for number in numbers)
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
        "<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UTF16-H"
        " /DescendantFonts [4 0 R] >>",
        "<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /CIDSystemInfo"
        " << /Registry (Adobe) /Ordering (GB1) /Supplement 4 >> /DW 1000 /W [1 95 500]"
        " /FontDescriptor 5 0 R >>",
        "<< /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [-25 -254 1000 880]"
        " /ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 880 /StemV 93 >>",
    ]
    for number, page in zip(numbers, pages, strict=True):
        content = "".join(_shown(line, turn) for line in page)
        objects += [
            f"<< /Type /Page /Parent 2 0 R /MediaBox [{box}] /Rotate {turn}"
            f" /Contents {number + 1} 0 R /Resources << /Font << /F 3 0 R >> >> >>",
            f"<< /Length {len(content)} >>\nstream\n{content}\nendstream",
        ]
    return pdf_of(objects)


def pdf_of(objects: Sequence[str], trailer: str = "/Root 1 0 R") -> bytes:
    """A PDF file of numbered objects."""
    out, places = b"%PDF-1.5\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n".encode("latin-1")
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    size = len(objects) + 1
    return out + (
        f"xref\n0 {size}\n0000000000 65535 f \n{table}"
        f"trailer << /Size {size} {trailer} >>\nstartxref\n{len(out)}\n%%EOF\n"
    ).encode("latin-1")


def _shown(line: Printed, turn: int) -> str:
    base = line.top + 0.88 * line.size
    # The size stands in the matrix, as layout programs write it.
    if turn == 90:
        matrix = f"0 {line.size} {-line.size} 0 {base:.2f} {line.left:.2f} Tm"
    else:
        matrix = f"{line.size} 0 0 {line.size} {line.left:.2f} {HEIGHT - base:.2f} Tm"
    return f"BT /F 1 Tf {matrix} <{line.text.encode('utf-16-be').hex()}> Tj ET\n"


def make_ofd(*pages: Sequence[Printed]) -> bytes:
    """An OFD file of one text object a line, drawn in the order given."""
    ofd = 'xmlns:ofd="http://www.ofdspec.org/2016"'
    numbers = range(len(pages))
    members = {
        "OFD.xml": f'<ofd:OFD {ofd} Version="1.0" DocType="OFD"><ofd:DocBody>'
        "<ofd:DocInfo/><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
        "Doc_0/Document.xml": f"<ofd:Document {ofd}><ofd:CommonData><ofd:PageArea>"
        f"<ofd:PhysicalBox>0 0 {WIDTH * _MM} {HEIGHT * _MM}</ofd:PhysicalBox></ofd:PageArea>"
        "</ofd:CommonData><ofd:Pages>"
        + "".join(f'<ofd:Page ID="{n}" BaseLoc="Pages/Page_{n}/Content.xml"/>' for n in numbers)
        + "</ofd:Pages></ofd:Document>",
    }
    for n, page in enumerate(pages):
        objects = "".join(_text_object(i, line) for i, line in enumerate(page))
        members[f"Doc_0/Pages/Page_{n}/Content.xml"] = (
            f"<ofd:Page {ofd}><ofd:Content><ofd:Layer>{objects}"
            "</ofd:Layer></ofd:Content></ofd:Page>"
        )
    return zip_of(members)


def _text_object(number: int, line: Printed) -> str:
    size = line.size * _MM
    wides = [0.5 if char.isascii() else 1.0 for char in line.text[:-1]]
    if set(wides) == {1.0}:
        deltas = f"g {len(wides)} {size:.4f}"
    else:
        deltas = " ".join(f"{size * wide:.4f}" for wide in wides)
    return (
        f'<ofd:TextObject ID="{number}" Font="1" Size="{size:.4f}" Boundary="{line.left * _MM:.4f}'
        f' {line.top * _MM:.4f} {size * len(line.text):.4f} {size:.4f}"><ofd:TextCode X="0"'
        f' Y="{0.88 * size:.4f}" DeltaX="{deltas}">{escape(line.text)}</ofd:TextCode>'
        "</ofd:TextObject>"
    )


def zip_of(members: Mapping[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip of ``members``; the same at every making."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as package:
        for name, content in members.items():
            entry = zipfile.ZipInfo(name)
            entry.compress_type = method
            package.writestr(entry, content)
    return stream.getvalue()
