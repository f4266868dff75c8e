"""Editions: the approved text that readers see, and nothing else that they see.

The text, the names as printed, the fingerprint and the number are frozen by trigger
(`speeches.models.triggers`). Position, themes, links and the times of superseding and
withdrawal are changed by `moderation/` alone.
"""

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from speeches.models.addressing import address
from speeches.models.edition_base import CHANGED_AT, CURRENT, Edition, EditionQuerySet
from speeches.models.meeting_editions import MeetingEdition
from speeches.models.meetings import Meeting
from speeches.models.people import Person
from speeches.models.places import District
from speeches.models.remarks import Remark
from speeches.models.themes import Theme
from speeches.models.units import Unit

# The fields that readers see: of a remark in a list, of one in full, and of its meeting.
_SHOWN = (
    *("remark_id", "position", "date", "heading"),
    *("unit_as_printed", "post_as_printed", "speakers_as_printed"),
    *("district__code", "district__name", "unit__name"),
)
_IN_FULL = (
    *("excerpt", "paragraphs", "number", "published_at"),
    *("responsibility", "corrections"),
)
_MEETING = tuple(
    f"meeting_edition__{name}"
    for name in (
        *("meeting_id", "kicker", "title", "subtitle", "name"),
        *("date", "held_from", "held_to", "held_on_text"),
        *("newspaper", "issue_date", "page_number"),
    )
)


class RemarkEditionQuerySet(EditionQuerySet["RemarkEdition"]):
    """Public remarks, in newsroom words."""

    text_field = "remark"

    def newest_first(self) -> Self:
        """Order by day, the latest first, and within one meeting as printed."""
        return self.order_by("-date", "-meeting_id", "position")

    def oldest_first(self) -> Self:
        """Order by day, the earliest first, and within one meeting as printed."""
        return self.order_by("date", "meeting_id", "position")

    def by_unit(self) -> Self:
        """Order by unit, units by their district's code, and within one unit newest first."""
        return self.order_by(
            models.F("unit__district__code").asc(nulls_last=True),
            models.F("unit_id").asc(nulls_last=True),
            *("-date", "-meeting_id", "position"),
        )

    def by_index(self) -> Self:
        """Keep all of these current remarks, for counting and ids only.

        The condition is true of every remark. Without it SQLite reads the rows, which are fat,
        where the index `remark_facets` holds all that is asked for.
        """
        return self.order_by().filter(year__gt=0)

    def in_order(self) -> Self:
        """Order as the remarks stand on their page."""
        return self.order_by("meeting_id", "position")

    def in_district(self, *codes: str) -> Self:
        """Keep remarks from any of these districts or from what they succeeded."""
        return self.filter(district__in=District.objects.including_predecessors(codes))

    def about(self, *slugs: str) -> Self:
        """Keep remarks about any of these themes or their children, each remark once."""
        links = EditionTheme.objects.filter(edition=models.OuterRef("pk"), theme__slug__in=slugs)
        return self.filter(models.Exists(links))

    def by(self, person: Person | int) -> Self:
        """Keep remarks of which this person is a speaker."""
        links = EditionSpeaker.objects.filter(edition=models.OuterRef("pk"), person=person)
        return self.filter(models.Exists(links))

    def of_unit(self, unit: Unit | int) -> Self:
        """Keep remarks of this unit."""
        return self.filter(unit=unit)

    def in_meeting(self, meeting: Meeting | int) -> Self:
        """Keep remarks made at this meeting."""
        return self.filter(meeting=meeting)

    def for_lists(self) -> Self:
        """Load what a list shows: no body, but district, unit and meeting."""
        return self._shown("excerpt", *_MEETING).select_related("meeting_edition")

    def for_results(self) -> Self:
        """Load what a list of results shows: as a list does, and the text with its paragraphs."""
        loaded = self._shown("excerpt", "text", "paragraphs", *_MEETING)
        return loaded.select_related("meeting_edition")

    def for_pages(self) -> Self:
        """Load what a page shows in full: paragraphs, but not the same as plain text."""
        return self._shown(*_IN_FULL, *_MEETING).select_related("meeting_edition")

    def for_meeting_page(self) -> Self:
        """Load what the page of their one meeting shows of them, the meeting apart."""
        return self._shown(*_IN_FULL)

    def for_beginnings(self) -> Self:
        """Load what a long page of their one meeting shows of them, the meeting apart."""
        return self._shown("excerpt", "published_at", "corrections")

    def for_links(self) -> Self:
        """Load what a link to it says, and its place in the meeting."""
        return self.only(
            *("remark_id", "position", "heading"),
            *("unit_as_printed", "post_as_printed", "speakers_as_printed"),
        )

    def _shown(self, *fields: str) -> Self:
        return self.only(*_SHOWN, *fields).select_related("district", "unit")


class RemarkEdition(Edition):
    """A remark as approved: what its public page needs in one row."""

    remark = models.ForeignKey(
        Remark, verbose_name=_("发言"), on_delete=models.PROTECT, related_name="editions"
    )
    meeting = models.ForeignKey(
        Meeting, verbose_name=_("会议"), on_delete=models.PROTECT, related_name="remark_editions"
    )
    # Follows the meeting's current edition; never empty, so that no remark is public without
    # its meeting.
    meeting_edition = models.ForeignKey(
        MeetingEdition,
        verbose_name=_("会议（已发布）"),
        on_delete=models.PROTECT,
        related_name="remark_editions",
    )
    position = models.PositiveIntegerField(_("次序"))
    heading = models.CharField(_("标题"), max_length=200, blank=True)
    unit_as_printed = models.CharField(_("单位（照原文）"), max_length=160, blank=True)
    post_as_printed = models.CharField(_("职务（照原文）"), max_length=160, blank=True)
    # A joint remark may be signed by dozens.
    speakers_as_printed = models.TextField(_("发言人（照原文）"), blank=True)
    paragraphs = models.JSONField(_("段落"))
    text = models.TextField(_("正文文字"))
    html = models.TextField(_("正文网页"))
    excerpt = models.CharField(_("摘要"), max_length=160, blank=True)
    district = models.ForeignKey(
        District,
        verbose_name=_("区县"),
        on_delete=models.PROTECT,
        null=True,
        related_name="remark_editions",
    )
    unit = models.ForeignKey(
        Unit,
        verbose_name=_("单位"),
        on_delete=models.PROTECT,
        null=True,
        related_name="remark_editions",
    )
    themes = models.ManyToManyField(
        Theme, verbose_name=_("主题"), through="EditionTheme", related_name="remark_editions"
    )

    objects = RemarkEditionQuerySet.as_manager()

    class Meta:
        verbose_name = _("发言（已发布）")
        verbose_name_plural = _("发言（已发布）")
        constraints = (
            models.UniqueConstraint(fields=["remark", "number"], name="remark_edition_number"),
            models.UniqueConstraint(
                fields=["remark"],
                condition=models.Q(superseded_at__isnull=True),
                name="remark_edition_one_standing",
            ),
        )
        indexes = (
            models.Index(
                fields=["-date", "-meeting", "position"], condition=CURRENT, name="remark_newest"
            ),
            # As `newest_first()` orders them, so that no page of a list is sorted.
            models.Index(
                fields=["district", "-date", "-meeting", "position"],
                condition=CURRENT,
                name="remark_of_district",
            ),
            models.Index(
                fields=["unit", "-date", "-meeting", "position"],
                condition=CURRENT,
                name="remark_of_unit",
            ),
            models.Index(fields=["year"], condition=CURRENT, name="remark_of_year"),
            models.Index(
                CHANGED_AT.desc(),
                models.F("id").desc(),
                condition=models.Q(superseded_at__isnull=True),
                name="remark_changes",
            ),
            models.Index(
                fields=["withdrawn_at"],
                condition=models.Q(superseded_at__isnull=True, withdrawn_at__isnull=False),
                name="remark_tombstones",
            ),
            # What counting many results reads instead of the rows.
            models.Index(
                fields=["year", "district", "unit", "id"], condition=CURRENT, name="remark_facets"
            ),
            # What the days and meetings of a theme's many remarks are read from.
            models.Index(fields=["id", "meeting", "date"], condition=CURRENT, name="remark_days"),
        )

    def __str__(self) -> str:
        return self.heading or f"{self.unit_as_printed}{self.post_as_printed}"

    def get_absolute_url(self) -> str:
        """Return the remark's address, the same for every edition."""
        return address("remark-detail", self.remark_id)


class EditionSpeaker(models.Model):
    """A speaker of an edition: the name as printed is frozen, the link to a person is not."""

    edition = models.ForeignKey(
        RemarkEdition, verbose_name=_("发言"), on_delete=models.PROTECT, related_name="speakers"
    )
    position = models.PositiveIntegerField(_("次序"))
    name_as_printed = models.CharField(_("姓名（照原文）"), max_length=60)
    person = models.ForeignKey(
        Person,
        verbose_name=_("发言人"),
        on_delete=models.PROTECT,
        null=True,
        related_name="edition_speeches",
    )

    class Meta:
        verbose_name = _("发言人（已发布）")
        verbose_name_plural = _("发言人（已发布）")
        constraints = (
            models.UniqueConstraint(
                fields=["edition", "position"], name="edition_speaker_position_once"
            ),
        )

    def __str__(self) -> str:
        return self.name_as_printed


class EditionThemeQuerySet(models.QuerySet["EditionTheme"]):
    """Links of editions to themes, in newsroom words."""

    def shown(self) -> Self:
        """Keep the themes an editor assigned, in the newsroom's order, each with its theme."""
        return (
            self.filter(inherited=False)
            .select_related("theme")
            .order_by("theme__position", "theme_id")
        )


class EditionTheme(models.Model):
    """An edition is about a theme: assigned by an editor, or inherited from a child theme.

    Inherited rows make "a theme includes its children" one plain join, with true counts.
    """

    edition = models.ForeignKey(
        RemarkEdition, verbose_name=_("发言"), on_delete=models.CASCADE, related_name="theme_links"
    )
    theme = models.ForeignKey(
        Theme, verbose_name=_("主题"), on_delete=models.PROTECT, related_name="edition_links"
    )
    inherited = models.BooleanField(_("由下级主题带入"), default=False)

    objects = EditionThemeQuerySet.as_manager()

    class Meta:
        verbose_name = _("主题（已发布）")
        verbose_name_plural = _("主题（已发布）")
        constraints = (
            models.UniqueConstraint(fields=["theme", "edition"], name="edition_theme_once"),
        )

    def __str__(self) -> str:
        return str(self.theme)
