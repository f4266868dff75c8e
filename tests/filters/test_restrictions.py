"""Query strings one step from what was asked for."""

from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from speeches.restrictions import SEVERAL, Restrictions

WORDS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=8)
GIVEN = st.fixed_dictionaries(
    {name: st.lists(WORDS, max_size=3) for name in ("q", "district", "theme", "year")}
)


@given(given_=GIVEN, facet=st.sampled_from(["q", "district", "theme", "year"]), word=WORDS)
def test_a_step_puts_a_value_in_or_takes_it_out_and_leaves_the_rest(
    given_: dict[str, list[str]], facet: str, word: str
) -> None:
    asked = Restrictions(given_, sort="unit")
    here = asked.of(facet)

    led_to = QueryDict(asked.step(facet)(word))

    if word in here:
        values = [value for value in here if value != word]
    else:
        values = [*here, word] if facet in SEVERAL else [word]
    assert led_to.getlist(facet) == values
    rest = [name for name in (*given_, "sort") if name != facet]
    was = QueryDict(asked.query)
    assert [led_to.getlist(name) for name in rest] == [was.getlist(name) for name in rest]


def test_the_last_of_several_values_counts_where_one_is_meant() -> None:
    asked = Restrictions({"district": ["2", "1", "2"], "year": ["2023", "2024"]}, sort="")

    assert asked.query == "district=2&district=1&year=2024"
    assert asked.step("year")("2024") == "district=2&district=1"
