"""The whole import: what holds for every page."""

import datetime
import json
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from speeches.importing import (
    Draft,
    ImportRefused,
    KnownNames,
    NotADigest,
    UnreadableSource,
    import_page,
    report_of,
)

pytestmark = pytest.mark.slow

PAGE = """同坐一条板凳

——全市协商工作现场会发言摘编

■本报记者 李河/文 赵田/摄

12月20日，全市协商工作现场会在临江召开，与会同志交流了修渠补路的体会，现将发言刊发如下。

疏通断头渠 浇灌万亩田

青溪县政协主席 王小满

近年来，青溪县政协把长桌搬到渠边，淤堵的地方逐段标在图上，再分给各组清理。

擦亮老街金招牌

市政协提案委员会

今年以来，市政协提案委员会请老匠人把手艺写成讲义，冬闲时节在粮仓里开课。
"""


def count_non_space(text: str) -> int:
    return sum(1 for char in text if not char.isspace())


def _assert_accounted(draft: Draft) -> None:
    """N = P + S, nothing lost, every entry exact and none of them twice."""
    coverage, text = draft.coverage, draft.source.text
    assert coverage.lost == 0
    assert coverage.characters == count_non_space(text)
    assert coverage.characters == coverage.placed + coverage.set_aside
    assert coverage.set_aside == sum(count_non_space(one.text) for one in draft.set_aside)
    last = 0
    for one in draft.set_aside:
        assert last <= one.start < one.end <= len(text)
        assert text[one.start : one.end] == one.text
        last = one.end


def test_a_clean_page_is_read_completely() -> None:
    draft = import_page(PAGE.encode(), name="page.txt")
    report = report_of(draft)
    assert report["meeting"]["title"] == "同坐一条板凳"
    assert report["meeting"]["name"] == "全市协商工作现场会"
    assert report["meeting"]["held_on"] is None
    assert report["meeting"]["held_on_text"] == "12月20日"
    assert [(r["heading"], r["unit"], r["post"], r["speaker"]) for r in report["remarks"]] == [
        ("疏通断头渠 浇灌万亩田", "青溪县政协", "主席", "王小满"),
        ("擦亮老街金招牌", "市政协提案委员会", "", ""),
    ]
    assert report["remarks"][0]["district"] == "青溪县"
    assert report["set_aside"] == []
    _assert_accounted(draft)
    assert json.loads(json.dumps(report)) == report


def test_the_issue_s_date_gives_the_meeting_its_year() -> None:
    draft = import_page(PAGE.encode(), name="p", published=datetime.date(2024, 1, 3))
    assert draft.meeting.held_on == datetime.date(2023, 12, 20)
    assert draft.meeting.held_until == datetime.date(2023, 12, 20)


def test_a_date_in_the_page_s_head_does_so_too() -> None:
    draft = import_page(("2024年1月3日 第四版\n\n" + PAGE).encode(), name="p")
    assert draft.meeting.held_on == datetime.date(2023, 12, 20)


def test_known_units_are_found_where_their_shape_tells_nothing() -> None:
    page = PAGE.replace("市政协提案委员会\n", "槐树湾议事角\n")
    assert len(import_page(page.encode(), name="p").remarks) == 1
    known = KnownNames(units=("槐树湾议事角",))
    assert len(import_page(page.encode(), name="p", known=known).remarks) == 2


def test_a_single_remark_without_headline_is_a_page_too() -> None:
    page = "青溪县政协主席 王小满\n\n近年来，青溪县政协把长桌搬到渠边，淤堵的地方逐段标在图上。\n"
    draft = import_page(page.encode(), name="p")
    assert [remark.speaker for remark in draft.remarks] == ["王小满"]
    assert draft.meeting.title.text == ""
    assert "no-title" in {notice.code for notice in draft.notices}


def test_a_remark_without_the_heading_that_the_others_have_is_pointed_out() -> None:
    more = (
        "\n\n念好山字经\n\n白石县政协主席 赵一\n\n白石县政协种茶，茶园旁边建起展示馆，"
        "客商边喝边谈。\n"
    )
    page = (PAGE + more).replace("擦亮老街金招牌\n\n", "")
    draft = import_page(page.encode(), name="p")
    assert [notice.code for notice in draft.remarks[1].notices] == ["uncertain-heading"]


def test_a_text_without_remarks_is_refused() -> None:
    with pytest.raises(NotADigest) as refusal:
        import_page("渠水流到田头，果园里摆开长桌。\n\n散会。".encode(), name="p")
    assert str(refusal.value).endswith("。")


def test_no_bytes_are_refused() -> None:
    with pytest.raises(UnreadableSource):
        import_page(b"", name="p")


LINES = st.lists(
    st.sampled_from(
        [
            "青溪县政协主席 王小满",
            "市政协提案委员会",
            "疏通断头渠 浇灌万亩田",
            "擦亮老街金招牌",
            "（下转第三版）",
            "上接第二版",
            "责任编辑：方圆",
            "现场会会场。",
            "——全市协商工作现场会发言摘编",
            "■本报记者 李河/文",
            "\u200b",
            "\u3000\u3000",
            "",
            "",
        ]
    )
    | st.text(alphabet="渠水田埂山河树，。、：“”（）1２a \u3000\u00ad\x07", max_size=40),
    max_size=30,
)


@settings(deadline=None, max_examples=150)
@given(LINES, st.sampled_from(["\n", "\r\n", "\n\n"]))
def test_of_lines_in_any_order_nothing_is_lost(lines: list[str], end: str) -> None:
    try:
        draft = import_page(end.join(lines).encode(), name="p")
    except ImportRefused:
        return
    _assert_accounted(draft)
    json.dumps(report_of(draft))


@settings(deadline=None, max_examples=150)
@given(st.binary(max_size=400) | st.text(max_size=200).map(str.encode))
def test_any_bytes_give_a_draft_or_a_refusal(data: bytes) -> None:
    try:
        draft = import_page(data, name="p")
    except ImportRefused as refusal:
        assert "\n" not in str(refusal)
        return
    _assert_accounted(draft)


@pytest.mark.parametrize(
    "body",
    [
        "".join(
            f"第{n}次议事，渠边的长桌又摆了{n * 7}回，大家谈到很晚才散。\n\n" for n in range(4000)
        ),
        "渠水流到田头，果园里摆开长桌。\n\n" * 4000,
        "渠" * 80000,
        "渠边的长桌又摆\n\n" * 6000,
    ],
    ids=["all different", "all alike", "one line", "all open"],
)
def test_a_page_far_too_long_takes_seconds(body: str) -> None:
    started = time.process_time()
    draft = import_page((PAGE + "\n\n" + body).encode(), name="p")
    assert draft.coverage.lost == 0
    assert time.process_time() - started < 10
