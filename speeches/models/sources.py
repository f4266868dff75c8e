"""Source documents as they came, and the runs of the importer over them."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class SourceDocument(models.Model):
    """A file as it came: its bytes, its decoded text and its SHA-256. Never changed.

    The same bytes can be read anew, with another encoding, once the earlier import is discarded:
    what was read first stays, and each further reading has the next number.
    """

    name = models.CharField(_("文件名"), max_length=255)
    format = models.CharField(_("格式"), max_length=20)
    encoding = models.CharField(_("编码"), max_length=20)
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    reading = models.PositiveSmallIntegerField(_("第几次解读"), default=1)
    content = models.BinaryField(_("原文件"))
    text = models.TextField(_("解码后的文字"))
    received_at = models.DateTimeField(_("收到时间"))
    received_from = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("经手"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )

    class Meta:
        verbose_name = _("来源文件")
        verbose_name_plural = _("来源文件")
        constraints = (
            models.UniqueConstraint(fields=["sha256", "reading"], name="source_reading_once"),
        )

    def __str__(self) -> str:
        return self.name


class ImportRunQuerySet(models.QuerySet["ImportRun"]):
    """Import runs, in newsroom words."""

    def standing(self) -> "ImportRunQuerySet":
        """Keep the runs that were not discarded."""
        return self.exclude(state=ImportRun.State.DISCARDED)

    def waiting(self) -> "ImportRunQuerySet":
        """Keep the runs that wait for an editor to confirm them."""
        return self.filter(state=ImportRun.State.WAITING)


class ImportRun(models.Model):
    """One reading of a source: the report it gave and what an editor decided."""

    class State(models.TextChoices):
        WAITING = "waiting", _("待确认")
        CONFIRMED = "confirmed", _("已确认")
        DISCARDED = "discarded", _("已放弃")

    source = models.ForeignKey(
        SourceDocument, verbose_name=_("来源文件"), on_delete=models.PROTECT, related_name="runs"
    )
    state = models.CharField(_("状态"), max_length=10, choices=State.choices, default=State.WAITING)
    report = models.JSONField(_("导入报告"))
    # What the report says, with the places of the source: what an editor's steps begin from.
    arrangement = models.JSONField(_("初稿"), default=dict, editable=False)
    newspaper = models.CharField(_("报纸"), max_length=60, blank=True)
    issue_date = models.DateField(_("出版日期"), null=True, blank=True)
    page_number = models.CharField(_("版次"), max_length=10, blank=True)
    created_at = models.DateTimeField(_("导入时间"))
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("导入人"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    decided_at = models.DateTimeField(_("确认时间"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("确认人"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )

    objects = ImportRunQuerySet.as_manager()

    class Meta:
        verbose_name = _("导入")
        verbose_name_plural = _("导入")
        constraints = (
            models.UniqueConstraint(
                fields=["source"],
                condition=~models.Q(state="discarded"),
                name="import_run_one_standing_a_source",
            ),
            models.CheckConstraint(
                condition=models.Q(state="waiting", decided_at__isnull=True)
                | models.Q(state__in=["confirmed", "discarded"], decided_at__isnull=False),
                name="import_run_decided_with_time",
            ),
        )

    def __str__(self) -> str:
        return str(self.source)
