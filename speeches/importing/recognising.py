"""What kind of file it is: told from its content, and its name has to agree."""

from __future__ import annotations

import codecs
import re
from pathlib import PurePath

from speeches.importing.refusals import UnreadableSource

# The formats that have a reader, with the extensions that a file of that kind may bear.
EXTENSIONS = {
    "docx": (".docx",),
    "html": (".html", ".htm", ".xhtml", ".shtml"),
    "pdf": (".pdf",),
    "ofd": (".ofd",),
}
_CALLED = {"docx": " Word 文档", "html": "网页", "pdf": " PDF 文件", "ofd": " OFD 文件"}
# Extensions that promise something other than plain text and have no reader.
_PROMISES = {
    ".doc": "旧版 Word 文档",
    ".wps": " WPS 文档",
    ".rtf": " RTF 文档",
    ".odt": " ODF 文档",
    ".mht": "网页归档",
    ".mhtml": "网页归档",
    ".xls": "表格",
    ".xlsx": "表格",
    ".ppt": "幻灯片",
    ".pptx": "幻灯片",
    ".zip": "压缩包",
    ".rar": "压缩包",
    ".7z": "压缩包",
    ".jpg": "图片",
    ".jpeg": "图片",
    ".png": "图片",
    ".tif": "图片",
    ".tiff": "图片",
}
_ARCHIVE = "这是压缩包，请解压后把其中的文件逐个导入。"
_PICTURE = "这是图片，请先做文字识别，另存为 .txt 后再导入。"
_NO_READER = (
    (b"{\\rtf", "这是 RTF 文档，请另存为 .docx 后再导入。"),
    (b"\x89PNG", _PICTURE),
    (b"\xff\xd8\xff", _PICTURE),
    (b"GIF8", _PICTURE),
    (b"II*\x00", _PICTURE),
    (b"MM\x00*", _PICTURE),
    (b"Rar!", _ARCHIVE),
    (b"\x1f\x8b", _ARCHIVE),
    (b"7z\xbc\xaf", _ARCHIVE),
)
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_ZIPPED = (
    (b"OFD.xml", "ofd"),
    (b"word/", "docx"),
)
_ZIPPED_NO_READER = (
    (b"xl/workbook", "这是表格，请把文字另存为 .docx 或 .txt 后再导入。"),
    (b"ppt/presentation", "这是幻灯片，请把文字另存为 .docx 或 .txt 后再导入。"),
    (b"opendocument.text", "这是 ODF 文档，请另存为 .docx 后再导入。"),
)
_COMPOUND = b"\xd0\xcf\x11\xe0"
_PDF_MARK_WITHIN = 1024
_MARKUP_WITHIN = 4096
_OPENS_PAGE = re.compile(
    rb"\A(?:\s|<!--.*?-->|<\?xml.*?\?>)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.S
)
_HAS_MARKUP = re.compile(rb"</?(?:p|div|br|span|table|section|article|h[1-6]|meta)\b[^<]*>", re.I)


def recognise(data: bytes, name: str) -> str:
    """The format of ``data``: "text" or a key of ``EXTENSIONS``.

    Raises UnreadableSource for a kind that has no reader, and where the extension of ``name``
    promises another kind. A name without an extension promises nothing, and neither does an
    extension that is not known to belong to some other kind.
    """
    suffix = PurePath(name).suffix.lower()
    extension = suffix if suffix.isprintable() and len(suffix) <= 10 else ""
    found = _by_content(data, may_be_fragment=extension in EXTENSIONS["html"])
    promised = next((kind for kind, known in EXTENSIONS.items() if extension in known), "text")
    if extension and promised != found:
        if promised != "text":
            raise _disagreement(extension, _CALLED[promised])
        expected = EXTENSIONS[found][0]
        raise UnreadableSource(
            f"文件扩展名是 {extension}，内容却是{_CALLED[found]}，"
            f"请把扩展名改为 {expected} 后再导入。"
        )
    if found == "text" and extension in _PROMISES:
        raise _disagreement(extension, _PROMISES[extension])
    return found


def _disagreement(extension: str, promised: str) -> UnreadableSource:
    return UnreadableSource(
        f"文件扩展名是 {extension}，内容却不是{promised}，请改正扩展名或重新导出后再导入。"
    )


def _by_content(data: bytes, *, may_be_fragment: bool) -> str:
    for start, line in _NO_READER:
        if data.startswith(start):
            raise UnreadableSource(line)
    if data.startswith(_COMPOUND):
        raise _compound_refusal(data)
    if data.startswith(_ZIP):
        return _by_members(data)
    if b"%PDF-" in data[:_PDF_MARK_WITHIN]:
        return "pdf"
    # UTF-16 puts a zero beside every letter of a tag.
    head = data[:_MARKUP_WITHIN].removeprefix(codecs.BOM_UTF8).lstrip(b"\xff\xfe")
    head = head.replace(b"\x00", b"")
    if _OPENS_PAGE.match(head) or (may_be_fragment and _HAS_MARKUP.search(head)):
        return "html"
    return "text"


def _by_members(data: bytes) -> str:
    """The kind of a zip by the names in it, which stand in it in plain bytes."""
    for part, kind in _ZIPPED:
        if part in data:
            return kind
    for part, line in _ZIPPED_NO_READER:
        if part in data:
            raise UnreadableSource(line)
    raise UnreadableSource(_ARCHIVE)


def _compound_refusal(data: bytes) -> UnreadableSource:
    """The container of old Office files, which also wraps new ones that have a password."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        return UnreadableSource("文档有密码保护，请在 Word 中取消密码、另存为 .docx 后再导入。")
    return UnreadableSource("这是旧版 Word 或 WPS 文档，请另存为 .docx 后再导入。")
