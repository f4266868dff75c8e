"""Remarks: the list in words, what is not understood, and each remark's page."""

import re
from urllib.parse import urlencode

import pytest
from django.test import Client

from speeches.models import Meeting, Person, RemarkEdition
from speeches.moderation.withdrawing import withdraw
from speeches.public.remarks import neighbours
from speeches.records import remark_pages
from tests.factories import (
    NOON,
    make_district,
    make_meeting,
    make_moderator,
    make_theme,
    make_unit,
    publish,
)

pytestmark = pytest.mark.django_db


def text_of(client: Client, address: str, **params: str | int | list[str]) -> str:
    page = client.get(address, params)
    assert page.status_code == 200
    return page.content.decode()


def words(html: str) -> str:
    """Return the text of the page, without the space between elements."""
    return re.sub(r"\s+", "", re.sub(r"<[^>]+>", "", html))


def results(html: str) -> list[str]:
    """Return the headings of the remarks in a list."""
    return re.findall(r'<h3 class="item-title">\s*<a href="[^"]*">([^<]*)</a>', html)


@pytest.fixture
def page_of_remarks() -> Meeting:
    district, theme = make_district(), make_theme()
    return publish(
        make_meeting(
            remarks=[
                {"heading": "第一篇", "district": district, "themes": [theme]},
                {"heading": "第二篇", "unit_link": make_unit()},
                {"heading": "第三篇", "speakers": [Person.objects.create(name="王一")]},
            ]
        )
    )


def test_the_list_says_in_words_what_was_asked(client: Client, page_of_remarks: Meeting) -> None:
    html = text_of(client, "/remarks/", district="230112", theme="organisation", year="2024")

    assert "阿城区 · 组织建设，2024年，共 1 篇" in html
    assert "<title>阿城区 · 组织建设，2024年 - 发言 - " in html
    assert results(html) == ["第一篇"]


def test_every_restriction_can_be_taken_away_alone(
    client: Client, page_of_remarks: Meeting
) -> None:
    html = text_of(client, "/remarks/", district="230112", year="2024")

    assert '<a href="/remarks/?year=2024"><span class="visually-hidden">移除</span>阿城区' in html
    assert '<a href="/remarks/?district=230112"><span class="visually-hidden">移除' in html


def test_a_restriction_by_number_shows_the_public_name(
    client: Client, page_of_remarks: Meeting
) -> None:
    person = Person.objects.get()

    assert "王一，共 1 篇" in text_of(client, "/remarks/", person=person.pk)
    assert f"{page_of_remarks.title}，共 3 篇" in text_of(
        client, "/remarks/", meeting=page_of_remarks.pk
    )


def test_a_meeting_without_title_is_named_by_its_name(client: Client) -> None:
    meeting = publish(make_meeting(title="", name="读书座谈会"))

    assert "读书座谈会，共 1 篇" in text_of(client, "/remarks/", meeting=meeting.pk)


@pytest.mark.parametrize(
    "wrong",
    [
        {"district": "999999"},
        {"district": "\x00"},
        {"theme": "nothing"},
        {"year": "abc"},
        {"year": "99999"},
        {"year": "2024.5"},
        {"unit": "0"},
        {"unit": "-3"},
        {"unit": "999"},
        {"unit": "9" * 400},
        {"person": "NaN"},
        {"person": "\x00"},
        {"meeting": "1e99"},
        {"meeting": "<script>"},
    ],
)
def test_a_value_that_is_not_understood_is_said_and_finds_nothing(
    client: Client, page_of_remarks: Meeting, wrong: dict[str, str]
) -> None:
    html = text_of(client, "/remarks/", **{"year": "2024", **wrong})

    assert results(html) == []
    assert "共 0 篇" in html
    assert "以下条件无法识别，或没有对应的已发布发言：" in html
    assert "<script>" not in html
    assert 'href="/remarks/">查看全部发言' in html


def test_only_the_value_that_is_not_understood_is_named(
    client: Client, page_of_remarks: Meeting
) -> None:
    html = text_of(client, "/remarks/", district=["230112", "999999"], year="2024")

    assert '<a href="/remarks/?district=230112&amp;year=2024">去掉“区县 999999”</a>' in html
    assert "去掉“阿城区”" not in html


def test_an_empty_value_asks_for_nothing(client: Client, page_of_remarks: Meeting) -> None:
    html = text_of(client, "/remarks/", district="", theme="", unit="", year=" ")

    assert "全部发言，共 3 篇" in html


def test_no_result_says_what_to_loosen(client: Client, page_of_remarks: Meeting) -> None:
    unit = page_of_remarks.remarks.get(heading="第二篇").unit
    assert unit is not None

    html = text_of(client, "/remarks/", district="230112", unit=unit.pk)

    assert "没有同时符合这些条件的发言" in html
    assert f'<a href="/remarks/?unit={unit.pk}">去掉“阿城区”</a>' in html
    assert '<a href="/remarks/?district=230112">去掉“阿城区政协党组”</a>' in html


def test_pages_keep_the_restrictions(client: Client) -> None:
    district = make_district()
    publish(
        make_meeting(remarks=[{"heading": f"第{n}篇", "district": district} for n in range(45)])
    )
    query = urlencode({"district": "230112", "year": "2024"})

    html = text_of(client, "/remarks/", page="2", year="2024", district="230112")

    assert results(html) == [f"第{n}篇" for n in range(20, 40)]
    assert f'rel="prev" href="/remarks/?{query.replace("&", "&amp;")}"' in html
    assert f'rel="next" href="/remarks/?{query.replace("&", "&amp;")}&amp;page=3"' in html
    assert client.get("/remarks/?page=3").status_code == 200
    assert client.get("/remarks/?page=4").status_code == 404


def test_neighbours_are_the_current_remarks_of_the_same_meeting(
    client: Client, page_of_remarks: Meeting
) -> None:
    publish(make_meeting(remarks=[{"heading": "别处"}]))
    first, second, third = page_of_remarks.remarks.in_order()

    def neighbours(pk: int) -> dict[str, str]:
        html = text_of(client, f"/remarks/{pk}/")
        return dict(re.findall(r'rel="(prev|next)" href="([^"]*)"', html))

    assert neighbours(first.pk) == {"next": f"/remarks/{second.pk}/"}
    assert neighbours(second.pk) == {
        "prev": f"/remarks/{first.pk}/",
        "next": f"/remarks/{third.pk}/",
    }
    withdraw(second, by=make_moderator(), at=NOON, reason="有误")
    assert neighbours(first.pk) == {"next": f"/remarks/{third.pk}/"}
    assert neighbours(third.pk) == {"prev": f"/remarks/{first.pk}/"}


def test_a_remark_that_is_withdrawn_while_its_page_is_made_still_has_neighbours() -> None:
    meeting = publish(make_meeting(remarks=[{"heading": name} for name in "甲乙丙"]))
    editions = RemarkEdition.objects.current()
    page = remark_pages(editions.filter(heading="乙").values_list("pk", flat=True))[0]

    withdraw(meeting.remarks.get(heading="乙"), by=make_moderator(), at=NOON, reason="有误")

    assert [link.name for link in neighbours(page) if link] == ["甲", "丙"]


def test_a_remark_shows_names_as_printed_and_links_those_known(client: Client) -> None:
    unit = make_unit("依兰县政协委员会")
    person = Person.objects.create(name="祁砚禾", note="只在后台")
    meeting = publish(
        make_meeting(
            remarks=[
                {
                    "unit": "依兰县政协",
                    "post": "主席",
                    "unit_link": unit,
                    "speakers": [person, "李二"],
                    "paragraphs": ["第一段。", "第二段。"],
                }
            ]
        )
    )

    html = text_of(client, f"/remarks/{meeting.remarks.get().pk}/")

    assert f'<a href="/units/{unit.pk}/">依兰县政协</a>主席' in html
    assert f'<a href="/people/{person.pk}/">祁砚禾</a>' in html
    assert '<span class="speaker">李二</span>' in html
    parts = re.findall(r'id="(p\d)">\s*<a class="address" href="#(p\d)"[^>]*>\d</a>\s*(.*)', html)
    assert parts == [("p1", "p1", "<p>第一段。</p>"), ("p2", "p2", "<p>第二段。</p>")]
    assert f'href="/meetings/{meeting.pk}/#remark-{meeting.remarks.get().pk}"' in html
    assert "来源示例日报，2024年5月24日第3版" in words(html)
    assert "只在后台" not in html


def test_a_remark_without_heading_is_called_by_who_spoke(client: Client) -> None:
    meeting = publish(
        make_meeting(
            remarks=[{"heading": "", "unit": "依兰县政协", "post": "主席", "speakers": ["祁砚禾"]}]
        )
    )

    html = text_of(client, f"/remarks/{meeting.remarks.get().pk}/")

    assert "<h1>依兰县政协主席 祁砚禾</h1>" in html
    assert results(text_of(client, "/remarks/")) == ["依兰县政协主席 祁砚禾"]
