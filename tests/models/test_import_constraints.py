"""What the database refuses of imports in steps and batches, and of answers about the archive."""

from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps

from speeches.models import ImportRun, Remark
from speeches.models.archive import Reprint, SamenessAnswer
from speeches.models.batches import BatchFile, ImportBatch, QualityReport
from speeches.models.import_steps import ImportStep
from tests.factories import NOON, make_meeting
from tests.models.rows import make_run, make_source
from tests.models.test_constraints import BREAKS as OTHERS
from tests.models.test_constraints import refuses, twice
from tests.models.test_reading_constraints import BREAKS as OF_READING
from tests.models.test_submission_constraints import BREAKS as OF_SUBMISSIONS


def the_run() -> ImportRun:
    return ImportRun.objects.get()


def remark(number: int = 0) -> Remark:
    return Remark.objects.order_by("id")[number]


def file(position: int = 1, **fields: Any) -> BatchFile:
    batch, _created = ImportBatch.objects.get_or_create(defaults={"opened_at": NOON})
    return BatchFile.objects.create(batch=batch, position=position, name="page.txt", **fields)


def answer(about: Remark, *, same: bool) -> SamenessAnswer:
    return SamenessAnswer.objects.create(wording="f", remark=about, same=same, at=NOON)


# What each constraint refuses; a run and two remarks are there already.
BREAKS: dict[str, Callable[[], Any]] = {
    "source_reading_once": lambda: twice(make_source),
    "sameness_answered_once": lambda: (
        answer(remark(), same=True),
        answer(remark(), same=False),
    ),
    "sameness_with_one_remark": lambda: (
        answer(remark(0), same=True),
        answer(remark(1), same=True),
    ),
    "reprint_once_a_page": lambda: twice(
        lambda: Reprint.objects.create(run=the_run(), remark=remark())
    ),
    "batch_file_position_once_a_batch": lambda: twice(file),
    "batch_file_state_tells_its_run": lambda: file(state="read", finished_at=NOON),
    "batch_file_finished_with_time": lambda: file(state="read", run=the_run()),
    "quality_report_of_one_thing": lambda: QualityReport.objects.create(figures={}, made_at=NOON),
    "import_step_number_once_a_run": lambda: twice(
        lambda: ImportStep.objects.create(run=the_run(), number=1, step={}, at=NOON)
    ),
}


@pytest.fixture
def stored(db: None) -> None:
    make_run(make_source())
    make_meeting(remarks=[{}, {}])


@pytest.mark.usefixtures("stored")
def test_every_constraint_refuses_what_it_is_there_to_refuse() -> None:
    assert [name for name, act in BREAKS.items() if not refuses(name, act)] == []


def test_every_constraint_of_the_models_is_tried() -> None:
    models = apps.get_app_config("speeches").get_models()

    names = {constraint.name for model in models for constraint in model._meta.constraints}

    assert names == set(BREAKS) | set(OTHERS) | set(OF_READING) | set(OF_SUBMISSIONS)
