"""`manage.py reset_second_factor`: for somebody who has lost phone and recovery codes."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from speeches.models import User
from speeches.moderation.refusals import Refused
from speeches.moderation.second_factor import must_have, reset


class Command(BaseCommand):
    """Takes the second step of one account away; whoever needs one sets it up at the next visit."""

    help = _("重设一个帐号的两步验证：手机和恢复码都丢失时用。")

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the arguments."""
        parser.add_argument("username", metavar="USERNAME", help=_("用户名"))

    def handle(self, *args: Any, **options: Any) -> None:
        """Reset and say what comes next."""
        user = User.objects.filter(username=options["username"]).first()
        if user is None:
            raise CommandError(_("没有这个帐号：%(name)s") % {"name": options["username"]})
        try:
            reset(user, by=None, at=timezone.now())
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(_("已重设“%(name)s”的两步验证。") % {"name": user.get_username()})
        if must_have(user):
            self.stdout.write(_("此人下次登录时须重新设置；请一并更换密码，以防他人抢先。"))
