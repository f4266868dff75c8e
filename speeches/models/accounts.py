"""Accounts: one for each person who works with the system."""

from typing import ClassVar

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _


class User(AbstractUser):
    """An account. Chinese names are one field: family name first, no space.

    Accounts that have acted are never deleted, only deactivated, since the journal names them.
    """

    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    name = models.CharField(_("姓名"), max_length=60, blank=True)

    REQUIRED_FIELDS: ClassVar[list[str]] = ["email"]

    class Meta:
        verbose_name = _("帐号")
        verbose_name_plural = _("帐号")

    def __str__(self) -> str:
        return self.get_full_name()

    def get_full_name(self) -> str:
        """Return the person's name, or the account's name where none is kept."""
        return self.name or self.username

    def get_short_name(self) -> str:
        """Return the same as `get_full_name`: Chinese names are not shortened."""
        return self.get_full_name()
