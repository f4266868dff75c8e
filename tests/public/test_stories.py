"""Stories: units, people, districts and themes tell their remarks in words and figures."""

import datetime as dt
import re

import pytest
from django.test import Client

from speeches.models import Person, Theme, Unit
from speeches.moderation.withdrawing import withdraw
from speeches.public.stories import LATEST_MEETINGS
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

pytestmark = pytest.mark.django_db


def text_of(client: Client, address: str) -> str:
    page = client.get(address)
    assert page.status_code == 200
    return page.content.decode()


def table(html: str, caption: str) -> list[list[str]]:
    """Return the cells of the table under this caption, row by row, its head left out."""
    (found,) = re.findall(rf">{caption}</caption>(.*?)</table>", html, re.DOTALL)
    rows = re.findall(r"<tr>(.*?)</tr>", found, re.DOTALL)[1:]
    cells = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL) for row in rows]
    return [[re.sub(r"<[^>]+>|\s+", "", cell) for cell in row] for row in cells]


@pytest.fixture
def unit() -> Unit:
    """A unit that spoke at three meetings, by one person, on a theme and its child."""
    district = make_district()
    unit, person = make_unit(district=district), Person.objects.create(name="王一")
    top = make_theme("party", "党的建设")
    child = make_theme("organisation", "组织建设", parent=top)
    common = {"district": district, "unit_link": unit, "speakers": [person]}
    for year, number, theme in ((2020, 1, top), (2022, 3, child), (2023, 1, child)):
        publish(
            make_meeting(
                title=f"{year}年的会",
                held_from=dt.date(year, 5, 23),
                remarks=[{**common, "themes": [theme], "post": f"职务{year}"}] * number
                + [{"unit": "别的单位", "unit_link": make_unit("别的单位")}],
            )
        )
    return unit


def pages(unit: Unit) -> list[str]:
    person = Person.objects.get()
    return [
        unit.get_absolute_url(),
        person.get_absolute_url(),
        "/districts/230112/",
        "/themes/party/",
    ]


def test_every_page_tells_from_when_to_when_how_much_and_where(client: Client, unit: Unit) -> None:
    for address in pages(unit):
        html = text_of(client, address)

        assert "自2020年5月23日至2023年5月23日，在 3 场会议上发言 5 篇。" in html, address
        assert "2022年最多，有 3 篇。" in html
        assert table(html, "历年发言") == [["2023", "1"], ["2022", "3"], ["2020", "1"]]
        assert table(html, "各场会议上的发言篇数") == [
            ["2023年的会", "2023年5月23日", "1篇"],
            ["2022年的会", "2022年5月23日", "3篇"],
            ["2020年的会", "2020年5月23日", "1篇"],
        ]


def test_a_number_leads_to_a_list_of_as_many(client: Client, unit: Unit) -> None:
    for address in pages(unit):
        html = text_of(client, address)
        link = r'href="(/remarks/\?[^"]*)" rel="nofollow">'
        in_figures = rf'{link}[^<]*</a>\s*</th>\s*<td class="number">(\d+)'
        at_meetings = rf'<td class="number">\s*<a {link}(\d+)'
        numbers = re.findall(in_figures, html) + re.findall(at_meetings, html)

        assert len(numbers) >= 6, address
        for link, number in numbers:
            listed = text_of(client, link.replace("&amp;", "&"))
            assert f"共 {number} 篇" in listed, (address, link)


def test_each_page_has_the_figures_of_its_kind(client: Client, unit: Unit) -> None:
    figures = {
        address: re.findall(r'<title id="[a-z]*-title">([^<]*)', text_of(client, address))
        for address in pages(unit)
    }

    assert list(figures.values()) == [
        ["历年发言", "所谈主题"],
        ["历年发言", "所谈主题"],
        ["历年发言", "所谈主题", "发言单位"],
        ["历年发言", "各区县发言", "发言单位"],
    ]


def test_a_person_has_the_posts_as_printed_with_their_days(client: Client, unit: Unit) -> None:
    html = text_of(client, Person.objects.get().get_absolute_url())

    assert table(html, "历次刊载的单位和职务") == [
        ["阿城区政协党组职务2023", "2023年5月23日", "1"],
        ["阿城区政协党组职务2022", "2022年5月23日", "3"],
        ["阿城区政协党组职务2020", "2020年5月23日", "1"],
    ]


def test_what_is_not_public_is_in_no_figure(client: Client, unit: Unit) -> None:
    secret = make_meeting(title="机密会议", held_from=dt.date(2019, 1, 1), remarks=[])
    make_remark(secret, unit_link=unit, themes=[make_theme("hidden", "机密主题")])
    gone = publish(
        make_meeting(title="撤下的会", held_from=dt.date(2021, 1, 1), remarks=[{"unit_link": unit}])
    )
    withdraw(gone, by=make_moderator(), at=NOON, reason="有误")

    html = text_of(client, unit.get_absolute_url())

    assert "机密" not in html
    assert "撤下的会" not in html
    assert "在 3 场会议上发言 5 篇。" in html
    assert "2021" not in [year for year, _number in table(html, "历年发言")]


def test_one_day_is_told_as_one_day(client: Client) -> None:
    unit = make_unit()
    publish(make_meeting(remarks=[{"unit_link": unit}]))

    html = text_of(client, unit.get_absolute_url())

    assert "2024年5月23日，在 1 场会议上发言 1 篇。" in html
    assert "从最早一篇读起" not in html
    assert "发言都在2024年，共 1 篇。" in html


def test_only_the_latest_meetings_are_named_and_the_others_counted(client: Client) -> None:
    unit = make_unit()
    for day in range(1, LATEST_MEETINGS + 3):
        publish(make_meeting(held_from=dt.date(2024, 3, day), remarks=[{"unit_link": unit}]))

    html = text_of(client, unit.get_absolute_url())

    assert len(table(html, "各场会议上的发言篇数")) == LATEST_MEETINGS
    assert "表中是最近 8 场，共 10 场" in html


def test_where_nothing_was_said_there_is_no_figure(client: Client) -> None:
    make_district()
    Theme.objects.create(slug="ecology", name="生态环境")

    for address in ("/districts/230112/", "/themes/ecology/"):
        html = text_of(client, address)

        assert "<svg" not in html
        assert "发言概况" not in html
        assert "暂无已发布的发言" in html
