"""Kept pages: one query, the same answer as a page rendered anew, and never one from before."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection, transaction
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from pytest_django.fixtures import Settings

from speeches.models import PageStamp
from speeches.moderation.withdrawing import withdraw
from speeches.public import copies, remarks
from tests.admin.desk import SUPERUSER, signed_in
from tests.factories import NOON, make_meeting, make_moderator, publish
from tests.public.addresses import list_addresses
from tests.public.answers import answers
from tests.public.purged import addresses, open_newsroom
from tests.public.test_purges import CHANGES, correct
from tests.savepoints import savepoint

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _pages_are_kept(settings: Settings) -> Iterator[None]:
    settings.KEEP_PAGES = True
    cache.clear()
    yield
    cache.clear()


def test_a_kept_page_costs_one_query_and_is_the_same(
    client: Client, rendered: list[str], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    meeting = publish(make_meeting(remarks=[{}, {}]))
    for address in ("/", "/remarks/", f"/meetings/{meeting.pk}/"):
        first = client.get(address)
        rendered.clear()

        with django_assert_num_queries(1):
            again = client.get(address)

        assert rendered == [], address
        assert (again.status_code, again.content) == (200, first.content)
        assert dict(again.headers) == dict(first.headers)


def test_head_and_conditions_are_answered_from_a_copy(client: Client, rendered: list[str]) -> None:
    publish(make_meeting())
    page = client.get("/remarks/")
    rendered.clear()

    head = client.head("/remarks/")
    standing = client.get("/remarks/", headers={"If-None-Match": page.headers["ETag"]})

    assert rendered == []
    assert (head.content, head.headers["Content-Length"]) == (b"", str(len(page.content)))
    assert (standing.status_code, standing.content) == (304, b"")
    assert client.get("/remarks/").content == page.content


def test_what_head_asked_for_is_kept_with_its_text(client: Client, rendered: list[str]) -> None:
    publish(make_meeting(title="协商民主"))
    client.head("/")
    rendered.clear()

    assert "协商民主" in client.get("/").content.decode()
    assert rendered == []


def test_a_withdrawn_page_is_gone_at_once_and_nothing_of_that_is_kept(client: Client) -> None:
    meeting = publish(make_meeting())
    address = f"/meetings/{meeting.pk}/"
    assert client.get(address).status_code == 200
    withdraw(meeting, by=make_moderator(), at=NOON, reason="有误")

    cache.clear()
    for missing in (address, "/remarks/999999/", "/remarks/?page=9"):
        status = client.get(missing).status_code
        assert status in (404, 410)
        # What is kept would be found.
        assert client.get(missing).status_code == status
    assert _kept() == 0


def test_a_page_that_changes_while_it_is_rendered_is_not_kept(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    meeting = publish(make_meeting(remarks=[{"heading": "原来的标题"}]))
    remark = meeting.remarks.get()
    whole = remarks.page_of_remark

    def meanwhile(pk: int) -> Any:
        # Read before the correction, shown after it.
        page = whole(pk)
        correct(remark, heading="更正的标题")
        return page

    with monkeypatch.context() as patched:
        patched.setattr(remarks, "page_of_remark", meanwhile)
        assert "原来的标题" in client.get(f"/remarks/{remark.pk}/").content.decode()

    assert _kept() == 0
    assert "更正的标题" in client.get(f"/remarks/{remark.pk}/").content.decode()


def test_every_host_has_copies_of_its_own(client: Client) -> None:
    publish(make_meeting())
    pages = [
        client.get("/", headers={"host": host}, secure=secure).content.decode()
        for host in ("localhost", "127.0.0.1")
        for secure in (False, True)
    ]

    assert len(set(pages)) == 4
    assert _kept() == 4


@pytest.mark.parametrize("query", ["?x=1", "?year=2024&x=1", "?page=1", "?sort=", "?theme="])
def test_addresses_that_can_be_invented_without_end_are_not_kept(
    client: Client, query: str
) -> None:
    publish(make_meeting())

    assert client.get(f"/remarks/{query}").status_code == 200

    assert _kept() == 0


def test_a_list_of_one_district_is_kept(client: Client) -> None:
    publish(make_meeting())

    client.get("/remarks/?year=2024")

    assert _kept() == 1


def test_a_large_page_is_not_kept(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    publish(make_meeting())
    monkeypatch.setattr(copies, "MOST_BYTES", 100)

    assert len(client.get("/").content) > 100

    assert _kept() == 0


def test_a_page_without_a_stamp_is_not_kept(client: Client) -> None:
    publish(make_meeting())
    PageStamp.objects.all().delete()

    assert client.get("/").status_code == 200

    assert _kept() == 0


def test_nothing_is_kept_without_a_release_or_by_the_setting(
    client: Client, settings: Settings
) -> None:
    publish(make_meeting())
    settings.RELEASE = ""
    assert client.get("/").status_code == 200
    settings.RELEASE, settings.KEEP_PAGES = "one", False

    assert client.get("/").status_code == 200

    assert _kept() == 0


def test_another_release_renders_anew(
    client: Client, settings: Settings, rendered: list[str]
) -> None:
    publish(make_meeting())
    settings.RELEASE = "one"
    client.get("/")
    rendered.clear()
    settings.RELEASE = "two"

    client.get("/")

    assert "public/home.html" in rendered


def test_staff_and_readers_of_other_modes_share_copies(rendered: list[str]) -> None:
    publish(make_meeting())
    staff, reader = signed_in(SUPERUSER), Client()
    reader.cookies["reading"] = "elder.dark"
    first = staff.get("/")
    rendered.clear()

    second = reader.get("/")

    assert rendered == []
    assert second.content == first.content
    assert second.cookies == {}


# The comparison renders everything three times: one group on one engine is enough for every run.
GROUPS = [tuple(CHANGES)[start : start + 12] for start in range(0, len(CHANGES), 12)]
SCALE = [pytest.mark.scale]


@pytest.mark.slow
@pytest.mark.parametrize(
    "kinds",
    [
        pytest.param(
            group,
            id=group[0],
            marks=SCALE if number or connection.vendor == "postgresql" else [],
        )
        for number, group in enumerate(GROUPS)
    ],
)
def test_after_any_act_a_page_is_what_it_would_be_without_copies(
    settings: Settings, tmp_path: Path, kinds: tuple[str, ...]
) -> None:
    settings.MEDIA_ROOT = tmp_path
    room = open_newsroom()
    asked = addresses()
    settings.KEEP_PAGES = False
    before = answers(asked)
    settings.KEEP_PAGES = True
    wrong: dict[str, list[str]] = {}

    for kind in kinds:
        answers(asked)
        assert _kept() > len(list_addresses())
        with savepoint():
            CHANGES[kind](room)
            now = {*asked, *addresses()}
            # Twice: what was kept after the act counts as well.
            given = [answers(now), answers(now)]
            settings.KEEP_PAGES = False
            true = answers(now, before=before)
            settings.KEEP_PAGES = True
            transaction.set_rollback(True)
        if differing := [path for path in now if any(true[path] != one[path] for one in given)]:
            wrong[kind] = differing

    assert wrong == {}


def _kept() -> int:
    """Return how many pages the local memory holds."""
    return len(cache._cache)  # type: ignore[attr-defined]
