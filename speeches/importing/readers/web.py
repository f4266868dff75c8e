"""Web pages: the words a reader sees, one line for each block and each ``<br>``.

Left out is what is no part of any article: scripts, styles, hidden parts, menus, headers and
footers of the site, and rows of links. Everything else stays, since nothing tells for certain
where the article on a page ends.
"""

from __future__ import annotations

import contextlib
import re
import unicodedata
from dataclasses import dataclass, field
from html.parser import HTMLParser

from speeches.importing.readers import text
from speeches.importing.readers.shape import Reading
from speeches.importing.refusals import UnreadableSource

_DEEPEST = 500
_CHARSET = re.compile(rb"<meta\b[^>]*?charset\s*=\s*[\"']?\s*([a-z0-9_-]+)", re.I)
_CHARSET_WITHIN = 4096
# Names that pages give their encoding, and what is tried for them (WHATWG Encoding, section 4.2).
_CHARSETS = {
    "utf-8": "utf-8",
    "utf8": "utf-8",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "gb18030": "gb18030",
    "x-gbk": "gb18030",
    "big5": "big5",
    "big5-hkscs": "big5",
}


def _named(names: str) -> frozenset[str]:
    return frozenset(names.split())


_BLOCKS = _named(
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset"
    " figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu"
    " nav ol optgroup option p pre section summary table tbody td tfoot th thead title tr ul"
)
_VOID = _named("area base br col embed hr img input link meta param source track wbr")
# A new one of these ends the one before it where that was left open (HTML, section 13.1.2.4).
_ENDED_BY_NEXT = _named("dd dt li option p td th tr")
_UNSEEN = _named(
    "aside audio button canvas datalist iframe math menu nav noscript object rp rt script select"
    " style svg template textarea title video"
)
# What the whole article stands in is never hidden by a name it bears.
_WHOLE = _named("article body form html main")
_UNSEEN_ROLES = _named("banner complementary contentinfo menu menubar navigation search")
_UNSEEN_CLASSES = _named(
    "breadcrumb breadcrumbs copyright crumb crumbs footer menu nav navbar navigation share sidebar"
)
_OF_SITE = _named("header footer")
_OF_ARTICLE = _named("article main")
_HEADINGS = _named("h1 h2 h3 h4 h5 h6")
_NOT_SHOWN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_SPACE = re.compile(r"[ \t\r\n\f]+")
_CUT_OFF = re.compile(r"<[a-z/!][^<>]*\Z", re.I)
_LONGEST_TAG = 10_000


@dataclass
class _Block:
    """The lines of one block, and how much of them is links."""

    lines: list[str] = field(default_factory=list)
    heading: bool = False
    masthead: bool = False
    letters: int = 0
    linked: int = 0
    links: int = 0

    def is_row_of_links(self) -> bool:
        return self.letters > 0 and self.linked == self.letters and not self.heading


def read(data: bytes, encoding: str | None = None) -> Reading:
    """The text of a web page. ``encoding`` is an editor's word; without it a byte order mark, the
    bytes where they are UTF-8, and the page's own declaration decide, in this order.

    Raises UnreadableSource where the page is no text, is cut off within a tag or nests its
    elements more than ``_DEEPEST`` deep.
    """
    page, name = text.decode(data, encoding or _declared(data))
    if _CUT_OFF.search(page, max(len(page) - _LONGEST_TAG, 0)):
        raise UnreadableSource("网页不完整，末尾被截断，请重新保存网页后再导入。")
    parser = _Page()
    parser.feed(page)
    parser.close()
    blocks = _without_site(parser.blocks())
    return Reading("\n\n".join("\n".join(one.lines) for one in blocks) + "\n", "html", name)


def _declared(data: bytes) -> str | None:
    """The encoding that the page declares. What is UTF-8 cannot well be anything else, and pages
    that were saved anew often keep their old declaration.
    """
    with contextlib.suppress(UnicodeDecodeError):
        data.decode("utf-8")
        return "utf-8"
    found = _CHARSET.search(data[:_CHARSET_WITHIN])
    return _CHARSETS.get(found[1].decode("ascii").lower()) if found else None


def _without_site(blocks: list[_Block]) -> list[_Block]:
    """``blocks`` less menus (two rows of links together, or several links in one row) and, where
    the page has another heading, those in the site's header.
    """
    menus = set()
    for i, block in enumerate(blocks):
        beside = [blocks[n] for n in (i - 1, i + 1) if 0 <= n < len(blocks)]
        if block.is_row_of_links() and (
            block.links > 1 or any(one.is_row_of_links() for one in beside)
        ):
            menus.add(i)
    # A link that was never closed makes links of all that follows.
    if sum(blocks[i].letters for i in menus) * 2 > sum(block.letters for block in blocks):
        menus.clear()
    titled = any(block.heading and not block.masthead for block in blocks)
    return [
        block
        for i, block in enumerate(blocks)
        if i not in menus and not (block.masthead and (titled or not block.heading))
    ]


class _Page(HTMLParser):
    """Collects the blocks of a page while its tags go by."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._open: list[tuple[str, bool]] = []
        self._unseen = 0
        self._done: list[_Block] = []
        self._block = _Block()
        self._line: list[str] = []

    def blocks(self) -> list[_Block]:
        """All blocks that hold text."""
        self._end_block()
        return self._done

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _ENDED_BY_NEXT and self._open and self._open[-1][0] == tag:
            self._close()
        if tag == "a":
            self.handle_endtag("a")
        if tag == "br":
            self._end_line()
        elif tag in _BLOCKS:
            self._end_block()
        if tag in _VOID:
            return
        unseen = tag in _UNSEEN or (tag not in _WHOLE and self._is_unseen(dict(attrs)))
        self._open.append((tag, unseen))
        self._unseen += unseen
        if tag == "a" and not self._unseen:
            self._block.links += 1
        if len(self._open) > _DEEPEST:
            raise UnreadableSource("网页嵌套过深，不能读取，请把正文另存为 .txt 后再导入。")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if tag in _BLOCKS:
            self._end_block()
        if any(name == tag for name, _ in reversed(self._open)):
            while self._close() != tag:
                pass

    def handle_data(self, data: str) -> None:
        if self._unseen:
            return
        names = {name for name, _ in self._open}
        if "pre" in names:
            for i, line in enumerate(data.replace("\r\n", "\n").split("\n")):
                if i:
                    self._end_line()
                self._line.append(line.replace(" ", "\u00a0"))
        else:
            self._line.append(data)
        letters = sum(1 for char in data if char.isalnum())
        self._block.letters += letters
        self._block.linked += letters if "a" in names else 0
        self._block.heading = self._block.heading or bool(names & _HEADINGS)
        self._block.masthead = bool(names & _OF_SITE) and not names & _OF_ARTICLE

    @staticmethod
    def _is_unseen(attributes: dict[str, str | None]) -> bool:
        classes = f"{attributes.get('class') or ''} {attributes.get('id') or ''}".lower().split()
        return (
            "hidden" in attributes
            or bool(_NOT_SHOWN.search(attributes.get("style") or ""))
            or (attributes.get("role") or "").lower() in _UNSEEN_ROLES
            or not _UNSEEN_CLASSES.isdisjoint(classes)
        )

    def _close(self) -> str:
        tag, unseen = self._open.pop()
        self._unseen -= unseen
        return tag

    def _end_line(self) -> None:
        line = _SPACE.sub(_seam, "".join(self._line)).strip(" ")
        self._line = []
        if line:
            self._block.lines.append(line)

    def _end_block(self) -> None:
        self._end_line()
        if self._block.lines:
            self._done.append(self._block)
        self._block = _Block()


def _seam(space: re.Match[str]) -> str:
    """What white space in the page's source is shown as: nothing for a line end between wide
    characters (CSS Text 4, segment break transformation), else one space.
    """
    whole, start, end = space.string, space.start(), space.end()
    if "\n" not in space[0] or not start or end == len(whole):
        return " "
    wide = all(
        unicodedata.east_asian_width(char) in "WF" for char in (whole[start - 1], whole[end])
    )
    return "" if wide else " "
