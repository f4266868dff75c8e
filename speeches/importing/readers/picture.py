"""A page of a PDF as a picture, for somebody who compares a draft with what was printed."""

from __future__ import annotations

import io

import pypdfium2

# A page can be declared many times as high as wide: what a picture may have at most.
_MOST_PIXELS = 24_000_000
# Text and line drawings in few colours: half the bytes of a picture in all of them.
_COLOURS = 64


def draw(data: bytes, page: int, width: int) -> bytes:
    """The page number ``page`` (from 1) of the PDF ``data`` as a PNG, ``width`` pixels wide, or
    narrower where it were too large otherwise.

    Raises PdfiumError and IndexError where there is no such page.
    """
    with pypdfium2.PdfDocument(data) as document:
        sheet = document[page - 1]
        across, down = sheet.get_size()
        scale = min(width / across, (_MOST_PIXELS / (across * down)) ** 0.5)
        drawn = sheet.render(scale=scale, draw_annots=False).to_pil()
    out = io.BytesIO()
    drawn.quantize(_COLOURS).save(out, "PNG")
    return out.getvalue()
