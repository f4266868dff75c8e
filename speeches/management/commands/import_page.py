"""`manage.py import_page`: reads newspaper pages and stores them, or only reports on them."""

import json
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from speeches.importing import ImportRefused, import_page, report_of
from speeches.importing.pipeline import unwatched
from speeches.importing.reading import LARGEST
from speeches.importing.stages import StageLog
from speeches.management.pages import ReportFolder, add_page_options, issue_from
from speeches.moderation.batching import what_came_of_it, why_unreadable
from speeches.moderation.intake import import_file
from speeches.moderation.refusals import Refused


class Command(BaseCommand):
    """Imports files; each is stored whole or not at all, and the others go on."""

    help = _("导入报纸版面的文字，成为待审的会议与发言。")
    # A dry run works without a database.
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the arguments."""
        parser.add_argument("files", nargs="+", metavar="FILE", help=_("版面文件"))
        add_page_options(parser)
        parser.add_argument(
            "--stages", metavar="DIR", help=_("每一步的结果写入这个文件夹，须与 --dry-run 一起使用")
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Import every file; exit with code 2 when one of them could not be used."""
        files = [Path(name) for name in options["files"]]
        self._several = len(files) > 1
        where, stages = options["report"], options["stages"]
        if stages and not options["dry_run"]:
            raise CommandError(_("--stages 须与 --dry-run 一起使用。"), returncode=2)
        self._folder = ReportFolder(where) if where and where != "-" else None
        self._stages = ReportFolder(stages) if stages else None
        failed = False
        for file in files:
            try:
                report, message = self._import(file, options)
            except (ImportRefused, Refused, OSError) as error:
                reason = why_unreadable(error) if isinstance(error, OSError) else error
                self.stderr.write(f"{file}：{reason}")
                failed = True
                continue
            self._deliver(report, file, options["report"])
            if message and options["report"] != "-":
                self.stdout.write(f"{file}：{message}")
        if failed:
            sys.exit(2)

    def _import(self, file: Path, options: dict[str, Any]) -> tuple[dict[str, Any], str]:
        with file.open("rb") as stream:
            # One byte too many is enough for the importer to refuse a file of any size.
            data = stream.read(LARGEST + 1)
        if options["dry_run"]:
            return self._try_out(data, file, options), ""
        now = timezone.now()
        run, new = import_file(
            data,
            name=file.name,
            issue=issue_from(options),
            by=None,
            at=now,
            hold=options["hold"],
            encoding=options["encoding"],
        )
        new = new or run.decided_at == now
        return run.report, what_came_of_it(run, new=new, hold=options["hold"])

    def _try_out(self, data: bytes, file: Path, options: dict[str, Any]) -> dict[str, Any]:
        """Return the report; a refused page leaves the stages it went through."""
        log = StageLog()
        try:
            draft = import_page(
                data,
                name=file.name,
                published=options["published"],
                encoding=options["encoding"],
                watch=log if self._stages else unwatched,
            )
        finally:
            if self._stages:
                self._stages.write_stages(log.outputs, file)
        return report_of(draft)

    def _deliver(self, report: dict[str, Any], file: Path, where: str | None) -> None:
        if self._folder is not None:
            self._folder.write(report, file)
        elif where == "-":
            indent = None if self._several else 1
            self.stdout.write(json.dumps(report, ensure_ascii=False, indent=indent))
