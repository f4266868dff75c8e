"""Facets: every number beside a choice is what a plain count in Python gives."""

import datetime as dt
from dataclasses import dataclass
from random import Random

import pytest
from django.http import QueryDict
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from speeches.filters import RemarkFilter
from speeches.models import RemarkEdition, Theme
from speeches.tallies import COMMON_UNITS
from tests.factories import make_district, make_meeting, make_theme, make_unit, publish

pytestmark = pytest.mark.django_db

# Code -> the codes whose remarks count for it: 230181 became 230112, which later became 230199.
DISTRICTS = {
    "230102": {"230102"},
    "230181": {"230181"},
    "230112": {"230112", "230181"},
    "230199": {"230199", "230112", "230181"},
}
# Slug -> the slugs whose remarks count for it.
THEMES = {
    "party": {"party", "team", "training"},
    "team": {"team", "training"},
    "training": {"training"},
    "ecology": {"ecology"},
}
PARENTS = {"team": "party", "training": "team"}
YEARS = (2022, 2023, 2024)


@dataclass(frozen=True)
class Said:
    """What a remark is, for counting."""

    district: str
    themes: frozenset[str]
    unit: str
    year: int

    def matches(self, asked: dict[str, set[str]], *, but: str = "") -> bool:
        """Tell whether it is among the results, one facet left out."""
        found = {
            "district": any(self.district in DISTRICTS[code] for code in asked["district"]),
            "theme": any(self.themes & THEMES[slug] for slug in asked["theme"]),
            "unit": self.unit in asked["unit"],
            "year": str(self.year) in asked["year"],
        }
        return all(found[name] or not asked[name] or name == but for name in asked)


@pytest.fixture
def said() -> list[Said]:
    """Publish forty remarks of every kind and say what each is."""
    newest = make_district("230199", "新区")
    middle = make_district("230112", "阿城区", successor=newest)
    districts = {
        "230199": newest,
        "230112": middle,
        "230181": make_district("230181", "阿城市", successor=middle),
        "230102": make_district("230102", "道里区"),
    }
    themes: dict[str, Theme] = {}
    for place, slug in enumerate(THEMES):
        parent = themes.get(PARENTS.get(slug, ""))
        themes[slug] = make_theme(slug, f"主题{slug}", parent=parent, position=place)
    units = {str(unit.pk): unit for unit in (make_unit(f"单位{n}") for n in range(3))}
    chance = Random(7)
    kinds = []
    for year in YEARS:
        of_year = [
            Said(
                chance.choice(["", *districts]),
                frozenset(chance.sample(list(themes), chance.randint(0, 3))),
                chance.choice(["", *units]),
                year,
            )
            for _remark in range(14)
        ]
        remarks = [
            {
                "district": districts.get(kind.district),
                "themes": [themes[slug] for slug in kind.themes],
                "unit_link": units.get(kind.unit),
            }
            for kind in of_year
        ]
        publish(make_meeting(remarks=remarks, held_from=dt.date(year, 5, 1)))
        kinds += of_year
    return kinds


def some(values: list[str], most: int) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(values), max_size=most, unique=True)


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(data=st.data())
def test_every_count_is_that_of_a_plain_count(said: list[Said], data: st.DataObject) -> None:
    units = sorted({kind.unit for kind in said if kind.unit})
    asked = {
        "district": data.draw(some(list(DISTRICTS), 3), label="district"),
        "theme": data.draw(some(list(THEMES), 3), label="theme"),
        "unit": data.draw(some(units, 1), label="unit"),
        "year": data.draw(some([str(year) for year in YEARS], 1), label="year"),
    }
    params = QueryDict(mutable=True)
    for name, values in asked.items():
        params.setlist(name, values)
    wanted = {name: set(values) for name, values in asked.items()}

    found = RemarkFilter(params)

    assert found.total() == sum(kind.matches(wanted) for kind in said)
    assert found.narrowed().count() == found.total()
    for facet in found.facets():
        for choice in facet.choices:
            alone = {**wanted, facet.name: {choice.value}}
            number = sum(kind.matches(alone) for kind in said)
            assert choice.count == number, (facet.name, choice.value)
            assert choice.selected == (choice.value in wanted[facet.name])


def test_a_choice_leads_to_as_many_results_as_it_promises(said: list[Said]) -> None:
    start = RemarkFilter(QueryDict("theme=ecology"))

    for facet in start.facets():
        if facet.name == "theme":
            continue
        for choice in facet.choices:
            assert RemarkFilter(QueryDict(choice.query)).total() == choice.count


def test_choosing_twice_takes_a_choice_back(said: list[Said]) -> None:
    start = RemarkFilter(QueryDict("district=230112"))

    for facet in start.facets():
        for choice in facet.choices:
            again = RemarkFilter(QueryDict(choice.query)).facet(facet.name)
            (same,) = [other for other in again.choices if other.value == choice.value]
            assert same.selected is not choice.selected


def test_children_follow_their_theme(said: list[Said]) -> None:
    choices = RemarkFilter().facet("theme").choices

    assert [(choice.value, choice.depth) for choice in choices] == [
        ("party", 0),
        ("team", 1),
        ("training", 2),
        ("ecology", 0),
    ]


def test_only_the_units_that_speak_most_are_choices() -> None:
    remarks = [{"unit_link": make_unit(f"单位{n}")} for n in range(COMMON_UNITS + 2)]
    publish(make_meeting(remarks=[*remarks, remarks[-1]]))

    choices = RemarkFilter().facet("unit").choices

    assert len(choices) == COMMON_UNITS
    assert (choices[0].label, choices[0].count) == (f"单位{COMMON_UNITS + 1}", 2)
    assert RemarkEdition.objects.current().count() == COMMON_UNITS + 3
