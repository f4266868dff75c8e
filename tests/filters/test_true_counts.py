"""A choice's count is the number of results with that value alone in its own facet.

For remarks, mergers of districts and trees of themes drawn by chance, and for several districts
and themes asked for at once.
"""

from typing import Any

from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from speeches.filters import RemarkFilter
from speeches.public.loosening import alternatives, loosenings
from speeches.restrictions import SEVERAL
from tests.factories import adopt_one_review
from tests.filters.scattered import Plan, Scattered, plans, publish_scattered

# How many of the values a facet has are asked for at once: by number, since rows come later.
PLACES: dict[str, st.SearchStrategy[list[int]]] = {
    **{name: st.lists(st.integers(0, 4), max_size=3, unique=True) for name in SEVERAL},
    **{
        name: st.lists(st.integers(0, 2), max_size=1)
        for name in ("unit", "meeting", "person", "year")
    },
}


def asked_of(scattered: Scattered, places: dict[str, list[int]]) -> dict[str, set[str]]:
    """Return the values asked for, by facet."""
    return {
        name: {scattered.values[name][place % len(scattered.values[name])] for place in chosen}
        for name, chosen in places.items()
    }


def filter_of(asked: dict[str, set[str]]) -> RemarkFilter:
    params = QueryDict(mutable=True)
    for name, values in asked.items():
        params.setlist(name, sorted(values))
    return RemarkFilter(params)


class TestTrueCounts(TestCase):
    """Counts against those of a patient reader, and against the lists they lead to."""

    @settings(max_examples=20, deadline=None)
    @given(plan=plans(), places=st.fixed_dictionaries(PLACES))
    def test_every_count_is_the_number_of_results_it_leads_to(
        self, plan: Plan, places: dict[str, list[int]]
    ) -> None:
        adopt_one_review()
        scattered = publish_scattered(plan)
        asked = asked_of(scattered, places)

        with CaptureQueriesContext(connection) as queries:
            found = filter_of(asked)
            facets = found.facets()
            total = found.total()

        # Districts and themes; what is kept, or else the remarks twice and the names of units.
        assert len(queries) <= 5
        assert total == found.narrowed().count() == scattered.number(asked)
        self.assert_facets(scattered, asked, facets)
        self.assert_ways_on(scattered, asked, found)

    def assert_facets(
        self, scattered: Scattered, asked: dict[str, set[str]], facets: list[Any]
    ) -> None:
        for facet in facets:
            alone = {
                choice.value: {**asked, facet.name: {choice.value}} for choice in facet.choices
            }
            for choice in facet.choices:
                number = scattered.number(alone[choice.value])
                assert choice.count == number, (facet.name, choice.value)
                assert filter_of(alone[choice.value]).narrowed().count() == number
                assert choice.selected == (choice.value in asked[facet.name])
            # What is not offered has no results.
            for value in set(scattered.values[facet.name]) - alone.keys():
                assert scattered.number({**asked, facet.name: {value}}) == 0

    def assert_ways_on(
        self, scattered: Scattered, asked: dict[str, set[str]], found: RemarkFilter
    ) -> None:
        with CaptureQueriesContext(connection) as queries:
            ways = loosenings(found, [chip for chip in found.chips() if chip.known])
        # The names of what is given by number, and all loosenings together.
        assert len(queries) <= 2
        for way in [*ways, *alternatives(found, found.facets())]:
            led_to = RemarkFilter(QueryDict(way.query))
            values = {name: set(led_to.params.getlist(name)) for name in asked}
            assert way.number == led_to.total() == scattered.number(values)
            assert way.number > 0
            assert len([name for name in asked if values[name] != asked[name]]) == 1
