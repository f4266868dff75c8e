"""Composes editions from working rows: the same function for publishing and for a preview."""

import datetime as dt
import hashlib
import json
from dataclasses import dataclass

from django.utils import timezone

from speeches.models import EditionSpeaker, Meeting, MeetingEdition, Remark, RemarkEdition, Theme
from speeches.text.markup import addressed, plain_text

EXCERPT_CHARACTERS = 120


@dataclass(frozen=True)
class ComposedRemark:
    """An unsaved remark edition with its unsaved speakers and the themes it will carry."""

    edition: RemarkEdition
    speakers: list[EditionSpeaker]
    themes: list[Theme]


def meeting_day(meeting: Meeting, at: dt.datetime) -> dt.date:
    """Return the day lists order by: held on, else the issue's date, else that of `at`."""
    return meeting.held_from or meeting.issue_date or timezone.localdate(at)


def compose_meeting(meeting: Meeting, *, at: dt.datetime) -> MeetingEdition:
    """Return an unsaved edition of the meeting's own text; number and round are not set."""
    day = meeting_day(meeting, at)
    edition = MeetingEdition(
        meeting=meeting,
        kicker=meeting.kicker,
        title=meeting.title,
        subtitle=meeting.subtitle,
        name=meeting.name,
        held_from=meeting.held_from,
        held_to=meeting.held_to,
        held_on_text=meeting.held_on_text,
        place=meeting.place,
        host=meeting.host,
        introduction=meeting.introduction,
        bylines=[
            {"name": byline.name, "role": byline.role}
            for byline in meeting.bylines.order_by("position")
        ],
        pictures=[
            {"image": picture.image.name, "caption": picture.caption, "credit": picture.credit}
            for picture in meeting.pictures.order_by("position")
        ],
        newspaper=meeting.newspaper,
        issue_date=meeting.issue_date,
        page_number=meeting.page_number,
        date=day,
        year=day.year,
        published_at=at,
    )
    edition.fingerprint = _fingerprint(
        edition.kicker,
        edition.title,
        edition.subtitle,
        edition.name,
        str(edition.held_from or ""),
        str(edition.held_to or ""),
        edition.held_on_text,
        edition.place,
        edition.introduction,
        edition.bylines,
        edition.pictures,
        edition.newspaper,
        str(edition.issue_date or ""),
        edition.page_number,
    )
    return edition


def compose_remark(
    remark: Remark, *, at: dt.datetime, meeting_edition: MeetingEdition
) -> ComposedRemark:
    """Return an unsaved edition of the remark; number and round are not set.

    `meeting_edition` is the edition it is published with, or an unsaved one for a preview.
    """
    speakers = list(remark.speakers.select_related("person").order_by("position"))
    text = plain_text(remark.body)
    edition = RemarkEdition(
        remark=remark,
        meeting=remark.meeting,
        meeting_edition=meeting_edition,
        position=remark.position,
        heading=remark.heading,
        unit_as_printed=remark.unit_as_printed,
        post_as_printed=remark.post_as_printed,
        speakers_as_printed="、".join(speaker.name_as_printed for speaker in speakers),
        paragraphs=remark.body,
        text=text,
        html=addressed(remark.body),
        excerpt=excerpt_of(text),
        district=remark.district,
        unit=remark.unit,
        date=meeting_edition.date,
        year=meeting_edition.year,
        published_at=at,
    )
    edition.fingerprint = remark_fingerprint(remark)
    return ComposedRemark(
        edition=edition,
        speakers=[
            EditionSpeaker(
                position=speaker.position,
                name_as_printed=speaker.name_as_printed,
                person=speaker.person,
            )
            for speaker in speakers
        ],
        themes=list(remark.themes.in_order()),
    )


def meeting_fingerprint(meeting: Meeting) -> str:
    """Return the fingerprint of the meeting's own text as it stands; times do not enter it."""
    return compose_meeting(meeting, at=timezone.now()).fingerprint


def remark_fingerprint(remark: Remark) -> str:
    """Return the fingerprint of the remark's text and names as they stand."""
    names = remark.speakers.order_by("position").values_list("name_as_printed", flat=True)
    return _fingerprint(
        remark.heading,
        remark.unit_as_printed,
        remark.post_as_printed,
        list(names),
        remark.body,
    )


def excerpt_of(text: str) -> str:
    """Return the beginning of a text for lists, cut behind a character, marked with ……."""
    line = text.replace("\n", "")
    return line if len(line) <= EXCERPT_CHARACTERS else line[:EXCERPT_CHARACTERS] + "……"


def _fingerprint(*parts: object) -> str:
    canonical = json.dumps(parts, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()
