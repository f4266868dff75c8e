"""The figures of what was read: the sum of the reports, and nothing lost."""

import pytest

from speeches.models import ImportRun
from speeches.moderation.batching import work_off
from speeches.moderation.intake import take_in
from speeches.moderation.quality import Figures, figures_of, total
from tests.factories import NOON, make_editor
from tests.moderation.batches import Moving, batch_of, page
from tests.moderation.pages import BYTES, ISSUE

REPORT = {
    "remarks": [
        {"warnings": [{"code": "no-text", "message": ""}, {"code": "odd", "message": ""}]},
        {"warnings": [{"code": "no-text", "message": ""}]},
    ],
    "warnings": [{"code": "no-year", "message": ""}],
    "coverage": {"characters": 10, "placed": 7, "set_aside": 3, "lost": 0},
}


def test_a_page_has_its_figures_from_its_report() -> None:
    assert figures_of(REPORT, seconds=0.5) == Figures(
        pages=1,
        remarks=2,
        doubts={"no-text": 2, "no-year": 1, "odd": 1},
        characters=10,
        placed=7,
        set_aside=3,
        lost=0,
        seconds=0.5,
    )


def test_several_pages_are_added_up_kind_by_kind() -> None:
    other = Figures(pages=1, doubts={"odd": 4}, placed=1, files={"read": 2}, seconds=1.5)

    both = total([figures_of(REPORT, seconds=0.5), other])

    assert (both.pages, both.remarks, both.placed, both.seconds) == (2, 2, 8, 2.0)
    assert both.doubts == {"no-text": 2, "no-year": 1, "odd": 5}
    assert both.files == {"read": 2}


def test_nothing_at_all_adds_up_to_nothing() -> None:
    assert total([]) == Figures()


@pytest.mark.django_db
def test_every_run_keeps_its_figures() -> None:
    run, _new = take_in(BYTES, name="page.txt", issue=ISSUE, by=make_editor(), at=NOON)

    figures = run.quality.figures
    assert figures["seconds"] > 0
    assert {**figures, "seconds": 0} == {**figures_of(run.report).as_json(), "seconds": 0}


@pytest.mark.django_db
def test_a_batch_keeps_the_sum_of_the_pages_it_read() -> None:
    # One page is known, one comes twice, one cannot be used: none of them is counted as read.
    take_in(page(9).encode(), name="page.txt", issue=ISSUE, by=None, at=NOON)
    batch = batch_of(page(1), page(9), page(2), page(2), "买菜")

    list(work_off(batch, clock=Moving()))

    own = ImportRun.objects.filter(batch_files__batch=batch, batch_files__state="read")
    wanted = total(
        figures_of(run.report, seconds=run.quality.figures["seconds"]) for run in own
    ).as_json()
    figures = batch.quality.figures
    assert figures["files"] == {"known": 2, "read": 2, "refused": 1}
    assert {**figures, "files": {}} == wanted
    assert (figures["pages"], figures["remarks"], figures["lost"]) == (2, 4, 0)
    assert figures["placed"] + figures["set_aside"] == figures["characters"]
