"""The page of search: what was understood, what was found, and the ways on."""

import html
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.http import urlencode
from markupsafe import escape

from speeches.models import RemarkEdition
from speeches.moderation.withdrawing import withdraw
from speeches.public.names import names_under
from speeches.search import indexing
from speeches.search.asking import MOST_CHARACTERS
from tests.factories import (
    NOON,
    make_district,
    make_meeting,
    make_moderator,
    make_remark,
    make_theme,
    make_unit,
    publish,
)
from tests.public.many import publish_many

pytestmark = pytest.mark.django_db


def page_of(client: Client, typed: str, **params: str) -> str:
    """Return the page of a search."""
    answer = client.get(f"/search/?{urlencode({'q': typed, **params})}")
    assert answer.status_code == 200
    return answer.content.decode()


def plain(markup: str) -> str:
    """Return what is read of a piece of HTML."""
    return html.unescape(re.sub(r"<[^>]+>", "", markup)).strip()


def titles(page: str) -> list[str]:
    """Return the headings of the results, in order."""
    return [plain(one) for one in re.findall(r'<h3 class="item-title">(.*?)</h3>', page, re.S)]


def passages(page: str) -> list[str]:
    """Return the passages as marked up, without their links."""
    found = re.findall(r'<p class="passage">(.*?) <a class="passage-place"', page, re.S)
    return [re.sub(r"</?span[^>]*>", "", one) for one in found]


def understood(page: str) -> str:
    """Return the sentence of what was understood, with the number of results."""
    (sentence,) = re.findall(r'<p class="asked" role="status">(.*?)</p>', page, re.S)
    return plain(sentence)


@pytest.fixture
def remarks() -> None:
    """Three public remarks over two years, two districts and two themes."""
    theme, other = make_theme(), make_theme("ecology", "生态环境")
    acheng, daoli = make_district(), make_district("230102", "道里区")
    publish(
        make_meeting(
            remarks=[
                {
                    "heading": "把协商的桌子摆到街巷里",
                    "paragraphs": ["第一段说明情况。", "坚持两个确立，做到两个维护。"],
                    "district": acheng,
                    "unit_link": make_unit(district=acheng),
                    "themes": [theme],
                },
                {
                    "heading": "守护黑土",
                    "paragraphs": ["保护黑土，协商先行。"],
                    "unit": "道里区政协",
                    "district": daoli,
                    "themes": [other],
                },
                {"heading": "不相干", "paragraphs": ["说的是别的。"], "speakers": ["王协商"]},
            ]
        )
    )


# --- What was found --------------------------------------------------------------------------


def test_results_are_ranked_and_say_what_was_understood(client: Client, remarks: None) -> None:
    page = page_of(client, "协商")

    assert understood(page) == "查找含“协商”的发言。共 3 篇。"
    # In the heading, in the text, in a name alone.
    assert titles(page) == ["把协商的桌子摆到街巷里", "守护黑土", "不相干"]


def test_words_are_marked_in_heading_names_and_text(client: Client, remarks: None) -> None:
    page = page_of(client, "協商")

    assert "把<mark>协商</mark>的桌子摆到街巷里" in page
    assert "王<mark>协商</mark>" in page
    assert passages(page) == ["保护黑土，<mark>协商</mark>先行。"]


def test_a_passage_leads_to_its_paragraph(client: Client, remarks: None) -> None:
    page = page_of(client, "两个确立")

    ((link, words),) = re.findall(r'<a class="passage-place" href="([^"]+)">([^<]+)</a>', page)
    path, address = link.split("#")
    assert (address, words) == ("p2", "第2段")
    assert f'id="{address}"' in client.get(path).content.decode()


def test_paragraphs_are_counted_as_the_page_of_the_remark_counts_them(client: Client) -> None:
    meeting = make_meeting(remarks=[])
    remark = make_remark(meeting)
    remark.body = ["<ul><li>甲</li><li>乙</li></ul>", "<p>一行<br>又一行</p>", "<p>协商民主</p>"]
    remark.save()
    publish(meeting)

    page = page_of(client, "协商民主")

    assert f'href="/remarks/{remark.pk}/#p3">第3段' in page


def test_what_was_typed_and_what_was_printed_are_escaped(client: Client) -> None:
    publish(make_meeting(remarks=[{"heading": "5<6 & “甲”", "paragraphs": ["<b>甲</b>"]}]))
    typed = '甲 "><script>alert(1)</script>'

    page = page_of(client, typed)
    found = page_of(client, "甲")

    assert "<script>alert" not in page
    assert f'value="{escape(typed)}"' in page
    assert "5&lt;6 &amp; “<mark>甲</mark>”" in found
    assert passages(found) == ["&lt;b&gt;<mark>甲</mark>&lt;/b&gt;"]


def test_only_what_is_public_is_found(client: Client, remarks: None) -> None:
    make_meeting(title="未发布", remarks=[{"heading": "未发布的协商"}])
    gone = publish(make_meeting(title="撤下", remarks=[{"heading": "撤下的协商"}]))
    assert len(titles(page_of(client, "协商"))) == 4

    withdraw(gone, by=make_moderator(), at=NOON, reason="有误")

    assert "撤下的" not in plain(page_of(client, "协商"))
    assert len(titles(page_of(client, "协商"))) == 3


# --- Order, choices, pages -------------------------------------------------------------------


def test_results_can_be_sorted_by_date(client: Client, remarks: None) -> None:
    page = page_of(client, "协商", sort="oldest")

    assert '<a href="/search/?q=%E5%8D%8F%E5%95%86" rel="nofollow">按相关程度</a>' in page
    assert "sort=oldest" in page.split('rel="canonical"')[1].split(">")[0]
    assert re.search(r'aria-current="true" rel="nofollow">旧的在前', page)
    assert "没有“x”这种次序，以下按相关程度排列。" in page_of(client, "协商", sort="x")


def test_a_choice_stays_with_the_search_and_promises_truly(client: Client, remarks: None) -> None:
    page = page_of(client, "协商")
    (choice,) = re.findall(r'<a href="([^"]+)" rel="nofollow"><span>道里区</span>', page)

    narrowed = client.get(html.unescape(choice)).content.decode()

    assert choice.startswith("/search/?q=")
    assert titles(narrowed) == ["守护黑土"]
    # The question stands in its box; chips are for the rest.
    chips = re.search(r'<ul class="chips".*?</ul>', narrowed, re.S)
    assert chips is not None
    assert "道里区" in plain(chips.group())
    assert "协商" not in plain(chips.group())
    assert '<a class="chips-all" href="/search/?q=%E5%8D%8F%E5%95%86">' in narrowed


def test_pages_are_ranked_on(client: Client) -> None:
    publish(make_meeting(remarks=[{"heading": f"协商第{n}篇"} for n in range(25)]))

    first, second = page_of(client, "协商"), page_of(client, "协商", page="2")

    assert understood(first) == "查找含“协商”的发言。共 25 篇，第 1 页，共 2 页。"
    assert len(titles(first)) == 20
    assert len(titles(second)) == 5
    assert set(titles(first)).isdisjoint(titles(second))
    assert '<ol class="remark-list found-list" start="21">' in second
    assert client.get("/search/?q=协商&page=3").status_code == 404


def test_a_search_has_one_address_is_not_indexed_and_has_feeds(
    client: Client, remarks: None
) -> None:
    page = page_of(client, "协商", page="1", other="x", year="2024")

    query = "q=%E5%8D%8F%E5%95%86&amp;year=2024"
    assert f'<link rel="canonical" href="http://testserver/search/?{query}">' in page
    assert '<meta name="robots" content="noindex,follow">' in page
    feed = re.search(r'href="(/feeds/remarks\.atom\?[^"]+)">Atom</a>', page)
    assert feed is not None
    assert client.get(html.unescape(feed.group(1))).status_code == 200
    assert client.get("/search/?q=协商")["Cache-Control"] == "no-cache"


# --- Nothing asked, nothing found ------------------------------------------------------------


@pytest.mark.parametrize("query", ["", "q=", "q=+%E3%80%80", "q=&district=230112"])
def test_without_a_question_the_page_tells_how_to_ask(client: Client, query: str) -> None:
    page = client.get(f"/search/?{query}").content.decode()

    assert "怎样写检索词" in page
    assert 'action="/search/"' in page
    assert 'class="asked"' not in page
    assert "noindex" not in page


def test_nothing_found_offers_any_of_the_words(client: Client, remarks: None) -> None:
    page = page_of(client, "两个确立 黑土 -别的")

    (way,) = re.findall(r'有其中一个词就行：<a href="([^"]+)">([^<]+)</a>，有 (\d+) 篇', page)
    assert way[1:] == ("两个确立 OR 黑土 -别的", "2")
    assert len(titles(client.get(html.unescape(way[0])).content.decode())) == 2


@pytest.mark.parametrize(
    "typed", ["没有的词", "没有的词 也没有", "主题:没有 协商", "-协商 没有的词"]
)
def test_nothing_found_is_no_dead_end(client: Client, remarks: None, typed: str) -> None:
    page = page_of(client, typed)

    assert titles(page) == []
    assert "没有找到。可以这样再试：" in page
    assert 'href="/remarks/">全部发言' in page
    assert "有其中一个词就行" not in page


def test_nothing_found_among_choices_offers_to_give_them_up(client: Client, remarks: None) -> None:
    page = page_of(client, "黑土", district="230112")

    offered = {
        label: html.unescape(link)
        for link, label in re.findall(r'<a href="([^"]+)">去掉“([^<]+)”</a>', page)
    }
    assert titles(client.get(offered["阿城区"]).content.decode()) == ["守护黑土"]
    # Without the question, what is left is a list of remarks.
    assert offered["“黑土”"] == "/remarks/?district=230112"


@pytest.mark.parametrize(
    "typed",
    [
        "，。",
        "-",
        "年:去年",
        '"',
        "单位:",
        "OR",
        "甲 OR",
        "a\0b",
        "😀",
        "NEAR(甲 乙)",
        "*",
        "%",
        "\u202e甲",
    ],
)
def test_an_odd_question_says_what_it_means(client: Client, remarks: None, typed: str) -> None:
    assert understood(page_of(client, typed))


def test_of_a_long_question_the_beginning_counts(client: Client, remarks: None) -> None:
    page = page_of(client, "协" * 3000)

    assert f"只看了前{MOST_CHARACTERS}个字。" in understood(page)
    # No address on the page repeats what is not looked at.
    assert max(map(len, re.findall(r'href="([^"]*)"', page))) < 9 * MOST_CHARACTERS + 200


def test_unknown_restrictions_are_said(client: Client, remarks: None) -> None:
    page = page_of(client, "协商", district="999999", year="x")

    assert "以下条件无法识别，或没有对应的已发布发言：" in page


# --- Everywhere ------------------------------------------------------------------------------


@pytest.mark.parametrize("address", ["/", "/remarks/", "/reading/", "/nothing/", "/search/"])
def test_every_page_has_one_box_for_a_question(client: Client, address: str) -> None:
    page = client.get(address).content.decode()

    assert page.count('role="search" action="/search/"') == 1
    (field,) = re.findall(r'<input id="([^"]+)" name="q" type="search"', page)
    assert f'for="{field}"' in page


# PostgreSQL is told how to plan before the index is asked, and told to forget it afterwards.
MOST = 13 if connection.vendor == "sqlite" else 17


def counted(client: Client, address: str) -> int:
    """Return how many statements a page takes, without those that frame a part of another."""
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return sum("SAVEPOINT" not in query["sql"] for query in queries.captured_queries)


def test_a_form_asks_nothing(client: Client) -> None:
    assert counted(client, "/search/") <= 2


@pytest.mark.parametrize("query", ["正文", "发言1", "正文&district=230112&theme=proposals"])
def test_a_search_takes_as_many_queries_with_a_thousand_remarks(client: Client, query: str) -> None:
    """With few results their texts are read for the order, with many those in headings come first.

    Asked for are: the stamps of names, districts and themes, the index, three counts, the order in
    two looks, a page of results, its texts and their themes.
    """
    numbers = []
    for many in (30, 70, 300, 600):
        publish_many(many)
        indexing.add(RemarkEdition.objects.current())
        names_under.cache_clear()
        counted(client, f"/search/?q={query}")
        numbers.append(counted(client, f"/search/?q={query}"))

    few, as_few, many_found, as_many = numbers
    assert few == as_few
    assert many_found == as_many
    assert max(numbers) <= MOST
