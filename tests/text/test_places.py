"""The district that a unit's name opens with."""

import pytest

from speeches.text.places import district_of


@pytest.mark.parametrize(
    ("unit", "district"),
    [
        ("青溪县政协", "青溪县"),
        ("松涛区政协党组", "松涛区"),
        ("雁栖市政协", "雁栖市"),
        ("佳木斯市向阳区政协", "向阳区"),
        ("吉林省农安县政协", "农安县"),
        ("杜尔伯特蒙古族自治县政协", "杜尔伯特蒙古族自治县"),
        ("莫力达瓦达斡尔族自治旗政协", "莫力达瓦达斡尔族自治旗"),
        ("锡林郭勒盟正蓝旗政协", "正蓝旗"),
        ("市北区政协", "市北区"),
        ("沙市区政协", "沙市区"),
        ("浦东新区政协", "浦东新区"),
        ("滦县政协", "滦县"),
    ],
)
def test_county_level_places_are_found_at_the_start_of_a_name(unit: str, district: str) -> None:
    assert district_of(unit) == district


@pytest.mark.parametrize(
    "unit",
    [
        "市政协",
        "哈尔滨市政协",
        "民建哈尔滨市委会",
        "市工商联",
        "高新区管委会",
        "市政协社区工作组",
        "晨曦乳业有限公司",
        "",
    ],
)
def test_bodies_of_a_city_and_of_no_place_have_no_district(unit: str) -> None:
    assert district_of(unit) == ""


def test_a_district_that_the_newsroom_knows_wins_over_the_shape_of_the_name() -> None:
    assert district_of("河口新区政协", ("河口新区",)) == "河口新区"
