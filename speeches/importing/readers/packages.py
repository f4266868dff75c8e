"""Zip packages and the XML in them, opened with limits: what Word and OFD files are made of.

Every member is counted before and while it is inflated. XML with a document type declaration is
refused: neither format allows one, and it is what entity attacks are made with.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import Any

from lxml import etree

from speeches.importing.refusals import UnreadableSource

_MOST_MEMBERS = 2_000
_LARGEST_XML = 32 * 1024 * 1024
_LARGEST_WHOLE = 256 * 1024 * 1024
# Deflate makes at most 1032 bytes of one; XML of real documents stays under 100 and pictures near
# 1, so a package that is large and grows this much holds nothing but filling.
_GROWTH, _GROWTH_COUNTS_FROM = 200, 16 * 1024 * 1024
_CHUNK = 1 << 16
_STORED_OR_DEFLATED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_ENCRYPTED = 0x1
_BOMB = "文件解压后过大，可能是恶意文件，请核对来源，或把正文另存为 .txt 后再导入。"
_DAMAGED = "文件不完整或已损坏，请从原件重新导出后再导入。"
_DEEP = "文件嵌套过深，不能读取，请把正文另存为 .txt 后再导入。"
_DOCTYPES = tuple(
    mark.encode(encoding)
    for mark in ("<!DOCTYPE", "<!ENTITY")
    for encoding in ("ascii", "utf-16-le", "utf-16-be")
)


class Package:
    """The members of a zip package, by name."""

    def __init__(self, data: bytes) -> None:
        """Raises UnreadableSource where ``data`` is damaged, protected or made to overflow."""
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            members = self._zip.infolist()
        except (zipfile.BadZipFile, ValueError, EOFError, NotImplementedError) as error:
            raise UnreadableSource(_DAMAGED) from error
        if len(members) > _MOST_MEMBERS:
            raise UnreadableSource(_BOMB)
        if any(member.flag_bits & _ENCRYPTED for member in members):
            raise UnreadableSource("文件有密码保护，请取消密码后重新保存再导入。")
        names = [member.filename for member in members]
        if len(set(names)) < len(names) or any(
            member.compress_type not in _STORED_OR_DEFLATED for member in members
        ):
            raise UnreadableSource(_DAMAGED)
        whole = sum(member.file_size for member in members)
        if whole > _LARGEST_WHOLE or (
            whole > _GROWTH_COUNTS_FROM and whole > _GROWTH * max(len(data), 1)
        ):
            raise UnreadableSource(_BOMB)
        self._members = {member.filename: member for member in members}

    def names(self) -> list[str]:
        """The names of all members."""
        return list(self._members)

    def inflate(self, name: str) -> bytes:
        """The bytes of a member. Raises UnreadableSource where it is missing, damaged, or longer
        than its entry says or than XML may be.
        """
        member = self._members.get(name)
        if member is None:
            raise UnreadableSource(_DAMAGED)
        if member.file_size > _LARGEST_XML:
            raise UnreadableSource(_BOMB)
        found = bytearray()
        try:
            with self._zip.open(member) as stream:
                while chunk := stream.read(_CHUNK):
                    found += chunk
                    if len(found) > member.file_size:
                        raise UnreadableSource(_BOMB)
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError) as error:
            raise UnreadableSource(_DAMAGED) from error
        if len(found) != member.file_size:
            raise UnreadableSource(_DAMAGED)
        return bytes(found)

    def xml(self, name: str) -> Any:
        """The root element of an XML member. Raises UnreadableSource where it is no sound XML."""
        return parse_xml(self.inflate(name))


def parse_xml(data: bytes) -> Any:
    """The root element of ``data``. Raises UnreadableSource for a document type, for damage and
    for nesting beyond libxml2's own limit.
    """
    if any(mark in data for mark in _DOCTYPES):
        raise UnreadableSource("文件里的 XML 带有实体声明，可能是恶意文件，不能导入，请核对来源。")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableSource(_DEEP if "depth" in str(error) else _DAMAGED) from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise UnreadableSource(_DAMAGED)
    return root


def local_name(element: Any) -> str:
    """The element's name without its namespace; "" for comments and instructions."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""
