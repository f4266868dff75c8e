"""`manage.py publish_due`: publishes what was approved for a time that has come."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone
from django.utils.translation import gettext as _

from speeches.moderation.scheduling import publish_due


class Command(BaseCommand):
    """Safe to run at any time and twice; the background worker does the same by itself."""

    help = _("发布到了时间的稿件；后台程序没有运行时，可以定时执行。")

    def handle(self, *args: Any, **options: Any) -> None:
        """Publish what is due; say what was done and what could not be."""
        done, left = publish_due(at=timezone.now())
        for order in done:
            self.stdout.write(_("已发布：%(text)s") % {"text": order.round})
        for order in left:
            self.stderr.write(
                _("未能发布：%(text)s：%(reason)s")
                % {"text": order.round, "reason": order.obstacle}
            )
