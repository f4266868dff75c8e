"""`manage.py clear_contact_details`: deletes contact details whose day has passed."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone
from django.utils.translation import gettext as _

from speeches.moderation.corresponding import clear_contacts


class Command(BaseCommand):
    """Safe to run at any time and twice; run it once a day."""

    help = _("清除已到保存期限的投稿联系方式，可以每天定时执行。")

    def handle(self, *args: Any, **options: Any) -> None:
        """Delete what is due; say how many."""
        cleared = clear_contacts(at=timezone.now())
        self.stdout.write(_("已清除 %(number)d 份联系方式。") % {"number": cleared})
