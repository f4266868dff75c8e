"""Districts and what was merged into them."""

from hypothesis import given
from hypothesis import strategies as st

from speeches.models.places import with_predecessors
from speeches.models.themes import with_ancestors

SUCCESSORS = st.lists(st.none() | st.integers(0, 7), min_size=8, max_size=8)


def end_of_the_line(successors: list[int | None], start: int) -> set[int]:
    """Return everything that `start` was merged into, itself included, one step after another."""
    found: set[int] = set()
    here: int | None = start
    while here is not None and here not in found:
        found.add(here)
        here = successors[here]
    return found


@given(SUCCESSORS, st.sets(st.integers(0, 7)))
def test_a_district_is_included_when_it_was_merged_into_one_that_is_asked_for(
    successors: list[int | None], asked: set[int]
) -> None:
    rows = [(pk, f"c{pk}", successor) for pk, successor in enumerate(successors)]

    found = with_predecessors(rows, [f"c{pk}" for pk in asked])

    assert found == {pk for pk in range(8) if end_of_the_line(successors, pk) & asked}


@given(SUCCESSORS, st.sets(st.integers(0, 7)))
def test_a_theme_has_as_ancestors_all_that_stand_above_it(
    parents: list[int | None], asked: set[int]
) -> None:
    tree = dict(enumerate(parents))

    found = with_ancestors(tree, asked)

    assert found == {above for pk in asked for above in end_of_the_line(parents, pk)}


def test_an_unknown_code_includes_nothing() -> None:
    assert with_predecessors([(1, "230112", None)], ["230199"]) == set()
