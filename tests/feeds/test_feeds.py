"""Feeds: the filters of the lists, pages that lead to each other, and how they answer."""

import pytest
from django.db import connection
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext

from speeches.filters import RemarkFilter
from speeches.models import MeetingEdition, Person, Remark, Unit
from tests.factories import make_district, make_meeting, make_theme, make_unit, publish
from tests.feeds.changing import after, ids, linked, read, take_back, tombstones
from tests.public.many import publish_many

pytestmark = pytest.mark.django_db

ADDRESSES = [
    f"/feeds/{name}.{form}" for name in ("remarks", "meetings") for form in ("atom", "rss")
]


def followed(client: Client, address: str) -> list[str]:
    """Return the ids of all pages of an Atom feed, from the first to the last."""
    found = []
    while address:
        found += ids(client, address)
        address = linked(client, address).get("next", "")
    return found


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_feed_says_what_it_is(client: Client, address: str) -> None:
    publish(make_meeting())

    page = client.get(address)

    kind = "atom" if address.endswith("atom") else "rss"
    assert page["Content-Type"] == f"application/{kind}+xml; charset=utf-8"
    feed = read(client, address).feed
    assert feed.title == f"摘编：{'发言' if 'remarks' in address else '会议'}"
    assert feed.language == "zh-Hans"
    assert linked(client, address)["self"] == f"http://testserver{address}"


@pytest.mark.parametrize("address", ADDRESSES)
def test_an_empty_feed_is_a_feed_and_the_same_at_every_request(
    client: Client, address: str
) -> None:
    assert read(client, address).entries == []
    assert client.get(address).content == client.get(address).content


@pytest.mark.parametrize(
    "query",
    [
        "district=230112",
        "district=230112&district=230102",
        "theme=proposals",
        "theme=consultation&district=230102",
        "unit={unit}",
        "person={person}&year=2024",
        "meeting={meeting}",
        "meeting={meeting}&theme=proposals&district=230112",
        "year=1999",
        "unit=&utm=x",
    ],
)
def test_a_feed_has_exactly_the_remarks_of_the_list(client: Client, query: str) -> None:
    publish_many(45)
    query = query.format(
        unit=Unit.objects.earliest("pk").pk,
        person=Person.objects.earliest("pk").pk,
        meeting=MeetingEdition.objects.earliest("pk").meeting_id,
    )
    listed = RemarkFilter(QueryDict(query)).narrowed().values_list("remark_id", flat=True)

    found = followed(client, f"/feeds/remarks.atom?{query}")

    assert sorted(found) == sorted(f"tag:127.0.0.1,2026:/remarks/{pk}/" for pk in listed)


def test_a_withdrawn_remark_stays_in_the_feeds_it_was_in(client: Client) -> None:
    theme, other = make_theme(), make_theme("other", "其他")
    remark = {"district": make_district(), "themes": [theme], "unit_link": make_unit()}
    gone = publish(make_meeting(remarks=[remark])).remarks.get()
    take_back(gone, at=after(1))

    for query in ("", "district=230112", f"theme={theme.slug}&year=2024", f"unit={gone.unit_id}"):
        assert len(tombstones(client, f"/feeds/remarks.atom?{query}")) == 1, query
    for query in (f"theme={other.slug}", "year=2023", "unit=999"):
        assert tombstones(client, f"/feeds/remarks.atom?{query}") == [], query


def test_the_pages_of_a_feed_cover_everything_once(client: Client) -> None:
    publish_many(120)
    for place in (0, 60, 110):
        take_back(Remark.objects.order_by("pk")[place], at=after(place))

    found = followed(client, "/feeds/remarks.atom")

    assert len(found) == len(set(found)) == 120
    assert set(found) == {
        f"tag:127.0.0.1,2026:/remarks/{pk}/" for pk in Remark.objects.values_list("pk", flat=True)
    }


@pytest.mark.parametrize("form", ["atom", "rss"])
def test_pages_lead_to_each_other(client: Client, form: str) -> None:
    publish_many(120)
    address = f"http://testserver/feeds/remarks.{form}?year=2024"

    first, second = linked(client, address), linked(client, f"{address}&page=2")

    assert (first["first"], first["last"]) == (address, f"{address}&page=3")
    assert first["next"] == f"{address}&page=2"
    assert "previous" not in first
    assert (second["previous"], second["next"]) == (address, f"{address}&page=3")
    assert second["self"] == f"{address}&page=2"
    assert "next" not in linked(client, f"{address}&page=3")


def test_all_pages_are_pages_of_one_feed(client: Client) -> None:
    publish_many(60)

    pages = [read(client, f"/feeds/remarks.atom{page}") for page in ("", "?page=2")]

    assert pages[0].feed.id == pages[1].feed.id


@pytest.mark.parametrize("page", ["0", "2", "x", "9" * 5000])
def test_there_is_no_page_beyond_the_last(client: Client, page: str) -> None:
    for address in ADDRESSES:
        assert client.get(address, {"page": page}).status_code == 404


@pytest.mark.parametrize(
    ("address", "named"),
    [
        ("/feeds/remarks.atom?district=999999", "区县"),
        ("/feeds/remarks.rss?theme=nothing&year=x", "主题、年份"),
        ("/feeds/remarks.atom?unit=1e3x", "单位"),
        ("/feeds/meetings.atom?year=24", "年份"),
    ],
)
def test_a_restriction_that_means_nothing_is_refused_in_words(
    client: Client, address: str, named: str
) -> None:
    answer = client.get(address)

    assert answer.status_code == 400
    assert answer.content.decode() == f"订阅地址中的条件无法识别：{named}。"


def test_a_feed_names_what_it_was_asked_for(client: Client) -> None:
    make_district()
    make_theme()

    feed = read(client, "/feeds/remarks.atom?theme=organisation&district=230112").feed

    assert feed.title == "摘编：发言（阿城区、组织建设）"
    assert feed.link == "http://testserver/remarks/?district=230112&theme=organisation"
    assert feed.id.endswith("/feeds/remarks.atom?district=230112&theme=organisation")
    assert read(client, "/feeds/meetings.rss?year=2024").feed.title == "摘编：会议（2024年）"


@pytest.mark.parametrize("address", ADDRESSES)
def test_who_has_the_feed_gets_304_until_something_changes(client: Client, address: str) -> None:
    meeting = publish(make_meeting())
    page = client.get(address)
    etag = page["ETag"]
    assert page["Cache-Control"] == "no-cache"

    assert client.get(address, headers={"if-none-match": etag}).status_code == 304

    take_back(meeting, at=after(1))
    assert client.get(address, headers={"if-none-match": etag}).status_code == 200


@pytest.mark.parametrize("address", ADDRESSES)
def test_feeds_are_read_only_and_give_no_cookie(client: Client, address: str) -> None:
    publish(make_meeting())
    strict = Client(enforce_csrf_checks=True)

    page = client.get(address)

    assert not page.cookies
    assert "Cookie" not in page.headers.get("Vary", "")
    head = client.head(address)
    assert (head.status_code, head.content) == (200, b"")
    assert head["Content-Length"] == str(len(page.content))
    assert strict.post(address).status_code == 405


def test_a_feed_asks_no_more_of_a_thousand_remarks_than_of_ten(client: Client) -> None:
    publish_many(10)
    unit = Unit.objects.earliest("pk")
    addresses = [*ADDRESSES, f"/feeds/remarks.atom?district=230112&theme=proposals&unit={unit.pk}"]

    def counted() -> dict[str, int]:
        numbers = {}
        for address in addresses:
            with CaptureQueriesContext(connection) as queries:
                client.get(address)
            numbers[address] = len(queries)
        return numbers

    with_ten = counted()
    publish_many(990)

    assert counted() == with_ten
    assert max(with_ten.values()) <= 10
