"""The one filter: what the parameters mean, and counts that are what a reader would count."""

import datetime as dt
from typing import Any

import pytest
from django.http import QueryDict
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from speeches.filters import COMMON_UNITS, RemarkFilter
from speeches.models import Person, RemarkEdition
from speeches.moderation.withdrawing import withdraw
from tests.factories import (
    NOON,
    adopt_one_review,
    make_district,
    make_meeting,
    make_moderator,
    make_remark,
    make_theme,
    make_unit,
    publish,
)


def asked(query: str) -> RemarkFilter:
    return RemarkFilter(QueryDict(query))


def headings(query: str) -> list[str]:
    return sorted(edition.heading for edition in asked(query).qs)


def counts(query: str, facet: str) -> dict[str, int]:
    return {choice.value: choice.count for choice in asked(query).facet(facet).choices}


class TestCounts(TestCase):
    """A choice's count is the number of results with that value alone in its own facet."""

    CODES = ("230110", "230105", "230112")
    SLUGS = ("party", "organisation", "economy")
    YEARS = (2023, 2024)

    REMARKS = st.lists(
        st.tuples(
            st.sampled_from((0, 1)),
            st.sampled_from((None, *CODES)),
            st.sets(st.sampled_from(SLUGS)),
            st.sampled_from((None, "甲", "乙")),
        ),
        max_size=6,
    )

    @settings(max_examples=12, deadline=None)
    @given(
        remarks=REMARKS,
        districts=st.sets(st.sampled_from(CODES)),
        themes=st.sets(st.sampled_from(SLUGS)),
        year=st.none() | st.sampled_from(YEARS),
        unit=st.none() | st.sampled_from(("甲", "乙")),
    )
    def test_counts_are_those_of_a_patient_reader(
        self,
        remarks: list[tuple[int, str | None, set[str], str | None]],
        districts: set[str],
        themes: set[str],
        year: int | None,
        unit: str | None,
    ) -> None:
        adopt_one_review()
        found = self.publish(remarks)
        given_values: dict[str, set[Any]] = {
            "district": districts,
            "theme": themes,
            "year": {year},
            "unit": {unit},
        }
        chosen = {name: values - {None} for name, values in given_values.items()}
        query = QueryDict(mutable=True)
        for name, values in chosen.items():
            units = self.units if name == "unit" else {}
            query.setlist(name, [str(units.get(value, value)) for value in values])

        remark_filter = RemarkFilter(query)

        results = [row for row in found if matches(row, chosen)]
        assert sorted(e.remark_id for e in remark_filter.qs) == sorted(r["id"] for r in results)
        assert remark_filter.total() == len(results)
        for facet in remark_filter.facets():
            for choice in facet.choices:
                values = {int(choice.value)} if facet.name == "year" else {choice.value}
                if facet.name == "unit":
                    values = {choice.label}
                alone = chosen | {facet.name: values}
                assert choice.count == sum(matches(row, alone) for row in found)

    def publish(
        self, remarks: list[tuple[int, str | None, set[str], str | None]]
    ) -> list[dict[str, Any]]:
        """Publish the remarks; return for each what a reader would find it under."""
        new = make_district("230110", "香坊区")
        old = make_district("230105", "太平区", successor=new)
        places = {"230110": new, "230105": old, "230112": make_district()}
        top = make_theme("party", "党的建设")
        tree = {"party": top, "organisation": make_theme(parent=top)}
        tree["economy"] = make_theme("economy", "经济")
        units = {name: make_unit(name) for name in ("甲", "乙")}
        self.units = {name: unit.pk for name, unit in units.items()}
        found = []
        for place, year in enumerate(self.YEARS):
            meeting = make_meeting(held_from=dt.date(year, 5, 1), remarks=[])
            mine = [remark for remark in remarks if remark[0] == place]
            for _place, code, slugs, unit in mine:
                remark = make_remark(
                    meeting,
                    district=places.get(code or ""),
                    themes=[tree[slug] for slug in slugs],
                    unit_link=units.get(unit or ""),
                )
                found.append(
                    {
                        "id": remark.pk,
                        "district": {code} | ({"230110"} if code == "230105" else set()),
                        "theme": slugs | ({"party"} if "organisation" in slugs else set()),
                        "year": {year},
                        "unit": {unit},
                    }
                )
            publish(meeting)
        return found


def matches(row: dict[str, Any], chosen: dict[str, set[Any]]) -> bool:
    return all(not values or values & row[name] for name, values in chosen.items())


@pytest.mark.django_db
def test_without_parameters_every_current_remark_is_found() -> None:
    meeting = publish(make_meeting(remarks=[{"heading": "留"}, {"heading": "撤"}]))
    make_meeting(remarks=[{"heading": "待审"}])
    withdraw(meeting.remarks.get(heading="撤"), by=make_moderator(), at=NOON, reason="有误")

    assert headings("") == headings("theme=&year=&q=x&page=2") == ["留"]
    assert RemarkFilter(None).total() == asked("").total() == 1


@pytest.mark.django_db
def test_unit_meeting_and_person_keep_their_own() -> None:
    unit, person = make_unit(), Person.objects.create(name="李明")
    meeting = publish(
        make_meeting(remarks=[{"heading": "甲", "unit_link": unit}, {"heading": "乙"}])
    )
    publish(make_meeting(remarks=[{"heading": "丙", "speakers": [person]}]))

    assert headings(f"unit={unit.pk}") == ["甲"]
    assert headings(f"meeting={meeting.pk}") == ["乙", "甲"]
    assert headings(f"person={person.pk}") == ["丙"]
    assert headings(f"person={person.pk}&meeting={meeting.pk}") == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    "query",
    [
        *("district=999999", "theme=nothing", "unit=x", "unit=0", "unit=-1", "unit=1.5"),
        *("unit=99999999999999999999", "person=NaN", "person=Infinity", "meeting=1e400"),
        *("year=1", "year=99999", "year=2024x", "district=230112&district=x", "theme=%00"),
    ],
)
def test_what_makes_no_sense_finds_nothing_and_breaks_nothing(query: str) -> None:
    make_district()
    publish(make_meeting())
    remark_filter = asked(query)

    assert remark_filter.total() == 0
    assert not remark_filter.narrowed().exists()
    assert [facet.name for facet in remark_filter.facets()] == [
        *("district", "theme", "year", "unit"),
    ]
    assert not all(chip.known for chip in remark_filter.chips())


@pytest.mark.django_db
def test_chips_name_what_is_public_and_nothing_else() -> None:
    district, theme, unit = make_district(), make_theme(), make_unit()
    hidden, person = make_unit("内部单位"), Person.objects.create(name="李明", note="民建")
    meeting = publish(
        make_meeting(
            remarks=[
                {
                    **{"district": district, "themes": [theme], "unit_link": unit},
                    "speakers": [person],
                }
            ]
        )
    )
    make_meeting(remarks=[{"unit_link": hidden}])
    query = (
        f"district=230112&theme=organisation&year=2024&unit={unit.pk}"
        f"&meeting={meeting.pk}&person={person.pk}"
    )

    chips = asked(query).chips()

    assert {chip.facet: chip.label for chip in chips} == {
        **{"district": "阿城区", "theme": "组织建设", "year": "2024年"},
        **{"unit": unit.name, "meeting": meeting.title, "person": "李明"},
    }
    (chip,) = asked(f"unit={hidden.pk}").chips()
    assert (chip.known, hidden.name in chip.label, chip.query) == (False, False, "")


@pytest.mark.django_db
def test_a_choice_leads_to_itself_and_back() -> None:
    make_district()
    make_theme()

    (choice,) = asked("year=2024&theme=organisation").facet("district").choices
    (theme,) = asked("year=2024&theme=organisation").facet("theme").choices

    assert choice.query == "district=230112&theme=organisation&year=2024"
    assert (theme.selected, theme.query) == (True, "year=2024")
    assert asked("year=2024&district=230112&theme=organisation").query == choice.query


@pytest.mark.django_db
def test_themes_are_a_tree_in_the_newsrooms_order() -> None:
    top = make_theme("b", "乙", position=2)
    make_theme("c", "丙", position=3, parent=top)
    make_theme("a", "甲", position=9)

    choices = asked("").facet("theme").choices

    assert [(choice.value, choice.depth) for choice in choices] == [("b", 0), ("c", 1), ("a", 0)]


@pytest.mark.django_db
def test_the_commonest_units_are_offered() -> None:
    units = [make_unit(f"单位{number:02}") for number in range(COMMON_UNITS + 2)]
    remarks = [{"unit_link": unit} for unit in units] + [{"unit_link": units[-1]}]
    publish(make_meeting(remarks=remarks))

    choices = asked("").facet("unit").choices

    assert len(choices) == COMMON_UNITS
    assert (choices[0].label, choices[0].count) == (units[-1].name, 2)


@pytest.mark.django_db
def test_facets_cost_four_queries_and_total_none(django_assert_num_queries: Any) -> None:
    make_district()
    publish(make_meeting(remarks=[{}] * 3))
    remark_filter = asked("year=2024")

    with django_assert_num_queries(4):
        remark_filter.facets()
    with django_assert_num_queries(0):
        assert remark_filter.total() == 3


@pytest.mark.django_db
def test_a_narrower_queryset_is_narrowed_further() -> None:
    publish(make_meeting(remarks=[{"heading": "甲"}, {"heading": "乙"}]))
    only = RemarkEdition.objects.current().filter(heading="甲")

    remark_filter = RemarkFilter(QueryDict("year=2024"), only)

    assert [edition.heading for edition in remark_filter.qs] == ["甲"]
    assert [(c.value, c.count) for c in remark_filter.facet("year").choices] == [("2024", 1)]
