"""Glyphs in any order become columns in reading order, lines become paragraphs."""

import random
from collections.abc import Iterable

from speeches.importing.readers.layout import Glyph, Sheet, lay_down
from tests.importing.readers.digest import Printed, as_text, printed, width


def glyphs_of(lines: Iterable[Printed]) -> list[Glyph]:
    """The glyphs of printed lines, shuffled."""
    found = []
    for line in lines:
        base = line.top + 0.88 * line.size
        left = line.left
        for char in line.text:
            right = left + width(char) * line.size
            if not char.isspace():
                found.append(Glyph.on_baseline(char, left, right, base, line.size))
            left = right
    random.Random(7).shuffle(found)
    return found


def text_of(*pages: Iterable[Printed]) -> str:
    """The text of pages of printed lines."""
    return lay_down([Sheet(n, glyphs_of(page)) for n, page in enumerate(pages, 1)])[0]


def column(left: float, top: float, words: str, number: int) -> list[Printed]:
    """``number`` full lines of ten characters that begin with ``words`` and their number."""
    return [
        Printed(left, top + 13 * n, 9, f"{words}{chr(0x4E00 + n)}".ljust(10, "满"))
        for n in range(number)
    ]


def in_order(text: str, *words: str) -> bool:
    """True where ``words`` stand in ``text`` in this order."""
    places = [text.index(word) for word in words]
    return places == sorted(places)


def test_a_headline_that_is_shorter_than_its_columns_stays_above_all_of_them() -> None:
    page = []
    for n, story in enumerate("甲乙丙"):
        top = 40 + 150 * n
        page.append(Printed(30, top, 20, f"{story}题"))
        for part in range(4):
            page += column(30 + 110 * part, top + 36, f"{story}{'东南西北'[part]}", 7)
    words = [f"{s}{p}" for s in "甲乙丙" for p in "题东南西北"]
    assert in_order(text_of(page), *words)


def test_boxes_side_by_side_keep_their_own_headings() -> None:
    page = [Printed(40, 30, 12, "左题"), Printed(240, 30, 12, "右题")]
    page += column(30, 60, "左文", 8) + column(230, 60, "右文", 8)
    assert in_order(text_of(page), "左题", "左文", "右题", "右文")


def test_a_gap_that_all_columns_share_does_not_tear_them_apart() -> None:
    page = column(30, 60, "左上", 5) + column(30, 150, "左下", 5)
    page += column(140, 60, "右上", 5) + column(140, 150, "右下", 5)
    assert in_order(text_of(page), "左上", "左下", "右上", "右下")


def test_the_last_lines_of_a_short_story_are_divided_by_gutters_known_from_a_long_one() -> None:
    page = [Printed(30, 20, 24, "大题横贯四栏"), Printed(30, 200, 24, "短题横贯四栏")]
    for part in range(4):
        page += column(30 + 105 * part, 60, f"长{'东南西北'[part]}", 8)
        page += column(30 + 105 * part, 240, f"短{'东南西北'[part]}", 3)
    assert in_order(text_of(page), "长东", "长北", "短题", "短东", "短南", "短西", "短北")


def test_a_headline_with_a_space_in_both_lines_is_no_pair_of_columns() -> None:
    page = [Printed(30, 20, 24, "把握方向　强化头脑"), Printed(30, 56, 24, "凝聚人心　共谋发展")]
    page += column(30, 120, "正文", 6)
    assert text_of(page).startswith("把握方向 强化头脑\n\n凝聚人心 共谋发展\n\n")


def test_a_line_goes_on_in_the_next_unless_it_is_short_or_the_next_is_indented() -> None:
    page = [
        Printed(48, 20, 9, "渠水流到田头见了"),
        Printed(30, 33, 9, "收成，"),
        Printed(48, 46, 9, "窗口的同志把表格"),
        Printed(30, 59, 9, "由七张减为两张，办事"),
        Printed(30, 72, 9, "的群众连说没想到。"),
        Printed(48, 85, 9, "下一步仍要努力。"),
    ]
    assert text_of(page) == (
        "　　渠水流到田头见了收成，\n\n　　窗口的同志把表格由七张减为两张，"
        "办事的群众连说没想到。\n\n　　下一步仍要努力。\n\n"
    )


def test_letters_are_spaced_as_they_are_printed() -> None:
    page = [
        Printed(30, 20, 9, "依托 5G 网络 Smart City 平台"),
        Printed(30, 53, 9, "办理时限由15天缩短"),
    ]
    assert text_of(page) == "依托 5G 网络 Smart City 平台\n\n办理时限由15天缩短\n\n"


def test_every_printed_line_has_its_place() -> None:
    lines = printed()
    text, places = lay_down([Sheet(3, glyphs_of(lines))])
    by_words = {"".join(line.text.split()): line for line in lines}
    assert len(places) == len(lines)
    for place in places:
        line = by_words["".join(text[place.start : place.end].split())]
        assert place.page == 3
        assert abs(place.left - line.left) < 0.1
        assert abs(place.top - line.top) < 0.1
        assert abs(place.bottom - place.top - line.size) < 0.2
    assert "".join(text.split()) == "".join(as_text().split())


def test_pages_follow_each_other() -> None:
    assert text_of(column(30, 30, "一版", 3), column(30, 30, "二版", 3)).index("二版") > 0


def test_letters_that_do_not_stand_upright_come_last_and_are_not_lost() -> None:
    text, places = lay_down([Sheet(1, glyphs_of(column(30, 30, "正文", 2)), "内部资料")])
    assert text.endswith("\n\n内部资料\n\n")
    assert len(places) == 2


def test_a_line_spread_to_fill_its_column_has_no_spaces_in_it() -> None:
    spread = [Printed(30 + 12.5 * n, 20, 9, char) for n, char in enumerate("渠水流到田头")]
    assert text_of(spread) == "渠水流到田头\n\n"


def test_a_narrow_space_between_the_halves_of_a_heading_is_a_space() -> None:
    page = [Printed(30, 20, 20, "长桌摆到渠边"), Printed(154.4, 20, 20, "心事化成好事")]
    assert text_of(page) == "长桌摆到渠边 心事化成好事\n\n"


def test_a_line_that_closes_the_gutters_close_above_the_columns_is_read_before_them() -> None:
    page = [Printed(120, 46, 9, "本报记者柏小舟文齐方圆摄影报道者")]
    for part in range(3):
        page += column(30 + 105 * part, 60, f"文{'东南西'[part]}", 8)
    assert in_order(text_of(page), "本报记者", "文东", "文南", "文西")


def test_a_subtitle_no_wider_than_the_middle_column_is_read_before_the_first() -> None:
    page = [Printed(140, 28, 12, "摘编在此"), Printed(148, 44, 9, "本报记者")]
    for part in range(3):
        page += column(30 + 105 * part, 60, f"文{'东南西'[part]}", 8)
    assert in_order(text_of(page), "摘编在此", "本报记者", "文东", "文南", "文西")
