"""Lead phrases: found where short parallel sentences open paragraphs, and nowhere else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from speeches.text.leads import lead_phrases, with_leads

REST = "全年召开协商会十一次，提出建议四十二条，大多已经落实，群众看得见、摸得着。" * 2
OPENING = "近年来，阿城区政协党组坚持把协商的桌子摆到街巷里，取得了一些成效。"


def leads_of(*openings: str) -> list[str]:
    """Return the leads of a remark whose paragraphs open so, after a usual first paragraph."""
    first, *rest = lead_phrases([OPENING + REST, *(opening + REST for opening in openings)])
    assert first == ""
    return rest


@pytest.mark.parametrize(
    "openings",
    [
        # The same first character of a clause.
        [
            "强化理论武装有态度，把牢履职“方向盘”抓站位。",
            "强化政治建设有高度，画好凝聚“同心圆”抓引领。",
        ],
        # The same last character of a clause, whatever marks stand round it.
        ["强化政治引领，搭建思想“连心桥”。", "落实“两个全覆盖”，搭建组织“连心桥”。"],
        # First clauses of one length.
        ["前移关口，让选题更接地气。", "用活数字，促过程透明。"],
        # A list.
        ["一是推进节能降碳。", "二是聚力污染防治，让蓝天碧水常在。"],
    ],
)
def test_parallel_openings_are_leads(openings: list[str]) -> None:
    assert leads_of(*openings) == openings


def test_an_opening_of_another_form_joins_leads_with_as_many_clauses() -> None:
    openings = [
        "畅通融资渠道，引金融活水润实体。",
        "强化法治保障，护航民营经济行稳致远。",
        "当好企业“娘家人”，助力营商环境再优化。",
    ]

    assert leads_of(*openings) == openings


@pytest.mark.parametrize(
    "openings",
    [
        # Alone.
        ["强化理论武装有态度，把牢履职“方向盘”抓站位。"],
        # Unlike each other.
        ["创新要宽容失败，不能让科研人员既流汗又流泪。", "办好家门口的学校，让孩子上好学。"],
        # One clause: an ordinary sentence.
        ["这是大家的心声。", "这是委员的职责。"],
        # Too long to be a heading.
        ["把" + "做好" * 20 + "，把事办实。", "把" + "写好" * 20 + "，把事办好。"],
        # Too short.
        ["好，好。", "行，行。"],
        # A question is no heading.
        ["老楼要不要装电梯，谁来出钱？", "老街要不要铺石板，谁来出力？"],
        # A list of one.
        ["一是推进节能降碳，走好绿色转型路。", "今后，继续努力。"],
    ],
)
def test_other_openings_are_text(openings: list[str]) -> None:
    assert leads_of(*openings) == [""] * len(openings)


def test_a_paragraph_that_is_hardly_more_than_its_first_sentence_has_no_lead() -> None:
    paragraphs = ["前移关口，让选题更接地气。就这样。", "搭好台子，让办理更聚合力。就这样。"]

    assert lead_phrases([OPENING, *paragraphs]) == ["", "", ""]


def test_the_first_paragraph_needs_more_than_one_of_its_form() -> None:
    two = ["五常因稻而名，也因稻而兴。", "盯住土壤文章，也让耕地更有劲。"]
    three = [*two, "盯住品牌文章，也让好米卖好价。"]

    assert lead_phrases([opening + REST for opening in two])[0] == ""
    assert lead_phrases([opening + REST for opening in three]) == three


def test_leads_are_marked_in_paragraphs_of_the_body() -> None:
    body = [
        f"<p>{OPENING}</p>",
        f"<p>前移关口，让选题&amp;办理接地气。{REST}</p>",
        f"<p>搭好台子，让办理更聚合力。<em>{REST}</em></p>",
        "<h2>结语</h2>",
    ]

    assert with_leads(body) == [
        body[0],
        f'<p><b class="lead">前移关口，让选题&amp;办理接地气。</b>{REST}</p>',
        f'<p><b class="lead">搭好台子，让办理更聚合力。</b><em>{REST}</em></p>',
        body[3],
    ]


def test_what_an_editor_has_marked_stays_as_it_is() -> None:
    body = [
        f"<p>{OPENING}</p>",
        f"<p><strong>前移关口</strong>，让选题接地气。{REST}</p>",
        f"<p>搭好台子，让办理更聚合力。{REST}</p>",
    ]

    assert with_leads(body)[1] == body[1]


@given(st.lists(st.text(alphabet="强化一二是、，。；“”有度高<&a ", max_size=60), max_size=8))
def test_a_lead_is_the_beginning_of_its_paragraph(paragraphs: list[str]) -> None:
    for paragraph, lead in zip(paragraphs, lead_phrases(paragraphs), strict=True):
        assert paragraph.startswith(lead)
