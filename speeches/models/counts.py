"""Kept counts: how many current remarks stand under each theme, year, unit and district.

What every list says beside its choices, without looking at the remarks again. `moderation/` keeps
them in the transaction of each act; docs/decisions/0015 tells why.
"""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

# Any theme, any year, any unit.
ANY = 0
# Remarks without a unit, or without a district.
NONE = -1


class FacetCount(models.Model):
    """How many current remarks are about a theme, of a year, of a unit and from a district.

    Theme, year and unit may be `ANY`, unit and district `NONE`. A remark counts once in every
    cell: under each of its themes and under any, and so on.
    """

    theme = models.BigIntegerField(_("主题"))
    year = models.SmallIntegerField(_("年份"))
    unit = models.BigIntegerField(_("单位"))
    district = models.BigIntegerField(_("区县"))
    # May be wrong after writing past the acts, even below nothing: `speeches.W012` says so. A
    # constraint here would keep a remark from being withdrawn.
    number = models.IntegerField(_("篇数"))

    CELL: ClassVar = ("theme", "year", "unit", "district")

    class Meta:
        verbose_name = _("篇数")
        verbose_name_plural = _("篇数")
        constraints = (
            models.UniqueConstraint(
                fields=["theme", "year", "unit", "district"], name="facet_count_cell"
            ),
        )
        indexes = (
            # What the years, and what the themes, of a choice read.
            models.Index(fields=["theme", "unit", "year", "district"], name="facet_count_years"),
            models.Index(fields=["year", "unit", "theme", "district"], name="facet_count_themes"),
        )

    def __str__(self) -> str:
        return str(self.number)
