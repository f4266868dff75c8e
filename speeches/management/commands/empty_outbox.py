"""`manage.py empty_outbox`: tells the front caches which addresses have changed."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from speeches.moderation.purging import empty_outbox, waiting


class Command(BaseCommand):
    """Safe to run at any time and twice; the background worker does the same by itself."""

    help = _("通知前端缓存清除有变动的网页；后台程序没有运行时，可以定时执行。")

    def handle(self, *args: Any, **options: Any) -> None:
        """Send what is due and say what is left."""
        done = empty_outbox()
        self.stdout.write(_("已清除 %(number)d 条。") % {"number": done.sent})
        for one in waiting():
            self.stderr.write(
                _("%(cache)s 还有 %(number)d 条未清除，最早的提出于 %(since)s。%(error)s")
                % {
                    "cache": one.cache,
                    "number": one.number,
                    "since": f"{localtime(one.since):%Y-%m-%d %H:%M}",
                    "error": one.error,
                }
            )
