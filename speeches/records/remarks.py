"""A remark's public fields."""

import datetime as dt
from collections.abc import Iterable
from typing import TypedDict

from django.db.models import Prefetch
from django.utils.translation import gettext as _

from speeches.models import EditionSpeaker, RemarkEdition, Theme
from speeches.models.editions import RemarkEditionQuerySet
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


class RemarkPage(RemarkRow):
    """What a remark's own page shows."""

    speaker_links: list[Link]
    html: str
    paragraphs: list[str]
    source: Source
    responsibility: list[Responsible]
    corrections: list[Correction]
    published_at: dt.datetime
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


def remark_page(
    edition: RemarkEdition, *, speakers: Iterable[EditionSpeaker], themes: Iterable[Theme]
) -> RemarkPage:
    """Return what a remark's own page shows.

    `speakers` in printed order with `person` loaded; a speaker nobody has identified keeps an
    empty address.
    """
    return RemarkPage(
        **remark_row(edition, themes),
        speaker_links=[
            Link(s.name_as_printed, s.person.get_absolute_url() if s.person else "")
            for s in speakers
        ],
        html=edition.html,
        paragraphs=list(edition.paragraphs),
        source=source_of(edition.meeting_edition),
        responsibility=list(edition.responsibility),
        corrections=corrections_of(edition),
        published_at=edition.published_at,
        number=edition.number,
        first_published_at=first_publication(edition),
    )


def remark_rows(editions: RemarkEditionQuerySet) -> list[RemarkRow]:
    """Return what a list shows of these editions (a page of them), in two queries."""
    return [
        remark_row(edition, shown_themes(edition)) for edition in looked_up(editions).for_lists()
    ]


def looked_up(editions: RemarkEditionQuerySet) -> RemarkEditionQuerySet:
    """Return the same editions, in the same order, those of a page by their ids.

    Which ones these are an index alone tells: what stands before the page is passed over without
    looking at its rows.
    """
    if not editions.query.is_sliced:
        return editions
    order = editions.query.order_by
    return RemarkEdition.objects.filter(pk__in=editions.values("pk")).order_by(*order)


def remark_pages(editions: RemarkEditionQuerySet) -> list[RemarkPage]:
    """Return these editions in full, in three queries however many they are."""
    loaded = editions.with_first_publication().for_pages()
    loaded = loaded.prefetch_related(
        Prefetch(
            "speakers",
            EditionSpeaker.objects.select_related("person").order_by("position"),
            "shown_speakers",
        ),
    )
    return [
        # The attribute is the one named in the prefetch above.
        remark_page(
            edition,
            speakers=edition.shown_speakers,  # type: ignore[attr-defined]
            themes=shown_themes(edition),
        )
        for edition in loaded
    ]


def shown_themes(edition: RemarkEdition) -> list[Theme]:
    """Return the assigned themes of an edition that was loaded for a list or a page."""
    # The attribute is the one named in the prefetch of `for_lists()` and `remark_pages()`.
    return [link.theme for link in edition.shown_themes]  # type: ignore[attr-defined]
