"""Units, people, districts, themes and the front page: who and what, with true numbers."""

import datetime as dt
import re

import pytest
from django.test import Client

from speeches.models import Person
from tests.factories import make_district, make_meeting, make_theme, make_unit, publish

pytestmark = pytest.mark.django_db


def text_of(client: Client, address: str) -> str:
    page = client.get(address)
    assert page.status_code == 200
    return page.content.decode()


def in_line(html: str) -> str:
    """Return the text of the page, each run of space as one."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def test_units_stand_under_their_districts_those_that_speak_most_first(client: Client) -> None:
    district = make_district()
    few, many = make_unit("少言", district), make_unit("多言", district)
    free = make_unit("无区县单位")
    remarks = [{"unit_link": unit} for unit in (few, many, many, free)]
    publish(make_meeting(remarks=remarks))

    text = in_line(text_of(client, "/units/"))

    assert re.findall(r"未归入区县|阿城区(?= 多言)|无区县单位|多言|少言", text) == [
        "未归入区县",
        "无区县单位",
        "阿城区",
        "多言",
        "少言",
    ]
    assert "共 3 个单位" in text


def test_units_of_a_district_include_those_of_its_predecessors(client: Client) -> None:
    new = make_district("230112", "阿城区")
    old = make_district("230181", "阿城市", successor=new)
    units = [make_unit("新单位", new), make_unit("旧单位", old), make_unit("别处单位")]
    publish(make_meeting(remarks=[{"unit_link": unit} for unit in units]))

    html = text_of(client, "/units/?district=230112")

    assert "共 2 个单位" in html
    assert "旧单位" in html
    assert "别处单位" not in html
    assert "没有代码为“x”的区县" in text_of(client, "/units/?district=x")


def test_a_unit_shows_only_a_parent_that_is_public(client: Client) -> None:
    parent, unit = make_unit("上级单位甲"), make_unit("下级单位乙")
    unit.parent = parent
    unit.save()
    publish(make_meeting(remarks=[{"unit_link": unit}]))
    assert "上级单位甲" not in text_of(client, unit.get_absolute_url())

    publish(make_meeting(remarks=[{"unit_link": parent}]))

    assert "上级单位甲" in text_of(client, unit.get_absolute_url())


def test_a_unit_shows_the_meetings_it_hosted_and_leads_to_the_filter(client: Client) -> None:
    host = make_unit("哈尔滨市政协")
    publish(make_meeting(title="主办的会", host=host, remarks=[{"unit_link": host}]))

    html = text_of(client, host.get_absolute_url())

    assert "主办的会" in html
    assert f'<a class="section-more" href="/remarks/?unit={host.pk}">在全部发言中筛选</a>' in html


def test_people_show_their_latest_post_as_printed_and_never_the_inner_note(
    client: Client,
) -> None:
    person = Person.objects.create(name="王一", note="农业局")
    other = Person.objects.create(name="王一", note="教育局")
    early = {"unit": "道里区政协", "post": "副主席", "speakers": [person]}
    late = {"unit": "阿城区政协", "post": "主席", "speakers": [person]}
    publish(make_meeting(remarks=[late], held_from=dt.date(2024, 5, 1)))
    publish(make_meeting(remarks=[early], held_from=dt.date(2022, 5, 1)))
    publish(make_meeting(remarks=[{"unit": "松北区政协", "speakers": [other]}]))

    listed = in_line(text_of(client, "/people/"))
    page = in_line(text_of(client, person.get_absolute_url()))

    assert "王一 阿城区政协主席 2 篇" in listed
    assert "王一 松北区政协 1 篇" in listed
    assert "共 2 人" in listed
    assert page.index("阿城区政协主席") < page.index("道里区政协副主席")
    assert "2022年5月1日" in page
    for text in (listed, page):
        assert "农业局" not in text


def test_every_district_has_a_page_and_counts_its_predecessors(client: Client) -> None:
    new = make_district("230112", "阿城区")
    old = make_district("230181", "阿城市", successor=new)
    make_district("230102", "道里区")
    publish(make_meeting(remarks=[{"district": new}, {"district": old}]))

    table = in_line(text_of(client, "/districts/"))

    assert "阿城区 市辖区 230112 2" in table
    assert "阿城市 已并入阿城区 市辖区 230181 1" in table
    assert "道里区 市辖区 230102 0" in table
    assert "共 2 篇" in text_of(client, "/districts/230112/")
    assert "暂无已发布的发言" in text_of(client, "/districts/230102/")


def test_a_theme_includes_its_children_and_shows_them(client: Client) -> None:
    parent = make_theme("consultation", "协商议政")
    child = make_theme("proposals", "提案工作", parent=parent)
    make_theme("ecology", "生态环境")
    publish(make_meeting(remarks=[{"themes": [parent]}, {"themes": [child]}]))

    tree = in_line(text_of(client, "/themes/"))

    assert "协商议政 2 篇" in tree
    assert "提案工作 1 篇" in tree
    assert "生态环境 0 篇" in tree
    assert "共 2 篇" in text_of(client, "/themes/consultation/")
    assert "上级主题" in text_of(client, "/themes/proposals/")
    assert "暂无已发布的发言" in text_of(client, "/themes/ecology/")


def test_the_front_page_shows_what_came_last_and_the_ways_in(client: Client) -> None:
    district, theme = make_district(), make_theme()
    for year in range(2015, 2025):
        remark = {"heading": f"{year}年的发言", "district": district, "themes": [theme]}
        publish(
            make_meeting(title=f"{year}年的会", held_from=dt.date(year, 5, 1), remarks=[remark])
        )

    html = text_of(client, "/")

    assert "共 10 场会议、10 篇发言" in html
    assert re.findall(r">(\d{4})年的会<", html)[:2] == ["2024", "2023"]
    assert "2015年的" not in html
    assert '<a href="/districts/230112/"><span>阿城区</span> <span class="count">10' in html
    assert '<a href="/themes/organisation/"><span>组织建设</span> <span class="count">10' in html


def test_an_empty_site_says_so(client: Client) -> None:
    assert "还没有已发布的会议和发言" in text_of(client, "/")
    assert "还没有已发布的会议" in text_of(client, "/meetings/")
    assert "还没有已发布的发言" in text_of(client, "/remarks/")
    assert "还没有" in text_of(client, "/units/")
    assert "还没有" in text_of(client, "/people/")
    assert "还没有设立主题" in text_of(client, "/themes/")
