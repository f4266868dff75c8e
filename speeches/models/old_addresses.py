"""Old addresses: words by which themes and districts were once addressed.

Every other public address is a number that never changes; a theme's word and a district's code
can be edited. Whoever kept the old address is led to the present one, for ever.
"""

from collections.abc import Collection, Iterable

from django.db import models
from django.utils.translation import gettext_lazy as _

from speeches.models.places import District
from speeches.models.themes import Theme

# The field that holds the present word, by kind of record.
ADDRESS_FIELDS = {"theme": "slug", "district": "code"}


class OldAddressQuerySet(models.QuerySet["OldAddress"]):
    """Old addresses, in newsroom words."""

    def present(self, kind: str, words: Iterable[str]) -> dict[str, str]:
        """Return the present word for each of these old ones; `kind` is theme or district.

        Chains need no walking: what is kept is the record, which knows its present word.
        """
        present = f"{kind}__{ADDRESS_FIELDS[kind]}"
        rows = self.filter(word__in=list(words), **{f"{kind}__isnull": False})
        return dict(rows.values_list("word", present))

    def renewed(self, kind: str, words: list[str], *, known: Collection[str]) -> list[str]:
        """Return these words, each old one replaced by the present word of its record.

        `known` are the present words of all records of the kind; they stay, and without any
        other word there is no query.
        """
        # PostgreSQL cannot even be asked for a word with NUL in it.
        strange = [word for word in words if word not in known and "\0" not in word]
        present = self.present(kind, strange) if strange else {}
        return [present.get(word, word) for word in words]


class OldAddress(models.Model):
    """A word that stood in the address of a theme or a district until it was changed.

    A record that uses the word today comes first; of several that gave it up, the last.
    """

    word = models.CharField(_("原网址用词"), max_length=60)
    theme = models.ForeignKey(
        Theme,
        verbose_name=_("主题"),
        on_delete=models.CASCADE,
        null=True,
        related_name="old_addresses",
    )
    district = models.ForeignKey(
        District,
        verbose_name=_("区县"),
        on_delete=models.CASCADE,
        null=True,
        related_name="old_addresses",
    )

    objects = OldAddressQuerySet.as_manager()

    class Meta:
        verbose_name = _("原网址")
        verbose_name_plural = _("原网址")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(theme__isnull=True) ^ models.Q(district__isnull=True),
                name="old_address_of_one_record",
            ),
            models.UniqueConstraint(
                fields=["word"],
                condition=models.Q(theme__isnull=False),
                name="old_address_of_one_theme",
            ),
            models.UniqueConstraint(
                fields=["word"],
                condition=models.Q(district__isnull=False),
                name="old_address_of_one_district",
            ),
        )

    def __str__(self) -> str:
        return self.word
