"""Many pages at once: each by itself, taken up again after a crash, never twice."""

import datetime as dt
import threading
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError, connection

from speeches.models import (
    BatchFile,
    ImportBatch,
    ImportRun,
    Meeting,
    QualityReport,
    Remark,
    SourceDocument,
)
from speeches.moderation import batching, intake
from speeches.moderation.batching import CLAIM, Arrival, add_files, open_batch, read_next, work_off
from speeches.moderation.refusals import Refused
from tests.factories import NOON, make_editor, make_moderator
from tests.moderation.batches import Moving, batch_of, page
from tests.moderation.pages import ISSUE


def states(batch: ImportBatch) -> list[str]:
    return list(batch.files.in_order().values_list("state", flat=True))


def worked_off(batch: ImportBatch, clock: Any = None) -> list[str]:
    """Work the batch off; return what became of the files in the order of their reading."""
    return [file.state for file in work_off(batch, clock=clock or Moving())]


@pytest.mark.django_db
def test_a_batch_is_opened_without_reading_anything() -> None:
    batch = batch_of(page(1), page(2), by=make_editor())

    assert states(batch) == ["waiting", "waiting"]
    assert not SourceDocument.objects.exists()
    assert batch.finished_at is None


@pytest.mark.django_db
def test_every_file_waits_for_confirmation_with_its_draft() -> None:
    editor = make_editor()
    batch = batch_of(page(1), page(2), by=editor)

    assert worked_off(batch) == ["read", "read"]

    batch.refresh_from_db()
    assert batch.finished_at is not None
    runs = ImportRun.objects.waiting()
    assert {(run.created_by, run.newspaper) for run in runs} == {(editor, ISSUE.newspaper)}
    assert runs.count() == 2
    assert not Meeting.objects.exists()
    first = batch.files.in_order().first()
    assert first is not None
    assert (first.content, first.message) == (None, "读出 2 篇发言，等编辑确认。")


@pytest.mark.django_db
def test_a_batch_that_does_not_hold_becomes_drafts_at_once() -> None:
    worked_off(batch_of(page(1), page(2), hold=False))

    assert Meeting.objects.count() == 2
    assert Remark.objects.count() == 4


@pytest.mark.django_db
def test_one_bad_file_does_not_stop_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    broken = "读到一半就出错的一版"
    really = intake.read

    def failing(data: bytes, **given: Any) -> Any:
        if data == broken.encode():
            raise ZeroDivisionError
        return really(data, **given)

    monkeypatch.setattr(batching, "read", failing)
    batch = batch_of(page(1), b"", "买菜：白菜、萝卜。", broken, page(2))

    assert worked_off(batch) == ["read", "refused", "refused", "refused", "read"]

    assert all(file.message for file in batch.files.all())
    # What was refused can be looked into.
    assert bytes(batch.files.get(position=4).content or b"") == broken.encode()
    assert ImportRun.objects.count() == 2


@pytest.mark.django_db
def test_a_file_that_came_twice_is_stored_once() -> None:
    batch = batch_of(page(1), page(1))

    assert worked_off(batch) == ["read", "known"]

    assert ImportRun.objects.count() == 1
    first, second = batch.files.in_order()
    assert first.run == second.run


@pytest.mark.django_db
def test_files_on_the_disk_are_read_in_their_turn(tmp_path: Path) -> None:
    there = tmp_path / "there.txt"
    there.write_text(page(1), encoding="utf-8")
    paths = [there, tmp_path / "gone.txt", tmp_path]
    batch = open_batch(
        [Arrival(path.name, path=str(path)) for path in paths], issue=ISSUE, by=None, at=NOON
    )

    worked_off(batch)

    assert [file.message for file in batch.files.in_order()] == [
        "读出 2 篇发言，等编辑确认。",
        "没有这个文件，请检查路径。",
        "这是文件夹，请给出其中的文件。",
    ]


@pytest.mark.django_db
def test_what_was_refused_unread_is_finished_already() -> None:
    batch = open_batch([Arrival("big.pdf", refusal="太大。")], issue=ISSUE, by=None, at=NOON)

    assert worked_off(batch) == []

    batch.refresh_from_db()
    assert batch.finished_at is not None
    assert batch.quality.figures["files"] == {"refused": 1}


@pytest.mark.django_db
def test_only_those_who_import_open_batches() -> None:
    with pytest.raises(Refused):
        batch_of(page(1), by=make_moderator())

    assert not ImportBatch.objects.exists()


# --- Crashes ---------------------------------------------------------------------------------


class Crash(BaseException):
    """The process dies here."""


STEPS = ("read", "keep", "keep_of_batch")


@pytest.mark.django_db
@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
def test_whatever_a_crash_interrupts_is_done_again_and_nothing_is_doubled(
    step: str, after: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    really = getattr(batching, step)
    calls = 0

    def dying(*args: Any, **given: Any) -> Any:
        nonlocal calls
        calls += 1
        if calls == (1 if step == "keep_of_batch" else 2):
            if after:
                really(*args, **given)
            raise Crash
        return really(*args, **given)

    batch = batch_of(page(1), page(2), page(3), hold=False)
    clock = Moving()
    monkeypatch.setattr(batching, step, dying)
    with pytest.raises(Crash):
        worked_off(batch, clock)
    monkeypatch.setattr(batching, step, really)
    assert batch.files.open().exists() == (step != "keep_of_batch")

    clock.at += CLAIM
    worked_off(batch, clock)

    assert states(batch) == ["read", "read", "read"]
    assert ImportRun.objects.count() == Meeting.objects.count() == 3
    assert Remark.objects.count() == 6
    assert QualityReport.objects.filter(batch=batch).count() == 1
    assert QualityReport.objects.filter(run__isnull=False).count() == 3


@pytest.mark.django_db
def test_a_claim_keeps_others_off_until_it_lapses(monkeypatch: pytest.MonkeyPatch) -> None:
    def dying(*args: Any, **given: Any) -> Any:
        raise Crash

    batch = batch_of(page(1))
    with monkeypatch.context() as patch:
        patch.setattr(batching, "read", dying)
        with pytest.raises(Crash):
            read_next(batch, clock=lambda: NOON)

    assert read_next(batch, clock=lambda: NOON + CLAIM) is None
    file = read_next(batch, clock=lambda: NOON + CLAIM + dt.timedelta(seconds=1))
    assert file is not None
    assert file.state == BatchFile.State.READ


@pytest.mark.django_db
def test_a_failing_database_refuses_no_file(monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(*args: Any, **given: Any) -> Any:
        raise OperationalError("database is locked")

    batch = batch_of(page(1))
    with monkeypatch.context() as patch:
        patch.setattr(batching, "keep", failing)
        with pytest.raises(OperationalError):
            read_next(batch, clock=lambda: NOON)

    assert states(batch) == ["reading"]


@pytest.mark.django_db
def test_whoever_is_overtaken_stores_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """A slow reader comes back when another has stored the file long ago."""
    batch = batch_of(page(1))
    really = intake.read
    slow = Moving()
    overtaken = False

    def overtaking(data: bytes, **given: Any) -> Any:
        nonlocal overtaken
        reading = really(data, **given)
        if not overtaken:
            overtaken = True
            assert worked_off(batch, Moving(NOON + 2 * CLAIM)) == ["read"]
        return reading

    monkeypatch.setattr(batching, "read", overtaking)

    file = read_next(batch, clock=slow)

    assert file is not None
    assert file.finished_at is not None
    assert file.finished_at > NOON + 2 * CLAIM
    assert ImportRun.objects.count() == 1


@pytest.mark.django_db
def test_files_that_came_later_join_the_end() -> None:
    batch = batch_of(page(1))

    assert add_files(batch, [Arrival("later.txt", page(2).encode())], at=NOON) == 2

    assert worked_off(batch) == ["read", "read"]


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_read_each_file_once() -> None:
    if connection.vendor == "sqlite":
        pytest.skip("threads share one SQLite in memory; test_import_batch runs two processes")
    batch = batch_of(*(page(number) for number in range(8)), page(0), hold=False)
    begin = threading.Barrier(2)
    done: list[str] = []
    failed: list[BaseException] = []

    def work() -> None:
        try:
            begin.wait(timeout=10)
            # The real time: a claim must not lapse while its holder is at work.
            done.extend(
                file.name for file in work_off(batch, clock=lambda: dt.datetime.now(dt.UTC))
            )
        except BaseException as error:
            failed.append(error)
        finally:
            connection.close()

    workers = [threading.Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(timeout=60)

    assert not failed
    assert sorted(done) == sorted(batch.files.values_list("name", flat=True))
    assert sorted(states(batch)) == ["known"] + ["read"] * 8
    assert ImportRun.objects.count() == Meeting.objects.count() == 8
    assert Remark.objects.count() == 16
    assert QualityReport.objects.filter(batch=batch).count() == 1
