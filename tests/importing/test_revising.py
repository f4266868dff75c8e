"""Revising a draft: every step does one thing, and whatever is done, no character is lost."""

import json
from typing import Any

import pytest

from speeches.importing import report_of
from speeches.importing.accounting import report_of_arrangement
from speeches.importing.arrangement import Arrangement, text_of, texts_of
from speeches.importing.revising import apply, fold
from speeches.importing.steps import StepRefused
from tests.importing.revisable import DRAFT, FIRST, SOURCE, source_of

# Evidence belongs to the importer's decisions, not to the draft that editors revise.
REPORT = {name: part for name, part in report_of(DRAFT).items() if name != "evidence"}


def after(*steps: dict[str, Any]) -> Arrangement:
    return fold(FIRST, steps, SOURCE)


def piece(words: str, arrangement: Arrangement = FIRST) -> str:
    """Return the piece whose text holds these words."""
    return next(one for one, held in arrangement["pieces"].items() if words in held["text"])


def refused(step: dict[str, Any], words: str) -> None:
    with pytest.raises(StepRefused, match=words):
        apply(FIRST, step, SOURCE)


def test_the_first_arrangement_says_what_the_draft_says() -> None:
    kept = json.loads(json.dumps(FIRST))

    assert kept == FIRST
    assert report_of_arrangement(kept, SOURCE) == REPORT


def test_a_piece_goes_to_the_end_of_another_remark_or_in_front_of_a_piece() -> None:
    moved, other = piece("去年共开展"), piece("民营企业")

    at_the_end = after({"do": "move", "piece": moved, "to": "body-2"})
    in_front = after({"do": "move", "piece": moved, "to": "body-2", "before": other})

    assert at_the_end["places"]["body-2"][-1] == moved
    assert in_front["places"]["body-2"][:2] == [moved, other]
    assert moved not in at_the_end["places"]["body-1"]


def test_a_byline_that_is_none_takes_its_names_along() -> None:
    moved = after({"do": "move", "piece": piece("刘达齐"), "to": "introduction"})
    back = fold(moved, [{"do": "move", "piece": piece("刘达齐"), "to": "byline"}], SOURCE)

    assert moved["meeting"]["bylines"] == []
    assert back["meeting"]["bylines"] == FIRST["meeting"]["bylines"]


def test_what_is_dropped_is_set_aside_and_can_be_brought_back() -> None:
    one = piece("去年共开展")
    dropped = after({"do": "drop", "piece": one, "reason": "repeat"})
    report = report_of_arrangement(dropped, SOURCE)

    assert {"reason": "repeat", "text": "去年共开展协商活动 120 次,解决问题 80 件。"}.items() <= (
        report["set_aside"][0].items()
    )
    assert report["coverage"]["lost"] == 0
    back = fold(dropped, [{"do": "move", "piece": one, "to": "body-1"}], SOURCE)
    assert report_of_arrangement(back, SOURCE) == REPORT


def test_a_split_cuts_text_and_source_at_the_same_words() -> None:
    one = piece("去年共开展")
    text = FIRST["pieces"][one]["text"]
    split = after({"do": "split", "piece": one, "at": text.index("解决")})

    first, second = split["places"]["body-1"][-2:]
    assert split["pieces"][first]["text"] == "去年共开展协商活动120次，"
    assert split["pieces"][second]["text"] == "解决问题80件。"
    assert source_of(split, first).strip() == "去年共开展协商活动 120 次,"
    assert source_of(split, second) == "解决问题 80 件。"
    joined = fold(split, [{"do": "join", "piece": first}], SOURCE)
    assert report_of_arrangement(joined, SOURCE) == REPORT


def test_a_heading_of_two_lines_is_made_of_two_pieces() -> None:
    headed = after({"do": "head", "piece": piece("我们坚持党建引领")})

    assert text_of(headed, "heading-1").startswith("把好事办实 把实事办好 我们坚持党建引领")


def test_a_remark_that_was_missed_begins_where_the_editor_says() -> None:
    one = piece("去年共开展")
    text = after({"do": "begin", "piece": one})
    headed = after({"do": "begin", "piece": one, "as": "heading"})

    assert [remark["key"] for remark in text["remarks"]] == [1, 3, 2]
    assert texts_of(text, "body-3") == [FIRST["pieces"][one]["text"]]
    assert text_of(headed, "heading-3") == FIRST["pieces"][one]["text"]
    assert report_of_arrangement(text, SOURCE)["remarks"][1]["position"] == 2


def test_a_unit_line_is_read_as_the_importer_reads_it() -> None:
    merged = after({"do": "merge", "remark": 2})
    line = next(one for one, held in merged["pieces"].items() if "李明" in held["text"])
    signed = fold(
        merged,
        [
            {"do": "begin", "piece": piece("发挥优势"), "as": "heading"},
            {"do": "sign", "piece": line},
        ],
        SOURCE,
    )

    again = report_of_arrangement(signed, SOURCE)
    assert again["remarks"] == REPORT["remarks"]


def test_a_merged_remark_keeps_heading_and_unit_line_as_text() -> None:
    merged = after({"do": "merge", "remark": 2})

    assert len(merged["remarks"]) == 1
    assert texts_of(merged, "body-1")[2:4] == ["发挥优势 搭建平台", "□市工商联副主席 李明"]


def test_a_remark_is_described_in_an_editors_words() -> None:
    described = after(
        {"do": "describe", "remark": 2, "heading": "搭建平台", "speaker": "李明, 王芳"}
    )

    remark = report_of_arrangement(described, SOURCE)["remarks"][1]
    assert (remark["heading"], remark["speaker"]) == ("搭建平台", "李明、王芳")
    assert remark["post"] == "副主席"


def test_a_meeting_gets_a_title_and_a_day() -> None:
    described = after({"do": "describe-meeting", "title": "新标题", "held_on": "2024-08-13"})

    page = report_of_arrangement(described, SOURCE)["meeting"]
    assert (page["title"], page["held_on"]) == ("新标题", "2024-08-13")
    refused({"do": "describe-meeting", "held_on": "昨天"}, "年月日")


def test_a_settled_notice_is_a_warning_no_more() -> None:
    noticed: Arrangement = {
        **FIRST,
        "notices": [{"code": "no-year", "message": "没有年份。", "settled": False}],
    }
    settled = apply(noticed, {"do": "settle", "notice": 0}, SOURCE)

    assert report_of_arrangement(settled, SOURCE)["warnings"] == []
    with pytest.raises(StepRefused, match="核对过"):
        apply(settled, {"do": "settle", "notice": 0}, SOURCE)


def test_names_are_settled_one_by_one_and_a_later_word_replaces_the_first() -> None:
    link = {"remark": 2, "kind": "person", "name": "李明", "decision": "link", "id": 7}
    settled = after(
        {"do": "names", "names": [{**link, "decision": "new"}]},
        {"do": "names", "names": [link]},
    )

    assert settled["remarks"][1]["names"] == [
        {"kind": "person", "name": "李明", "decision": "link", "id": 7, "unit": 0}
    ]


def test_a_new_person_keeps_the_unit_that_was_named() -> None:
    new = {"remark": 2, "kind": "person", "name": "李明", "decision": "new", "id": 0, "unit": 5}

    settled = after({"do": "names", "names": [new]})

    assert settled["remarks"][1]["names"][0]["unit"] == 5
    refused({"do": "names", "names": [{**new, "unit": "甲"}]}, "选择这位发言人的单位")


def test_what_is_no_name_goes_back_to_the_post() -> None:
    name = {"remark": 2, "kind": "person", "name": "李明", "decision": "not-a-name", "id": 0}
    settled = after({"do": "names", "names": [name]})

    remark = report_of_arrangement(settled, SOURCE)["remarks"][1]
    assert (remark["post"], remark["speaker"]) == ("副主席李明", "")


@pytest.mark.parametrize(
    ("step", "words"),
    [
        ({"do": "fly"}, "没有这种操作"),
        ({"do": "move", "piece": "1", "to": "body-9"}, "已经不在了"),
        ({"do": "move", "piece": "999", "to": "body-1"}, "先选中"),
        ({"do": "drop", "piece": piece("民营企业"), "reason": ""}, "缘由"),
        ({"do": "drop", "piece": piece("责任编辑"), "reason": "repeat"}, "已经剔除"),
        ({"do": "split", "piece": piece("民营企业"), "at": 0}, "从段落中间"),
        ({"do": "split", "piece": piece("民营企业"), "at": 999}, "从段落中间"),
        ({"do": "join", "piece": piece("各级工商联")}, "没有可以合并"),
        ({"do": "join", "piece": piece("责任编辑")}, "取回"),
        ({"do": "shift", "piece": piece("民营企业"), "by": -1}, "最前或最后"),
        ({"do": "head", "piece": piece("8月13日")}, "发言里的段落"),
        ({"do": "begin", "piece": piece("刘达齐")}, "从导语或发言"),
        ({"do": "merge", "remark": 1}, "第一篇"),
        ({"do": "merge", "remark": 9}, "已经不在了"),
        ({"do": "describe", "remark": 1}, "没有改动"),
        ({"do": "describe", "remark": 1, "heading": " "}, "不能清空"),
        ({"do": "settle", "notice": 3}, "已经不在了"),
        ({"do": "names", "names": []}, "没有要核对"),
        ({"do": "names", "names": [{"remark": 2, "kind": "person", "name": "张三"}]}, "不在"),
        ({"do": "bring-back", "piece": "1", "remark_id": 1}, "已经取回"),
    ],
)
def test_a_step_that_does_not_fit_says_what_to_do(step: dict[str, Any], words: str) -> None:
    refused(step, words)
