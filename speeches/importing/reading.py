"""Bytes to text: what kind of file it is, and the reader that takes its text out."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from speeches.importing.confinement import draw_confined, read_confined
from speeches.importing.readers import text
from speeches.importing.readers.shape import Place, Reading
from speeches.importing.recognising import recognise
from speeches.importing.refusals import UnreadableSource

LARGEST = 20 * 1024 * 1024
# The encodings that an editor may name instead of leaving it to the file.
ENCODINGS = tuple(text.NAMED)
# Formats whose printed lines have places, and those of which a picture can be drawn.
WITH_PLACES = ("pdf", "ofd")
DRAWN = ("pdf",)


@dataclass(frozen=True)
class Source:
    """A page as it came. ``text`` is what its reader took out and nothing else; a byte order mark
    is no part of it.

    All offsets of an import count characters of ``text``. ``sha256`` is that of the bytes, in
    hexadecimal. ``encoding`` is "" for formats that name their characters themselves, ``places``
    is empty for those without pages of their own.
    """

    name: str
    text: str
    encoding: str
    sha256: str
    format: str = "text"
    places: tuple[Place, ...] = ()


def read_source(data: bytes, name: str, encoding: str | None = None) -> Source:
    """The text of ``data``. ``encoding`` is an editor's word, one of ``ENCODINGS``; it counts for
    plain text and web pages.

    Raises UnreadableSource where the file is empty, larger than ``LARGEST`` bytes, of no kind that
    can be read, or without text; ValueError where ``encoding`` is none of ``ENCODINGS``.
    """
    if encoding is not None and encoding not in ENCODINGS:
        raise ValueError(f"{encoding!r} is none of {ENCODINGS}")
    if len(data) > LARGEST:
        raise UnreadableSource(
            f"文件大小为 {len(data) / 1024 / 1024:.1f} MB，超过 20 MB 的上限，请拆分后分别导入。"
        )
    if not data.strip(b"\x00 \t\r\n"):
        raise UnreadableSource("文件是空的，请检查后重新导出文字版。")
    kind = recognise(data, name)
    taken = text.read(data, encoding) if kind == "text" else read_confined(data, kind, encoding)
    if not any(char.isalnum() for char in taken.text):
        raise UnreadableSource("文件里没有文字，请检查后重新导出文字版。")
    sha256 = hashlib.sha256(data).hexdigest()
    return Source(name, taken.text, taken.encoding, sha256, taken.format, taken.places)


def read_places(data: bytes, kind: str) -> Reading:
    """What a file of one of the formats ``WITH_PLACES`` says, with the place of every line.

    Raises UnreadableSource where it cannot be read.
    """
    return read_confined(data, kind, None)


def draw_page(data: bytes, page: int, width: int) -> bytes:
    """A picture (PNG) of a page (from 1) of a file of one of the formats ``DRAWN``, ``width``
    pixels wide or, where that were too large, narrower.

    Raises UnreadableSource where it cannot be drawn.
    """
    return draw_confined(data, page, width)
