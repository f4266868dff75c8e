"""`manage.py rebuild_search`: makes the index of search anew, or mends it."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from speeches.search.indexing import form_of
from speeches.search.rebuilding import rebuild, repair
from speeches.search.storage import storage
from speeches.text.searchable import form

BAR = 30


class Command(BaseCommand):
    """Searching goes on meanwhile; what was interrupted goes on when called again."""

    help = _("重建检索索引：旧索引在完成前照常使用，中断后再次执行会接着做。")

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the arguments."""
        parser.add_argument(
            "--repair", action="store_true", help=_("只补上缺少的、去掉多余的，不全部重建")
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Rebuild or repair, and say what was done."""
        if options["repair"]:
            self._repair()
            return
        number = rebuild(self._show if self.stdout.isatty() else None)
        if self.stdout.isatty():
            self.stdout.write("\r\x1b[K", ending="")
        self.stdout.write(_("检索索引已重建：%(number)d篇发言。") % {"number": number})

    def _repair(self) -> None:
        if not storage().exists() or form_of() != form():
            raise CommandError(_("索引缺失或归一规则已变，须全部重建：请去掉 --repair 再执行。"))
        found = repair()
        self.stdout.write(
            _("检索索引已修复：补上%(missing)d篇，去掉%(superfluous)d篇。")
            % {"missing": len(found.missing), "superfluous": len(found.superfluous)}
        )

    def _show(self, done: int, total: int) -> None:
        filled = BAR * done // max(total, 1)
        bar = "█" * filled + "░" * (BAR - filled)
        self.stdout.write(f"\r{bar} {done}/{total}", ending="")
        self.stdout.flush()
