"""Meetings: the list by day, and the page as it was printed."""

import datetime as dt
import re

import pytest
from django.test import Client

from speeches.models import Byline, Picture
from speeches.moderation.editing import record_edit
from speeches.moderation.withdrawing import withdraw
from speeches.public.meetings import FOLDED_CHARACTERS
from tests.factories import NOON, make_meeting, make_moderator, make_theme, make_unit, publish

pytestmark = pytest.mark.django_db


def text_of(client: Client, address: str) -> str:
    page = client.get(address)
    assert page.status_code == 200
    return page.content.decode()


def titles(html: str) -> list[str]:
    return re.findall(r'<h3 class="item-title">\s*<a href="[^"]*">([^<]*)</a>', html)


def test_meetings_are_listed_by_day_the_latest_first_with_their_remarks(client: Client) -> None:
    publish(make_meeting(title="早会", held_from=dt.date(2022, 3, 1), remarks=[{}]))
    late = publish(make_meeting(title="晚会", held_from=dt.date(2024, 3, 1), remarks=[{}, {}, {}]))
    withdraw(late.remarks.in_order()[0], by=make_moderator(), at=NOON, reason="有误")

    html = text_of(client, "/meetings/")

    assert titles(html) == ["晚会", "早会"]
    assert html.index("2 篇发言") < html.index("1 篇发言")
    assert "全部会议，共 2 场" in html


def test_meetings_of_one_year(client: Client) -> None:
    publish(make_meeting(title="早会", held_from=dt.date(2022, 3, 1)))
    publish(make_meeting(title="晚会", held_from=dt.date(2024, 3, 1)))

    html = text_of(client, "/meetings/?year=2022")

    assert titles(html) == ["早会"]
    assert "2022年，共 1 场" in html
    assert '<a href="?year=2022" aria-current="true">' in html


@pytest.mark.parametrize("year", ["1999", "abc", "0", "20220", "-2022", "\x00", "<b>"])
def test_a_year_without_meetings_is_said_and_finds_nothing(client: Client, year: str) -> None:
    publish(make_meeting())

    page = client.get("/meetings/", {"year": year})
    html = page.content.decode()

    assert page.status_code == 200
    assert titles(html) == []
    assert "没有年份为“" in html
    assert "<b>" not in html
    assert '<a href="/meetings/">查看全部会议</a>' in html


def test_the_page_has_everything_that_was_printed(client: Client) -> None:
    host = make_unit("哈尔滨市政协")
    meeting = make_meeting(
        title="小板凳坐出大民生",
        kicker="市政协大会发言",
        host=host,
        place="市政协会议厅",
        held_to=dt.date(2024, 5, 24),
        remarks=[{"heading": "第一篇", "themes": [make_theme()]}, {"heading": "第二篇"}],
    )
    Byline.objects.create(meeting=meeting, position=1, name="王越", role="文")
    Byline.objects.create(meeting=meeting, position=2, name="刘达齐", role="摄")
    Picture.objects.create(meeting=meeting, position=1, caption="图为会场。", credit="刘达齐")
    record_edit(meeting, by=None, at=NOON, changed=["bylines"])
    publish(meeting)
    first, second = meeting.remarks.in_order()

    html = text_of(client, f"/meetings/{meeting.pk}/")

    for part in (
        "市政协大会发言",
        "<h1>小板凳坐出大民生</h1>",
        "——市政协基层协商座谈会发言摘编",
        "<span>王越/文</span>",
        "<span>刘达齐/摄</span>",
        "2024年5月23日至24日",
        "市政协会议厅",
        f'<a href="{host.get_absolute_url()}">哈尔滨市政协</a>',
        "<cite>示例日报</cite>，2024年5月24日第3版",
        "<p>座谈会在市政协召开。</p>",
        "图为会场。",
        "刘达齐 摄",
        "<h3>第一篇</h3>",
        f'id="remark-{first.pk}"',
        f'href="/remarks/{second.pk}/">单独查看“第二篇”</a>',
        "<p>第一段说明情况。</p>",
        '<a href="/themes/organisation/">组织建设</a>',
    ):
        assert part in html, part
    assert "<img" not in html


def test_remarks_stand_in_their_order_and_withdrawn_ones_are_left_out(client: Client) -> None:
    meeting = publish(make_meeting(remarks=[{"heading": f"第{n}篇"} for n in range(4)]))
    withdraw(meeting.remarks.in_order()[1], by=make_moderator(), at=NOON, reason="有误")

    html = text_of(client, f"/meetings/{meeting.pk}/")

    assert re.findall(r"<h3>(第.篇)</h3>", html) == ["第0篇", "第2篇", "第3篇"]
    assert '<a class="section-more" href="?view=full" rel="nofollow">全部展开</a>' in html


def test_a_page_shown_in_full_has_its_contents_and_every_text_open(client: Client) -> None:
    meeting = publish(make_meeting(remarks=[{"heading": f"第{n}篇"} for n in range(2)]))
    first, second = meeting.remarks.in_order()

    html = text_of(client, f"/meetings/{meeting.pk}/?view=full")

    assert f'<a href="#remark-{first.pk}">第0篇' in html
    assert f'<article class="sheet-remark" id="remark-{second.pk}">' in html
    assert f'<a href="/remarks/{second.pk}/">第1篇</a>' in html
    assert "<details" not in html
    assert f'<link rel="canonical" href="http://testserver/meetings/{meeting.pk}/">' in html


def test_a_long_page_folds_the_beginnings_of_its_remarks_only(client: Client) -> None:
    end = "最后一句话在此。"
    long_text = "说明情况，提出建议。" * (FOLDED_CHARACTERS // 10) + end
    meeting = publish(make_meeting(remarks=[{"heading": "长篇", "paragraphs": [long_text]}]))

    folded = text_of(client, f"/meetings/{meeting.pk}/")
    full = text_of(client, f"/meetings/{meeting.pk}/?view=full")

    assert end not in folded
    assert "阅读“长篇”全文</a>" in folded
    assert end in full


def test_parallel_opening_sentences_are_marked_as_leads(client: Client) -> None:
    rest = "全年召开协商会十一次，提出建议四十二条，大多已经落实。"
    paragraphs = [
        "近年来做了一些工作。",
        f"前移关口，让选题更接地气。{rest}",
        f"搭好台子，让办理更聚合力。{rest}",
    ]
    meeting = publish(make_meeting(remarks=[{"paragraphs": paragraphs}]))
    addresses = [f"/meetings/{meeting.pk}/", f"/remarks/{meeting.remarks.get().pk}/"]

    for address in addresses:
        leads = re.findall(r'<b class="lead">(.*?)</b>', text_of(client, address))
        assert leads == ["前移关口，让选题更接地气。", "搭好台子，让办理更聚合力。"], address


@pytest.mark.parametrize(
    ("held_to", "words"),
    [
        (None, "2024年5月23日<"),
        (dt.date(2024, 5, 23), "2024年5月23日<"),
        (dt.date(2024, 5, 25), "2024年5月23日至25日<"),
        (dt.date(2024, 6, 2), "2024年5月23日至6月2日<"),
        (dt.date(2025, 1, 2), "2024年5月23日至2025年1月2日<"),
    ],
)
def test_days_are_written_without_repeating_year_and_month(
    client: Client, held_to: dt.date | None, words: str
) -> None:
    meeting = publish(make_meeting(held_to=held_to))

    assert f"<dd>{words}" in text_of(client, f"/meetings/{meeting.pk}/")


def test_a_day_known_only_as_printed_is_shown_as_printed(client: Client) -> None:
    meeting = publish(make_meeting(held_from=None, held_on_text="5月下旬"))

    assert "<dd>5月下旬</dd>" in text_of(client, f"/meetings/{meeting.pk}/")
