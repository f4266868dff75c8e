"""Working rows of a remark: text, names as printed, links, themes and doubts."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from speeches.models.meetings import Meeting
from speeches.models.people import Person
from speeches.models.places import District
from speeches.models.states import AWAITING_REVIEW, DeskText, TextState
from speeches.models.themes import Theme
from speeches.models.units import Unit


class RemarkQuerySet(models.QuerySet["Remark"]):
    """Remarks on the editors' desk, in newsroom words."""

    def in_order(self) -> "RemarkQuerySet":
        """Order as they stand on their page."""
        return self.order_by("meeting_id", "position")

    def awaiting_review(self) -> "RemarkQuerySet":
        """Keep the remarks that wait for a decision."""
        return self.filter(state__in=AWAITING_REVIEW)

    def doubtful(self) -> "RemarkQuerySet":
        """Keep the remarks with a doubt that nobody has settled."""
        return self.filter(doubts__settled_at__isnull=True, doubts__isnull=False).distinct()


class Remark(DeskText):
    """One remark as the newsroom works on it. Readers never see this row."""

    meeting = models.ForeignKey(
        Meeting, verbose_name=_("会议"), on_delete=models.PROTECT, related_name="remarks"
    )
    position = models.PositiveIntegerField(_("次序"))
    heading = models.CharField(_("标题"), max_length=200, blank=True)
    unit_as_printed = models.CharField(_("单位（照原文）"), max_length=160, blank=True)
    post_as_printed = models.CharField(_("职务（照原文）"), max_length=160, blank=True)
    unit = models.ForeignKey(
        Unit,
        verbose_name=_("单位"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="remarks",
    )
    district = models.ForeignKey(
        District,
        verbose_name=_("区县"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="remarks",
    )
    # A short list of elements in restricted HTML ("<p>…</p>"): a paragraph's address is its
    # place in this list, since ids inside the HTML would not survive the editor.
    body = models.JSONField(_("正文"), default=list)
    themes = models.ManyToManyField(
        Theme, verbose_name=_("主题"), blank=True, related_name="remarks"
    )

    objects = RemarkQuerySet.as_manager()

    class Meta:
        verbose_name = _("发言")
        verbose_name_plural = _("发言")
        constraints = (
            models.UniqueConstraint(
                fields=["meeting", "position"],
                name="remark_position_once_a_meeting",
                violation_error_message=_("这个次序已被同一会议的另一篇发言占用。"),
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=TextState.values), name="remark_state_known"
            ),
        )

    def __str__(self) -> str:
        return self.heading or f"{self.unit_as_printed}{self.post_as_printed}" or str(_("无标题"))


class Speaker(models.Model):
    """A speaker's name as printed, linked to a person once somebody has settled who it is."""

    remark = models.ForeignKey(
        Remark, verbose_name=_("发言"), on_delete=models.CASCADE, related_name="speakers"
    )
    position = models.PositiveIntegerField(_("次序"))
    name_as_printed = models.CharField(_("姓名（照原文）"), max_length=60)
    person = models.ForeignKey(
        Person,
        verbose_name=_("发言人"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="speeches",
    )

    class Meta:
        verbose_name = _("发言人（照原文）")
        verbose_name_plural = _("发言人（照原文）")
        constraints = (
            models.UniqueConstraint(fields=["remark", "position"], name="speaker_position_once"),
            models.CheckConstraint(
                condition=~models.Q(name_as_printed=""), name="speaker_has_a_name"
            ),
        )

    def __str__(self) -> str:
        return self.name_as_printed


class ThemeSuggestion(models.Model):
    """A theme that a cue phrase suggests, with the sentence that made the suggestion."""

    remark = models.ForeignKey(
        Remark, verbose_name=_("发言"), on_delete=models.CASCADE, related_name="theme_suggestions"
    )
    theme = models.ForeignKey(
        Theme, verbose_name=_("主题"), on_delete=models.CASCADE, related_name="suggestions"
    )
    phrase = models.CharField(_("线索词"), max_length=30)
    sentence = models.TextField(_("所在句子"))

    class Meta:
        verbose_name = _("主题建议")
        verbose_name_plural = _("主题建议")
        constraints = (
            models.UniqueConstraint(fields=["remark", "theme"], name="theme_suggested_once"),
        )

    def __str__(self) -> str:
        return f"{self.theme}:{self.sentence}"


class Doubt(models.Model):
    """Something a person must look at before a remark is trusted; settled, never deleted."""

    remark = models.ForeignKey(
        Remark, verbose_name=_("发言"), on_delete=models.CASCADE, related_name="doubts"
    )
    code = models.CharField(_("种类"), max_length=40)
    message = models.TextField(_("疑点"))
    settled_at = models.DateTimeField(_("核对时间"), null=True, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("核对人"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )

    class Meta:
        verbose_name = _("疑点")
        verbose_name_plural = _("疑点")

    def __str__(self) -> str:
        return self.message
