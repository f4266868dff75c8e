"""Submissions: remarks that units hand in, what is still being written, and each handing-in."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from speeches.models.calls import Call
from speeches.models.remarks import Remark
from speeches.models.sources import SourceDocument
from speeches.models.states import TextState
from speeches.models.units import Unit
from speeches.models.versions import TextVersion


class SubmissionQuerySet(models.QuerySet["Submission"]):
    """Submissions, in newsroom words."""

    def of(self, unit: Unit) -> "SubmissionQuerySet":
        """Keep what this unit has handed in."""
        return self.filter(unit=unit)

    def returned_first(self) -> "SubmissionQuerySet":
        """Order with those in front that wait for their unit, then the newest first."""
        waits = models.Q(remark__state=TextState.RETURNED)
        place = models.Case(models.When(waits, then=0), default=1)
        return self.order_by(place, "-pk")


class Submission(models.Model):
    """A remark that a unit has handed in: from then on it is a working row like any other."""

    receipt = models.CharField(_("收稿编号"), max_length=20, unique=True)
    call = models.ForeignKey(
        Call, verbose_name=_("征稿"), on_delete=models.PROTECT, related_name="submissions"
    )
    unit = models.ForeignKey(
        Unit, verbose_name=_("投稿单位"), on_delete=models.PROTECT, related_name="submissions"
    )
    remark = models.OneToOneField(
        Remark, verbose_name=_("发言"), on_delete=models.PROTECT, related_name="submission"
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("投稿人"),
        on_delete=models.PROTECT,
        related_name="submissions",
    )
    submitted_at = models.DateTimeField(_("收稿时间"))

    objects = SubmissionQuerySet.as_manager()

    class Meta:
        verbose_name = _("来稿")
        verbose_name_plural = _("来稿")
        constraints = (
            models.CheckConstraint(condition=~models.Q(receipt=""), name="submission_has_receipt"),
        )

    def __str__(self) -> str:
        return self.receipt


class Delivery(models.Model):
    """One handing-in: the version that came, the file it came in, and a word with it."""

    submission = models.ForeignKey(
        Submission, verbose_name=_("来稿"), on_delete=models.PROTECT, related_name="deliveries"
    )
    version = models.ForeignKey(
        TextVersion, verbose_name=_("稿次"), on_delete=models.PROTECT, related_name="deliveries"
    )
    source = models.ForeignKey(
        SourceDocument,
        verbose_name=_("来源文件"),
        on_delete=models.PROTECT,
        null=True,
        related_name="deliveries",
    )
    note = models.TextField(_("附言"), blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("投稿人"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    at = models.DateTimeField(_("时间"))

    class Meta:
        verbose_name = _("交稿")
        verbose_name_plural = _("交稿")

    def __str__(self) -> str:
        return f"{self.submission} {self.version}"


class SubmissionDraft(models.Model):
    """What somebody of a unit is still writing: saved while they type, apart from versions.

    It answers a call, or revises a submission that came back. Only the unit sees it.
    """

    call = models.ForeignKey(
        Call, verbose_name=_("征稿"), on_delete=models.PROTECT, related_name="drafts"
    )
    unit = models.ForeignKey(
        Unit, verbose_name=_("投稿单位"), on_delete=models.PROTECT, related_name="drafts"
    )
    submission = models.OneToOneField(
        Submission,
        verbose_name=_("来稿"),
        on_delete=models.PROTECT,
        null=True,
        related_name="draft",
    )
    # Fingerprint of the wording that a revision began from.
    base = models.CharField(_("底稿指纹"), max_length=64, blank=True)
    heading = models.CharField(_("标题"), max_length=200, blank=True)
    unit_as_printed = models.CharField(_("单位"), max_length=160, blank=True)
    post_as_printed = models.CharField(_("职务"), max_length=160, blank=True)
    speakers = models.JSONField(_("发言人"), default=list, blank=True)
    body = models.JSONField(_("正文"), default=list, blank=True)
    note = models.TextField(_("附言"), blank=True)
    source = models.ForeignKey(
        SourceDocument,
        verbose_name=_("来源文件"),
        on_delete=models.PROTECT,
        null=True,
        related_name="submission_drafts",
    )
    # What the file says that went into no field, so that the unit can see that nothing is lost.
    left_over = models.JSONField(_("未放入稿件的文字"), default=list, blank=True)
    # How often it was saved: a save from an older page is refused instead of overwriting.
    number = models.PositiveIntegerField(_("保存次数"), default=0)
    saved_at = models.DateTimeField(_("保存时间"))
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("保存人"),
        on_delete=models.PROTECT,
        related_name="+",
    )

    class Meta:
        verbose_name = _("未交稿")
        verbose_name_plural = _("未交稿")

    def __str__(self) -> str:
        return self.heading or str(_("未命名的稿件"))
