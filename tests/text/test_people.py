"""Names of persons."""

import pytest

from speeches.text.people import is_person_name, join_spaced_names


@pytest.mark.parametrize(
    "name", ["李河", "王小满", "欧阳雪", "司马春晓", "巴图·苏和", "阿依古丽·买买提"]
)
def test_names_with_a_known_family_name_are_sure(name: str) -> None:
    assert is_person_name(name, sure=True)


@pytest.mark.parametrize("text", ["修好水渠", "把渠", "的人", "A先生", "李", "，王"])
def test_other_words_are_not_sure_names(text: str) -> None:
    assert not is_person_name(text, sure=True)


def test_a_rare_family_name_is_a_name_where_a_name_is_awaited() -> None:
    assert is_person_name("嘎尔迪")
    assert not is_person_name("嘎尔迪", sure=True)


def test_the_halves_of_a_name_printed_apart_go_together() -> None:
    assert join_spaced_names(["主席", "安", "河", "李", "春"]) == ["主席", "安河", "李春"]
