"""Units and posts."""

import pytest

from speeches.text.organisations import is_body, is_post, split_unit_and_post


@pytest.mark.parametrize(
    ("text", "unit", "post"),
    [
        ("青溪县政协主席", "青溪县政协", "主席"),
        ("松涛区政协党组书记、主席", "松涛区政协", "党组书记、主席"),
        ("市政协委员、晨曦乳业有限公司董事长", "市政协", "委员、晨曦乳业有限公司董事长"),
        ("市政协委员晨曦乳业有限公司董事长", "市政协", "委员晨曦乳业有限公司董事长"),
        ("市政协提案委员会副主任", "市政协提案委员会", "副主任"),
        ("民盟临江市委会主任委员", "民盟临江市委会", "主任委员"),
        ("临江农业机械学院党委书记", "临江农业机械学院", "党委书记"),
        ("省政协原副主席", "省政协", "原副主席"),
        ("槐树村第一书记", "槐树村", "第一书记"),
    ],
)
def test_the_first_organisation_is_the_unit_and_the_rest_the_post(
    text: str, unit: str, post: str
) -> None:
    assert split_unit_and_post(text) == (unit, post)


@pytest.mark.parametrize("text", ["青溪县政协党组", "市政协机关党组", "修好老水渠"])
def test_without_a_post_there_is_nothing_to_split(text: str) -> None:
    assert split_unit_and_post(text) is None


@pytest.mark.parametrize(
    "text", ["青溪县政协党组", "市政协文化文史和学习委员会履职党支部", "民盟市委会", "市总工会"]
)
def test_names_of_organisations_are_bodies(text: str) -> None:
    assert is_body(text)


@pytest.mark.parametrize(
    "text", ["加强基层党组织建设", "发挥工商联作用", "修好老水渠", "把议事桌搬进果园"]
)
def test_headings_are_no_bodies(text: str) -> None:
    assert not is_body(text)


def test_posts_can_come_several_at_a_time() -> None:
    assert is_post("党组书记、主席")
    assert not is_post("青溪县政协主席")
    assert not is_post("")
