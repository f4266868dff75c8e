"""The journal as a file: a table for people, and lines of JSON that an outsider can verify."""

import csv
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from speeches.admin.history import kind_in_words, particulars, who
from speeches.models import JournalEntry
from speeches.models.chain import COLUMNS, as_json, canonical

ENTRIES_AT_ONCE = 2000
# What makes a spreadsheet take a cell for a formula, at a cell's beginning.
FORMULA = tuple("=+-@\t\r\n＝＋－＠")


class _Line:
    """A file whose writes are handed on at once."""

    def write(self, line: str) -> str:
        return line


def as_table(entries: QuerySet[JournalEntry]) -> Iterator[str]:
    """Give the lines of a CSV, with the mark by which spreadsheets know UTF-8."""
    writer = csv.writer(_Line())
    names = (
        *(_("编号"), _("时间"), _("操作人"), _("用户名"), _("来源地址"), _("操作"), _("结果")),
        *(_("对象类别"), _("对象编号"), _("对象"), _("说明"), _("详情"), _("指纹")),
    )
    yield "\ufeff" + str(writer.writerow(names))
    for entry in entries.select_related("actor").iterator(chunk_size=ENTRIES_AT_ONCE):
        row = (
            entry.number,
            f"{localtime(entry.at):%Y-%m-%d %H:%M:%S}",
            who(entry),
            entry.actor.username if entry.actor else "",
            entry.address,
            entry.get_act_display(),
            entry.get_result_display(),
            kind_in_words(entry.subject_kind),
            entry.subject_id,
            entry.subject_label,
            particulars(entry),
            json.dumps(entry.detail, ensure_ascii=False),
            entry.hash,
        )
        yield str(writer.writerow([cell(value) for value in row]))


def as_lines(entries: QuerySet[JournalEntry]) -> Iterator[str]:
    """Give one line of JSON an entry: what its fingerprint covers, and the fingerprint."""
    for entry in entries.values(*COLUMNS, "hash").iterator(chunk_size=ENTRIES_AT_ONCE):
        yield as_json({**canonical(entry), "hash": entry["hash"]}) + "\n"


def cell(value: Any) -> Any:
    """Return a value that no spreadsheet takes for a formula."""
    if isinstance(value, str) and value.startswith(FORMULA):
        return f"'{value}"
    return value


@dataclass(frozen=True)
class Format:
    """A kind of file: how it is called, and how entries become its lines."""

    extension: str
    content_type: str
    lines: Callable[[QuerySet[JournalEntry]], Iterator[str]]


FORMATS = {
    "csv": Format("csv", "text/csv; charset=utf-8", as_table),
    "jsonl": Format("jsonl", "application/x-ndjson; charset=utf-8", as_lines),
}
