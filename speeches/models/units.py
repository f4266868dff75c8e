"""Units: the bodies that speak, or whose members speak."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from speeches.models.addressing import address
from speeches.models.places import District


class UnitQuerySet(models.QuerySet["Unit"]):
    """Units, in newsroom words."""

    def called(self, name: str) -> "UnitQuerySet":
        """Keep the units whose name or alias is exactly `name`."""
        return self.filter(models.Q(name=name) | models.Q(aliases__name=name)).distinct()


class Unit(models.Model):
    """An organisation. Its printed name in a remark is kept apart and never changes with it."""

    class Kind(models.TextChoices):
        COMMITTEE = "committee", _("政协组织")
        SPECIAL_COMMITTEE = "special-committee", _("专门委员会")
        PARTY_GROUP = "party-group", _("党组、党组织")
        PARTY = "party", _("民主党派、工商联")
        PEOPLE_GROUP = "people-group", _("人民团体、界别")
        ENTERPRISE = "enterprise", _("企业")
        SCHOOL = "school", _("学校、科研院所")
        OTHER = "other", _("其他")

    # As wide as a unit as printed, since a record is opened from it.
    name = models.CharField(_("名称"), max_length=160)
    kind = models.CharField(_("类别"), max_length=20, choices=Kind.choices, default=Kind.OTHER)
    district = models.ForeignKey(
        District,
        verbose_name=_("区县"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="units",
    )
    parent = models.ForeignKey(
        "self",
        verbose_name=_("上级单位"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
    )

    objects = UnitQuerySet.as_manager()

    class Meta:
        verbose_name = _("单位")
        verbose_name_plural = _("单位")
        constraints = (
            models.UniqueConstraint(
                fields=["name", "district"],
                name="unit_once_a_district",
                violation_error_message=_("这个区县已有同名单位。"),
            ),
            models.UniqueConstraint(
                fields=["name"],
                condition=models.Q(district__isnull=True),
                name="unit_once_without_district",
                violation_error_message=_("已有一个不属于任何区县的同名单位。"),
            ),
            models.CheckConstraint(condition=~models.Q(name=""), name="unit_has_a_name"),
            models.CheckConstraint(
                condition=models.Q(parent__isnull=True) | ~models.Q(parent=models.F("id")),
                name="unit_not_its_own_parent",
                violation_error_message=_("单位不能以自己为上级。"),
            ),
        )

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Return the address of the unit's public page."""
        return address("unit-detail", self.pk)


class UnitAlias(models.Model):
    """Another name under which a unit is printed."""

    unit = models.ForeignKey(
        Unit, verbose_name=_("单位"), on_delete=models.CASCADE, related_name="aliases"
    )
    name = models.CharField(_("别名"), max_length=160)

    class Meta:
        verbose_name = _("别名")
        verbose_name_plural = _("别名")
        constraints = (models.UniqueConstraint(fields=["unit", "name"], name="unit_alias_once"),)

    def __str__(self) -> str:
        return self.name
