"""How fresh copies of public pages are: a stamp for every address, and an outbox of purges."""

import datetime as dt
import secrets

from django.db import models
from django.utils.translation import gettext_lazy as _

# How long a front cache may answer from its copy without being told. A copy from before a change
# has expired by itself so long after it.
COPIES_LAST = dt.timedelta(days=1)


def new_stamp() -> str:
    """Return a stamp that no address has ever had."""
    return secrets.token_hex(8)


class PageStamp(models.Model):
    """Changes whenever what readers see at an address changes.

    `path` has no query: filters and page numbers go with their page. An address without a row has
    looked the same for as long as stamps are kept.
    """

    path = models.CharField(_("网址"), max_length=200, primary_key=True)
    stamp = models.CharField(_("印记"), max_length=16, default=new_stamp)

    class Meta:
        verbose_name = _("网页印记")
        verbose_name_plural = _("网页印记")

    def __str__(self) -> str:
        return self.path


class PurgeQuerySet(models.QuerySet["Purge"]):
    """Purges, in newsroom words."""

    def untold(self) -> "PurgeQuerySet":
        """Keep what the cache has not heard of yet."""
        return self.filter(told_at__isnull=True)

    def due(self, at: dt.datetime) -> "PurgeQuerySet":
        """Keep what is to be sent now, the longest waiting first."""
        return self.filter(due_at__lte=at).order_by("due_at", "pk")


class Purge(models.Model):
    """One front cache is to forget one address; the row goes when it has been told so twice.

    A row is never shared between two changes: what is queued while another is being sent is sent
    again.
    """

    cache = models.CharField(_("前端缓存"), max_length=200)
    path = models.CharField(_("网址"), max_length=200)
    queued_at = models.DateTimeField(_("提出时间"))
    # When the cache took it for the first time.
    told_at = models.DateTimeField(_("首次清除时间"), null=True)
    # Also how a worker holds what it is sending: nobody else takes it before.
    due_at = models.DateTimeField(_("下次发送"))
    tries = models.PositiveSmallIntegerField(_("已试次数"), default=0)
    # What the cache said, or why it could not be asked; "" before a failure.
    error = models.CharField(_("失败原因"), max_length=200, blank=True)

    objects = PurgeQuerySet.as_manager()

    class Meta:
        verbose_name = _("待清除的缓存")
        verbose_name_plural = _("待清除的缓存")
        indexes = (models.Index(fields=["due_at"], name="purge_due"),)

    def __str__(self) -> str:
        return f"{self.cache} {self.path}"
