"""The second step of signing in: codes for those who have lost their phone.

The phone itself is a `TOTPDevice` of django-otp: one for each account, confirmed once it has given
a right code.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django_otp.plugins.otp_totp.models import TOTPDevice


class RecoveryCode(models.Model):
    """One code that stands in for the phone once. Only its hash is kept."""

    device = models.ForeignKey(
        TOTPDevice, verbose_name=_("手机"), on_delete=models.CASCADE, related_name="recovery_codes"
    )
    hash = models.CharField(_("散列值"), max_length=64)
    used_at = models.DateTimeField(_("使用时间"), null=True)

    class Meta:
        verbose_name = _("恢复码")
        verbose_name_plural = _("恢复码")
        constraints = (
            models.UniqueConstraint(fields=["device", "hash"], name="recovery_code_once"),
        )

    def __str__(self) -> str:
        return str(_("恢复码"))
