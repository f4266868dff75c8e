"""Phrases: figures, concordance and files of any phrase, over what is public alone."""

import csv
import datetime as dt
import html
import io
import re
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

from speeches.models import Meeting, Person, Phrase, Remark, RemarkEdition
from speeches.moderation.intake import Issue, confirm, take_in
from speeches.moderation.phrasing import drop_phrase, keep_phrase
from speeches.moderation.withdrawing import withdraw
from speeches.public import phrase_asking, phrase_counts, phrase_files
from speeches.public.phrase_asking import followed_phrase, sought
from tests.factories import (
    NOON,
    adopt_one_review,
    make_meeting,
    make_moderator,
    make_remark,
    make_unit,
    publish,
)
from tests.search.test_tallying import literal_count

PAGE = Path(__file__).parents[3] / "shared" / "pages" / "cppcc-digest-2024.txt"
SET_PHRASES = ("两个确立", "四个意识", "四个自信", "两个维护", "同心圆")

pytestmark = pytest.mark.django_db


def follow(text: str, *variants: str) -> Phrase:
    return keep_phrase(Phrase(text=text), variants=variants, by=None, at=NOON)


def said(day: dt.date, *remarks: dict[str, object]) -> Meeting:
    return publish(make_meeting(held_from=day, remarks=remarks))


def words(client: Client, address: str) -> str:
    """Return what a page says, without its elements."""
    page = client.get(address).content.decode()
    return " ".join(html.unescape(re.sub(r"<[^>]+>", "", page)).split())


def handed(answer: Any) -> dict[str, Any]:
    """Return what the view handed to its template."""
    values: dict[str, Any] = answer.context_data
    return values


def lines(client: Client, address: str) -> list[list[str]]:
    text = client.get(address).getvalue().decode()
    assert text.startswith("\ufeff")
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))


@pytest.mark.skipif(
    not PAGE.exists(),
    reason="not run: ../shared/pages is not here, so no real page can be published",
)
def test_the_real_page_has_the_counts_of_a_literal_count(client: Client) -> None:
    for text in SET_PHRASES[:3]:
        follow(text)
    adopt_one_review()
    issue = Issue("示例日报", NOON.date(), "3")
    run, _new = take_in(PAGE.read_bytes(), name=PAGE.name, issue=issue, by=None, at=NOON)
    publish(confirm(run, by=None, at=NOON))
    for text in SET_PHRASES[3:]:
        follow(text)
    editions = list(RemarkEdition.objects.current())
    assert editions

    for text in SET_PHRASES:
        counts = [literal_count([text], one.heading, one.text) for one in editions]
        expected = (sum(map(bool, counts)), sum(counts))
        assert expected[0] > 0
        phrase = Phrase.objects.get(text=text)
        followed = followed_phrase(phrase.pk)
        assert followed is not None
        assert (followed.remarks, followed.occurrences) == expected
        page = words(client, phrase.get_absolute_url())
        assert f"发言 {expected[0]}篇 出现 {expected[1]}次" in page
        drop_phrase(phrase, by=None, at=NOON)
        (free,) = sought([text])
        assert (free.remarks, free.occurrences) == expected
        assert f"发言 {expected[0]}篇 出现 {expected[1]}次" in words(client, f"/phrases/?p={text}")
        assert len(lines(client, f"/phrases/concordance.csv?p={text}")) == 1 + expected[1]


def test_a_page_says_where_when_and_by_whom(client: Client) -> None:
    unit, person = make_unit("阿城区政协"), Person.objects.create(name="王一")
    mine = {"unit": "阿城区政协", "unit_link": unit, "speakers": [person]}
    said(
        dt.date(2023, 11, 2),
        {**mine, "heading": "甲", "paragraphs": ["同心圆越画越大。"]},
        {**mine, "heading": "乙", "paragraphs": ["与此无关。"]},
    )
    said(
        dt.date(2024, 2, 3),
        {"heading": "丙同心圆", "paragraphs": ["一段。", "再画同心圆、同心圆。"]},
    )
    phrase = follow("同心圆")

    page = words(client, phrase.get_absolute_url())

    assert "发言 2篇 出现 4次 单位 1个 会议 2场" in page
    assert "阿城区政协 1篇，占其2篇发言的50%" in page
    assert "王一 1篇，占其2篇发言的50%" in page
    assert "最早 2023年11月2日 甲" in page
    assert "最近 2024年2月3日 丙同心圆" in page
    answer = client.get(phrase.get_absolute_url())
    rows = handed(answer)["trend"].rows
    assert [(row.label, row.numbers) for row in rows] == [
        ("2024年2月", [(1, 3)]),
        ("2023年11月", [(1, 1)]),
    ]
    remark = Remark.objects.get(heading="丙同心圆")
    assert (
        f'href="/remarks/{remark.pk}/#p2"' in client.get(phrase.get_absolute_url()).content.decode()
    )


def test_only_what_is_public_counts(client: Client) -> None:
    meeting = said(dt.date(2024, 5, 1), {"paragraphs": ["同心圆。"]}, {"paragraphs": ["同心圆。"]})
    make_remark(meeting, heading="待审", paragraphs=["同心圆。"])
    phrase = follow("同心圆")
    taken = meeting.remarks.in_order()[0]
    withdraw(taken, by=make_moderator(), at=NOON, reason="有误")

    for address in (phrase.get_absolute_url(), "/phrases/?p=同心"):
        page = words(client, address)
        assert "发言 1篇" in page
        assert "待审" not in page


def test_a_followed_phrase_counts_its_variants_and_has_one_address(client: Client) -> None:
    said(dt.date(2024, 5, 1), {"heading": "“两个 確立”", "paragraphs": ["两个确立和两确立。"]})
    phrase = follow("两个确立", "两确立")

    answer = client.get("/phrases/?p=“兩個確立”")

    assert answer.status_code == 302
    assert answer.headers["Location"] == phrase.get_absolute_url()
    page = words(client, phrase.get_absolute_url())
    assert "出现 3次" in page
    assert "写作“两确立”的也计入" in page
    assert "出现 1次" in words(client, "/phrases/?p=两确立")


def test_neighbours_order_the_concordance_by_pronunciation(client: Client) -> None:
    paragraphs = ["增强同心圆作用", "把同心圆，大家画", "爱同心圆"]
    said(dt.date(2024, 5, 1), {"heading": "标题", "paragraphs": paragraphs})
    phrase = follow("同心圆")

    def order(sort: str) -> list[int]:
        page = client.get(phrase.get_absolute_url(), {"sort": sort})
        return [line.place.paragraph for line in handed(page)["paging"].entries]

    assert order("date") == order("nothing") == [1, 2, 3]
    assert order("left") == [3, 2, 1]
    assert order("right") == [3, 2, 1]
    assert order("right")[-1] == 1


def test_a_common_phrase_is_read_from_the_newest_remarks_and_says_so(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(phrase_asking, "MOST_READ", 2)
    for year in (2021, 2022, 2023):
        said(dt.date(year, 5, 1), {"paragraphs": ["同心圆，同心圆。"]})

    page = words(client, "/phrases/?p=同心圆")

    assert "发言 3篇 最近2篇中出现 4次" in page
    assert "出现这个提法的发言有3篇，这里只列最近2篇中的各处" in page
    assert "下载的文件列出全部各处，由新到旧排列。" in page
    phrase = follow("同心圆")
    page = words(client, phrase.get_absolute_url())
    assert "发言 3篇 出现 6次" in page
    assert "最早 2021年5月1日" in page


def test_what_goes_on_is_marked_and_what_begins_or_ends_is_not(client: Client) -> None:
    said(dt.date(2024, 5, 1), {"paragraphs": [f"同心圆，{'说明情况。' * 5}"]})
    said(dt.date(2024, 6, 1), {"paragraphs": [f"{'说明情况。' * 5}同心圆。"]})

    page = client.get("/phrases/?p=同心圆").content.decode()

    assert re.findall(r'<q class="([^"]*)">', page) == [" cut-after", "cut-before "]


def test_the_orders_of_the_concordance_have_their_style(client: Client) -> None:
    said(dt.date(2024, 5, 1), {"paragraphs": ["同心圆。"]})

    page = client.get("/phrases/?p=同心圆").content.decode()

    styles = [finders.find(name) for name in re.findall(r'href="/static/(public/\w+\.css)"', page)]
    assert 'class="sorting"' in page
    assert any(".sorting a" in Path(str(style)).read_text() for style in styles)


def test_the_file_of_a_common_phrase_has_every_place_the_newest_first(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    for year in (2021, 2022, 2023):
        said(dt.date(year, 5, 1), {"paragraphs": ["乙同心圆。", f"甲同心圆，{year}。"]}, {})
    address = "/phrases/concordance.csv?p=同心圆&sort=left"
    every = {tuple(row[1:]) for row in lines(client, address)}
    monkeypatch.setattr(phrase_asking, "MOST_READ", 2)
    monkeypatch.setattr(phrase_counts, "SLICE", 2)
    monkeypatch.setattr(phrase_files, "PIECE", 10)

    _head, *rows = lines(client, address)

    assert {tuple(row[1:]) for row in rows} < every
    assert [(row[0], row[8], row[1]) for row in rows] == [
        (str(number), f"{year}-05-01", left)
        for number, (year, left) in enumerate(product((2023, 2022, 2021), "乙甲"), start=1)
    ]


def test_a_remark_that_is_withdrawn_while_the_file_is_sent_is_left_out(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    for year in (2021, 2022, 2023):
        said(dt.date(year, 5, 1), {"paragraphs": ["同心圆。"]})
    monkeypatch.setattr(phrase_asking, "MOST_READ", 1)
    monkeypatch.setattr(phrase_counts, "SLICE", 1)
    monkeypatch.setattr(phrase_files, "PIECE", 10)
    sent = iter(client.get("/phrases/concordance.csv?p=同心圆"))
    next(sent)

    withdraw(Meeting.objects.get(held_from="2022-05-01"), by=make_moderator(), at=NOON, reason="误")

    rest = b"".join(sent).decode()
    assert [day in rest for day in ("2023-05-01", "2022-05-01", "2021-05-01")] == [
        True,
        False,
        True,
    ]


def test_a_common_followed_phrase_has_the_same_page(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    unit = make_unit("阿城区政协")
    for year in (2021, 2022, 2023):
        said(dt.date(year, 5, 1), {"unit_link": unit, "paragraphs": ["同心圆，同心圆。"]}, {})
    phrase = follow("同心圆")
    few = words(client, phrase.get_absolute_url())

    monkeypatch.setattr(phrase_counts, "COMMON", 1)

    assert words(client, phrase.get_absolute_url()) == few
    assert "发言 3篇 出现 6次 单位 1个 会议 3场" in few


def test_several_phrases_share_one_picture(client: Client) -> None:
    said(dt.date(2024, 3, 1), {"paragraphs": ["同心圆。四个意识。"]})
    said(dt.date(2024, 5, 1), {"paragraphs": ["同心圆。"]})
    follow("同心圆")

    answer = client.get("/phrases/?p=同心圆&p=四个意识&p=没有&p=同心圆")

    trend = handed(answer)["trend"]
    assert [strip.label for strip in trend.strips] == ["同心圆", "四个意识", "没有"]
    heights = [[mark.height for mark in strip.marks] for strip in trend.strips]
    assert heights == [[72, 0, 72], [72, 0, 0], [0, 0, 0]]
    assert "noindex" in answer.content.decode()
    rows = lines(client, "/phrases/months.csv?p=同心圆&p=四个意识")
    assert rows == [
        ["提法", "年份", "月份", "篇数", "次数"],
        ["同心圆", "2024", "3", "1", "1"],
        ["同心圆", "2024", "5", "1", "1"],
        ["四个意识", "2024", "3", "1", ""],
    ]


def test_six_phrases_are_five(client: Client) -> None:
    answer = client.get("/phrases/?" + "&".join(f"p=提法{n}" for n in range(6)))

    assert len(handed(answer)["phrases"]) == 5
    assert "一次最多对照5个提法" in answer.content.decode()


@pytest.mark.parametrize("typed", ["<script>alert(1)</script>", "“”", "'; --", "\0", "x" * 500, ""])
def test_nothing_typed_is_an_error_or_markup(client: Client, typed: str) -> None:
    said(dt.date(2024, 5, 1), {"paragraphs": ["<script>alert(1)</script>"]})

    answer = client.get("/phrases/", {"p": [typed, "协商"]})
    alone = client.get("/phrases/", {"p": typed})

    for one in (answer, alone):
        assert one.status_code == 200
        assert "<script>alert" not in one.content.decode()


def test_cells_that_a_spreadsheet_would_run_are_disarmed(client: Client) -> None:
    said(
        dt.date(2024, 5, 1),
        {
            "heading": "=HYPERLINK(1)",
            "unit": "+政协",
            "post": "＝职务",
            "paragraphs": ["@同心圆-1"],
        },
    )

    answer = client.get("/phrases/concordance.csv?p=同心圆")

    (row,) = lines(client, "/phrases/concordance.csv?p=同心圆")[1:]
    assert row[1:7] == ["'@", "同心圆", "'-1", "'=HYPERLINK(1)", "'+政协", "'＝职务"]
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert "attachment" in answer.headers["Content-Disposition"]


def test_the_feed_has_the_remarks_of_all_forms_and_of_no_name(client: Client) -> None:
    said(
        dt.date(2024, 5, 1),
        {"heading": "甲", "paragraphs": ["同心圆。"]},
        {"heading": "乙", "paragraphs": ["同心之圆。"]},
        {"heading": "丙", "unit": "同心圆联谊会", "paragraphs": ["无关。"]},
    )
    phrase = follow("同心圆", "同心之圆")

    (feed,) = {one.url for one in handed(client.get(phrase.get_absolute_url()))["feeds"][:1]}
    text = client.get(feed).content.decode()

    assert [("<title>" + name in text or f">{name}<" in text) for name in "甲乙丙"] == [
        True,
        True,
        False,
    ]
    listed = client.get("/remarks/?" + feed.partition("?")[2])
    assert handed(listed)["total"] == 2


def test_a_long_time_is_drawn_by_years(client: Client) -> None:
    for year in (2015, 2024):
        said(dt.date(year, 5, 1), {"paragraphs": ["同心圆。"]})

    trend = handed(client.get("/phrases/?p=同心圆"))["trend"]

    assert [mark.height for mark in trend.strips[0].marks] == [150, *[0] * 8, 150]
    assert [row.label for row in trend.rows] == ["2024年", "2015年"]


def test_a_phrase_that_stands_nowhere_has_a_page(client: Client) -> None:
    phrase = follow("同心圆")

    answer = client.get(phrase.get_absolute_url())

    assert answer.status_code == 200
    assert "没有出现过这个提法" in answer.content.decode()
    assert client.get(f"/phrases/{phrase.pk + 1}/").status_code == 404
