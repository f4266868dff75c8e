"""Passages that stand on a page twice, but for a character or two."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from speeches.importing import Draft, import_page, report_of
from speeches.importing.near_copies import SHORTEST, find_nearly

PASSAGE = "委员轮流值守群众随时可以进门说事办结情况按月张榜公布大家都说好"
HAN = st.text(alphabet="东岭西川南坪北河中原上泽下湾", min_size=SHORTEST, max_size=60)

PAGE = """以协商聚共识 以履职促发展

—市政协基层协商工作座谈会发言摘编

5月23日，市政协基层协商工作座谈会召开。现将发言摘编如下。

把协商平台建到群众身边

东岭县政协党组

近年来，东岭县政协党组坚持把协商的桌子搬到村口，把履职的脚步迈向田间，民生实事一件件落地。

突出平台建设，建好协商阵地。全县建起三十二个协商议事室，委员轮流值守，群众随时可以

进门说事，收到的意见有人记、有人办，办结情况张榜公布，村里人都说这间屋子管用。

{copy}

让提案成为民意的通道

西川区政协主席 李禾川

提案是委员履职的重要方式。西川区政协坚持提案不在多而在精，组织委员深入社区开展调研。

强化提案督办，做到件件有回音。建立主席会议成员领衔督办制度，重点提案一盯到底。
"""
TAIL = "进门说事，收到的意见有人记、有人办，办结情况张榜公布，村里人都说这间屋子管用。"


def read(copy: str) -> Draft:
    return import_page(PAGE.format(copy=copy).encode(), name="page.txt")


def codes(draft: Draft) -> list[str]:
    return [notice.code for remark in draft.remarks for notice in remark.notices]


@pytest.mark.parametrize(
    "copy",
    [
        TAIL.replace("屋子", "房子"),
        TAIL.replace("都说这", "说这"),
        TAIL.replace("有人办", "有有人办"),
        TAIL.replace("进门", "近门"),
    ],
)
def test_a_copy_with_a_slip_is_set_aside_and_the_editor_is_told(copy: str) -> None:
    draft = read(copy)

    assert len(draft.remarks[0].paragraphs) == 2
    assert [entry.reason for entry in draft.set_aside] == ["repeat"]
    assert codes(draft) == ["copies-differ"]
    signs = [
        sign["sign"]
        for one in report_of(draft)["evidence"]
        for sign in one["signs"]
        if one["decision"] == "repeat"
    ]
    assert "nearly-the-same" in signs


def test_a_copy_without_a_slip_is_no_doubt() -> None:
    assert codes(read(TAIL)) == []


@pytest.mark.parametrize(
    "copy",
    [
        # Too much is different, or a figure is: two things are said.
        TAIL.replace("村里人都说", "村外的人也说"),
        "第二年收到意见三百多条，件件有人记、有人办，办结情况张榜公布，村里人都说这间屋子管用。",
    ],
)
def test_a_sentence_that_says_something_else_stays(copy: str) -> None:
    draft = read(copy)

    assert not draft.set_aside
    assert len(draft.remarks[0].paragraphs) == 3


def test_two_sentences_that_differ_in_a_number_are_two() -> None:
    one = "今年以来全县新建协商议事室三个群众反映的难题一半以上当场就办结了"
    other = one.replace("三个", "五个")

    assert find_nearly(one, other, 0, 0) is None
    assert find_nearly(one, one.replace("难题", "问题"), 0, 0) == (0, len(one))


@given(HAN, st.integers(0, 59), st.sampled_from(("change", "drop", "add")), HAN, HAN)
def test_one_slip_anywhere_is_found(
    passage: str, place: int, slip: str, before: str, behind: str
) -> None:
    at = place % len(passage)
    slipped = {
        "change": passage[:at] + "错" + passage[at + 1 :],
        "drop": passage[:at] + passage[at + 1 :],
        "add": passage[:at] + "错" + passage[at:],
    }[slip]
    # An anchor that the slip has spared, as copies.py finds it.
    offset = 0 if at >= len(passage) // 2 else len(passage) - 6
    moved = offset + len(slipped) - len(passage) if offset else 0

    assume(passage not in before + slipped + behind)

    found = find_nearly(passage, before + slipped + behind, len(before) + moved, offset)

    assert found is not None
    start, end = found
    assert abs((end - start) - len(passage)) <= 2


@given(HAN, HAN)
def test_what_is_found_is_never_more_than_two_slips_longer(passage: str, text: str) -> None:
    found = find_nearly(passage, text, 0, 0)

    if found is not None:
        assert abs((found[1] - found[0]) - len(passage)) <= 2


def test_a_passage_that_stands_there_as_it_is_is_no_near_copy() -> None:
    assert find_nearly(PASSAGE, "前面" + PASSAGE + "后面", 2, 0) is None
