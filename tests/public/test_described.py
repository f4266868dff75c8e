"""What a page says of itself to those who pass it on: in its head, unseen by readers."""

import html
import json
import re
from typing import Any

import pytest
from django.test import Client

from speeches.models import Person
from tests.factories import make_district, make_meeting, make_theme, make_unit, publish
from tests.feeds.changing import after, take_back
from tests.public.addresses import list_addresses, row_addresses
from tests.records.test_linked_data import REQUIRED

pytestmark = pytest.mark.django_db

BLOCK = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)
META = re.compile(r'<meta (?:name|property)="([^"]+)" content="([^"]*)">')
FEED = re.compile(r'<link rel="alternate" type="([^"]+)" title="([^"]+)" href="([^"]+)">')


def blocks(text: str) -> dict[str, dict[str, Any]]:
    """Return the linked data of a page, by type."""
    found = [json.loads(block) for block in BLOCK.findall(text)]
    return {block["@type"]: block for block in found}


def metas(text: str) -> dict[str, str]:
    """Return the meta elements of a page, by name."""
    return {name: html.unescape(content) for name, content in META.findall(text)}


def feeds(text: str) -> list[tuple[str, str]]:
    """Return title and address of the feeds that a page names."""
    return [(html.unescape(title), html.unescape(url)) for _type, title, url in FEED.findall(text)]


@pytest.fixture
def addresses() -> list[str]:
    """Every public address; each has something to show."""
    district = make_district()
    remark = {
        "district": district,
        "unit_link": make_unit(district=district),
        "speakers": [Person.objects.create(name="王一")],
        "themes": [make_theme()],
    }
    publish(make_meeting(remarks=[remark, remark], host=make_unit("哈尔滨市政协")))
    return list_addresses() + row_addresses()


def test_every_page_says_what_it_is(client: Client, addresses: list[str]) -> None:
    for address in addresses:
        text = client.get(address).content.decode()
        said = metas(text)

        assert said["description"] == said["og:description"] != "", address
        (title,) = re.findall("<title>(.*?)</title>", text)
        assert said["og:title"] in html.unescape(title), address
        assert said["og:url"] == f"http://testserver{address}", address
        assert f'<link rel="canonical" href="http://testserver{address}">' in text, address
        assert said["og:site_name"] == "摘编", address
        assert "robots" not in said, address


def test_every_page_carries_the_linked_data_of_its_kind(
    client: Client, addresses: list[str]
) -> None:
    for address in addresses:
        found = blocks(client.get(address).content.decode())

        wanted = {"BreadcrumbList"}
        if re.match(r"/(meetings|remarks)/\d", address):
            wanted.add("NewsArticle" if address.startswith("/meetings") else "Quotation")
        assert set(found) == wanted, address
        assert all(REQUIRED[kind] <= set(block) for kind, block in found.items()), address


def test_breadcrumbs_lead_from_the_front_page_by_the_section(client: Client) -> None:
    make_district()

    def way(address: str) -> list[tuple[str, str]]:
        data = blocks(client.get(address).content.decode())["BreadcrumbList"]
        return [(one["name"], one["item"]) for one in data["itemListElement"]]

    site = "http://testserver"
    assert way("/") == [("首页", f"{site}/")]
    assert way("/districts/") == [("首页", f"{site}/"), ("区县", f"{site}/districts/")]
    assert way("/districts/230112/")[1:] == [
        ("区县", f"{site}/districts/"),
        ("阿城区", f"{site}/districts/230112/"),
    ]


def test_linked_data_cannot_end_its_element(client: Client) -> None:
    heading = "</script><script>alert(1)</script><!-- & “引号”"
    remark = publish(make_meeting(remarks=[{"heading": heading}])).remarks.get()

    text = client.get(f"/remarks/{remark.pk}/").content.decode()

    assert "<script>alert" not in text
    assert blocks(text)["Quotation"]["name"] == heading


def test_a_text_names_its_days_and_a_meeting_its_picture(client: Client) -> None:
    meeting = publish(make_meeting())
    remark = meeting.remarks.get()

    said = metas(client.get(f"/remarks/{remark.pk}/").content.decode())

    assert said["og:type"] == "article"
    assert said["article:published_time"] == "2024-06-01T12:00:00+08:00"
    assert said["description"] == "第一段说明情况。第二段提出建议。"
    assert "og:image" not in metas(client.get(f"/meetings/{meeting.pk}/").content.decode())


@pytest.mark.parametrize(
    ("query", "indexed"),
    [
        ("", True),
        ("district=230112", True),
        ("district=230112&page=1", True),
        ("district=230112&theme=organisation", False),
        ("district=230112&district=230102", False),
        ("unit=999", False),
    ],
)
def test_combinations_of_filters_are_followed_but_not_indexed(
    client: Client, addresses: list[str], query: str, indexed: bool
) -> None:
    said = metas(client.get(f"/remarks/?{query}").content.decode())

    assert said.get("robots") == (None if indexed else "noindex,follow")


@pytest.mark.parametrize(
    ("address", "query"),
    [
        ("/remarks/?theme=organisation&district=230112", "?district=230112&theme=organisation"),
        ("/districts/230112/", "?district=230112"),
        ("/themes/organisation/", "?theme=organisation"),
    ],
)
def test_a_list_names_the_feeds_of_what_it_lists(
    client: Client, addresses: list[str], address: str, query: str
) -> None:
    found = [url for _title, url in feeds(client.get(address).content.decode())]

    assert found == [f"/feeds/remarks.atom{query}", f"/feeds/remarks.rss{query}"]
    assert all(client.get(url).status_code == 200 for url in found)


def test_feeds_are_named_on_front_page_units_people_and_meetings(
    client: Client, addresses: list[str]
) -> None:
    home = feeds(client.get("/").content.decode())

    assert [url for _title, url in home] == [
        "/feeds/remarks.atom",
        "/feeds/remarks.rss",
        "/feeds/meetings.atom",
        "/feeds/meetings.rss",
    ]
    assert home[0][0] == "政协会议发言摘编：发言（Atom）"
    years = feeds(client.get("/meetings/?year=2024").content.decode())
    assert years[0][1] == "/feeds/meetings.atom?year=2024"
    for address in addresses:
        if re.match(r"/(units|people|meetings)/\d", address):
            assert len(feeds(client.get(address).content.decode())) == 2, address


def test_a_page_of_a_text_shows_how_to_cite_it(client: Client) -> None:
    meeting = publish(make_meeting(remarks=[{"heading": "标题", "speakers": ["王一"]}]))
    remark = meeting.remarks.get()

    text = client.get(f"/remarks/{remark.pk}/").content.decode()

    printed = "王一. 标题[N]. 示例日报, 2024-05-24(3)."
    assert f'<p data-citation="{printed}">{printed}</p>' in text
    assert f"[引用日期]. http://testserver/remarks/{remark.pk}/</p>" in text
    page = client.get(f"/meetings/{meeting.pk}/").content.decode()
    assert f"[引用日期]. http://testserver/meetings/{meeting.pk}/</p>" in page


def test_a_withdrawn_text_is_described_to_nobody(client: Client) -> None:
    remark = publish(make_meeting()).remarks.get()
    take_back(remark, at=after(1))

    text = client.get(f"/remarks/{remark.pk}/").content.decode()

    assert blocks(text) == {}
    assert metas(text).keys() <= {"viewport", "color-scheme"}
