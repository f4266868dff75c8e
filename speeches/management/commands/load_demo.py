"""`manage.py load_demo`: an account a role, a made-up page and a call; safe to run again."""

import datetime as dt
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone
from django.utils.translation import gettext as _

from speeches.moderation import journal
from speeches.moderation.demonstration import call_for_remarks, open_accounts, publish_page
from speeches.moderation.intake import Issue

PAGE = Path(__file__).resolve().parents[2] / "data" / "demo-page.txt"
ISSUE = Issue(newspaper="示例日报", date=dt.date(2026, 3, 16), page_number="3")


class Command(BaseCommand):
    """Opens the accounts, imports the page with the real importer and has it approved."""

    help = _("建立各角色的示例帐号，发布一版虚构的示例发言，发出示例征稿；可以重复执行。")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do what is missing; passwords are printed this once and kept nowhere."""
        # Together or not at all: an account whose password was never shown is of no use.
        now = timezone.now()
        with journal.together():
            accounts = open_accounts(at=now)
            meeting = publish_page(PAGE.read_bytes(), name=PAGE.name, issue=ISSUE, at=now)
            if meeting is not None:
                call_for_remarks(meeting, at=now)
        if meeting is not None:
            self.stdout.write(_("已发布示例版面：%(title)s") % {"title": meeting})
        if accounts:
            self.stdout.write(_("以下密码只显示这一次，请记下："))
        for account in accounts:
            self.stdout.write(f"  {account.role}\t{account.username}\t{account.password}")
