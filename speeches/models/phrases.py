"""Phrases (提法): set phrases that the newsroom follows, with the forms in which they count.

How often each stands in what is public is kept per edition (`PhraseCount`), so that a phrase of
every remark costs no reading of texts (docs/decisions/0016-phrases-counted-beforehand.md).
"""

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from speeches.models.addressing import address
from speeches.models.editions import RemarkEdition

LONGEST_PHRASE = 40


class PhraseQuerySet(models.QuerySet["Phrase"]):
    """Phrases, in newsroom words."""

    def in_order(self) -> Self:
        """Order as the newsroom arranged them."""
        return self.order_by("position", "id")

    def with_forms(self) -> Self:
        """Load the forms as well, the phrase's own first: one query more."""
        forms = PhraseForm.objects.order_by("position")
        return self.prefetch_related(models.Prefetch("forms", forms))


class Phrase(models.Model):
    """A phrase that is followed; `text` is how pages show it."""

    text = models.CharField(_("提法"), max_length=LONGEST_PHRASE)
    note = models.CharField(
        _("备注"), max_length=200, blank=True, help_text=_("只供编辑部内部查看，不公开。")
    )
    position = models.PositiveIntegerField(_("次序"), default=0)

    objects = PhraseQuerySet.as_manager()

    class Meta:
        verbose_name = _("提法")
        verbose_name_plural = _("提法")

    def __str__(self) -> str:
        return self.text

    def get_absolute_url(self) -> str:
        """Return the address of the phrase's public page."""
        return address("phrase-detail", self.pk)


class PhraseForm(models.Model):
    """A form in which a phrase counts: its own at position 0, then its variants.

    `folded` is what is counted (`speeches.text.searchable`); no two phrases share one.
    """

    phrase = models.ForeignKey(
        Phrase, verbose_name=_("提法"), on_delete=models.CASCADE, related_name="forms"
    )
    position = models.PositiveIntegerField(_("次序"))
    text = models.CharField(_("写法"), max_length=LONGEST_PHRASE)
    # One character may fold to many.
    folded = models.TextField(_("归一后的写法"), unique=True)

    class Meta:
        verbose_name = _("提法的写法")
        verbose_name_plural = _("提法的写法")
        constraints = (
            models.UniqueConstraint(
                fields=["phrase", "position"], name="phrase_form_position_once"
            ),
            models.CheckConstraint(condition=~models.Q(folded=""), name="phrase_form_not_empty"),
        )

    def __str__(self) -> str:
        return self.text


class PhraseCount(models.Model):
    """How often a phrase stands in a current edition; no row where it does not."""

    phrase = models.ForeignKey(
        Phrase, verbose_name=_("提法"), on_delete=models.CASCADE, related_name="counts"
    )
    edition = models.ForeignKey(
        RemarkEdition,
        verbose_name=_("发言"),
        on_delete=models.CASCADE,
        related_name="phrase_counts",
    )
    occurrences = models.PositiveIntegerField(_("次数"))

    class Meta:
        verbose_name = _("提法的次数")
        verbose_name_plural = _("提法的次数")
        constraints = (
            models.UniqueConstraint(fields=["phrase", "edition"], name="phrase_count_once"),
            models.CheckConstraint(
                condition=models.Q(occurrences__gte=1), name="phrase_count_at_least_one"
            ),
        )

    def __str__(self) -> str:
        return f"{self.phrase_id} {self.edition_id}"
