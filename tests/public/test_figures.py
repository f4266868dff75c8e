"""Figures: places and sentences, without a database."""

import re

import pytest
from django.template import engines

from speeches.filters import Choice
from speeches.public.figures import (
    COLUMN_HEIGHT,
    COLUMN_TOP,
    LABELS_AT_MOST,
    LABELS_AT_ONCE,
    MOST_BARS,
    districts_figure,
    themes_figure,
    units_figure,
    years_figure,
    years_in_words,
)


def choice(label: str, count: int, depth: int = 0) -> Choice:
    return Choice(label, label, count, selected=False, query=f"x={label}", depth=depth)


def years(numbers: dict[int, int]) -> list[Choice]:
    return [choice(str(year), number) for year, number in numbers.items()]


@pytest.mark.parametrize(
    ("numbers", "sentence"),
    [
        ({2024: 3}, "发言都在2024年，共 3 篇。"),
        ({2022: 2, 2024: 5}, "2024年最多，有 5 篇。"),
        ({2021: 5, 2022: 2, 2024: 5}, "2021年、2024年最多，各有 5 篇。"),
        ({2022: 2, 2024: 2}, "有发言的 2 个年份，每年都是 2 篇。"),
        ({**dict.fromkeys(range(2020, 2024), 4), 2024: 1}, "最多的有 4 个年份，各 4 篇。"),
    ],
)
def test_the_years_are_told_in_a_sentence(numbers: dict[int, int], sentence: str) -> None:
    assert years_in_words(numbers) == sentence


def test_columns_stand_on_one_line_in_proportion_and_leave_no_year_out() -> None:
    figure = years_figure(years({2021: 10, 2023: 5}))
    assert figure is not None

    assert [(mark.label, mark.number) for mark in figure.drawn] == [
        ("2021", 10),
        ("2022", 0),
        ("2023", 5),
    ]
    assert [mark.height for mark in figure.drawn] == [COLUMN_HEIGHT, 0, COLUMN_HEIGHT // 2]
    assert {mark.y + mark.height for mark in figure.drawn} == {COLUMN_TOP + COLUMN_HEIGHT}
    # The table has what there is, the latest first.
    assert [mark.label for mark in figure.rows] == ["2023", "2021"]


def test_a_small_number_beside_a_great_one_is_still_seen() -> None:
    figure = years_figure(years({2021: 100000, 2022: 1}))
    assert figure is not None

    assert figure.drawn[1].height > 0


def test_labels_give_way_where_there_are_many_years() -> None:
    few = years_figure(years(dict.fromkeys(range(2017, 2025), 1)))
    many = years_figure(years(dict.fromkeys(range(1950, 2025), 1)))
    assert few is not None
    assert many is not None

    assert not any(mark.lesser for mark in few.drawn)
    assert all(mark.named for mark in few.drawn)
    assert len([mark for mark in many.drawn if not mark.lesser]) <= LABELS_AT_ONCE
    assert len([mark for mark in many.drawn if mark.named]) <= LABELS_AT_MOST
    last = many.drawn[-1]
    assert (last.label, last.lesser, last.named) == ("2024", False, True)


def test_the_greatest_number_always_keeps_its_place() -> None:
    figure = years_figure(years({**dict.fromkeys(range(2001, 2025), 120), 2010: 999}))
    assert figure is not None

    assert [mark.crowded for mark in figure.drawn if mark.number == 999] == [False]
    assert any(mark.crowded for mark in figure.drawn)


def test_columns_that_are_compared_share_years_and_height() -> None:
    figure = years_figure(years({2023: 5}), span=(2022, 2024), most=10)
    assert figure is not None

    assert [mark.number for mark in figure.drawn] == [0, 5, 0]
    assert figure.drawn[1].height == COLUMN_HEIGHT // 2


def test_themes_come_with_what_is_below_them_and_the_commonest_first() -> None:
    figure = themes_figure(
        [choice("经济", 2), choice("党建", 5), choice("组织", 3, 1), choice("思想", 0, 1)]
    )
    assert figure is not None

    assert [mark.label for mark in figure.drawn] == ["党建", "组织", "经济"]
    assert figure.says == "谈得最多的是党建（5 篇），其中最多的是组织（3 篇）。"


def test_a_tie_names_all_that_lead_and_nothing_below_them() -> None:
    figure = themes_figure([choice("党建", 5), choice("组织", 3, 1), choice("经济", 5)])
    assert figure is not None

    assert figure.says == "谈得最多的是党建、经济（各 5 篇）。"


def test_many_that_lead_are_counted() -> None:
    figure = units_figure([choice(name, 2) for name in "甲乙丙丁"])
    assert figure is not None

    assert figure.says == "发言最多的单位是甲、乙、丙等 4 项（各 2 篇）。"


def test_the_table_has_all_that_the_picture_has_no_room_for() -> None:
    figure = districts_figure([choice(f"第{n}区", n) for n in range(1, 31)])
    assert figure is not None

    assert [mark.number for mark in figure.drawn] == list(range(30, 30 - MOST_BARS, -1))
    assert len(figure.rows) == 30
    assert figure.drawn[0].width == "100.00%"


def test_nothing_said_is_no_figure() -> None:
    assert years_figure([]) is None
    assert themes_figure([choice("党建", 0)]) is None
    assert districts_figure([]) is None
    assert units_figure([]) is None


def test_a_picture_says_what_it_shows_and_its_table_has_the_numbers() -> None:
    figure = units_figure([choice("一个名称长得图上放不下的单位委员会办公室", 3), choice("乙", 1)])

    page = engines["jinja2"].from_string(
        '{% from "public/_figure.html" import chart %}{{ chart(figure) }}'
    )
    html = page.render({"figure": figure})

    assert 'role="img" aria-labelledby="units-title units-desc"' in html
    assert '<title id="units-title">发言单位</title>' in html
    assert re.search(r'<desc id="units-desc">发言最多的单位是.*（3 篇）。', html)
    assert "一个名称长得图上放不下的单位委员会…</text>" in html
    assert '<a href="/remarks/?x=乙" rel="nofollow">乙</a>' in html
    assert '<caption class="visually-hidden">发言单位</caption>' in html
