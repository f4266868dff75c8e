"""What a remark's body may hold, whatever an editor, a paste or a client sends."""

from html import escape
from html.parser import HTMLParser

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from speeches.text.markup import (
    ALLOWED,
    BLOCKS,
    addressed,
    clean_body,
    paragraphs_to_body,
    plain_text,
)

INLINE = ("strong", "em", "a", "span", "font", "b")
OUTER = ("p", "h2", "h3", "blockquote", "ul", "ol", "li", "div", "table", "tr", "td", "h1")
# Their content goes with them, as that of script and style.
FOREIGN = ("svg", "math")
ADDRESSES = (
    *("https://example.org/a", "/remarks/1/", "mailto:a@example.org", "#p2"),
    *("javascript:alert(1)", " JaVa\tScript:alert(1)", "data:text/html,x", "vbscript:x"),
    *("//host/x", "\\\\host\\x", "/\t/host", "/\\host", "\x01//host", "/\n/host", " // host"),
)
WORDS = st.text(alphabet="政协委员 座谈1a<>&\"'“”\u00a0\u3000", min_size=1, max_size=6)


def elements(children: st.SearchStrategy[str], tags: tuple[str, ...]) -> st.SearchStrategy[str]:
    """Return elements of these kinds around `children`, some with attributes nobody wants."""
    attributes = st.sampled_from(
        ("", ' onclick="x()"', ' style="color:red"', ' class="x" id="p1"', " ONERROR=x()")
    )
    links = st.sampled_from(ADDRESSES).map(lambda address: f' href="{escape(address)}"')
    return st.builds(
        lambda tag, attribute, link, inside: f"<{tag}{attribute}{link}>{inside}</{tag}>",
        st.sampled_from(tags),
        attributes,
        links,
        children,
    )


def pages(*tags: str) -> st.SearchStrategy[str]:
    """Return well-formed HTML of these elements."""
    pieces = st.recursive(
        WORDS.map(lambda text: escape(text, quote=False))
        | st.sampled_from(("<br>", "\n", "&nbsp;")),
        lambda children: elements(st.lists(children, max_size=3).map("".join), tags),
        max_leaves=12,
    )
    return st.lists(pieces, max_size=4).map("".join)


HTML = pages(*INLINE, *OUTER)
# Cut somewhere: tags that never end or begin.
HOSTILE = st.builds(
    lambda html, a, b: html[a : max(a, len(html) - b)],
    pages(*INLINE, *OUTER, *FOREIGN),
    *[st.integers(0, 9)] * 2,
)
FEW = settings(max_examples=40)


class Inspector(HTMLParser):
    """Notes tags, attributes and how many elements stand at the top."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.at_top: list[str] = []
        self.loose = ""
        self._depth = 0
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs
        if self._depth == 0:
            self.at_top.append(tag)
        self._depth += tag != "br"

    def handle_endtag(self, tag: str) -> None:
        self._depth -= 1

    def handle_data(self, data: str) -> None:
        if self._depth == 0:
            self.loose += data


def letters_of(html: str) -> str:
    """Return the characters of the text that are no space."""
    found: list[str] = []

    class Text(HTMLParser):
        def handle_data(self, data: str) -> None:
            found.append(data)

    parser = Text()
    parser.feed(html)
    parser.close()
    return "".join("".join(found).split())


@FEW
@given(HOSTILE)
@example("<em>行<li>b<p>c</p></li></em>")
@example("<p>a<table><tr><td><p>x<td>y</table>z")
@example("a&#160;&nbsp;b")
def test_cleaning_twice_changes_nothing_more(html: str) -> None:
    once = clean_body(html)

    assert clean_body("".join(once)) == once
    assert clean_body("\n".join(once)) == once


@FEW
@given(HOSTILE)
@example("<li>一</li>")
@example("<math><li>x</math>")
def test_every_element_is_one_allowed_block(html: str) -> None:
    for element in clean_body(html):
        inspector = Inspector(element)

        assert len(inspector.at_top) == 1
        assert inspector.at_top[0] in BLOCKS
        assert inspector.loose == ""
        assert set(inspector.tags) <= ALLOWED


@FEW
@given(HOSTILE)
@example('<a href="/\t/host">x</a>')
@example("<p onclick=a()>x</p><script>b()</script><style>c{}</style>")
def test_nothing_that_acts_gets_through(html: str) -> None:
    for element in clean_body(html):
        for name, value in Inspector(element).attributes:
            assert name in {"href", "rel"}
            if name == "href":
                bare = "".join((value or "").split()).lower().replace("\\", "/").lstrip("\x01")
                assert not bare.startswith(("//", "javascript:", "data:", "vbscript:"))


@FEW
@given(HTML)
@example("<div>一</div><div>二</div>")
@example("<p>5 &lt; 6 &amp;amp;</p>")
@example("<table><td>&lt;</td>1</table>")
def test_the_text_stays(html: str) -> None:
    # Text between the cells of a table stands before it, as browsers show it too.
    order = sorted if "<table" in html else list
    text = "".join(clean_body(html))
    assert order(letters_of(text)) == order(letters_of(html))
    assert order("".join(plain_text(clean_body(html)).split())) == order(letters_of(html))


@FEW
@given(st.text(alphabet="政协1a>&;#ltamp \n\r\t\u3000", max_size=30))
@example("&#10;1 &lt;p&gt; &amp")
def test_a_paragraph_without_tags_reads_like_one_with_them(inside: str) -> None:
    # A note of the source is no text, and makes the element one that has to be parsed.
    assert plain_text([f"<p>{inside}</p>"]) == plain_text([f"<p><!-- -->{inside}</p>"])


@FEW
@given(st.lists(st.text(alphabet="政协1a<>&\"'；", min_size=1, max_size=20), max_size=5))
def test_plain_paragraphs_come_back_as_they_were(paragraphs: list[str]) -> None:
    body = paragraphs_to_body(paragraphs)

    assert plain_text(body) == "\n".join(paragraphs)
    assert clean_body("".join(body)) == body


@pytest.mark.parametrize(
    ("html", "body"),
    [
        ("", []),
        ("<p></p><p>&nbsp;</p> \n", []),
        ("一段没有标签的话", ["<p>一段没有标签的话</p>"]),
        ("<p>一</p>\n\n<p>二</p>", ["<p>一</p>", "<p>二</p>"]),
        ("<div>一</div><div>二</div>", ["<p>一</p>", "<p>二</p>"]),
        ("<h1>标题</h1>正文", ["<p>标题</p>", "<p>正文</p>"]),
        ("<li>一</li><li>二</li>", ["<p>一</p>", "<p>二</p>"]),
        ("<ul><li>一</li></ul>", ["<ul><li>一</li></ul>"]),
        ("<p>甲<script>alert(1)</script>乙</p>", ["<p>甲乙</p>"]),
        ("<strong>甲<p>乙</p></strong>", ["<p><strong>甲</strong></p>", "<p>乙</p>"]),
        ('<p style="x" onclick="y">甲</p>', ["<p>甲</p>"]),
        (
            '<a href="https://example.org/" target="_blank">网</a>',
            ['<p><a href="https://example.org/" rel="noopener noreferrer">网</a></p>'],
        ),
        ('<a href="/\t/host">网</a>', ['<p><a rel="noopener noreferrer">网</a></p>']),
    ],
)
def test_cleaning_keeps_what_is_allowed_and_no_more(html: str, body: list[str]) -> None:
    assert clean_body(html) == body


def test_a_line_end_in_the_source_is_a_space_and_br_a_line() -> None:
    assert plain_text(["<p>甲\n乙<br>丙</p>", "<ul>\n<li>丁</li>\n<li>戊</li>\n</ul>"]) == (
        "甲 乙\n丙\n丁\n戊"
    )


def test_a_block_inside_a_block_begins_a_line() -> None:
    assert plain_text(["<blockquote>甲<p>乙</p>丙</blockquote>"]) == "甲\n乙\n丙"


@FEW
@given(HTML)
def test_addresses_count_the_elements(html: str) -> None:
    body = clean_body(html)

    found = [value for name, value in Inspector(addressed(body)).attributes if name == "id"]

    assert found == [f"p{number}" for number in range(1, len(body) + 1)]
    assert plain_text([addressed(body)]) == plain_text(body)
