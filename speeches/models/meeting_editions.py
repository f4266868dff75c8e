"""Editions of meetings: a meeting's own text as approved."""

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from speeches.models.addressing import address
from speeches.models.edition_base import CHANGED_AT, CURRENT, Edition, EditionQuerySet
from speeches.models.meetings import Meeting
from speeches.models.units import Unit


class MeetingEditionQuerySet(EditionQuerySet["MeetingEdition"]):
    """Public meetings, in newsroom words."""

    text_field = "meeting"

    def newest_first(self) -> Self:
        """Order by day, the latest first; the last word is the id, so that pages are stable."""
        return self.order_by("-date", "-meeting_id")

    def oldest_first(self) -> Self:
        """Order by day, the earliest first."""
        return self.order_by("date", "meeting_id")

    def for_lists(self) -> Self:
        """Load what a list shows of a meeting."""
        return self.only(
            *("meeting_id", "kicker", "title", "subtitle", "name"),
            *("date", "held_from", "held_to", "held_on_text"),
        )


class MeetingEdition(Edition):
    """A meeting's own text as approved; its page lists the current remark editions."""

    meeting = models.ForeignKey(
        Meeting, verbose_name=_("会议"), on_delete=models.PROTECT, related_name="editions"
    )
    kicker = models.CharField(_("引题"), max_length=200, blank=True)
    title = models.CharField(_("标题"), max_length=200, blank=True)
    subtitle = models.CharField(_("副题"), max_length=200, blank=True)
    name = models.CharField(_("会议名称"), max_length=200, blank=True)
    held_from = models.DateField(_("会议日期"), null=True)
    held_to = models.DateField(_("至"), null=True)
    held_on_text = models.CharField(_("日期（照原文）"), max_length=60, blank=True)
    place = models.CharField(_("地点"), max_length=120, blank=True)
    host = models.ForeignKey(
        Unit,
        verbose_name=_("主办单位"),
        on_delete=models.PROTECT,
        null=True,
        related_name="hosted_meeting_editions",
    )
    introduction = models.JSONField(_("导语"), default=list)
    bylines = models.JSONField(_("署名"), default=list)
    pictures = models.JSONField(_("图片"), default=list)
    newspaper = models.CharField(_("报纸"), max_length=60, blank=True)
    issue_date = models.DateField(_("出版日期"), null=True)
    page_number = models.CharField(_("版次"), max_length=10, blank=True)

    objects = MeetingEditionQuerySet.as_manager()

    class Meta:
        verbose_name = _("会议（已发布）")
        verbose_name_plural = _("会议（已发布）")
        constraints = (
            models.UniqueConstraint(fields=["meeting", "number"], name="meeting_edition_number"),
            models.UniqueConstraint(
                fields=["meeting"],
                condition=models.Q(superseded_at__isnull=True),
                name="meeting_edition_one_standing",
            ),
            models.CheckConstraint(
                condition=~models.Q(title="") | ~models.Q(name=""),
                name="meeting_edition_has_title_or_name",
            ),
        )
        indexes = (
            models.Index(fields=["-date", "-meeting"], condition=CURRENT, name="meeting_newest"),
            models.Index(
                CHANGED_AT.desc(),
                models.F("id").desc(),
                condition=models.Q(superseded_at__isnull=True),
                name="meeting_changes",
            ),
        )

    def __str__(self) -> str:
        return self.title or self.name

    def get_absolute_url(self) -> str:
        """Return the meeting's address, the same for every edition."""
        return address("meeting-detail", self.meeting_id)
