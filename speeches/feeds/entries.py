"""Entries: what a feed says of each text, and what it says of one that was withdrawn."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.template.loader import render_to_string

from speeches.models import MeetingEdition
from speeches.models.addressing import address
from speeches.models.edition_base import EditionQuerySet
from speeches.records import Absolute, Link, MeetingPage, RemarkPage, meeting_page, remark_pages

# The id of a standing edition, that of its text, and when it was withdrawn.
Change = tuple[int, int, dt.datetime | None]

# When this scheme of ids began; RFC 4151 asks for a date. It never changes.
_TAGGED_IN = 2026


@dataclass(frozen=True)
class Entry:
    """A public text as a feed carries it; `html` is its whole wording with its source lines."""

    id: str
    url: str
    title: str
    summary: str
    html: str
    authors: list[Link]
    categories: list[str]
    published: dt.datetime
    updated: dt.datetime


@dataclass(frozen=True)
class Tombstone:
    """A text that was public and was withdrawn at `updated`: `notice` says so, and on which day.

    Nothing else of the text is known here.
    """

    id: str
    url: str
    notice: str
    updated: dt.datetime


def lasting_id(path: str) -> str:
    """Return the id of what stands at this address: a tag URI (RFC 4151).

    It depends on neither scheme nor wording, so a correction, a move to https or a change of
    the reader's way in leaves it as it is.
    """
    host = urlsplit(settings.SITE_URL).hostname
    return f"tag:{host},{_TAGGED_IN}:{path}"


def changes_of(editions: EditionQuerySet[Any]) -> list[Change]:
    """Return these standing editions (a page of them) as changes: one query."""
    return list(editions.values_list("pk", editions.text_field, "withdrawn_at"))


def remark_entries(changes: list[Change], *, absolute: Absolute) -> list[Entry | Tombstone]:
    """Return the entries of these editions of remarks, in three queries."""
    pages = {page["id"]: page for page in remark_pages(_current(changes))}
    entries = {key: _remark_entry(page, absolute) for key, page in pages.items()}
    return list(_in_order(changes, entries, "remark-detail", absolute))


def meeting_entries(changes: list[Change], *, absolute: Absolute) -> list[Entry | Tombstone]:
    """Return the entries of these editions of meetings, in one query."""
    public = MeetingEdition.objects.current().filter(pk__in=_current(changes))
    loaded = public.with_first_publication().select_related("host")
    entries = {e.meeting_id: _meeting_entry(meeting_page(e), absolute) for e in loaded}
    return list(_in_order(changes, entries, "meeting-detail", absolute))


def _current(changes: Iterable[Change]) -> list[int]:
    # A withdrawn text is never loaded, so that nothing of it can slip into a feed.
    return [pk for pk, _text, withdrawn_at in changes if withdrawn_at is None]


def _in_order(
    changes: Iterable[Change], entries: dict[int, Entry], page: str, absolute: Absolute
) -> Iterator[Entry | Tombstone]:
    for _pk, text, withdrawn_at in changes:
        if withdrawn_at is not None:
            path = address(page, text)
            notice = render_to_string("feeds/withdrawn.txt", {"at": withdrawn_at}).strip()
            yield Tombstone(lasting_id(path), absolute(path), notice, withdrawn_at)
        # Withdrawn or corrected a moment ago: the reader's next visit tells of it.
        elif text in entries:
            yield entries[text]


def _remark_entry(remark: RemarkPage, absolute: Absolute) -> Entry:
    unit = Link(remark["unit"], remark["unit_link"].url if remark["unit_link"] else "")
    return Entry(
        id=lasting_id(remark["url"]),
        url=absolute(remark["url"]),
        title=remark["label"],
        summary=remark["excerpt"],
        html=render_to_string(
            "feeds/remark.html",
            {"remark": remark, "meeting_url": absolute(remark["meeting"]["url"])},
        ),
        authors=_addressed(remark["speaker_links"] or ([unit] if unit.name else []), absolute),
        categories=[theme.name for theme in remark["themes"]],
        published=remark["first_published_at"],
        updated=remark["published_at"],
    )


def _meeting_entry(meeting: MeetingPage, absolute: Absolute) -> Entry:
    return Entry(
        id=lasting_id(meeting["url"]),
        url=absolute(meeting["url"]),
        title=meeting["label"],
        summary="".join(meeting["introduction"][:1]) or meeting["subtitle"],
        html=render_to_string(
            "feeds/meeting.html", {"meeting": meeting, "url": absolute(meeting["url"])}
        ),
        authors=[Link(byline["name"], "") for byline in meeting["bylines"]],
        categories=[],
        published=meeting["first_published_at"],
        updated=meeting["published_at"],
    )


def _addressed(links: Iterable[Link], absolute: Absolute) -> list[Link]:
    return [Link(link.name, absolute(link.url) if link.url else "") for link in links]
