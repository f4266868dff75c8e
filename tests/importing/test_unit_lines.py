"""Unit, post and speaker in every form that newspapers print them in."""

import pytest

from speeches.importing.draft import KnownNames
from speeches.importing.unit_lines import ENOUGH, read_unit_line

NOBODY = KnownNames()


@pytest.mark.parametrize(
    ("line", "unit", "post", "speaker"),
    [
        ("青溪县政协党组", "青溪县政协党组", "", ""),
        ("青溪县政协主席 李长河", "青溪县政协", "主席", "李长河"),
        ("青溪县政协 主席 李长河", "青溪县政协", "主席", "李长河"),
        ("松涛区政协党组书记、主席 安 河", "松涛区政协", "党组书记、主席", "安河"),
        (
            "□ 市政协委员、晨曦乳业有限公司董事长 麦秋",
            "市政协",
            "委员、晨曦乳业有限公司董事长",
            "麦秋",
        ),
        ("●民盟市委会", "民盟市委会", "", ""),
        ("李长河（青溪县政协主席）", "青溪县政协", "主席", "李长河"),
        (
            "巴图·苏和（市政协委员、临江心理咨询中心主任）",
            "市政协",
            "委员、临江心理咨询中心主任",
            "巴图·苏和",
        ),
        ("欧阳雪 市政协提案委员会副主任", "市政协提案委员会", "副主任", "欧阳雪"),
        ("市政协委员 李长河 王小满", "市政协", "委员", "李长河、王小满"),
        ("李长河、王小满 市政协委员", "市政协", "委员", "李长河、王小满"),
        ("青溪县政协主席 李长河：", "青溪县政协", "主席", "李长河"),
        ("——市政协常委 王小满", "市政协", "常委", "王小满"),
        ("（青溪县政协主席 李长河）", "青溪县政协", "主席", "李长河"),
        ("市政协委员李长河", "市政协", "委员", "李长河"),
        ("青溪县政协党组书记、主席钱多", "青溪县政协", "党组书记、主席", "钱多"),
        ("市政协委员、青溪中学校长王小满", "市政协", "委员、青溪中学校长", "王小满"),
        ("市政协副主席艾力·热合曼", "市政协", "副主席", "艾力·热合曼"),
    ],
)
def test_every_usual_form_is_read(line: str, unit: str, post: str, speaker: str) -> None:
    found = read_unit_line(line, NOBODY)
    assert found is not None
    assert (found.unit, found.post, found.speaker) == (unit, post, speaker)
    assert found.strength >= ENOUGH


@pytest.mark.parametrize(
    "line",
    [
        "把议事桌搬进果园",
        "念好“山水经” 端稳“生态碗”",
        "加强基层党组织建设",
        "用好政协平台 服务中心大局",
        "青溪县政协主席李长河说，渠修好了。",
        "渠",
    ],
)
def test_headings_and_sentences_are_no_unit_lines(line: str) -> None:
    found = read_unit_line(line, NOBODY)
    assert found is None or found.strength < ENOUGH


def test_a_unit_that_the_newsroom_knows_is_recognised_in_any_shape() -> None:
    known = KnownNames(units=("槐树湾议事角",))
    found = read_unit_line("槐树湾议事角 李长河", known)
    assert found is not None
    assert (found.unit, found.speaker) == ("槐树湾议事角", "李长河")
