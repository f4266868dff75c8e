"""Orders to publish an approved text at a set time."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from speeches.models.reviews import ReviewRound


class PublicationOrderQuerySet(models.QuerySet["PublicationOrder"]):
    """Orders, in newsroom words."""

    def waiting(self) -> "PublicationOrderQuerySet":
        """Keep the orders that are neither carried out nor cancelled."""
        return self.filter(done_at__isnull=True, cancelled_at__isnull=True)


class PublicationOrder(models.Model):
    """Publish what this round has approved, at a set time. Carried out or cancelled, never both."""

    round = models.ForeignKey(
        ReviewRound, verbose_name=_("审稿轮次"), on_delete=models.PROTECT, related_name="orders"
    )
    publish_at = models.DateTimeField(_("发布时间"))
    ordered_at = models.DateTimeField(_("下达时间"))
    ordered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("下达人"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    done_at = models.DateTimeField(_("完成时间"), null=True)
    cancelled_at = models.DateTimeField(_("取消时间"), null=True)
    # Why the last attempt could not be carried out; "" when there was none.
    obstacle = models.TextField(_("未能发布的原因"), blank=True)

    objects = PublicationOrderQuerySet.as_manager()

    class Meta:
        verbose_name = _("定时发布")
        verbose_name_plural = _("定时发布")
        constraints = (
            models.UniqueConstraint(
                fields=["round"],
                condition=models.Q(done_at__isnull=True, cancelled_at__isnull=True),
                name="publication_order_one_waiting_a_round",
            ),
            models.CheckConstraint(
                condition=models.Q(done_at__isnull=True) | models.Q(cancelled_at__isnull=True),
                name="publication_order_done_or_cancelled",
            ),
        )

    def __str__(self) -> str:
        return str(self.round)
