"""What is taken from a web page, and what is left."""

import pytest

from speeches.importing.readers.web import read
from speeches.importing.refusals import UnreadableSource


def text_of(body: str) -> str:
    """The text of a page with this body."""
    return read(f"<!DOCTYPE html><html><body>{body}</body></html>".encode()).text


def test_blocks_and_breaks_are_lines() -> None:
    page = "<h1>标题</h1><div>甲<br>乙<div>丙</div>丁</div><table><tr><td>戊<td>己</table>"
    assert text_of(page) == "标题\n\n甲\n乙\n\n丙\n\n丁\n\n戊\n\n己\n"


def test_elements_left_open_end_where_html_says_so() -> None:
    assert text_of("<p>甲<p>乙<ul><li>丙<li>丁</ul>戊") == "甲\n\n乙\n\n丙\n\n丁\n\n戊\n"


def test_inline_marks_and_references_change_no_words() -> None:
    assert text_of("<p>共<b>11</b><span>次</span>&ldquo;庭院&rdquo;&#12290;</p>") == (
        "共11次“庭院”。\n"
    )


def test_a_line_end_between_han_is_no_space_and_between_words_is_one() -> None:
    assert text_of("<p>渠水\n   流到  田头\nSmart\nCity</p>") == "渠水流到 田头 Smart City\n"


def test_an_indent_of_wide_spaces_stays() -> None:
    assert text_of("<p>　　渠水</p>") == "　　渠水\n"


def test_preformatted_text_keeps_its_lines() -> None:
    assert text_of("<pre>甲\n乙 丙\r\n丁</pre>") == "甲\n乙\u00a0丙\n丁\n"


@pytest.mark.parametrize(
    "beside",
    [
        "<script>var 脚本 = '<p>渠</p>'</script>",
        "<style>.样式 {}</style>",
        "<nav><a href='/'>首页</a></nav>",
        "<div class='nav top'>导航</div>",
        "<div role='navigation'>导航</div>",
        "<ul><li><a href='/1'>要闻</a><li><a href='/2'>综合</a></ul>",
        "<p><a href='/1'>上一篇</a> | <a href='/2'>下一篇</a></p>",
        "<header><h1>临江日报</h1></header>",
        "<footer>版权所有</footer>",
        "<aside>相关阅读</aside>",
        "<p hidden>隐藏</p>",
        "<p style='display:none'>隐藏</p>",
        "<!-- 注释 -->",
        "<select><option>2023年</select>",
    ],
)
def test_what_belongs_to_the_site_is_left_out(beside: str) -> None:
    article = "<h2>标题</h2><p>去年入冬以前，渠水流到田头，社员们分到了第一笔奖励。</p>"
    assert text_of(beside + article + beside) == text_of(article)


@pytest.mark.parametrize(
    ("page", "text"),
    [
        ("<header><h1>标题</h1></header><p>渠水</p>", "标题\n\n渠水\n"),
        (
            "<article><header><h1>标题</h1><p>摘编</p></header><p>渠水</p></article>",
            "标题\n\n摘编\n\n渠水\n",
        ),
        ("<p><a href='/unit'>阿城区政协党组</a></p><p>渠水</p>", "阿城区政协党组\n\n渠水\n"),
        ("<a href='/'>没有结束的链接<p>甲</p><p>乙</p>", "没有结束的链接\n\n甲\n\n乙\n"),
        ("<a name='top'><p>甲</p><p>乙</p>", "甲\n\n乙\n"),
        ("<form id='footer'><p>渠水</p></form>", "渠水\n"),
    ],
)
def test_what_may_belong_to_the_article_stays(page: str, text: str) -> None:
    assert text_of(page) == text


@pytest.mark.parametrize(
    ("declared", "encoding", "named"),
    [
        ("<meta charset=gb2312>", "gbk", "gb18030"),
        ('<meta http-equiv="Content-Type" content="text/html; charset=GBK">', "gbk", "gb18030"),
        ("<meta charset='big5'>", "big5", "big5"),
        ("<meta charset=gb2312>", "utf-8", "utf-8"),
        ("", "gbk", "gb18030"),
        ("", "utf-16", "utf-16"),
        ("", "utf-8-sig", "utf-8"),
    ],
)
def test_the_encoding_is_found(declared: str, encoding: str, named: str) -> None:
    page = f"<html><head>{declared}</head><body><p>同坐一席共商大事</p></body></html>"
    reading = read(page.encode(encoding))
    assert (reading.text, reading.encoding) == ("同坐一席共商大事\n", named)


def test_an_editor_may_name_the_encoding() -> None:
    page = "<html><body><p>同坐一席共商大事</p></body></html>".encode("big5")
    assert read(page, "big5").text == "同坐一席共商大事\n"


def test_a_page_that_is_not_what_it_declares_is_refused() -> None:
    page = "<html><meta charset=utf-8><p>同坐一席共商大事</p></html>".encode("gbk")
    with pytest.raises(UnreadableSource, match="UTF-8"):
        read(page)
