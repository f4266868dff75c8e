"""Plain text: the encoding is told from a byte order mark, then by trying UTF-8, UTF-16 and
GB 18030 in turn.

Big5 is never guessed: nearly any bytes are GB 18030 too, so an editor has to name it.
"""

from __future__ import annotations

import codecs
import unicodedata

from speeches.importing.readers.shape import Reading
from speeches.importing.refusals import UnreadableSource
from speeches.text.characters import is_chinese_context

# What an editor may name, and the codecs that are tried for it.
NAMED = {
    "utf-8": ("utf-8",),
    "gb18030": ("gb18030",),
    # Microsoft's and Hong Kong's forms hold what Python's "big5" leaves out.
    "big5": ("cp950", "big5hkscs"),
    "utf-16": ("utf-16-le", "utf-16-be"),
}
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# One character in this many may be odd before the text is taken for binary or for a wrong encoding.
_ODD_SHARE = 20
_BINARY = "这是二进制文件，不是纯文本，请另存为 .txt 后再导入。"


def read(data: bytes, encoding: str | None = None) -> Reading:
    """The text of ``data``, decoded and nothing else; a byte order mark is no part of it.

    ``encoding`` is an editor's word, one of ``NAMED``; a byte order mark outweighs it. Raises
    UnreadableSource where ``data`` is no text.
    """
    text, name = decode(data, encoding)
    return Reading(text, "text", name)


def decode(data: bytes, encoding: str | None) -> tuple[str, str]:
    """The text and the name of its encoding, a byte order mark left out."""
    text, name = _decode(data, encoding)
    return text.removeprefix("\ufeff"), name


def _decode(data: bytes, encoding: str | None) -> tuple[str, str]:
    for mark, name in _MARKS:
        if data.startswith(mark):
            return _decode_marked(data, name), name
    if encoding is not None:
        return _decode_named(data, encoding), encoding
    if data.count(0) * 10 > len(data):
        return _decode_unmarked_wide(data)
    try:
        return _sound(data.decode("utf-8")), "utf-8"
    except UnicodeDecodeError as error:
        broken = error
    text = _try(data, "gb18030")
    if text is not None and _odd(text) * _ODD_SHARE <= len(text) and not _is_damaged_utf8(data):
        return text, "gb18030"
    wide = [found for found in (_try(data, "utf-16-le"), _try(data, "utf-16-be")) if found]
    best = max(wide, key=_chinese, default="")
    if best and _chinese(best) * 2 > len(best):
        return best, "utf-16"
    if _is_damaged_utf8(data):
        raise UnreadableSource(
            f"文件按 UTF-8 读到第 {broken.start + 1} 字节处损坏，请从原件重新导出后再导入。"
        )
    raise UnreadableSource(
        "无法识别文件的编码，请选定编码（例如 Big5），或另存为 UTF-8 纯文本后再导入。"
    )


def _decode_marked(data: bytes, encoding: str) -> str:
    try:
        return _sound(data.decode(encoding))
    except UnicodeDecodeError as error:
        raise UnreadableSource(
            f"文件标明的编码是 {encoding.upper()}，但读到第 {error.start + 1} "
            f"字节处出错，请重新导出后再导入。"
        ) from error


def _decode_named(data: bytes, encoding: str) -> str:
    """``data`` in the encoding that an editor named; of several forms the one with most Chinese."""
    found = [text for codec in NAMED[encoding] if (text := _try(data, codec)) is not None]
    if not found:
        raise UnreadableSource(
            f"文件按 {encoding.upper()} 编码读到中途出错，请从原件重新导出，或另选编码后再导入。"
        )
    return _sound(max(found, key=_chinese))


def _decode_unmarked_wide(data: bytes) -> tuple[str, str]:
    """UTF-16 without a byte order mark shows itself by its many zero bytes (line ends, digits,
    spaces).
    """
    found = [text for text in (_try(data, "utf-16-le"), _try(data, "utf-16-be")) if text]
    best = max(found, key=_chinese, default="")
    if not best or _chinese(best) * 3 < len(best):
        raise UnreadableSource(_BINARY)
    return _sound(best), "utf-16"


def _sound(text: str) -> str:
    """``text`` itself, unless control characters show that it is none."""
    if sum(
        1 for char in text if unicodedata.category(char) == "Cc" and not char.isspace()
    ) * _ODD_SHARE > len(text):
        raise UnreadableSource(_BINARY)
    return text


def _try(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _odd(text: str) -> int:
    """Characters that no newspaper prints: control, private-use and unassigned ones."""
    return sum(
        1
        for char in text
        if unicodedata.category(char) in ("Cc", "Cn", "Co") and not char.isspace()
    )


def _chinese(text: str) -> int:
    return sum(1 for char in text if is_chinese_context(char) and ord(char) <= 0x9FFF)


def _is_damaged_utf8(data: bytes) -> bool:
    """True where nearly everything is UTF-8: a file cut or spoilt in a few places, not one in
    another encoding.
    """
    kept = data.decode("utf-8", errors="ignore")
    chinese = sum(1 for char in kept if is_chinese_context(char))
    return chinese * 3 > len(data) * 0.8 and len(kept.encode()) * 100 > len(data) * 98
