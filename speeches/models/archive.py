"""What is in the archive already: sketches of remarks, and what people said of likenesses."""

from collections.abc import Iterable

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from speeches.models.remarks import Remark
from speeches.models.sources import ImportRun


class RemarkSketchQuerySet(models.QuerySet["RemarkSketch"]):
    """Sketches, in newsroom words."""

    def sharing(self, bands: Iterable[int]) -> "RemarkSketchQuerySet":
        """Keep the bands that stand among these."""
        return self.filter(band__in=list(bands))


class RemarkSketch(models.Model):
    """One band of a working remark's text (`speeches.text.similarity`).

    Who shares a band may be nearly the same text. Made by moderation whenever the text changes;
    `manage.py sketch_remarks` makes all of them anew.
    """

    remark = models.ForeignKey(
        Remark, verbose_name=_("发言"), on_delete=models.CASCADE, related_name="sketches"
    )
    band = models.BigIntegerField(_("指纹"), db_index=True)

    objects = RemarkSketchQuerySet.as_manager()

    class Meta:
        verbose_name = _("发言指纹")
        verbose_name_plural = _("发言指纹")

    def __str__(self) -> str:
        return f"{self.remark_id} {self.band}"


class SamenessAnswer(models.Model):
    """What a person said of a wording and a remark that is nearly the same.

    It is about the wording, not about a place on a page: an editor may move remarks about before
    a page is confirmed, and a wording that changes has to be asked about again.
    """

    wording = models.CharField(_("文本指纹"), max_length=64)
    remark = models.ForeignKey(
        Remark, verbose_name=_("发言"), on_delete=models.CASCADE, related_name="sameness_answers"
    )
    same = models.BooleanField(_("同一篇"))
    at = models.DateTimeField(_("时间"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("操作人"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )

    class Meta:
        verbose_name = _("异同判断")
        verbose_name_plural = _("异同判断")
        constraints = (
            models.UniqueConstraint(fields=["wording", "remark"], name="sameness_answered_once"),
            models.UniqueConstraint(
                fields=["wording"],
                condition=models.Q(same=True),
                name="sameness_with_one_remark",
            ),
        )

    def __str__(self) -> str:
        return f"{self.remark} {_('同一篇') if self.same else _('另一篇')}"


class Reprint(models.Model):
    """A page on which a remark of the archive stands again: linked, not made a second time."""

    remark = models.ForeignKey(
        Remark, verbose_name=_("发言"), on_delete=models.CASCADE, related_name="reprints"
    )
    run = models.ForeignKey(
        ImportRun, verbose_name=_("导入"), on_delete=models.CASCADE, related_name="reprints"
    )

    class Meta:
        verbose_name = _("重刊")
        verbose_name_plural = _("重刊")
        constraints = (
            models.UniqueConstraint(fields=["run", "remark"], name="reprint_once_a_page"),
        )

    def __str__(self) -> str:
        return str(self.run)
