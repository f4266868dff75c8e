"""Batching: many files, read one after another, each in a transaction of its own.

A batch is worked off by whoever asks: the background worker, a command, or several of them at
once. A claim only spreads the work and lapses after a while; what counts is who stores first.
So a reader that dies leaves nothing behind but a file that the next one reads again, and a file
that two have read is stored once.
"""

import datetime as dt
import logging
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from django.db import InterfaceError, OperationalError, transaction
from django.utils.translation import gettext as _

from speeches.importing import LARGEST, ImportRefused
from speeches.models import Act, BatchFile, ImportBatch, ImportRun, User
from speeches.moderation import journal
from speeches.moderation.intake import (
    IMPORT,
    NAME_CHARACTERS,
    Issue,
    Reading,
    keep,
    read,
    require_short,
)
from speeches.moderation.quality import keep_of_batch
from speeches.moderation.refusals import Refused, require

Clock = Callable[[], dt.datetime]

# Longer than nearly every page takes; who takes longer may be overtaken, which costs time only.
CLAIM = dt.timedelta(seconds=20)
# Between two looks at a file that somebody else is reading.
PAUSE_SECONDS = 0.5

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Arrival:
    """A file that came: its bytes, or where they are on the disk, or why it is refused unread."""

    name: str
    content: bytes | None = None
    path: str = ""
    refusal: str = ""


@journal.act
def open_batch(
    arrivals: Iterable[Arrival],
    *,
    issue: Issue,
    by: User | None,
    at: dt.datetime,
    encoding: str = "",
    hold: bool = True,
    given: str = "",
) -> ImportBatch:
    """Store what came, reading nothing yet; `given` lets a command find its batch again."""
    require(by, IMPORT)
    require_short(issue)
    batch = ImportBatch.objects.create(
        newspaper=issue.newspaper,
        issue_date=issue.date,
        page_number=issue.page_number,
        encoding=encoding,
        hold=hold,
        given=given,
        opened_at=at,
        opened_by=by,
    )
    number = add_files(batch, arrivals, at=at)
    journal.write(Act.IMPORT, batch, by=by, at=at, files=number)
    return batch


@journal.act
def add_files(batch: ImportBatch, arrivals: Iterable[Arrival], *, at: dt.datetime) -> int:
    """Put files behind those of a batch; returns how many the batch has now."""
    # One row at a time: the bytes of all uploads together need not fit into the memory.
    there = batch.files.count()
    for place, arrival in enumerate(arrivals, start=there + 1):
        refused = bool(arrival.refusal)
        BatchFile.objects.create(
            batch=batch,
            position=place,
            name=arrival.name[-NAME_CHARACTERS:],
            path=arrival.path,
            content=arrival.content,
            state=BatchFile.State.REFUSED if refused else BatchFile.State.WAITING,
            message=arrival.refusal,
            finished_at=at if refused else None,
        )
    return batch.files.count()


def read_next(batch: ImportBatch, *, clock: Clock) -> BatchFile | None:
    """Read the next file of a batch and store what came of it; None when none is free.

    A file that cannot be used is refused with a reason, whatever is wrong with it. Only a
    database that fails ends the work: the file is then read again.
    """
    file = _claim(batch, at=clock())
    if file is None:
        _finish(batch, at=clock())
        return None
    issue = Issue(batch.newspaper, batch.issue_date, batch.page_number)
    try:
        reading = read(
            _bytes_of(file), name=file.name, issue=issue, encoding=batch.encoding or None
        )
        file = _store(file, reading, batch, issue, at=clock())
    except (ImportRefused, Refused) as refusal:
        file = _refuse(file, str(refusal), at=clock())
    except OSError as error:
        file = _refuse(file, why_unreadable(error), at=clock())
    except (OperationalError, InterfaceError):
        raise
    except Exception:
        logger.exception("Batch %s: %s could not be read", batch.pk, file.name)
        words = _("读取时出错，详情已记入日志，请告诉管理员。")
        file = _refuse(file, words, at=clock())
    _finish(batch, at=clock())
    return file


def work_off(batch: ImportBatch, *, clock: Clock) -> Iterator[BatchFile]:
    """Read every file of a batch, giving each as it is done, until nobody has one left to read.

    The last files may be in other hands: it waits for them, and takes over what was left behind.
    """
    while True:
        file = read_next(batch, clock=clock)
        if file is not None:
            yield file
        elif batch.files.open().exists():
            time.sleep(PAUSE_SECONDS)
        else:
            batch.refresh_from_db()
            return


def why_unreadable(error: OSError) -> str:
    """Return why a file on the disk cannot be read, in words."""
    if isinstance(error, FileNotFoundError):
        return _("没有这个文件，请检查路径。")
    if isinstance(error, IsADirectoryError):
        return _("这是文件夹，请给出其中的文件。")
    if isinstance(error, PermissionError):
        return _("没有读取权限。")
    return str(error)


def _claim(batch: ImportBatch, *, at: dt.datetime) -> BatchFile | None:
    # The condition names the row as it was seen, so that of several only one changes it.
    while True:
        free = batch.files.to_read(at - CLAIM).in_order()
        seen = free.values_list("pk", "state", "claimed_at").first()
        if seen is None:
            return None
        pk, state, claimed_at = seen
        row = BatchFile.objects.filter(pk=pk, state=state, claimed_at=claimed_at)
        if row.update(state=BatchFile.State.READING, claimed_at=at):
            return BatchFile.objects.get(pk=pk)


def _bytes_of(file: BatchFile) -> bytes:
    if not file.path:
        return bytes(file.content or b"")
    with Path(file.path).open("rb") as stream:
        # One byte too many is enough for the importer to refuse a file of any size.
        return stream.read(LARGEST + 1)


@journal.act
def _store(
    file: BatchFile, reading: Reading, batch: ImportBatch, issue: Issue, *, at: dt.datetime
) -> BatchFile:
    file = BatchFile.objects.select_for_update().defer("content").get(pk=file.pk)
    if file.finished_at is not None:
        return file
    run, new = keep(reading, issue=issue, by=batch.opened_by, at=at, hold=batch.hold)
    file.run = run
    confirmed_now = run.decided_at == at
    file.state = BatchFile.State.READ if new else BatchFile.State.KNOWN
    file.message = what_came_of_it(run, new=new or confirmed_now, hold=batch.hold)
    # The source document has them.
    file.content = None
    file.finished_at = at
    file.save(update_fields=["run", "state", "message", "content", "finished_at"])
    return file


def what_came_of_it(run: ImportRun, *, new: bool, hold: bool) -> str:
    """Return what became of a file, in one sentence."""
    numbers = {"number": len(run.report["remarks"])}
    if not new:
        return _("以前导入过，没有再建一份。")
    if run.state == ImportRun.State.CONFIRMED:
        return _("已建立草稿，%(number)d 篇发言待审。") % numbers
    if hold:
        return _("读出 %(number)d 篇发言，等编辑确认。") % numbers
    return _("读出 %(number)d 篇发言，其中有与库中相同或相近的，等编辑确认。") % numbers


@transaction.atomic
def _refuse(file: BatchFile, words: str, *, at: dt.datetime) -> BatchFile:
    file = BatchFile.objects.select_for_update().defer("content").get(pk=file.pk)
    if file.finished_at is None:
        file.state = BatchFile.State.REFUSED
        file.message = words or _("读取时出错，请告诉管理员。")
        file.finished_at = at
        file.save(update_fields=["state", "message", "finished_at"])
    return file


@transaction.atomic
def _finish(batch: ImportBatch, *, at: dt.datetime) -> None:
    held = ImportBatch.objects.select_for_update().get(pk=batch.pk)
    if held.finished_at is None and not held.files.open().exists():
        held.finished_at = at
        held.save(update_fields=["finished_at"])
        keep_of_batch(held, at=at)
