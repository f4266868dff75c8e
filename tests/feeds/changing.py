"""Changes that feeds tell of, and feeds as their readers see them."""

import datetime as dt
from typing import Any

import feedparser
from django.test import Client
from lxml import etree

from speeches.models import Meeting, Remark
from speeches.moderation.editing import record_edit
from speeches.moderation.withdrawing import withdraw
from tests.factories import NOON, make_moderator, publish

NAMES = {
    "a": "http://www.w3.org/2005/Atom",
    "at": "http://purl.org/atompub/tombstones/1.0",
}


def after(days: int) -> dt.datetime:
    """Return noon, so many days after the first publication."""
    return NOON + dt.timedelta(days=days)


def correct(remark: Remark, heading: str, *, at: dt.datetime) -> None:
    """Give a public remark another heading, as a new edition."""
    remark.heading = heading
    remark.save()
    record_edit(remark, by=None, at=at, changed=["heading"])
    publish(Meeting.objects.get(pk=remark.meeting_id), at=at)


def take_back(text: Meeting | Remark, *, at: dt.datetime) -> None:
    """Withdraw a public text."""
    withdraw(text, by=make_moderator(), at=at, reason="事实有误")


def read(client: Client, address: str) -> Any:
    """Return a feed as feedparser reads it; it has to be well-formed."""
    page = client.get(address)
    assert page.status_code == 200, address
    parsed = feedparser.parse(page.content, response_headers={"content-type": page["Content-Type"]})
    assert not parsed.bozo, (address, parsed.get("bozo_exception"))
    return parsed


def ids(client: Client, address: str) -> list[str]:
    """Return the ids of everything in a page of an Atom feed, tombstones included, in order."""
    root = etree.fromstring(client.get(address).content)
    return [
        str(one)
        for one in root.xpath("a:entry/a:id/text() | at:deleted-entry/@ref", namespaces=NAMES)
    ]


def tombstones(client: Client, address: str) -> list[tuple[str, str, str]]:
    """Return (id, moment, comment) of every deleted entry of an Atom feed."""
    root = etree.fromstring(client.get(address).content)
    return [
        (one.get("ref"), one.get("when"), one.findtext("at:comment", namespaces=NAMES))
        for one in root.findall("at:deleted-entry", NAMES)
    ]


def linked(client: Client, address: str) -> dict[str, str]:
    """Return the addresses that a page of a feed leads to, by relation."""
    return {link["rel"]: link["href"] for link in read(client, address).feed.links}
