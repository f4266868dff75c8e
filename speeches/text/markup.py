"""Restricted HTML: what a remark's body may hold, and its plain text.

A body is a list of elements, each a string such as "<p>…</p>"; an element's place in the list
is its address. Whatever an editor, a paste or a client sends goes through `clean_body`.
"""

import re
from html import escape, unescape
from html.parser import HTMLParser

import nh3

BLOCKS = frozenset({"p", "h2", "h3", "blockquote", "ul", "ol"})
ALLOWED = BLOCKS | {"li", "strong", "em", "a", "br"}
SCHEMES = frozenset({"http", "https", "mailto"})
# Not allowed, but they tell where one paragraph ends and the next begins.
SEPARATORS = frozenset(
    {"address", "article", "aside", "center", "dd", "div", "dl", "dt", "figcaption", "figure"}
    | {"footer", "h1", "h4", "h5", "h6", "header", "hr", "main", "nav", "pre", "section"}
    | {"table", "tbody", "td", "tfoot", "th", "thead", "tr"}
)
# Cleaning again changes what nests strangely (a table inside a paragraph), seldom twice.
ROUNDS = 5
_SKIPPED_IN_ADDRESSES = re.compile(r"[\x00-\x20]")
# What most bodies consist of: a paragraph without any tag in it.
_PLAIN_PARAGRAPH = re.compile(r"<p>([^<]*)</p>")
_LINE_ENDS = re.compile(r"\s*[\r\n]\s*")


def _keep_attribute(tag: str, attribute: str, value: str) -> str | None:
    # Addresses of another host without a scheme ("//host", "\\host") pass nh3's scheme list.
    # Browsers skip control characters and spaces there ("/<tab>/host").
    bare = _SKIPPED_IN_ADDRESSES.sub("", value).replace("\\", "/")
    if attribute == "href" and bare.startswith("//"):
        return None
    return value


def _cleaner(tags: frozenset[str]) -> nh3.Cleaner:
    return nh3.Cleaner(
        tags=set(tags),
        attributes={"a": {"href"}},
        url_schemes=set(SCHEMES),
        link_rel="noopener noreferrer",
        strip_comments=True,
        attribute_filter=_keep_attribute,
    )


_CLEANER = _cleaner(ALLOWED)
_FIRST_CLEANER = _cleaner(ALLOWED | SEPARATORS)


class _Splitter(HTMLParser):
    """Cuts cleaned HTML into its top-level blocks; loose text becomes paragraphs."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.elements: list[str] = []
        self._part: list[str] = []
        self._depth = 0
        self._loose = False

    def _close(self) -> None:
        html = "".join(self._part).strip()
        self._part = []
        if self._loose:
            html = f"<p>{html}</p>"
            self._loose = False
        # A block inside an inline element leaves that element open on one side of the cut.
        html = _CLEANER.clean(html).strip()
        if plain_text([html]):
            self.elements.append(html)

    def _add(self, html: str) -> None:
        if self._depth == 0:
            self._loose = True
        self._part.append(html)

    def _separate(self) -> None:
        if self._depth:
            self._part.append(" ")
        elif self._loose:
            self._close()

    def _separates(self, tag: str) -> bool:
        # An item outside any list is a paragraph like others.
        return tag in SEPARATORS or (tag == "li" and not self._depth)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._separates(tag):
            self._separate()
            return
        html = self.get_starttag_text() or ""
        if tag not in BLOCKS:
            self._add(html)
            return
        if self._depth == 0 and self._loose:
            self._close()
        self._depth += 1
        self._part.append(html)

    def handle_endtag(self, tag: str) -> None:
        if self._separates(tag):
            self._separate()
            return
        self._add(f"</{tag}>")
        if tag in BLOCKS:
            self._depth -= 1
            if self._depth == 0:
                self._close()

    def handle_data(self, data: str) -> None:
        if self._depth or self._loose or data.strip():
            self._add(data)

    def handle_entityref(self, name: str) -> None:
        self._add(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self._add(f"&#{name};")

    def split(self, html: str) -> list[str]:
        self.feed(html)
        self.close()
        if self._part:
            self._close()
        return self.elements


class _Text(HTMLParser):
    """Collects the text; ends of lines, blocks and list items become line breaks."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "br" or tag in BLOCKS or tag == "li":
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in BLOCKS or tag == "li":
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        # In HTML the end of a source line is a space.
        self.parts.append(_LINE_ENDS.sub(" ", data))


def clean_body(html: str) -> list[str]:
    """Return `html` as a list of safe block elements; empty ones are left out.

    Tags outside the allowed set go, their text stays (script and style go with their content);
    every attribute but a plain link's address goes. Cleaning twice changes nothing more.
    """
    elements = _blocks(html)
    for _round in range(ROUNDS):
        again = _blocks("".join(elements))
        if again == elements:
            return elements
        elements = again
    return paragraphs_to_body(plain_text(elements).split("\n"))


def _blocks(html: str) -> list[str]:
    # The editor writes a no-break space where two spaces meet; newspapers know none.
    return _Splitter().split(_FIRST_CLEANER.clean(html).replace("&nbsp;", " "))


def paragraphs_to_body(paragraphs: list[str]) -> list[str]:
    """Return plain-text paragraphs as body elements."""
    return [f"<p>{escape(paragraph, quote=False)}</p>" for paragraph in paragraphs]


def plain_text(elements: list[str]) -> str:
    """Return the text of body elements, one block a line."""
    return "\n".join(line for lines in lines_of(elements) for line in lines)


def lines_of(elements: list[str]) -> list[list[str]]:
    """Return the lines of `plain_text` element by element: a list has one for each of its items."""
    found = []
    for element in elements:
        lines = (line.strip() for line in _text_of(element).split("\n"))
        found.append([line for line in lines if line])
    return found


def _text_of(element: str) -> str:
    if plain := _PLAIN_PARAGRAPH.fullmatch(element):
        # Read as the parser would, in a tenth of its time.
        return _LINE_ENDS.sub(" ", unescape(plain[1]))
    parser = _Text()
    parser.feed(element)
    parser.close()
    return "".join(parser.parts)


def addressed(elements: list[str]) -> str:
    """Return body elements as one piece of HTML, each with its address as id (p1, p2…)."""
    parts = []
    for number, element in enumerate(elements, start=1):
        name_end = element.index(">")
        parts.append(f'{element[:name_end]} id="p{number}"{element[name_end:]}')
    return "\n".join(parts)
