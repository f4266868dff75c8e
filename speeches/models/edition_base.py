"""What every edition has: a number, a fingerprint, its day and the times of its public life."""

from collections.abc import Iterable
from typing import Self, TypeVar

from django.db import models
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from speeches.models.reviews import ReviewRound

E = TypeVar("E", bound=models.Model)

# When a standing edition last changed for readers.
CHANGED_AT = Coalesce("withdrawn_at", "published_at")
CURRENT = models.Q(superseded_at__isnull=True, withdrawn_at__isnull=True)


class EditionQuerySet(models.QuerySet[E]):
    """What editions of meetings and of remarks have in common."""

    # The field that says which text this is an edition of.
    text_field = ""

    def current(self) -> Self:
        """Keep what readers may see."""
        return self.filter(CURRENT)

    def withdrawn(self) -> Self:
        """Keep the latest editions that were withdrawn: the tombstones."""
        return self.filter(superseded_at__isnull=True, withdrawn_at__isnull=False)

    def standing(self) -> Self:
        """Keep the latest edition of every text that was ever public, tombstones included."""
        return self.filter(superseded_at__isnull=True)

    def latest_change_first(self) -> Self:
        """Order standing editions by the moment of publication, correction or withdrawal."""
        return self.order_by(CHANGED_AT.desc(), "-pk")

    def with_first_publication(self) -> Self:
        """Add `first_published_at`: when the text became public for the first time."""
        first = self.model._default_manager.filter(
            number=1, **{self.text_field: models.OuterRef(self.text_field)}
        )
        return self.annotate(first_published_at=models.Subquery(first.values("published_at")[:1]))

    def of_years(self, years: Iterable[int]) -> Self:
        """Keep what was said in any of these years."""
        return self.filter(year__in=years)


class Edition(models.Model):
    """What both kinds of edition have."""

    number = models.PositiveIntegerField(_("版本号"))
    fingerprint = models.CharField(_("文本指纹"), max_length=64)
    round = models.ForeignKey(
        ReviewRound, verbose_name=_("审稿轮次"), on_delete=models.PROTECT, related_name="+"
    )
    # 责任编辑, 初审, 复审…: [{"role", "names"}] as the records have it on the day.
    responsibility = models.JSONField(_("审校责任"), default=list)
    # 更正: what this edition and those before it changed for readers, as
    # `moderation.correcting` gives it. Editions from before notes were kept have none.
    corrections = models.JSONField(_("更正"), null=True)
    # Held on, else the date, else the day of publication: never empty, so that every
    # list can be ordered and filtered by one column.
    date = models.DateField(_("日期"))
    year = models.PositiveSmallIntegerField(_("年份"))
    published_at = models.DateTimeField(_("发布时间"))
    superseded_at = models.DateTimeField(_("被新版取代"), null=True)
    withdrawn_at = models.DateTimeField(_("撤稿时间"), null=True)

    class Meta:
        abstract = True
