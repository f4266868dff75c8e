"""The benchmark of search asks what a page of results asks."""

import pytest

from benchmarks.search import answer
from tests.factories import make_meeting, publish


@pytest.mark.django_db
def test_an_answer_counts_what_is_found() -> None:
    publish(make_meeting(remarks=[{"heading": "甲", "paragraphs": ["两个确立。"]}, {}]))

    assert answer("两个确立", 1) == 1
    assert answer("没有的话", 1) == 0
