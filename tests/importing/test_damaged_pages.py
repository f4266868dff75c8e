"""Pages made up from a seed, damaged as real ones are, give back their structure.

``made_up`` draws digests in every layout, ``damage`` does to them what columns, typesetting and
export do to real pages; what the page was meant to be is known, so that the import can be held
against it.
"""

import pytest

from speeches.importing import Draft, import_page, report_of
from tests.importing.damage import Damaged, damage, expectation, summary
from tests.importing.made_up import MadePage, make_page

pytestmark = pytest.mark.slow

LIGHT = range(120)
HEAVY = range(1000, 1120)


def _import(seed: int, *, heavy: bool) -> tuple[MadePage, Damaged, Draft]:
    page = make_page(seed)
    done = damage(page, seed, heavy=heavy)
    return page, done, import_page(done.data, name=f"{seed}.txt")


def test_lightly_damaged_pages_give_back_their_structure_but_for_very_few() -> None:
    wrong = []
    for seed in LIGHT:
        page, _, draft = _import(seed, heavy=False)
        assert draft.coverage.lost == 0
        if summary(report_of(draft)) != expectation(page):
            wrong.append(seed)
    assert len(wrong) * 40 <= len(LIGHT), wrong


def test_heavily_damaged_pages_give_back_their_structure_but_for_a_few() -> None:
    """Which of two open sentences a copy completes is sometimes more than a page tells."""
    wrong = []
    for seed in HEAVY:
        page, _, draft = _import(seed, heavy=True)
        assert draft.coverage.lost == 0
        if summary(report_of(draft)) != expectation(page):
            wrong.append(seed)
    assert len(wrong) * 25 <= len(HEAVY), wrong


def test_a_warning_of_a_lost_opening_is_hardly_ever_wrong() -> None:
    warned = right = 0
    for seed in LIGHT:
        _, done, draft = _import(seed, heavy=False)
        for number, remark in enumerate(draft.remarks):
            if any(notice.code == "starts-mid-sentence" for notice in remark.notices):
                warned += 1
                right += number in done.lost_openings
    assert warned > 0
    assert right * 10 >= warned * 9
