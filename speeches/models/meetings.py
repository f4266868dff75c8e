"""Working rows of a meeting: what editors correct before review."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from speeches.models.sources import ImportRun
from speeches.models.states import AWAITING_REVIEW, DeskText, TextState
from speeches.models.units import Unit


class MeetingQuerySet(models.QuerySet["Meeting"]):
    """Meetings on the editors' desk, in newsroom words."""

    def awaiting_review(self) -> "MeetingQuerySet":
        """Keep the meetings whose own text waits for a decision."""
        return self.filter(state__in=AWAITING_REVIEW)


class Meeting(DeskText):
    """A meeting and the newspaper page that reported it. Readers never see this row."""

    kicker = models.CharField(_("引题"), max_length=200, blank=True)
    title = models.CharField(_("标题"), max_length=200, blank=True)
    subtitle = models.CharField(_("副题"), max_length=200, blank=True)
    name = models.CharField(_("会议名称"), max_length=200, blank=True)
    held_from = models.DateField(_("会议日期"), null=True, blank=True)
    held_to = models.DateField(
        _("至"), null=True, blank=True, help_text=_("只开一天的会议留空即可。")
    )
    held_on_text = models.CharField(
        _("日期（照原文）"), max_length=60, blank=True, help_text=_("例如：8月13日至14日")
    )
    place = models.CharField(_("地点"), max_length=120, blank=True)
    host = models.ForeignKey(
        Unit,
        verbose_name=_("主办单位"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="hosted_meetings",
    )
    introduction = models.JSONField(_("导语"), default=list, blank=True)
    newspaper = models.CharField(_("报纸"), max_length=60, blank=True)
    issue_date = models.DateField(_("出版日期"), null=True, blank=True)
    page_number = models.CharField(_("版次"), max_length=10, blank=True)
    embargo_until = models.DateTimeField(
        _("禁发至"),
        null=True,
        blank=True,
        help_text=_("在此之前，会议和其中的发言即使终审通过也不发布，到时自动发布。"),
    )

    import_run = models.OneToOneField(
        ImportRun,
        verbose_name=_("导入"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="meeting",
    )

    objects = MeetingQuerySet.as_manager()

    class Meta:
        verbose_name = _("会议")
        verbose_name_plural = _("会议")
        permissions = (
            ("review_text", _("审核稿件")),
            ("proofread_text", _("校对稿件")),
            ("withdraw_text", _("撤稿")),
        )
        constraints = (
            models.CheckConstraint(
                condition=models.Q(held_to__isnull=True)
                | models.Q(held_from__isnull=False, held_to__gte=models.F("held_from")),
                name="meeting_held_to_after_from",
                violation_error_message=_("结束日期不能早于开始日期。"),
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=TextState.values), name="meeting_state_known"
            ),
        )

    def __str__(self) -> str:
        return self.title or self.name or str(_("未命名会议"))


class Byline(models.Model):
    """A name printed under the headline, with its role as printed (文, 摄, 整理)."""

    meeting = models.ForeignKey(
        Meeting, verbose_name=_("会议"), on_delete=models.CASCADE, related_name="bylines"
    )
    position = models.PositiveIntegerField(_("次序"))
    name = models.CharField(_("姓名"), max_length=40)
    role = models.CharField(_("分工"), max_length=20, blank=True)

    class Meta:
        verbose_name = _("署名")
        verbose_name_plural = _("署名")
        constraints = (
            models.UniqueConstraint(fields=["meeting", "position"], name="byline_position_once"),
        )

    def __str__(self) -> str:
        return f"{self.name}/{self.role}" if self.role else self.name


class Picture(models.Model):
    """A picture of the page, or only its caption where the picture did not come along."""

    meeting = models.ForeignKey(
        Meeting, verbose_name=_("会议"), on_delete=models.CASCADE, related_name="pictures"
    )
    position = models.PositiveIntegerField(_("次序"))
    image = models.ImageField(_("图片"), upload_to="pictures/", blank=True)
    caption = models.CharField(_("图片说明"), max_length=300, blank=True)
    credit = models.CharField(_("摄影"), max_length=60, blank=True)

    class Meta:
        verbose_name = _("图片")
        verbose_name_plural = _("图片")
        constraints = (
            models.UniqueConstraint(fields=["meeting", "position"], name="picture_position_once"),
        )

    def __str__(self) -> str:
        return self.caption or str(self.position)
