"""Lists of remarks: their order, and what a reader can do when nothing matches."""

import datetime as dt
import re

import pytest
from django.test import Client

from speeches.models import Unit
from tests.factories import make_district, make_meeting, make_theme, make_unit, publish

pytestmark = pytest.mark.django_db


def text_of(client: Client, query: str) -> str:
    page = client.get(f"/remarks/?{query}")
    assert page.status_code == 200
    return page.content.decode()


def results(html: str) -> list[str]:
    return re.findall(r'<h3 class="item-title">\s*<a href="[^"]*">([^<]*)</a>', html)


def ways(html: str) -> dict[str, tuple[str, int]]:
    """Return what an empty list offers: words -> address and number of results."""
    found = re.findall(r'<a href="([^"]*)">([^<]*)</a>，有 (\d+) 篇', html)
    return {label: (link.replace("&amp;", "&"), int(number)) for link, label, number in found}


@pytest.fixture
def units() -> list[Unit]:
    """Four remarks over three years, of two districts, three units and two themes of a branch."""
    far, near = make_district("230129", "延寿县"), make_district("230112", "阿城区")
    units = [make_unit("远单位", far), make_unit("近单位", near), make_unit("无区县单位")]
    top = make_theme("economy", "经济产业", position=1)
    technology = make_theme("technology", "科技创新", parent=top, position=2)
    tourism = make_theme("tourism", "冰雪文旅", parent=top, position=3)
    culture = make_theme("culture", "文化文史", position=4)
    for year, heading, unit, district, theme in (
        (2020, "一", units[0], far, tourism),
        (2022, "二", units[1], near, technology),
        (2023, "三", units[0], far, tourism),
        (2024, "四", units[2], None, culture),
    ):
        remark = {
            **{"heading": heading, "unit_link": unit, "district": district},
            "themes": [theme],
        }
        publish(make_meeting(held_from=dt.date(year, 5, 1), remarks=[remark]))
    return units


@pytest.mark.parametrize(
    ("sort", "order"),
    [
        ("", ["四", "三", "二", "一"]),
        ("sort=newest", ["四", "三", "二", "一"]),
        ("sort=oldest", ["一", "二", "三", "四"]),
        ("sort=unit", ["二", "三", "一", "四"]),
    ],
)
def test_a_list_can_be_sorted(
    client: Client, units: list[Unit], sort: str, order: list[str]
) -> None:
    assert results(text_of(client, sort)) == order


def test_an_unknown_order_is_said_and_the_newest_come_first(
    client: Client, units: list[Unit]
) -> None:
    html = text_of(client, "sort=%3Cb%3E&year=2023")

    assert "没有“&lt;b&gt;”这种次序，以下新的在前。" in html
    assert results(html) == ["三"]


def test_the_order_is_kept_and_stands_last_in_every_address(
    client: Client, units: list[Unit]
) -> None:
    html = text_of(client, "sort=oldest&year=2023&district=230129")

    assert (
        '<link rel="canonical" '
        'href="http://testserver/remarks/?district=230129&amp;year=2023&amp;sort=oldest">' in html
    )
    # A choice, and a chip without its restriction.
    assert 'href="/remarks/?district=230129&amp;year=2020&amp;sort=oldest"' in html
    assert 'href="/remarks/?year=2023&amp;sort=oldest"' in html


def test_the_usual_order_needs_no_parameter(client: Client, units: list[Unit]) -> None:
    html = text_of(client, "sort=newest&page=1")

    assert '<link rel="canonical" href="http://testserver/remarks/">' in html
    assert '<a href="/remarks/" aria-current="true" rel="nofollow">新的在前</a>' in html
    assert '<a href="/remarks/?sort=oldest" rel="nofollow">旧的在前</a>' in html


def test_pages_keep_the_order(client: Client) -> None:
    publish(make_meeting(remarks=[{"heading": f"第{n}篇"} for n in range(25)]))

    assert 'rel="next" href="/remarks/?sort=oldest&amp;page=2"' in text_of(client, "sort=oldest")


def test_an_empty_list_says_what_each_loosening_gives(client: Client, units: list[Unit]) -> None:
    html = text_of(client, "district=230112&year=2023")

    assert "没有同时符合这些条件的发言。可以放宽其中一项：" in html
    assert ways(html) == {
        "去掉“阿城区”": ("/remarks/?year=2023", 1),
        "去掉“2023年”": ("/remarks/?district=230112", 1),
        "改看“延寿县”": ("/remarks/?district=230129&year=2023", 1),
        "改看“2022年”": ("/remarks/?district=230112&year=2022", 1),
    }


def test_what_an_empty_list_offers_has_as_many_results(client: Client, units: list[Unit]) -> None:
    for query in (
        "district=230112&year=2023",
        "theme=culture&district=230129",
        f"unit={units[1].pk}&theme=tourism&theme=culture",
    ):
        offered = ways(text_of(client, query))

        assert offered, query
        for link, number in offered.values():
            html = client.get(link).content.decode()
            assert len(results(html)) == number, link


def test_several_values_of_a_facet_are_given_up_together(client: Client, units: list[Unit]) -> None:
    html = text_of(client, f"unit={units[1].pk}&theme=tourism&theme=culture&sort=oldest")

    # Units are named in an address after themes, whatever the order they came in.
    assert ways(html)["去掉“冰雪文旅、文化文史”"] == (
        f"/remarks/?unit={units[1].pk}&sort=oldest",
        1,
    )


def test_the_nearest_come_first(client: Client, units: list[Unit]) -> None:
    of_years = list(ways(text_of(client, "theme=tourism&year=2022")))
    of_themes = list(ways(text_of(client, "year=2022&theme=tourism")))

    assert of_years.index("改看“2023年”") < of_years.index("改看“2020年”")
    assert "改看“科技创新”" in of_themes
    assert "改看“文化文史”" not in of_themes


def test_where_no_single_loosening_helps_it_is_said(client: Client, units: list[Unit]) -> None:
    html = text_of(client, f"district=230112&year=2023&unit={units[2].pk}")

    assert "去掉其中任何一项也没有" in html
    assert ways(html) == {}
    assert 'href="/remarks/">查看全部发言' in html


def test_without_what_is_not_known_the_rest_is_counted(client: Client, units: list[Unit]) -> None:
    html = text_of(client, "district=999999&unit=999&year=2023")

    assert '<a href="/remarks/?year=2023">不管这些条件，共 1 篇</a>' in html
