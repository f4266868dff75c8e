"""Searches: how often a question was asked on a day. Nothing tells by whom, from where or when."""

import datetime as dt

from django.db import models
from django.utils.translation import gettext_lazy as _

# Longer questions are pasted texts, and may hold anything.
LONGEST_QUESTION = 40


class SearchCountQuerySet(models.QuerySet["SearchCount"]):
    """Counted searches, in newsroom words."""

    def since(self, day: dt.date) -> "SearchCountQuerySet":
        """Return the latest row of each question asked since a day, with the `total` since then."""
        rows = SearchCount.objects.filter(day__gte=day)
        same = rows.filter(question=models.OuterRef("question"))
        total = same.values("question").annotate(total=models.Sum("searches")).values("total")
        later = same.filter(day__gt=models.OuterRef("day"))
        return self.filter(day__gte=day).filter(~models.Exists(later)).annotate(total=total)

    def rare(self, *, fewer_than: int) -> "SearchCountQuerySet":
        """Keep the rows of questions that were asked fewer than so many times in all."""
        sums = SearchCount.objects.values("question").annotate(total=models.Sum("searches"))
        often = sums.filter(total__gte=fewer_than)
        return self.exclude(question__in=often.values("question"))


class SearchCount(models.Model):
    """A question in the form that all its spellings share, a day, and how often it was asked.

    `results` is what the last search of the day found.
    """

    question = models.CharField(_("检索词"), max_length=LONGEST_QUESTION)
    day = models.DateField(_("日期"))
    searches = models.PositiveIntegerField(_("次数"))
    results = models.PositiveIntegerField(_("结果篇数"))

    objects = SearchCountQuerySet.as_manager()

    class Meta:
        verbose_name = _("读者检索")
        verbose_name_plural = _("读者检索")
        constraints = (
            models.UniqueConstraint(fields=["question", "day"], name="search_count_once_a_day"),
        )
        indexes = (models.Index(fields=["day"], name="search_count_day"),)

    def __str__(self) -> str:
        return self.question
