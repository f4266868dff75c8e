"""Districts: county-level places and the city itself, with their GB/T 2260 codes."""

from collections.abc import Iterable

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from speeches.models.addressing import address


def with_predecessors(
    rows: Iterable[tuple[int, str, int | None]], codes: Iterable[str]
) -> set[int]:
    """Return the ids of the districts with these codes and of all that were merged into them.

    `rows` are (id, code, successor id) of every district. A remark made before a merger stays
    under the old name and is found under the new.
    """
    rows = list(rows)
    asked = set(codes)
    wanted = {pk for pk, code, _successor in rows if code in asked}
    found = wanted
    while found:
        found = {pk for pk, _code, successor in rows if successor in wanted} - wanted
        wanted = wanted | found
    return wanted


class DistrictQuerySet(models.QuerySet["District"]):
    """Districts, in newsroom words."""

    def in_order(self) -> "DistrictQuerySet":
        """Order by code: the city first, then districts, counties, county-level cities."""
        return self.order_by("code")

    def including_predecessors(self, codes: Iterable[str]) -> set[int]:
        """Return the ids of these districts and of their predecessors, in one query."""
        return with_predecessors(self.values_list("id", "code", "successor_id"), codes)


class District(models.Model):
    """A place remarks come from. Code 230100 stands for the city's own bodies."""

    class Kind(models.TextChoices):
        CITY = "city", _("地级市")
        DISTRICT = "district", _("市辖区")
        COUNTY = "county", _("县")
        COUNTY_LEVEL_CITY = "county-level-city", _("县级市")

    code = models.CharField(
        _("代码"),
        max_length=6,
        unique=True,
        validators=[RegexValidator(r"^\d{6}$", _("GB/T 2260 代码是六位数字。"))],
        help_text=_("GB/T 2260 六位行政区划代码"),
    )
    name = models.CharField(_("名称"), max_length=40)
    kind = models.CharField(_("类别"), max_length=20, choices=Kind.choices)
    valid_from = models.DateField(_("启用日期"), null=True, blank=True)
    valid_to = models.DateField(_("停用日期"), null=True, blank=True)
    successor = models.ForeignKey(
        "self",
        verbose_name=_("并入"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="predecessors",
        help_text=_("撤并后归入的区县；原名下的发言在新区县下也能找到。"),
    )

    objects = DistrictQuerySet.as_manager()

    class Meta:
        verbose_name = _("区县")
        verbose_name_plural = _("区县")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(valid_to__isnull=True)
                | models.Q(valid_from__isnull=True)
                | models.Q(valid_to__gte=models.F("valid_from")),
                name="district_valid_to_after_from",
                violation_error_message=_("停用日期不能早于启用日期。"),
            ),
            models.CheckConstraint(
                condition=models.Q(successor__isnull=True) | ~models.Q(successor=models.F("id")),
                name="district_not_its_own_successor",
                violation_error_message=_("区县不能并入自己。"),
            ),
        )

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Return the address of the district's public page."""
        return address("district-detail", self.code)
