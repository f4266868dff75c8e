"""`manage.py rebuild_phrases`: counts every followed phrase anew."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from speeches.moderation.phrasing import count_anew
from speeches.moderation.refusals import Refused
from speeches.search.indexing import form_of
from speeches.search.storage import storage
from speeches.text.searchable import form


class Command(BaseCommand):
    """The index tells which texts are read, so it has to be right first."""

    help = _("按现行归一规则重新统计全部关注的提法。")

    def handle(self, *args: Any, **options: Any) -> None:
        """Count, and say how many phrases."""
        if not storage().exists() or form_of() != form():
            raise CommandError(_("检索索引缺失或归一规则已变，请先执行 rebuild_search。"))
        try:
            number = count_anew(at=timezone.now())
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(_("已重新统计提法%(number)d个。") % {"number": number})
