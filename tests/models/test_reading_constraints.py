"""What the database refuses of what is counted for readers: cells, phrases, searches."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from speeches.models import FacetCount, Phrase, RemarkEdition
from speeches.models.phrases import PhraseCount, PhraseForm
from speeches.models.searches import SearchCount
from tests.factories import make_meeting, publish
from tests.models.test_constraints import refuses, twice


def form(position: int, folded: str) -> PhraseForm:
    phrase, _created = Phrase.objects.get_or_create(text="两个确立")
    return PhraseForm.objects.create(phrase=phrase, position=position, text="写法", folded=folded)


def count(occurrences: int) -> PhraseCount:
    phrase, _created = Phrase.objects.get_or_create(text="两个确立")
    edition = RemarkEdition.objects.get()
    return PhraseCount.objects.create(phrase=phrase, edition=edition, occurrences=occurrences)


# What each constraint refuses; one remark is public.
BREAKS: dict[str, Callable[[], Any]] = {
    "facet_count_cell": lambda: twice(
        lambda: FacetCount.objects.create(theme=1, year=1999, unit=1, district=1, number=1)
    ),
    "phrase_form_position_once": lambda: (form(0, "甲"), form(0, "乙")),
    "phrase_form_not_empty": lambda: form(0, ""),
    "phrase_count_once": lambda: twice(lambda: count(1)),
    "phrase_count_at_least_one": lambda: count(0),
    "search_count_once_a_day": lambda: twice(
        lambda: SearchCount.objects.create(
            question="协商", day=dt.date(2024, 6, 1), searches=1, results=0
        )
    ),
}


@pytest.mark.django_db
def test_every_constraint_refuses_what_it_is_there_to_refuse() -> None:
    publish(make_meeting())

    assert [name for name, act in BREAKS.items() if not refuses(name, act)] == []
