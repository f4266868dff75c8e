"""Writing: a page of a feed as Atom (RFC 4287) or as RSS 2.0, by Django's generators.

What they lack is added here: the whole text of an entry, several authors, the links from page to
page (RFC 5005) and withdrawn entries (RFC 6721; in RSS an item that says so).
"""

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed, SyndicationFeed, rfc3339_date
from django.utils.html import escape
from django.utils.translation import gettext as _

from speeches.feeds.entries import Entry, Tombstone
from speeches.records import Link

ATOM = "http://www.w3.org/2005/Atom"
TOMBSTONES = "http://purl.org/atompub/tombstones/1.0"
CONTENT = "http://purl.org/rss/1.0/modules/content/"
CREATORS = "http://purl.org/dc/elements/1.1/"
# The moment of a feed in which nothing has happened yet: the same at every request.
NEVER = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
# What no XML document may hold (XML 1.0, 2.2), escaped or not.
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True)
class Head:
    """What a page of a feed says of itself; `pages` are (relation, address) of RFC 5005."""

    id: str
    title: str
    subtitle: str
    publisher: str
    site: str
    url: str
    pages: list[tuple[str, str]]


class _Paged(SyndicationFeed):
    """A feed that leads to its other pages and tells when it last changed."""

    link_element = ""

    def add_root_elements(self, handler: Any) -> None:
        super().add_root_elements(handler)
        for relation, address in self.feed["pages"]:
            handler.addQuickElement(self.link_element, "", {"rel": relation, "href": address})

    def latest_post_date(self) -> dt.datetime:
        return max((item["updateddate"] for item in self.items), default=NEVER)


class AtomFeed(_Paged, Atom1Feed):
    """Atom: tombstones are `at:deleted-entry` elements among the entries."""

    link_element = "link"

    def root_attributes(self) -> dict[str, str]:
        """Name the namespace of tombstones."""
        return {**super().root_attributes(), "xmlns:at": TOMBSTONES}

    def write_items(self, handler: Any) -> None:
        """Write entries and tombstones as they follow each other."""
        for item in self.items:
            if item["withdrawn"]:
                moment = rfc3339_date(item["updateddate"])
                deleted = {"ref": item["unique_id"], "when": moment}
                handler.startElement("at:deleted-entry", deleted)
                handler.addQuickElement("at:comment", item["description"])
                handler.endElement("at:deleted-entry")
                continue
            handler.startElement("entry", self.item_attributes(item))
            self.add_item_elements(handler, item)
            handler.endElement("entry")

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        """Add all the authors and the whole text."""
        super().add_item_elements(handler, item)
        for author in item["authors"]:
            handler.startElement("author", {})
            handler.addQuickElement("name", author.name)
            if author.url:
                handler.addQuickElement("uri", author.url)
            handler.endElement("author")
        handler.addQuickElement("content", item["html"], {"type": "html"})


class RssFeed(_Paged, Rss201rev2Feed):
    """RSS: a withdrawn text stays as an item of its guid, which names the day of withdrawal."""

    link_element = "atom:link"

    def rss_attributes(self) -> dict[str, str]:
        """Name the namespaces of whole texts and of authors."""
        names = {"xmlns:content": CONTENT, "xmlns:dc": CREATORS}
        return {**super().rss_attributes(), **names}

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        """Add all the authors, the whole text, and when it changed, for which RSS has no word."""
        super().add_item_elements(handler, item)
        for author in item["authors"]:
            handler.addQuickElement("dc:creator", author.name)
        handler.addQuickElement("atom:updated", rfc3339_date(item["updateddate"]))
        if item["html"]:
            handler.addQuickElement("content:encoded", item["html"])


FORMS: dict[str, type[AtomFeed] | type[RssFeed]] = {"atom": AtomFeed, "rss": RssFeed}


def write_feed(form: str, head: Head, entries: Iterable[Entry | Tombstone]) -> tuple[str, str]:
    """Return the feed in a form of FORMS, and its content type."""
    feed = FORMS[form](
        title=legible(head.title),
        link=head.site,
        description=head.subtitle,
        subtitle=head.subtitle,
        language="zh-Hans",
        author_name=head.publisher,
        feed_url=head.url,
        feed_guid=head.id,
        pages=head.pages,
    )
    for entry in entries:
        if isinstance(entry, Tombstone):
            _add_tombstone(feed, entry)
        else:
            _add_entry(feed, entry)
    return feed.writeString("utf-8"), feed.content_type


def legible(text: str) -> str:
    """Return the text without what XML cannot hold: one stray character must not stop a feed."""
    return _NOT_XML.sub("", text)


def _add_entry(feed: SyndicationFeed, entry: Entry) -> None:
    feed.add_item(
        title=legible(entry.title),
        link=entry.url,
        # Readers take it for HTML, in either form.
        description=escape(legible(entry.summary)),
        unique_id=entry.id,
        unique_id_is_permalink=False,
        pubdate=entry.published,
        updateddate=entry.updated,
        categories=[legible(name) for name in entry.categories],
        authors=[Link(legible(author.name), author.url) for author in entry.authors],
        html=legible(entry.html),
        withdrawn=False,
    )


def _add_tombstone(feed: SyndicationFeed, stone: Tombstone) -> None:
    feed.add_item(
        title=_("撤稿"),
        link=stone.url,
        description=stone.notice,
        unique_id=stone.id,
        unique_id_is_permalink=False,
        pubdate=stone.updated,
        updateddate=stone.updated,
        authors=[],
        html="",
        withdrawn=True,
    )
