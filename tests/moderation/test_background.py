"""Work in the background: a slice at a time, batches in turn, tried again after a failure."""

from typing import Any

import pytest
from django.db import OperationalError
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from speeches.models import BatchFile, ImportBatch
from speeches.moderation import background, batching
from speeches.moderation.background import hand_over, read_slice, take_up_again
from speeches.moderation.refusals import Refused
from tests.factories import make_moderator
from tests.moderation.batches import batch_of, drain, page

pytestmark = pytest.mark.django_db


def open_files(batch: ImportBatch) -> int:
    return batch.files.open().count()


def test_a_slice_ends_in_time_and_hands_the_rest_over(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(background, "SLICE_SECONDS", 0)
    batch = batch_of(page(1), page(2), page(3))

    read_slice.call(batch.pk)

    assert open_files(batch) == 2
    assert DBTaskResult.objects.ready().count() == 1
    drain()
    assert open_files(batch) == 0


def test_batches_take_turns(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(background, "SLICE_SECONDS", 0)
    first, second = batch_of(page(1), page(2)), batch_of(page(3), page(4))
    for batch in (first, second):
        hand_over(batch)

    drain()

    files = BatchFile.objects.order_by("finished_at").values_list("batch", "position")
    assert list(files) == [(first.pk, 1), (second.pk, 1), (first.pk, 2), (second.pk, 2)]


def test_a_database_that_fails_is_tried_again_later(monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(*args: Any, **given: Any) -> Any:
        raise OperationalError("database is locked")

    batch = batch_of(page(1))
    with monkeypatch.context() as patch:
        patch.setattr(batching, "keep", failing)
        read_slice.call(batch.pk)

    task = DBTaskResult.objects.get()
    assert task.run_after is not None
    assert task.run_after > timezone.now()
    assert open_files(batch) == 1


def test_a_finished_batch_and_one_that_is_gone_are_left_alone() -> None:
    batch = batch_of(page(1))
    hand_over(batch)
    drain()
    before = DBTaskResult.objects.count()

    take_up_again(batch, by=None)
    read_slice.call(batch.pk)
    read_slice.call(batch.pk + 1)

    assert DBTaskResult.objects.count() == before


def test_only_those_who_import_have_a_batch_taken_up_again() -> None:
    batch = batch_of(page(1))

    with pytest.raises(Refused):
        take_up_again(batch, by=make_moderator())
