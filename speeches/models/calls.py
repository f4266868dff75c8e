"""Calls for remarks: which units are asked to write for which meeting, and until when."""

import datetime as dt

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from speeches.models.meetings import Meeting
from speeches.models.units import Unit


class Contributor(models.Model):
    """The unit that an account writes for. Several accounts may write for one unit."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        verbose_name=_("帐号"),
        on_delete=models.PROTECT,
        related_name="contributor",
    )
    unit = models.ForeignKey(
        Unit, verbose_name=_("单位"), on_delete=models.PROTECT, related_name="contributors"
    )

    class Meta:
        verbose_name = _("投稿单位")
        verbose_name_plural = _("投稿单位")

    def __str__(self) -> str:
        return str(self.unit)


class ContactDetails(models.Model):
    """How the newsroom reaches whoever writes for a unit; kept until a day, then deleted.

    Apart from everything that becomes public; no value of it ever enters the journal.
    """

    contributor = models.OneToOneField(
        Contributor, verbose_name=_("投稿单位"), on_delete=models.CASCADE, related_name="contact"
    )
    name = models.CharField(_("联系人"), max_length=60, blank=True)
    phone = models.CharField(_("电话"), max_length=40, blank=True)
    email = models.EmailField(_("电子邮箱"), blank=True)
    keep_until = models.DateField(_("保存至"))

    class Meta:
        verbose_name = _("联系方式")
        verbose_name_plural = _("联系方式")

    def __str__(self) -> str:
        return str(self.contributor)


class CallQuerySet(models.QuerySet["Call"]):
    """Calls, in newsroom words."""

    def open(self, at: dt.datetime) -> "CallQuerySet":
        """Keep the calls that take remarks at `at`, those that end first in front."""
        return self.filter(closed_at__isnull=True, deadline__gt=at).order_by("deadline", "pk")

    def asking(self, unit: Unit | int) -> "CallQuerySet":
        """Keep the calls that this unit may answer: those that name it, or that name nobody."""
        named = Call.units.through.objects.filter(call=models.OuterRef("pk"))
        return self.filter(models.Exists(named.filter(unit=unit)) | ~models.Exists(named))


class Call(models.Model):
    """The newsroom asks units for remarks on a meeting, until a deadline."""

    meeting = models.ForeignKey(
        Meeting, verbose_name=_("会议"), on_delete=models.PROTECT, related_name="calls"
    )
    title = models.CharField(_("标题"), max_length=200)
    words = models.TextField(_("说明"), blank=True, help_text=_("写给投稿单位的话，每行一段。"))
    deadline = models.DateTimeField(_("截稿时间"))
    characters_from = models.PositiveIntegerField(
        _("字数不少于"), null=True, blank=True, help_text=_("正文字数；不限则留空。")
    )
    characters_to = models.PositiveIntegerField(_("字数不多于"), null=True, blank=True)
    units = models.ManyToManyField(
        Unit,
        verbose_name=_("约稿单位"),
        blank=True,
        related_name="calls",
        help_text=_("一个都不选，就是向所有投稿单位征稿。"),
    )
    opened_at = models.DateTimeField(_("发出时间"), editable=False)
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("发出人"),
        on_delete=models.PROTECT,
        editable=False,
        related_name="+",
    )
    closed_at = models.DateTimeField(_("提前截稿"), null=True, editable=False)

    objects = CallQuerySet.as_manager()

    class Meta:
        verbose_name = _("征稿")
        verbose_name_plural = _("征稿")
        permissions = (("invite_unit", _("向投稿单位发送一次性登录链接")),)
        constraints = (
            models.CheckConstraint(condition=~models.Q(title=""), name="call_has_a_title"),
            models.CheckConstraint(
                condition=models.Q(characters_from__isnull=True)
                | models.Q(characters_to__isnull=True)
                | models.Q(characters_from__lte=models.F("characters_to")),
                name="call_length_in_order",
                violation_error_message=_("“字数不少于”不能大于“字数不多于”。"),
            ),
        )

    def __str__(self) -> str:
        return self.title

    def is_open(self, at: dt.datetime) -> bool:
        """Tell whether it takes remarks at `at`."""
        return self.closed_at is None and at < self.deadline


class Invitation(models.Model):
    """A link that signs one contributing account in, once; the link itself is never stored."""

    contributor = models.ForeignKey(
        Contributor,
        verbose_name=_("投稿单位"),
        on_delete=models.PROTECT,
        related_name="invitations",
    )
    call = models.ForeignKey(
        Call,
        verbose_name=_("征稿"),
        on_delete=models.PROTECT,
        null=True,
        related_name="invitations",
    )
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("发送人"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    sent_at = models.DateTimeField(_("发送时间"))
    expires_at = models.DateTimeField(_("失效时间"))
    used_at = models.DateTimeField(_("使用时间"), null=True)

    class Meta:
        verbose_name = _("一次性链接")
        verbose_name_plural = _("一次性链接")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(used_at__isnull=True)
                | models.Q(used_at__lt=models.F("expires_at")),
                name="invitation_used_in_time",
            ),
        )

    def __str__(self) -> str:
        return str(self.contributor)
