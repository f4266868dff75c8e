"""A source page's typography becomes a newspaper's; its words stay."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from speeches.text.characters import compact
from speeches.text.typography import tidy

CHARS = (
    "山河春风学习。，、；：？！“”《》（）,;:?!() \u3000\u2003ABCxyz０１２３"
    "Ａ9.%％-/@\u200b\u00ad\x07"
)


@pytest.mark.parametrize(
    ("printed", "wanted"),
    [
        ("修渠三条,植树一片;再说", "修渠三条，植树一片；再说"),
        ("他问:行吗?行!", "他问：行吗？行！"),
        ("首台(套)装备", "首台（套）装备"),
        ("人工智能(AI)进村", "人工智能（AI）进村"),
        ("第 3 期共 12 人", "第3期共12人"),
        ("增长 6.5% ,超过预期", "增长6.5%，超过预期"),
        ("投资１，２００元", "投资1，200元"),
        ("投资1,200元", "投资1,200元"),
        ("会议8:30开始", "会议8:30开始"),
        ("会议８：３０开始", "会议8:30开始"),
        ("建成5G基站", "建成5G基站"),
        ("用 WiFi 上网", "用WiFi上网"),
        ("见www.linjiang.example,电话另询", "见www.linjiang.example，电话另询"),
        ("登录 http://a.example/x?y=1:2 查询", "登录http://a.example/x?y=1:2查询"),
        ("He said: well, (so) be it!", "He said: well, (so) be it!"),
        ("修好水渠\u3000种好果树", "修好水渠 种好果树"),
        ("“ 老槐树下”", "“老槐树下”"),
        ("说完。 散会", "说完。散会"),
        ("灌\u00ad溉\u200b渠\x07", "灌溉渠"),
        ("  ", ""),
    ],
)
def test_marks_spaces_and_widths_follow_the_newspaper(printed: str, wanted: str) -> None:
    assert tidy(printed) == wanted


@given(st.text(alphabet=CHARS, max_size=60))
def test_tidy_text_is_left_alone(text: str) -> None:
    assert tidy(tidy(text)) == tidy(text)


@given(st.text(alphabet=CHARS, max_size=60) | st.text(max_size=40))
def test_no_letter_and_no_mark_is_lost_or_made_up(text: str) -> None:
    assert compact(tidy(text)) == compact(text)


@given(st.text(max_size=40))
def test_any_text_is_tidied_once_for_all(text: str) -> None:
    assert tidy(tidy(text)) == tidy(text)
