"""The pages that the importer is timed on are digests, as long as they say."""

import pytest

from benchmarks.pages import PARAGRAPHS, REMARKS, make_page
from speeches.importing import import_page


@pytest.mark.parametrize("times", [1, 3])
def test_a_page_holds_as_many_remarks_as_its_length_says(times: int) -> None:
    draft = import_page(make_page(times).encode(), name="page.txt")

    assert len(draft.remarks) == REMARKS * times
    assert draft.coverage.lost == 0
    # Damaged, so that there is something to settle: what stands twice is kept once.
    assert any(entry.reason == "repeat" for entry in draft.set_aside)
    counts = [len(remark.paragraphs) for remark in draft.remarks]
    assert min(counts) >= PARAGRAPHS - 1


def test_the_same_size_is_the_same_page() -> None:
    assert make_page(2) == make_page(2)
    assert abs(len(make_page(4)) / len(make_page(1)) - 4) < 0.5
