"""The comparison: two to four units side by side, and words for every wrong choice."""

import datetime as dt
import re

import pytest
from django.test import Client

from speeches.models import Meeting, Unit
from speeches.public.comparison import LATEST, MOST
from tests.factories import make_meeting, make_theme, make_unit, publish

pytestmark = pytest.mark.django_db


def text_of(client: Client, query: str) -> str:
    page = client.get(f"/compare/?{query}")
    assert page.status_code == 200
    return page.content.decode()


def sides(html: str) -> dict[str, list[str]]:
    """Return for each unit the headings of its remarks."""
    found = {}
    for side in html.split('<section class="compare-side"')[1:]:
        (name,) = re.findall(r'<a href="/units/\d+/">([^<]*)</a>', side)
        found[name] = re.findall(r'<h3 class="item-title">\s*<a href="[^"]*">([^<]*)', side)
    return found


def chosen(html: str) -> list[str]:
    return re.findall(r'<option value="([^"]+)" selected>', html)


@pytest.fixture
def units() -> list[Unit]:
    return [make_unit(f"单位{n}") for n in range(5)]


@pytest.fixture
def meeting(units: list[Unit]) -> Meeting:
    """A meeting at which the units spoke after an earlier one; returns the latter."""
    theme = make_theme()
    publish(
        make_meeting(
            title="早年的会",
            held_from=dt.date(2020, 5, 1),
            remarks=[
                {"heading": "甲旧", "unit_link": units[0], "themes": [theme]},
                {"heading": "乙旧", "unit_link": units[1]},
            ],
        )
    )
    return publish(
        make_meeting(
            title="近来的会",
            remarks=[
                {"heading": "甲新", "unit_link": units[0]},
                {"heading": "乙新", "unit_link": units[1], "themes": [theme]},
                *({"unit_link": unit} for unit in units[2:]),
            ],
        )
    )


def test_units_stand_side_by_side_with_what_they_said(
    client: Client, units: list[Unit], meeting: Meeting
) -> None:
    html = text_of(client, f"unit={units[1].pk}&unit={units[0].pk}")

    assert sides(html) == {"单位1": ["乙新", "乙旧"], "单位0": ["甲新", "甲旧"]}
    assert "<title>单位比较：单位1、单位0 - " in html
    assert re.sub(r"<[^>]+>|\s+", "", html).count("共2篇") == 2
    assert chosen(html) == [str(units[1].pk), str(units[0].pk)]


def test_on_one_theme_only_its_remarks_are_compared(
    client: Client, units: list[Unit], meeting: Meeting
) -> None:
    html = text_of(client, f"unit={units[0].pk}&unit={units[1].pk}&theme=organisation")

    assert sides(html) == {"单位0": ["甲旧"], "单位1": ["乙新"]}
    assert "主题：组织建设" in html
    assert f'href="/remarks/?theme=organisation&amp;unit={units[0].pk}"' in html


def test_at_one_meeting_only_its_remarks_are_compared(
    client: Client, units: list[Unit], meeting: Meeting
) -> None:
    html = text_of(client, f"unit={units[0].pk}&unit={units[1].pk}&meeting={meeting.pk}")

    assert sides(html) == {"单位0": ["甲新"], "单位1": ["乙新"]}
    assert "会议：近来的会" in html


def test_figures_share_their_years_and_their_height(
    client: Client, units: list[Unit], meeting: Meeting
) -> None:
    publish(make_meeting(held_from=dt.date(2023, 5, 1), remarks=[{"unit_link": units[0]}] * 3))

    html = text_of(client, f"unit={units[0].pk}&unit={units[1].pk}")

    drawn = [
        re.findall(r'<rect class="chart-mark"[^>]* height="(\d+)"', side)
        for side in html.split('<section class="compare-side"')[1:]
    ]
    assert drawn == [["44", "0", "0", "132", "44"], ["44", "0", "0", "0", "44"]]


def test_a_unit_that_said_nothing_on_it_says_so(
    client: Client, units: list[Unit], meeting: Meeting
) -> None:
    html = text_of(client, f"unit={units[0].pk}&unit={units[3].pk}&theme=organisation")

    assert sides(html) == {"单位0": ["甲旧"], "单位3": []}
    assert "这个单位在所选范围内没有发言" in html


@pytest.mark.parametrize(
    ("query", "note"),
    [
        ("unit={0}", "只选了一个单位，请再选一到三个。"),
        ("unit={0}&unit={0}", "只选了一个单位，请再选一到三个。"),
        ("unit={0}&unit={1}&unit={2}&unit={3}&unit={4}", "一次最多比较四个单位"),
        ("unit={0}&unit=999&unit={1}", "没有编号为“999”的单位，已略去。"),
        ("unit={0}&unit=x%00&unit={1}", "的单位，已略去。"),
        ("unit={0}&unit=99999999999999999999&unit={1}", "的单位，已略去。"),
        ("unit={0}&unit={1}&theme=nothing", "没有“主题 nothing”，已略去这一条件。"),
        ("unit={0}&unit={1}&meeting=999", "没有“会议 999”，已略去这一条件。"),
        ("unit={0}&unit={1}&meeting=x&theme=organisation", "没有“会议 x”，已略去这一条件。"),
    ],
)
def test_a_wrong_choice_is_said_in_words_and_left_out(
    client: Client, units: list[Unit], meeting: Meeting, query: str, note: str
) -> None:
    html = text_of(client, query.format(*(unit.pk for unit in units)))

    assert note in html
    assert 1 <= len(sides(html)) <= MOST
    assert sides(html)["单位0"]


def test_what_is_known_of_a_topic_is_kept_when_the_rest_is_not(
    client: Client, units: list[Unit], meeting: Meeting
) -> None:
    html = text_of(client, f"unit={units[0].pk}&meeting=x&theme=organisation")

    assert sides(html) == {"单位0": ["甲旧"]}
    assert "主题：组织建设" in html


def test_a_unit_that_is_not_public_is_not_compared(
    client: Client, units: list[Unit], meeting: Meeting
) -> None:
    hidden = make_unit("机密单位")
    make_meeting(remarks=[{"unit_link": hidden}])

    html = text_of(client, f"unit={hidden.pk}&unit={units[0].pk}")

    assert "机密" not in html
    assert list(sides(html)) == ["单位0"]


def test_without_a_choice_there_is_a_form(
    client: Client, units: list[Unit], meeting: Meeting
) -> None:
    html = text_of(client, "")

    assert '<form method="get" action="/compare/">' in html
    assert html.count('<select id="unit-') == MOST
    assert f'<option value="{units[4].pk}">单位4（1 篇）</option>' in html
    assert sides(html) == {}
    assert 'role="status"' not in html


def test_an_empty_site_has_a_way_on(client: Client) -> None:
    html = text_of(client, "")

    assert "还没有可以比较的单位" in html
    assert 'href="/remarks/">查看全部发言' in html


def test_of_many_remarks_the_latest_are_shown(client: Client, units: list[Unit]) -> None:
    remarks = [{"heading": f"第{n}篇", "unit_link": units[n % 2]} for n in range(2 * LATEST + 2)]
    publish(make_meeting(remarks=remarks))

    html = text_of(client, f"unit={units[0].pk}&unit={units[1].pk}")

    assert [len(headings) for headings in sides(html).values()] == [LATEST, LATEST]
    assert sides(html)["单位0"][0] == "第0篇"
    assert f"全部 {LATEST + 1} 篇" in html


def test_a_comparison_has_one_address(client: Client, units: list[Unit], meeting: Meeting) -> None:
    html = text_of(
        client, f"utm=x&meeting=&theme=organisation&unit={units[0].pk}&unit=&unit={units[1].pk}"
    )

    address = f"/compare/?unit={units[0].pk}&amp;unit={units[1].pk}&amp;theme=organisation"
    assert f'<link rel="canonical" href="http://testserver{address}">' in html


def test_unit_theme_and_meeting_lead_to_a_comparison(
    client: Client, units: list[Unit], meeting: Meeting
) -> None:
    for address, query in (
        (units[0].get_absolute_url(), f"unit={units[0].pk}"),
        ("/themes/organisation/", "theme=organisation"),
        (f"/meetings/{meeting.pk}/", f"meeting={meeting.pk}"),
    ):
        assert f'href="/compare/?{query}"' in client.get(address).content.decode()
