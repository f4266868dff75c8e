"""A meeting's public fields."""

import datetime as dt
from typing import Any, TypedDict

from django.urls import reverse

from speeches.models import MeetingEdition
from speeches.models.edition_base import Edition
from speeches.models.meeting_editions import MeetingEditionQuerySet
from speeches.records import loading
from speeches.records.corrections import Correction, corrections_of
from speeches.records.links import Link, link_to

# What a role consists of whose bearer wrote nothing: 摄, 图, 摄影, 供图, 图片, 拍摄, 制图.
_OF_PICTURES = frozenset("摄图影供片拍制/、")


class Source(TypedDict):
    """Where and when a text was printed."""

    newspaper: str
    issue_date: dt.date | None
    page_number: str


class Picture(TypedDict):
    """A picture of the page; `url` is "" where only the caption came along."""

    url: str
    caption: str
    credit: str


class Responsible(TypedDict):
    """Who did one part of the work on a text, such as 终审: names as on the day."""

    role: str
    names: list[str]


class MeetingRow(TypedDict):
    """What a list shows of a meeting."""

    id: int
    url: str
    label: str
    kicker: str
    title: str
    subtitle: str
    name: str
    date: dt.date
    held_from: dt.date | None
    held_to: dt.date | None
    held_on_text: str


class CountedMeeting(MeetingRow):
    """What a list shows of a meeting, with the number of remarks that readers see."""

    remark_count: int


class MeetingPage(MeetingRow):
    """What a meeting's own page shows, its remarks apart."""

    place: str
    host: Link | None
    introduction: list[str]
    bylines: list[dict[str, str]]
    pictures: list[Picture]
    source: Source
    responsibility: list[Responsible]
    corrections: list[Correction]
    published_at: dt.datetime
    number: int
    first_published_at: dt.datetime


def first_publication(edition: Edition) -> dt.datetime:
    """Return when the text became public; for a preview, which never was, the edition's moment.

    The moment is that of `with_first_publication()`.
    """
    return getattr(edition, "first_published_at", None) or edition.published_at


def written_by(meeting: MeetingPage) -> list[str]:
    """Return the names under the headline but for those who only took or gave pictures."""
    return [
        byline["name"]
        for byline in meeting["bylines"]
        if not (set(byline["role"]) and set(byline["role"]) <= _OF_PICTURES)
    ]


def source_of(edition: MeetingEdition) -> Source:
    """Return where the page was printed."""
    return Source(
        newspaper=edition.newspaper,
        issue_date=edition.issue_date,
        page_number=edition.page_number,
    )


def meeting_row(edition: MeetingEdition) -> MeetingRow:
    """Return what a list shows of a meeting."""
    return MeetingRow(
        id=edition.meeting_id,
        url=edition.get_absolute_url(),
        label=str(edition),
        kicker=edition.kicker,
        title=edition.title,
        subtitle=edition.subtitle,
        name=edition.name,
        date=edition.date,
        held_from=edition.held_from,
        held_to=edition.held_to,
        held_on_text=edition.held_on_text,
    )


def meeting_rows(editions: MeetingEditionQuerySet) -> list[CountedMeeting]:
    """Return what a list shows of these current meetings (a page of them), in two queries."""
    return _counted(loading.meetings_listed(editions))


def newest_meeting_rows(number: int) -> list[CountedMeeting]:
    """Return what a list shows of the latest meetings, in one query."""
    return _counted(loading.newest_meetings(number))


def _counted(editions: list[MeetingEdition]) -> list[CountedMeeting]:
    return [
        # The number is an annotation.
        CountedMeeting(**meeting_row(edition), remark_count=edition.remark_count)  # type: ignore[attr-defined]
        for edition in editions
    ]


def meeting_page(edition: MeetingEdition) -> MeetingPage:
    """Return what a meeting's own page shows; `edition.host` should be loaded."""
    return MeetingPage(
        **meeting_row(edition),
        place=edition.place,
        host=link_to(edition.host),
        introduction=list(edition.introduction),
        bylines=list(edition.bylines),
        pictures=[
            _picture(edition, number, picture)
            for number, picture in enumerate(edition.pictures, start=1)
        ],
        source=source_of(edition),
        responsibility=list(edition.responsibility),
        corrections=corrections_of(edition),
        published_at=edition.published_at,
        number=edition.number,
        first_published_at=first_publication(edition),
    )


def _picture(edition: MeetingEdition, number: int, picture: dict[str, Any]) -> Picture:
    url = ""
    if picture["image"]:
        url = reverse("public:meeting-picture", args=[edition.meeting_id, number])
    return Picture(url=url, caption=picture["caption"], credit=picture["credit"])
