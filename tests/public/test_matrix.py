"""The matrix: every number is that of the list it leads to."""

import datetime as dt
import re

import pytest
from django.test import Client

from speeches.public.matrix import SHADES, shade
from tests.factories import make_district, make_meeting, make_theme, publish

pytestmark = pytest.mark.django_db

CELL = re.compile(r'<t[hd][^>]*>\s*<a href="(/remarks/[^"]*)"[^>]*>(\d+)')


def text_of(client: Client, address: str) -> str:
    page = client.get(address)
    assert page.status_code == 200
    return page.content.decode()


def rows(html: str) -> list[list[str]]:
    """Return the matrix row by row, what is only heard left out."""
    (found,) = re.findall(r'<table class="matrix">(.*?)</table>', html, re.DOTALL)
    found = re.sub(r'<span class="visually-hidden">.*?</span>', "", found)
    cells = [
        re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL) for row in found.split("<tr>")
    ]
    return [[re.sub(r"<[^>]+>|\s+", "", cell) for cell in row] for row in cells[1:]]


@pytest.fixture
def said() -> None:
    """Remarks of two years: of a merged district, of none, of a theme and of its child."""
    new = make_district("230112", "阿城区")
    old = make_district("230181", "阿城市", successor=new)
    make_district("230102", "道里区")
    top = make_theme("party", "党的建设", position=1)
    child = make_theme("team", "队伍建设", parent=top, position=2)
    make_theme("ecology", "生态环境", position=3)
    publish(
        make_meeting(
            held_from=dt.date(2023, 5, 1),
            remarks=[{"district": old, "themes": [child]}, {"themes": [top]}],
        )
    )
    publish(
        make_meeting(
            held_from=dt.date(2024, 5, 1),
            remarks=[{"district": new, "themes": [top]}, {"district": new}],
        )
    )


def test_themes_stand_against_districts_with_totals(client: Client, said: None) -> None:
    html = text_of(client, "/matrix/")

    assert rows(html) == [
        ["主题", "合计", "阿城区", "阿城市"],
        ["党的建设", "3", "2", "1"],
        ["队伍建设", "1", "1", "1"],
        ["合计", "4", "3", "1"],
    ]
    assert "全部年份，共 4 篇" in html


@pytest.mark.parametrize("address", ["/matrix/", "/matrix/?year=2023", "/matrix/?year=2024&all=1"])
def test_every_number_is_that_of_the_list_it_leads_to(
    client: Client, said: None, address: str
) -> None:
    cells = CELL.findall(text_of(client, address))

    assert len(cells) >= 4
    for link, number in cells:
        assert f"共 {number} 篇" in text_of(client, link.replace("&amp;", "&")), link


def test_a_year_can_be_chosen(client: Client, said: None) -> None:
    html = text_of(client, "/matrix/?year=2024")

    assert rows(html) == [
        ["主题", "合计", "阿城区"],
        ["党的建设", "1", "1"],
        ["合计", "2", "2"],
    ]
    assert "2024年，共 2 篇" in html
    assert '<a href="/matrix/?year=2024" aria-current="true">' in html
    assert '<link rel="canonical" href="http://testserver/matrix/?year=2024">' in html


def test_everything_can_be_shown(client: Client, said: None) -> None:
    html = text_of(client, "/matrix/?year=2024&all=1")

    assert [row[0] for row in rows(html)] == [
        *("主题", "党的建设", "队伍建设", "生态环境", "合计"),
    ]
    assert rows(html)[0] == ["主题", "合计", "道里区", "阿城区", "阿城市"]
    assert 'href="/matrix/?year=2024">只列有发言的主题和区县' in html
    assert 'href="/matrix/?year=2024&amp;all=1">列出全部主题和区县' in text_of(
        client, "/matrix/?year=2024"
    )


@pytest.mark.parametrize("year", ["1999", "abc", "99999", "<b>"])
def test_a_year_without_remarks_is_said_and_all_years_are_shown(
    client: Client, said: None, year: str
) -> None:
    page = client.get("/matrix/", {"year": year})
    html = page.content.decode()

    assert page.status_code == 200
    assert "的发言，以下为全部年份，共 4 篇" in html
    assert "<b>" not in html
    assert len(rows(html)) == 4
    assert '<link rel="canonical" href="http://testserver/matrix/">' in html


def test_it_scrolls_in_a_frame_that_the_keyboard_reaches(client: Client, said: None) -> None:
    html = text_of(client, "/matrix/")

    assert 'role="region" aria-labelledby="matrix-caption" tabindex="0"' in html
    assert '<caption id="matrix-caption">各区县就各主题发言的篇数</caption>' in html
    assert len(re.findall(r'<th scope="col"', html)) == 4
    assert len(re.findall(r'<th scope="row"', html)) == 3


def test_without_themes_or_districts_there_is_a_way_on(client: Client) -> None:
    assert "还没有已发布的发言" in text_of(client, "/matrix/")

    publish(make_meeting())

    html = text_of(client, "/matrix/")
    assert "这些发言都还没有同时标明主题和区县" in html
    assert 'href="/remarks/">查看全部发言' in html


def test_shades_grow_with_the_number() -> None:
    shades = [shade(number, 100) for number in range(101)]

    assert shades == sorted(shades)
    assert shades[:2] == [0, 1]
    assert shades[100] == SHADES
    assert shade(0, 0) == 0
