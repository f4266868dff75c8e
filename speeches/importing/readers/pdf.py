"""PDF files with a text layer (ISO 32000): glyph boxes, put in reading order.

The order in a PDF is that in which its producer drew, and its spaces and line ends are guesses;
only characters and their places are taken from it.
"""

from __future__ import annotations

import ctypes
import math
import unicodedata
from collections.abc import Iterator
from typing import Any

import pypdfium2
from pypdfium2 import raw

from speeches.importing.readers.layout import Glyph, Sheet, lay_down
from speeches.importing.readers.shape import Reading
from speeches.importing.refusals import UnreadableSource

MOST_PAGES = 32
_WITHOUT_TEXT = "没有文字层，是扫描件或图片，请先做文字识别后再导入。"
# A page without text is a scan where pictures take up so much of it.
_MOSTLY_PICTURE = 0.5
# Fonts share one glyph for a character and the radical of its shape, and many producers then write
# down the radical: Kangxi radicals and two of the supplement.
_RADICALS = {
    code: unicodedata.normalize("NFKC", chr(code))
    for code in (*range(0x2F00, 0x2FD6), 0x2E9F, 0x2EF3)
}
_SLANT = 0.2
# Where the box of a wide character is narrower, in ems, its width was not found in the font.
_NARROWEST = 0.8
_HYPHEN_AT_LINE_END = 2


def read(data: bytes, encoding: str | None = None) -> Reading:
    """The text of a PDF, its columns in reading order.

    ``encoding`` is not asked for: fonts map to Unicode. Raises UnreadableSource where the file is
    damaged, asks for a password, has more than ``MOST_PAGES`` pages, or pages that are scans.
    """
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if raw.FPDF_GetLastError() == raw.FPDF_ERR_PASSWORD:
            raise UnreadableSource("PDF 文件有密码保护，请取消密码后重新保存再导入。") from error
        raise UnreadableSource("PDF 文件不完整或已损坏，请从原件重新导出后再导入。") from error
    if not 0 < len(document) <= MOST_PAGES:
        raise UnreadableSource(
            f"PDF 文件有 {len(document)} 页，只能导入 1 至 {MOST_PAGES} 页，请按版面拆分后导入。"
        )
    sheets, scans, sizes = [], [], []
    for number in range(1, len(document) + 1):
        try:
            page = document[number - 1]
        except pypdfium2.PdfiumError as error:
            raise UnreadableSource(
                f"PDF 文件的第 {number} 页已损坏，请从原件重新导出后再导入。"
            ) from error
        sheet = _sheet(page, number)
        if not sheet.glyphs and not sheet.askew and _is_scan(page):
            scans.append(number)
        sheets.append(sheet)
        sizes.append(page.get_size())
        page.close()
    if not any(sheet.glyphs or sheet.askew for sheet in sheets):
        raise UnreadableSource(f"PDF 文件{_WITHOUT_TEXT}")
    if scans:
        raise UnreadableSource(f"PDF 文件的第 {scans[0]} 页{_WITHOUT_TEXT}")
    text, places = lay_down(sheets)
    return Reading(text, "pdf", places=places, sizes=tuple(sizes))


def _sheet(page: Any, number: int) -> Sheet:
    textpage = page.get_textpage()
    glyphs, askew = [], []
    for char, glyph in _characters(page, textpage.raw):
        if glyph is None:
            askew.append(char)
        else:
            glyphs.append(glyph)
    textpage.close()
    return Sheet(number, glyphs, "".join(askew))


def _characters(page: Any, textpage: Any) -> Iterator[tuple[str, Glyph | None]]:
    """The characters of a page; None for the glyph of one that does not stand upright."""
    left, bottom, right, top = page.get_bbox()
    size = (right - left, top - bottom)
    turn = page.get_rotation()
    box, last, matrix = raw.FS_RECTF(), raw.FS_RECTF(), raw.FS_MATRIX()
    x, y = ctypes.c_double(), ctypes.c_double()
    count, i, spaced = raw.FPDFText_CountChars(textpage), 0, False
    while i < count:
        char, taken = _char_at(textpage, i)
        place, i = i, i + taken
        if not char.strip():
            # The library makes up spaces and line ends of its own.
            spaced = spaced or (char != "" and not raw.FPDFText_IsGenerated(textpage, place))
            continue
        raw.FPDFText_GetLooseCharBox(textpage, place, box)
        raw.FPDFText_GetLooseCharBox(textpage, i - 1, last)
        raw.FPDFText_GetCharOrigin(textpage, place, x, y)
        raw.FPDFText_GetMatrix(textpage, place, matrix)
        one = _turned(turn, box.left - left, top - box.top, *size)
        other = _turned(turn, last.right - left, top - last.bottom, *size)
        origin, base = _turned(turn, x.value - left, top - y.value, *size)
        across, down = _turned(turn, matrix.a, -matrix.b, 0.0, 0.0)
        em = raw.FPDFText_GetFontSize(textpage, place) * math.hypot(matrix.c, matrix.d)
        if across > 0 and abs(down) <= _SLANT * across and math.isfinite(em + base) and em > 0:
            start, end = sorted((one[0], other[0]))
            if end - start < _NARROWEST * em and unicodedata.east_asian_width(char) in "WF":
                start, end = origin, origin + em
            yield char, Glyph.on_baseline(char, start, end, base, em, spaced)
        else:
            yield char, None
        spaced = False


def _turned(turn: int, x: float, y: float, width: float, height: float) -> tuple[float, float]:
    """A point of the unturned page, from its top left corner, where the page is shown turned
    clockwise by ``turn`` degrees.
    """
    if turn == 90:
        return height - y, x
    if turn == 180:
        return width - x, height - y
    if turn == 270:
        return y, width - x
    return x, y


def _char_at(textpage: Any, place: int) -> tuple[str, int]:
    """The character at ``place`` and how many of the library's it takes: two beyond the basic
    plane. "" for what is none.
    """
    code = raw.FPDFText_GetUnicode(textpage, place)
    if 0xD800 <= code < 0xDC00:
        low = raw.FPDFText_GetUnicode(textpage, place + 1)
        if 0xDC00 <= low < 0xE000:
            return chr(0x10000 + ((code - 0xD800) << 10) + low - 0xDC00), 2
    if code == _HYPHEN_AT_LINE_END:
        return "-", 1
    if 0xD800 <= code < 0xE000 or code in (0, 0xFFFE, 0xFFFF) or code > 0x10FFFF:
        return "", 1
    return _RADICALS.get(code, chr(code)), 1


def _is_scan(page: Any) -> bool:
    width, height = page.get_size()
    whole = float(width * height)
    covered = 0.0
    for picture in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=3):
        left, bottom, right, top = picture.get_bounds()
        covered += float((right - left) * (top - bottom))
    return covered >= _MOSTLY_PICTURE * whole
