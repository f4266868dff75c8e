"""`manage.py import_batch`: reads a folder of pages; given again, it goes on."""

import json
import shutil
import sys
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from speeches.management.pages import ReportFolder, add_page_options, issue_from
from speeches.models import BatchFile, ImportBatch, ImportRun
from speeches.moderation.batching import Arrival, add_files, open_batch, work_off
from speeches.moderation.refusals import Refused


class Command(BaseCommand):
    """Imports many files; given the same again after an interruption, it goes on."""

    help = _("成批导入文件夹中的版面；中断后用同样的命令继续。")

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the arguments."""
        parser.add_argument(
            "files", nargs="+", metavar="FOLDER|FILE", help=_("文件夹（含其中各层）或版面文件")
        )
        add_page_options(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        """Read every file; exit with code 2 when one of them could not be used."""
        files = list(dict.fromkeys(_pages(options["files"])))
        if not files:
            raise CommandError(_("没有找到版面文件。"), returncode=2)
        if options["dry_run"]:
            names = ("published", "newspaper", "page_number", "encoding", "dry_run", "report")
            given = {name: options[name] for name in names}
            call_command(
                "import_page", *map(str, files), **given, stdout=self.stdout, stderr=self.stderr
            )
            return
        where = options["report"]
        folder = ReportFolder(where) if where and where != "-" else None
        self._only_reports = where == "-"
        try:
            batch = _batch(files, options)
        except Refused as refusal:
            raise CommandError(str(refusal), returncode=2) from refusal
        self._number = batch.files.count()
        self._done = self._number - batch.files.open().count()
        self._tell_where()
        for file in work_off(batch, clock=timezone.now):
            self._tell(file)
            if file.run is not None:
                self._deliver(file.run, Path(file.path), folder)
        self._tell_end(batch)
        if batch.files.filter(state=BatchFile.State.REFUSED).exists():
            sys.exit(2)

    # -- what is said ---------------------------------------------------------------------------

    def _tell_where(self) -> None:
        if self._done:
            words = _("接着上次继续：共 %(number)d 个文件，已完成 %(done)d 个。")
            self._say(words % {"number": self._number, "done": self._done})

    def _tell(self, file: BatchFile) -> None:
        self._done += 1
        self._bar(clear=True)
        if file.state == BatchFile.State.REFUSED:
            self.stderr.write(f"{file.path}：{file.message}")
        else:
            self._say(f"{file.path}：{file.message}")
        self._bar()

    def _tell_end(self, batch: ImportBatch) -> None:
        self._bar(clear=True)
        figures = batch.quality.figures
        states = figures["files"]
        self._say(
            _(
                "完成：读取 %(read)d 个，以前导入过 %(known)d 个，未能导入 %(refused)d 个；"
                "发言 %(remarks)d 篇，遗漏 %(lost)d 字，读取用时 %(seconds).1f 秒。"
            )
            % {
                "read": states.get("read", 0),
                "known": states.get("known", 0),
                "refused": states.get("refused", 0),
                "remarks": figures["remarks"],
                "lost": figures["lost"],
                "seconds": figures["seconds"],
            }
        )

    def _say(self, words: str) -> None:
        if not self._only_reports:
            self.stdout.write(words)

    def _deliver(self, run: ImportRun, file: Path, folder: ReportFolder | None) -> None:
        if self._only_reports:
            self.stdout.write(json.dumps(run.report, ensure_ascii=False))
        elif folder is not None:
            folder.write(run.report, file)

    def _bar(self, *, clear: bool = False) -> None:
        """Draw how far it is on a terminal; a file or a pipe gets the lines alone."""
        if self._only_reports or not self.stdout.isatty():
            return
        width = min(40, max(10, shutil.get_terminal_size().columns - 20))
        full = width * self._done // self._number
        bar = f"[{'█' * full}{'░' * (width - full)}] {self._done}/{self._number}"
        self.stdout.write("\r\x1b[K" if clear else bar, ending="")
        self.stdout.flush()


def _pages(given: list[str]) -> list[Path]:
    """Return the files, and those of the folders at any depth, in order of their names."""
    found: list[Path] = []
    for name in given:
        path = Path(name).resolve()
        if path.is_dir():
            inside = (file for file in path.rglob("*") if file.is_file())
            found += sorted(file for file in inside if not _hidden(file.relative_to(path)))
        else:
            found.append(path)
    return found


def _hidden(path: Path) -> bool:
    return any(part.startswith(".") for part in path.parts)


def _batch(files: list[Path], options: dict[str, Any]) -> ImportBatch:
    """Return the batch that the same command left unfinished, with what came since, or open one."""
    arrivals = [Arrival(name=file.name, path=str(file)) for file in files]
    issue = issue_from(options)
    paths = sorted(str(Path(name).resolve()) for name in options["files"])
    told = {
        "files": paths,
        "issue": [issue.newspaper, str(issue.date), issue.page_number],
        "encoding": options["encoding"],
        "hold": options["hold"],
    }
    given = json.dumps(told, ensure_ascii=False)
    batch = ImportBatch.objects.unfinished().filter(given=given).order_by("id").last()
    if batch is None:
        return open_batch(
            arrivals,
            issue=issue,
            by=None,
            at=timezone.now(),
            encoding=options["encoding"] or "",
            hold=options["hold"],
            given=given,
        )
    there = set(batch.files.values_list("path", flat=True))
    add_files(batch, [a for a in arrivals if a.path not in there], at=timezone.now())
    return batch
