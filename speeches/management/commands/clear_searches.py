"""`manage.py clear_searches`: forgets what readers searched once its time has passed."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone
from django.utils.translation import gettext as _

from speeches.search.counting import forget


class Command(BaseCommand):
    """Safe to run at any time and twice; run it once a day."""

    help = _("清除到期的检索次数：少见的检索词保存30天，其余保存400天。可以每天定时执行。")

    def handle(self, *args: Any, **options: Any) -> None:
        """Delete what is due; say how many."""
        cleared = forget(on=timezone.localdate())
        self.stdout.write(_("已清除 %(number)d 条检索次数。") % {"number": cleared})
