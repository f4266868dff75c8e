"""Does a text begin in mid-sentence?"""

import pytest

from speeches.importing.openings import WORTH_A_LOOK, signs_of_a_lost_opening
from speeches.importing.signs import Clue, total


def lost_opening(
    text: str, *, indented: bool = False, page_indents: bool = False, names: tuple[str, ...] = ()
) -> float:
    signs = signs_of_a_lost_opening(text, indented=indented, page_indents=page_indents, names=names)
    return total(signs)


@pytest.mark.parametrize(
    "text", ["的水渠修到了田头。", "水”的老规矩。", "成效。大家都说好。", "，渠修好了。"]
)
def test_a_lost_opening_shows(text: str) -> None:
    assert lost_opening(text) >= WORTH_A_LOOK


@pytest.mark.parametrize(
    "text",
    [
        "近年来，渠修到了田头。",
        "一是修渠。",
        "我们商量着办。",
    ],
)
def test_the_usual_openings_are_whole(text: str) -> None:
    assert lost_opening(text) < WORTH_A_LOOK


def test_a_remark_that_opens_with_its_unit_is_whole_and_one_with_half_of_it_is_not() -> None:
    names = ("青溪县政协",)
    whole = lost_opening("青溪县政协修渠。", names=names)
    half = lost_opening("溪县政协修渠引水。", names=names)
    assert whole < WORTH_A_LOOK <= half


def test_on_a_page_that_indents_its_paragraphs_the_indent_decides() -> None:
    assert lost_opening("的渠。", indented=True, page_indents=True) < WORTH_A_LOOK
    assert lost_opening("近年来", indented=False, page_indents=True) >= WORTH_A_LOOK


def test_the_signs_of_a_lost_opening_have_names() -> None:
    signs = signs_of_a_lost_opening("成效。大家都说好。", indented=False, page_indents=False)

    assert [sign.clue for sign in signs] == [Clue.NO_USUAL_OPENING, Clue.VERY_SHORT_SENTENCE]


@pytest.mark.parametrize(
    ("text", "heading"),
    [
        ("果园是山村的命根子，也是群众增收的指望。", ""),
        ("水清了，岸绿了，管护的账还要细算。", ""),
        ("夜校开在粮仓里，听课的人挤满了过道。", "夜校灯光照亮乡村路"),
        ("青溪地处山区，村屯分散。", ""),
        ("两年前，村里的水渠还是断头沟。", ""),
    ],
)
def test_unusual_openings_with_a_subject_of_their_own_are_whole(text: str, heading: str) -> None:
    signs = signs_of_a_lost_opening(
        text, indented=False, page_indents=False, names=("青溪县政协",), heading=heading
    )
    assert total(signs) < WORTH_A_LOOK


@pytest.mark.parametrize("text", ["和务实的作风。大家都说好。", "员是村里的能人，会修渠。"])
def test_the_subject_of_a_sentence_does_not_outweigh_a_cut_word(text: str) -> None:
    signs = signs_of_a_lost_opening(
        text, indented=False, page_indents=False, heading="和谐的村庄 员工的家"
    )
    assert total(signs) >= WORTH_A_LOOK
