"""Copies of pages: 304 without a page, tags that change with the page, words for caches."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django.fixtures import Settings

from speeches.moderation.withdrawing import withdraw
from tests.factories import NOON, make_meeting, make_moderator, publish
from tests.public.addresses import list_addresses, row_addresses

pytestmark = pytest.mark.django_db

MOST_QUERIES = 2


def test_a_copy_that_stands_costs_no_page_and_two_queries_at_most(
    client: Client, rendered: list[str]
) -> None:
    publish(make_meeting(remarks=[{}, {}]))
    kept = [one for one in list_addresses() if one != "/phrases/"]
    for address in [*kept, *row_addresses(), "/remarks/?year=2024"]:
        tag = client.get(address).headers["ETag"]
        assert rendered
        rendered.clear()

        with CaptureQueriesContext(connection) as queries:
            answer = client.get(address, headers={"If-None-Match": tag})

        assert answer.status_code == 304, address
        assert answer.headers["ETag"] == tag
        assert answer.content == b""
        assert len(queries) <= MOST_QUERIES, address
        assert rendered == []


@pytest.mark.parametrize(
    "held", [lambda tag: f'"other", {tag}', lambda tag: f"W/{tag}", lambda tag: "*"]
)
def test_lists_weak_tags_and_any_copy_count(client: Client, held: Callable[[str], str]) -> None:
    meeting = publish(make_meeting())
    address = f"/meetings/{meeting.pk}/"
    tag = client.get(address).headers["ETag"]

    for ask in (client.get, client.head):
        assert ask(address, headers={"If-None-Match": held(tag)}).status_code == 304


def test_any_copy_of_what_is_not_there_does_not_count(client: Client) -> None:
    meeting = publish(make_meeting())
    withdraw(meeting, by=make_moderator(), at=NOON, reason="有误")
    held = {"If-None-Match": "*"}

    assert client.get(f"/meetings/{meeting.pk}/", headers=held).status_code == 410
    assert client.get("/remarks/999999/", headers=held).status_code == 404


def test_a_withdrawn_page_is_not_answered_from_a_copy(client: Client) -> None:
    meeting = publish(make_meeting())
    tag = client.get(f"/meetings/{meeting.pk}/").headers["ETag"]
    withdraw(meeting, by=make_moderator(), at=NOON, reason="有误")

    gone = client.get(f"/meetings/{meeting.pk}/", headers={"If-None-Match": tag})

    assert gone.status_code == 410
    assert "ETag" not in gone.headers


def test_another_release_has_other_tags(client: Client, settings: Settings) -> None:
    settings.RELEASE = "one"
    first = client.get("/").headers["ETag"]

    settings.RELEASE = "two"

    assert client.get("/").headers["ETag"] != first
    assert client.get("/", headers={"If-None-Match": first}).status_code == 200


def test_without_a_release_there_is_no_tag(client: Client, settings: Settings) -> None:
    settings.RELEASE = ""

    page = client.get("/", headers={"If-None-Match": "*"})

    assert page.status_code == 200
    assert "ETag" not in page.headers
    assert page.headers["Cache-Control"] == "no-cache"


def test_every_query_has_a_tag_of_its_own(client: Client) -> None:
    publish(make_meeting())

    tags = {client.get(f"/remarks/{query}").headers["ETag"] for query in ("", "?year=2024")}

    assert len(tags) == 2


def test_readers_always_ask_again(client: Client) -> None:
    publish(make_meeting())

    for address in [*list_addresses(), *row_addresses()]:
        assert client.get(address).headers["Cache-Control"] == "no-cache", address


def test_only_behind_a_front_cache_may_shared_caches_keep_pages(
    client: Client, settings: Settings
) -> None:
    settings.FRONT_CACHES = ["http://127.0.0.1:6081"]
    meeting = publish(make_meeting())
    kept = "public, max-age=0, must-revalidate, s-maxage=86400"
    page = client.get(f"/meetings/{meeting.pk}/")
    assert page.headers["Cache-Control"] == kept
    withdraw(meeting, by=make_moderator(), at=NOON, reason="有误")

    gone = client.get(f"/meetings/{meeting.pk}/")
    missing = client.get("/remarks/999999/")

    assert gone.headers["Cache-Control"] == kept
    assert missing.headers["Cache-Control"] == "no-cache"


def test_pages_differ_by_nothing_that_a_request_carries(client: Client) -> None:
    publish(make_meeting())

    for address in [*list_addresses(), *row_addresses()]:
        assert "Vary" not in client.get(address).headers, address


def test_what_no_act_speaks_of_is_kept_by_nobody(client: Client, settings: Settings) -> None:
    settings.FRONT_CACHES = ["http://127.0.0.1:6081"]
    publish(make_meeting())

    for address in ("/sitemap.xml", "/robots.txt"):
        page = client.get(address, headers={"If-None-Match": "*"})

        assert page.status_code == 200, address
        assert "ETag" not in page.headers, address
        assert page.headers["Cache-Control"] == "no-cache", address
