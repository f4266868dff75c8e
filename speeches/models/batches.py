"""Many pages at once: a batch, its files one by one, and the figures of what was read."""

import datetime as dt

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from speeches.models.sources import ImportRun


class ImportBatchQuerySet(models.QuerySet["ImportBatch"]):
    """Batches, in newsroom words."""

    def unfinished(self) -> "ImportBatchQuerySet":
        """Keep the batches with files that nobody has read yet."""
        return self.filter(finished_at__isnull=True)

    def with_progress(self) -> "ImportBatchQuerySet":
        """Count the files of each batch by how they stand: `number`, `open_number` and so on."""
        states = BatchFile.State

        def standing(*wanted: "BatchFile.State") -> models.Count:
            return models.Count("files", filter=models.Q(files__state__in=wanted))

        return self.annotate(
            number=models.Count("files"),
            open_number=standing(states.WAITING, states.READING),
            read_number=standing(states.READ),
            known_number=standing(states.KNOWN),
            refused_number=standing(states.REFUSED),
        )


class ImportBatch(models.Model):
    """Files that came together and are read one after another."""

    newspaper = models.CharField(_("报纸"), max_length=60, blank=True)
    issue_date = models.DateField(_("出版日期"), null=True, blank=True)
    page_number = models.CharField(_("版次"), max_length=10, blank=True)
    encoding = models.CharField(_("编码"), max_length=20, blank=True)
    hold = models.BooleanField(_("等编辑确认"), default=True)
    # What a command was given, so that the same command takes the batch up again.
    given = models.TextField(_("命令所给的文件"), blank=True)
    opened_at = models.DateTimeField(_("建立时间"))
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("经手"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    finished_at = models.DateTimeField(_("完成时间"), null=True, blank=True)

    objects = ImportBatchQuerySet.as_manager()

    class Meta:
        verbose_name = _("成批导入")
        verbose_name_plural = _("成批导入")

    def __str__(self) -> str:
        return str(_("第 %(number)d 批") % {"number": self.pk})


class BatchFileQuerySet(models.QuerySet["BatchFile"]):
    """Files of batches, in newsroom words."""

    def in_order(self) -> "BatchFileQuerySet":
        """Order as they came."""
        return self.order_by("batch_id", "position")

    def open(self) -> "BatchFileQuerySet":
        """Keep the files that nobody has finished reading."""
        return self.filter(state__in=(BatchFile.State.WAITING, BatchFile.State.READING))

    def to_read(self, before: dt.datetime) -> "BatchFileQuerySet":
        """Keep the files that wait, and those whose reader gave no sign since `before`."""
        left = models.Q(state=BatchFile.State.READING, claimed_at__lt=before)
        return self.filter(models.Q(state=BatchFile.State.WAITING) | left)


class BatchFile(models.Model):
    """One file of a batch: where its bytes are, how it stands and what came of it."""

    class State(models.TextChoices):
        WAITING = "waiting", _("等待读取")
        READING = "reading", _("正在读取")
        READ = "read", _("已读取")
        KNOWN = "known", _("以前导入过")
        REFUSED = "refused", _("未能导入")

    batch = models.ForeignKey(
        ImportBatch, verbose_name=_("批次"), on_delete=models.CASCADE, related_name="files"
    )
    position = models.PositiveIntegerField(_("次序"))
    name = models.CharField(_("文件名"), max_length=255)
    # A command's file stays on the disk until its turn; an upload's bytes stand here until a
    # source document keeps them.
    path = models.TextField(_("路径"), blank=True)
    content = models.BinaryField(_("原文件"), null=True, blank=True)
    state = models.CharField(_("状态"), max_length=10, choices=State.choices, default=State.WAITING)
    message = models.TextField(_("说明"), blank=True)
    claimed_at = models.DateTimeField(_("开始读取"), null=True, blank=True)
    finished_at = models.DateTimeField(_("读完时间"), null=True, blank=True)
    run = models.ForeignKey(
        ImportRun,
        verbose_name=_("导入"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="batch_files",
    )

    objects = BatchFileQuerySet.as_manager()

    class Meta:
        verbose_name = _("批次中的文件")
        verbose_name_plural = _("批次中的文件")
        constraints = (
            models.UniqueConstraint(
                fields=["batch", "position"], name="batch_file_position_once_a_batch"
            ),
            models.CheckConstraint(
                condition=models.Q(state="waiting", claimed_at__isnull=True, run__isnull=True)
                | models.Q(state="reading", claimed_at__isnull=False, run__isnull=True)
                | models.Q(state__in=["read", "known"], run__isnull=False)
                | (models.Q(state="refused", run__isnull=True) & ~models.Q(message="")),
                name="batch_file_state_tells_its_run",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=["waiting", "reading"], finished_at__isnull=True)
                | models.Q(state__in=["read", "known", "refused"], finished_at__isnull=False),
                name="batch_file_finished_with_time",
            ),
        )

    def __str__(self) -> str:
        return self.name


class QualityReport(models.Model):
    """How well a page, or a batch of pages, was read: figures kept as they were that day."""

    run = models.OneToOneField(
        ImportRun,
        verbose_name=_("导入"),
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="quality",
    )
    batch = models.OneToOneField(
        ImportBatch,
        verbose_name=_("批次"),
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="quality",
    )
    # As `speeches.moderation.quality.Figures` writes them.
    figures = models.JSONField(_("数字"))
    made_at = models.DateTimeField(_("统计时间"))

    class Meta:
        verbose_name = _("导入质量")
        verbose_name_plural = _("导入质量")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(run__isnull=False, batch__isnull=True)
                | models.Q(run__isnull=True, batch__isnull=False),
                name="quality_report_of_one_thing",
            ),
        )

    def __str__(self) -> str:
        return str(self.run or self.batch)
