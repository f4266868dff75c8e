"""What a feed costs who holds it already, and that no change hides behind an old tag."""

from pathlib import Path

import pytest
from django.db import transaction
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from pytest_django.fixtures import Settings

from tests.factories import make_meeting, publish
from tests.public.purged import open_newsroom
from tests.public.test_purges import CHANGES
from tests.savepoints import savepoint

pytestmark = pytest.mark.django_db

REMARKS, MEETINGS = "/feeds/remarks.atom", "/feeds/meetings.atom"


@pytest.mark.parametrize("address", [REMARKS, MEETINGS])
def test_who_holds_the_feed_is_answered_without_any_text(
    client: Client,
    address: str,
    monkeypatch: pytest.MonkeyPatch,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    publish(make_meeting(remarks=[{}] * 3))
    tag = client.get(address)["ETag"]
    monkeypatch.setattr("speeches.feeds.views.write_feed", None)

    with django_assert_max_num_queries(5):
        answer = client.get(address, headers={"If-None-Match": tag})

    assert (answer.status_code, answer.content, answer["ETag"]) == (304, b"", tag)


def test_a_feed_has_a_tag_of_its_own_for_every_address_site_and_release(
    client: Client, settings: Settings
) -> None:
    publish(make_meeting())
    tags = {client.get(path)["ETag"] for path in (REMARKS, f"{REMARKS}?year=2024", MEETINGS)}
    tags.add(client.get(REMARKS, headers={"host": "127.0.0.1"})["ETag"])
    settings.RELEASE = "another"
    tags.add(client.get(REMARKS)["ETag"])
    assert len(tags) == 5

    settings.RELEASE = ""
    assert "ETag" not in client.get(REMARKS).headers


def test_no_change_of_a_feed_hides_behind_its_tag(
    client: Client, settings: Settings, tmp_path: Path
) -> None:
    settings.MEDIA_ROOT = tmp_path
    room = open_newsroom()
    addresses = [
        *(REMARKS, MEETINGS, "/feeds/remarks.rss?theme=party&district=230112"),
        f"/feeds/remarks.atom?unit={room.units['group'].pk}",
        f"/feeds/remarks.atom?person={room.people['王一'].pk}",
        f"/feeds/remarks.atom?meeting={room.meetings['big'].pk}",
    ]
    before = {address: client.get(address) for address in addresses}
    hidden, changed = [], set()

    for kind, change in CHANGES.items():
        with savepoint():
            change(room)
            for address, was in before.items():
                now = client.get(address)
                if now.content != was.content:
                    changed.add(kind)
                    if now.status_code == 200 and now["ETag"] == was["ETag"]:
                        hidden.append((kind, address))
            transaction.set_rollback(True)

    assert hidden == []
    assert len(changed) > len(CHANGES) / 4
