"""`manage.py resume_batches`: hands unfinished uploads to the background worker once more."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from speeches.models import ImportBatch
from speeches.moderation.background import take_up_again


class Command(BaseCommand):
    """Run it before the worker starts: one that died cannot hand over what it had in hand."""

    help = _("把没有读完的成批导入重新交给后台程序；启动后台程序之前执行。")

    def handle(self, *args: Any, **options: Any) -> None:
        """Hand over every batch of the admin that is not finished."""
        # A command's batch is taken up by the command, which knows the files.
        left = list(ImportBatch.objects.unfinished().filter(given="").order_by("id"))
        for batch in left:
            take_up_again(batch, by=None)
        if left:
            self.stdout.write(_("%(number)d 批没有读完，继续读取。") % {"number": len(left)})
