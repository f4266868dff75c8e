"""A remark's public fields."""

import datetime as dt
from collections.abc import Iterable
from typing import TypedDict

from django.utils.translation import gettext as _

from speeches.models import EditionSpeaker, MeetingEdition, RemarkEdition, Theme
from speeches.models.editions import RemarkEditionQuerySet
from speeches.records import loading
from speeches.records.corrections import Correction, corrections_of
from speeches.records.links import Link, link_to
from speeches.records.meetings import (
    MeetingRow,
    Responsible,
    Source,
    first_publication,
    meeting_row,
    source_of,
)


class RemarkRow(TypedDict):
    """What a list shows of a remark: names as printed, links beside them."""

    id: int
    url: str
    label: str
    heading: str
    unit: str
    post: str
    speakers: str
    unit_link: Link | None
    district: Link | None
    meeting: MeetingRow
    date: dt.date
    position: int
    excerpt: str
    themes: list[Link]


class RemarkBeginning(RemarkRow):
    """What a long meeting's page shows of a remark: how it begins, and what was corrected."""

    corrections: list[Correction]
    published_at: dt.datetime


class RemarkPage(RemarkBeginning):
    """What a remark's own page shows."""

    speaker_links: list[Link]
    paragraphs: list[str]
    source: Source
    responsibility: list[Responsible]
    number: int
    first_published_at: dt.datetime


def label_of(edition: RemarkEdition) -> str:
    """Return the heading, or who spoke where the page printed none."""
    names = f"{edition.unit_as_printed}{edition.post_as_printed} {edition.speakers_as_printed}"
    return edition.heading or names.strip() or _("无标题")


def remark_row(edition: RemarkEdition, themes: Iterable[Theme]) -> RemarkRow:
    """Return what a list shows; district, unit and meeting_edition should be loaded."""
    return RemarkRow(
        id=edition.remark_id,
        url=edition.get_absolute_url(),
        label=label_of(edition),
        heading=edition.heading,
        unit=edition.unit_as_printed,
        post=edition.post_as_printed,
        speakers=edition.speakers_as_printed,
        unit_link=link_to(edition.unit),
        district=link_to(edition.district),
        meeting=meeting_row(edition.meeting_edition),
        date=edition.date,
        position=edition.position,
        excerpt=edition.excerpt,
        themes=[Link(theme.name, theme.get_absolute_url()) for theme in themes],
    )


def remark_beginning(edition: RemarkEdition, themes: Iterable[Theme]) -> RemarkBeginning:
    """Return what a long meeting's page shows."""
    return RemarkBeginning(
        **remark_row(edition, themes),
        corrections=corrections_of(edition),
        published_at=edition.published_at,
    )


def remark_page(
    edition: RemarkEdition, *, speakers: Iterable[EditionSpeaker], themes: Iterable[Theme]
) -> RemarkPage:
    """Return what a remark's own page shows.

    `speakers` in printed order with `person` loaded; a speaker nobody has identified keeps an
    empty address.
    """
    return RemarkPage(
        **remark_beginning(edition, themes),
        speaker_links=[
            Link(s.name_as_printed, s.person.get_absolute_url() if s.person else "")
            for s in speakers
        ],
        paragraphs=list(edition.paragraphs),
        source=source_of(edition.meeting_edition),
        responsibility=list(edition.responsibility),
        number=edition.number,
        first_published_at=first_publication(edition),
    )


def remark_rows(editions: RemarkEditionQuerySet) -> list[RemarkRow]:
    """Return what a list shows of these editions (a page of them), in three queries."""
    return _rows(loading.listed(editions))


def newest_remark_rows(number: int) -> list[RemarkRow]:
    """Return what a list shows of the latest remarks, in two queries."""
    return _rows(loading.newest(number))


def _rows(editions: list[RemarkEdition]) -> list[RemarkRow]:
    themes = loading.themes_of(editions)
    return [remark_row(edition, themes[edition.pk]) for edition in editions]


def page_of_remark(remark: int) -> RemarkPage | None:
    """Return the remark in full, None where readers see none of this id; three queries."""
    return next(iter(_pages(loading.remark_in_full(remark))), None)


def pages_of_meeting(meeting: MeetingEdition) -> list[RemarkPage]:
    """Return the remarks of this current meeting in full, as printed; three queries for fifty."""
    return _pages(loading.meeting_in_full(meeting))


def beginnings_of_meeting(meeting: MeetingEdition) -> list[RemarkBeginning]:
    """Return how the remarks of this current meeting begin, as printed; two queries for fifty."""
    editions = loading.meeting_begun(meeting)
    themes = loading.themes_of(editions)
    return [remark_beginning(edition, themes[edition.pk]) for edition in editions]


def remark_pages(ids: Iterable[int]) -> list[RemarkPage]:
    """Return those of these editions that are current, in full, in any order; three queries."""
    return _pages(loading.in_full(ids))


def _pages(editions: list[RemarkEdition]) -> list[RemarkPage]:
    speakers, themes = loading.speakers_of(editions), loading.themes_of(editions)
    return [
        remark_page(edition, speakers=speakers[edition.pk], themes=themes[edition.pk])
        for edition in editions
    ]


def neighbours(remark: RemarkPage) -> tuple[Link | None, Link | None]:
    """Return links to the current remarks before and after this one in its meeting; one query."""
    # One query for all of them takes half the time of two that find one each.
    all_there = loading.beside(remark["meeting"]["id"])
    # By place, not by looking for this one: it may have been withdrawn a moment ago.
    here = (remark["position"], remark["id"])
    before = [one for one in all_there if (one.position, one.remark_id) < here]
    after = [one for one in all_there if (one.position, one.remark_id) > here]
    return _link(before[-1:]), _link(after[:1])


def _link(editions: list[RemarkEdition]) -> Link | None:
    for edition in editions:
        return Link(label_of(edition), edition.get_absolute_url())
    return None
