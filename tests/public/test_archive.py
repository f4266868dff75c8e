"""The archive by year and month."""

import datetime as dt
import re

import pytest
from django.test import Client

from speeches.moderation.withdrawing import withdraw
from tests.factories import NOON, make_meeting, make_moderator, publish

pytestmark = pytest.mark.django_db


def text_of(client: Client, address: str) -> str:
    page = client.get(address)
    assert page.status_code == 200
    return page.content.decode()


def words(html: str) -> str:
    return re.sub(r"\s+", "", re.sub(r"<[^>]+>", "", html))


@pytest.fixture(autouse=True)
def said() -> None:
    for day, number in (
        (dt.date(2022, 12, 31), 1),
        (dt.date(2024, 2, 29), 2),
        (dt.date(2024, 5, 1), 0),
        (dt.date(2024, 5, 31), 3),
    ):
        remarks = [{"heading": f"{day:%m%d}之{n}"} for n in range(number)]
        publish(make_meeting(title=f"{day}的会", held_from=day, remarks=remarks))
    gone = publish(make_meeting(title="撤下的会", held_from=dt.date(2023, 3, 3)))
    withdraw(gone, by=make_moderator(), at=NOON, reason="有误")
    make_meeting(title="未发的会", held_from=dt.date(2021, 3, 3))


def test_the_archive_counts_every_year_and_month(client: Client) -> None:
    html = text_of(client, "/archive/")

    assert "共 4 场会议、6 篇发言" in html
    assert re.findall(r'<a href="(/archive/[^"]*)"', html) == [
        *("/archive/2024/", "/archive/2024/02/", "/archive/2024/05/"),
        *("/archive/2022/", "/archive/2022/12/"),
    ]
    assert "2024年3场会议、5篇发言" in words(html)
    assert "2月1场2篇" in words(html)
    assert "3月无" in words(html)


def test_a_year_shows_its_meetings_month_by_month(client: Client) -> None:
    html = text_of(client, "/archive/2024/")

    assert "共 3 场会议、5 篇发言" in html
    assert re.findall(r">(20[\d-]+)的会<", html) == ["2024-02-29", "2024-05-01", "2024-05-31"]
    assert 'href="/remarks/?year=2024"' in html
    assert 'rel="prev" href="/archive/2022/"' in html
    assert 'rel="next"' not in html


def test_a_month_shows_its_meetings_and_remarks(client: Client) -> None:
    html = text_of(client, "/archive/2024/05/")

    assert "<h1>2024年5月</h1>" in html
    assert "共 2 场会议、3 篇发言" in html
    assert re.findall(r">(0531之\d)<", html) == ["0531之0", "0531之1", "0531之2"]
    assert 'rel="prev" href="/archive/2024/02/"' in html
    assert 'rel="next"' not in html
    assert 'rel="next" href="/archive/2024/02/"' in text_of(client, "/archive/2022/12/")


def test_a_month_of_many_remarks_has_pages(client: Client) -> None:
    remarks = [{"heading": f"第{n}篇"} for n in range(25)]
    publish(make_meeting(title="大会", held_from=dt.date(2020, 7, 1), remarks=remarks))

    first, second = (text_of(client, f"/archive/2020/07/{page}") for page in ("", "?page=2"))

    assert "大会</a>" in first
    assert "第24篇" in second
    assert '<h2 id="meetings-title">' not in second
    assert client.get("/archive/2020/07/?page=3").status_code == 404


@pytest.mark.parametrize(
    "address",
    [
        "/archive/2023/",
        "/archive/2023/03/",
        "/archive/2021/",
        "/archive/2024/01/",
        "/archive/2024/13/",
        "/archive/2024/00/",
        "/archive/2024/5/",
        "/archive/0024/",
        "/archive/9999/",
        "/archive/2999/12/",
    ],
)
def test_a_period_of_which_nothing_is_public_is_not_found(client: Client, address: str) -> None:
    assert client.get(address).status_code == 404


def test_a_month_whose_meetings_have_no_remarks_says_so(client: Client) -> None:
    publish(make_meeting(held_from=dt.date(2019, 1, 1), remarks=[]))

    assert "本月的会议还没有已发布的发言" in text_of(client, "/archive/2019/01/")
