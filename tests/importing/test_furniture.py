"""What belongs to the page and not to the text."""

import pytest

from speeches.importing.furniture import furniture_starts, is_furniture, is_turn_back
from speeches.importing.lines import read_lines


@pytest.mark.parametrize(
    "line",
    [
        "A4 要闻",
        "Ａ４ 要闻",
        "版次：04",
        "第四版",
        "4版 2023年12月5日 责任编辑：方圆",
        "2023年12月5日 星期二",
        "责任编辑：方圆",
        "责编：方圆 美编：齐正 校对：柏舟",
        "本版责编 方圆 版式设计 齐正",
        "电话：0400-5550123",
        "新闻热线:０４００-５５５０１８８",
        "网址：www.linjiang.example",
        "第 4 页 共 8 页",
        "- ３ -",
        "（下转第九版）",
        "上接第八版",
        "（上接1版）",
    ],
)
def test_the_lines_of_a_page_s_head_and_foot_are_furniture(line: str) -> None:
    assert is_furniture(line)


@pytest.mark.parametrize(
    "line",
    [
        "把议事桌搬进果园",
        "青溪县政协主席 李长河",
        "■本报记者 李河/文",
        "电话打到田头，问题当场解决。",
        "市政协编辑了一本村史。",
        "2023年12月5日，会议召开。",
        "校对水表 算清水账",
        "设计好每一条渠",
    ],
)
def test_text_is_no_furniture(line: str) -> None:
    assert not is_furniture(line)


def test_a_bare_number_is_a_page_number_only_where_it_stands_alone() -> None:
    alone, within = read_lines("渠修好了。\n\n12\n\n再修路。"), read_lines("会议开了\n12\n次才散。")
    assert furniture_starts(alone) == {alone[1].start}
    assert furniture_starts(within) == set()


def test_only_the_sign_of_coming_from_another_page_turns_back() -> None:
    assert is_turn_back("（上接第三版）")
    assert not is_turn_back("（下转第三版）")
