"""The one filter: what the parameters mean, and counts that are what a reader would count."""

from typing import Any

import pytest
from django.http import QueryDict

from speeches.filters import RemarkFilter
from speeches.models import Person, RemarkEdition
from speeches.moderation.withdrawing import withdraw
from speeches.tallies import COMMON_UNITS
from tests.factories import (
    NOON,
    make_district,
    make_meeting,
    make_moderator,
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


@pytest.mark.django_db
def test_without_parameters_every_current_remark_is_found() -> None:
    meeting = publish(make_meeting(remarks=[{"heading": "留"}, {"heading": "撤"}]))
    make_meeting(remarks=[{"heading": "待审"}])
    withdraw(meeting.remarks.get(heading="撤"), by=make_moderator(), at=NOON, reason="有误")

    assert headings("") == headings("theme=&year=&q=&x=y&page=2") == ["留"]
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
def test_kept_facets_cost_one_query_and_total_none(django_assert_num_queries: Any) -> None:
    make_district()
    publish(make_meeting(remarks=[{}] * 3))
    remark_filter = asked("year=2024")

    with django_assert_num_queries(1):
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
