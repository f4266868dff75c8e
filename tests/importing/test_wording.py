"""What an editor did, in one line of Chinese."""

from typing import Any

import pytest

from speeches.importing.revising import apply
from speeches.importing.wording import in_words
from tests.importing.revisable import FIRST, SOURCE


def piece(words: str) -> str:
    return next(one for one, held in FIRST["pieces"].items() if words in held["text"])


LAST, BEFORE, OTHER = piece("去年共开展"), piece("我们坚持"), piece("民营企业")


TAIL = "“去年共开展协商活动120次，解决问题80…”"
ELSE = "“民营企业是经济发展的重要力量。建议进一步…”"
FRONT = "“我们坚持党建引领，建好每一个党支部。我们…”"


@pytest.mark.parametrize(
    ("step", "told"),
    [
        (
            {"do": "move", "piece": LAST, "to": "body-2"},
            f"把{TAIL}移到第 2 篇发言的正文",
        ),
        (
            {"do": "move", "piece": LAST, "to": "body-2", "before": OTHER},
            f"把{TAIL}移到第 2 篇发言的正文，排在{ELSE}之前",
        ),
        (
            {"do": "move", "piece": LAST, "to": "introduction"},
            f"把{TAIL}移到导语",
        ),
        (
            {"do": "shift", "piece": LAST, "by": -1},
            f"把{TAIL}上移一段",
        ),
        (
            {"do": "drop", "piece": LAST, "reason": "repeat"},
            f"把{TAIL}剔除（重复）",
        ),
        (
            {"do": "split", "piece": LAST, "at": 14},
            f"把{TAIL}从“解决问题80件。”起拆成两段",
        ),
        (
            {"do": "join", "piece": BEFORE},
            f"把{FRONT}与{TAIL}合并",
        ),
        (
            {"do": "head", "piece": LAST},
            f"把{TAIL}设为第 1 篇发言的标题",
        ),
        (
            {"do": "sign", "piece": OTHER},
            f"把{ELSE}设为第 2 篇发言的署名行",
        ),
        ({"do": "begin", "piece": LAST}, f"从{TAIL}起另起一篇"),
        (
            {"do": "begin", "piece": LAST, "as": "heading"},
            f"以{TAIL}为标题另起一篇",
        ),
        ({"do": "merge", "remark": 2}, "把第 2 篇发言并入上一篇"),
        (
            {
                "do": "describe",
                "remark": 2,
                "speaker": "李亮",
                "post": "副主席",
                "district": "甲区",
            },
            "修改第 2 篇发言的发言人（“李明”改为“李亮”）、区县（“”改为“甲区”）",
        ),
        (
            {"do": "describe-meeting", "held_on": "2024-08-14"},
            "修改会议的会议日期（“2024-08-13”改为“2024-08-14”）",
        ),
        (
            {
                "do": "names",
                "names": [
                    {"remark": 2, "kind": "unit", "name": "市工商联", "decision": "new", "id": 0},
                    {"remark": 2, "kind": "person", "name": "李明", "decision": "link", "id": 7},
                ],
            },
            "第 2 篇发言的单位“市工商联”建档；第 2 篇发言的发言人“李明”关联已有的档案",
        ),
        (
            {"do": "bring-back", "piece": piece("责任编辑"), "remark_id": 1},
            "把“责任编辑：王越”取回到已建立的发言",
        ),
    ],
)
def test_a_step_is_told_with_its_passage_and_where_it_went(step: dict[str, Any], told: str) -> None:
    apply(FIRST, step, SOURCE)

    assert in_words(step, FIRST) == told


def test_a_settled_doubt_is_told_in_its_own_words() -> None:
    notice = {"code": "no-text", "message": "没有正文。", "settled": False}
    doubted = {**FIRST, "notices": [notice]}

    assert in_words({"do": "settle", "notice": 0}, doubted) == "核对了版面的疑点：没有正文。"  # type: ignore[arg-type]


def test_many_names_are_counted() -> None:
    one = {"remark": 1, "kind": "unit", "name": "阿城区政协党组", "decision": "new", "id": 0}

    told = in_words({"do": "names", "names": [one] * 12}, FIRST)

    assert told.count("阿城区政协党组") == 3
    assert told.endswith("等 12 个")
