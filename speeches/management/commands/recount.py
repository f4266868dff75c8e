"""`manage.py recount`: counts anew what lists say beside their choices."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from speeches.moderation.counting import recount


class Command(BaseCommand):
    """Reading and publishing go on meanwhile."""

    help = _("重新统计各区县、主题、年份和单位的篇数。")

    def handle(self, *args: Any, **options: Any) -> None:
        """Count, and say so."""
        recount()
        self.stdout.write(_("篇数已重新统计。"))
