"""The steps by which editors revise the draft of an import."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from speeches.models.sources import ImportRun


class ImportStepQuerySet(models.QuerySet["ImportStep"]):
    """Steps, in newsroom words."""

    def standing(self) -> "ImportStepQuerySet":
        """Keep the steps that were not undone, in their order."""
        return self.filter(undone=False).order_by("number")


class ImportStep(models.Model):
    """One step of one editor (`speeches.importing.revising`). Undone steps stay, marked."""

    run = models.ForeignKey(
        ImportRun, verbose_name=_("导入"), on_delete=models.PROTECT, related_name="steps"
    )
    number = models.PositiveIntegerField(_("次序"))
    step = models.JSONField(_("操作"))
    at = models.DateTimeField(_("时间"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("操作人"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    undone = models.BooleanField(_("已撤销"), default=False)

    objects = ImportStepQuerySet.as_manager()

    class Meta:
        verbose_name = _("草稿修订")
        verbose_name_plural = _("草稿修订")
        constraints = (
            models.UniqueConstraint(fields=["run", "number"], name="import_step_number_once_a_run"),
        )

    def __str__(self) -> str:
        return f"{self.run} {self.number}"
