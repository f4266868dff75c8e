"""`manage.py verify_journal`: is the journal as it was written?"""

import re
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from speeches.moderation.verifying import Noted, verify

NOTED = re.compile(r"(?P<hash>[0-9a-f]{64})@(?P<number>[1-9][0-9]*)")


class Command(BaseCommand):
    """Follows the chain; exit code 1 names the first entry that was altered, removed, inserted."""

    help = _("核对日志：逐条验证指纹，指出第一条被改动、删去或插入的日志。")

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the arguments."""
        parser.add_argument(
            "--against",
            metavar="HASH@NUMBER",
            help=_("与以前记下的指纹核对，如 0f3a…@120（上次核对时打印的末条指纹和条数）"),
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Verify and say what was found."""
        verdict = verify(noted=_noted(options["against"]), progress=self._progress())
        if self.stdout.isatty():
            self.stdout.write("\r\x1b[K", ending="")
        if verdict.fault:
            self.stderr.write(verdict.fault)
            last = {"number": verdict.number, "hash": verdict.hash}
            if verdict.number:
                self.stderr.write(_("前 %(number)d 条完好，指纹 %(hash)s@%(number)d") % last)
            sys.exit(1)
        self.stdout.write(
            _("日志完好：%(number)d 条，末条指纹 %(hash)s@%(number)d")
            % {"number": verdict.number, "hash": verdict.hash}
        )

    def _progress(self) -> Any:
        """Count up on a terminal; a file or a pipe gets the verdict alone."""
        if not self.stdout.isatty():
            return None

        def show(number: int) -> None:
            self.stdout.write("\r" + _("已核对 %(number)d 条") % {"number": number}, ending="")
            self.stdout.flush()

        return show


def _noted(given: str | None) -> Noted | None:
    if given is None:
        return None
    found = NOTED.fullmatch(given)
    if found is None:
        raise CommandError(_("--against 须写成“64 位指纹@条数”。"))
    return Noted(int(found["number"]), found["hash"])
