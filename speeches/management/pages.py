"""What the commands that import pages share: their options, and reports in a folder."""

import argparse
import datetime as dt
import json
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils.translation import gettext as _

from speeches.importing import ENCODINGS
from speeches.moderation.intake import Issue


def add_page_options(parser: CommandParser) -> None:
    """Declare where pages were printed, how they are read and what becomes of them."""
    parser.add_argument("--published", type=_date, help=_("出版日期，例如 2024-05-24"))
    parser.add_argument("--newspaper", default="", help=_("报纸名称"))
    parser.add_argument("--page-number", default="", help=_("版次"))
    parser.add_argument("--encoding", choices=ENCODINGS, help=_("文字的编码，不给则自动判断"))
    parser.add_argument("--hold", action="store_true", help=_("等编辑在后台确认"))
    parser.add_argument("--dry-run", action="store_true", help=_("只出报告，不存任何东西"))
    parser.add_argument("--report", metavar="DIR|-", help=_("报告写入的文件夹；- 表示标准输出"))


def issue_from(options: dict[str, Any]) -> Issue:
    """Return where the pages were printed, as the options say."""
    return Issue(options["newspaper"], options["published"], options["page_number"])


class ReportFolder:
    """Writes one report for each page, and a folder of stages: page.json, page-2.json where files
    share a name.
    """

    def __init__(self, where: str) -> None:
        """Make the folder; a command that cannot have it says so and ends with code 2."""
        self.folder = Path(where)
        self._written: set[str] = set()
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise CommandError(
                _("“%(folder)s”不能用来存放报告。") % {"folder": where}, returncode=2
            ) from error

    def write(self, report: dict[str, Any], file: Path) -> None:
        """Write the report of the page `file`."""
        _write(self.folder / f"{self._free_name(file)}.json", report)

    def write_stages(self, outputs: dict[str, Any], file: Path) -> None:
        """Write what each stage made of the page `file` into a folder of the page's name."""
        folder = self.folder / self._free_name(file)
        folder.mkdir(exist_ok=True)
        for stage, output in outputs.items():
            _write(folder / f"{stage}.json", output)

    def _free_name(self, file: Path) -> str:
        name, number = file.stem, 1
        while name in self._written:
            number += 1
            name = f"{file.stem}-{number}"
        self._written.add(name)
        return name


def _write(path: Path, values: Any) -> None:
    text = json.dumps(values, ensure_ascii=False, indent=1)
    path.write_text(text + "\n", encoding="utf-8")


def _date(value: str) -> dt.date:
    try:
        return dt.date.fromisoformat(value)
    except ValueError as error:
        raise argparse.ArgumentTypeError(
            _("“%(value)s”不是日期，请写成 2024-05-24 的样子。") % {"value": value}
        ) from error
