"""People who speak, and the posts they held."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from speeches.models.addressing import address
from speeches.models.units import Unit


class Person(models.Model):
    """One human being. Two people may share a name, so a name alone never identifies one."""

    # As wide as a name or a post as printed, since a record is opened from them.
    name = models.CharField(_("姓名"), max_length=60)
    note = models.CharField(
        _("区别说明"),
        max_length=80,
        blank=True,
        help_text=_("同名者以此区别，只在后台显示。"),
    )

    class Meta:
        verbose_name = _("发言人")
        verbose_name_plural = _("发言人")
        constraints = (
            models.CheckConstraint(condition=~models.Q(name=""), name="person_has_a_name"),
        )

    def __str__(self) -> str:
        return f"{self.name}({self.note})" if self.note else self.name

    def get_absolute_url(self) -> str:
        """Return the address of the person's public page."""
        return address("person-detail", self.pk)


class Membership(models.Model):
    """A post that a person held in a unit, from one day to another."""

    person = models.ForeignKey(
        Person, verbose_name=_("发言人"), on_delete=models.CASCADE, related_name="memberships"
    )
    unit = models.ForeignKey(
        Unit, verbose_name=_("单位"), on_delete=models.PROTECT, related_name="memberships"
    )
    post = models.CharField(_("职务"), max_length=160, blank=True)
    held_from = models.DateField(_("自"), null=True, blank=True)
    held_to = models.DateField(_("至"), null=True, blank=True)

    class Meta:
        verbose_name = _("任职")
        verbose_name_plural = _("任职")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(held_to__isnull=True)
                | models.Q(held_from__isnull=True)
                | models.Q(held_to__gte=models.F("held_from")),
                name="membership_to_after_from",
                violation_error_message=_("离任日期不能早于任职日期。"),
            ),
        )

    def __str__(self) -> str:
        return f"{self.unit}{self.post}"
