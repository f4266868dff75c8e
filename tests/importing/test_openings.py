"""Does a text begin in mid-sentence?"""

import pytest

from speeches.importing.openings import WORTH_A_LOOK, mid_sentence_score


@pytest.mark.parametrize(
    "text", ["的水渠修到了田头。", "水”的老规矩。", "成效。大家都说好。", "，渠修好了。"]
)
def test_a_lost_opening_shows(text: str) -> None:
    assert mid_sentence_score(text, indented=False, page_indents=False) >= WORTH_A_LOOK


@pytest.mark.parametrize(
    "text",
    [
        "近年来，渠修到了田头。",
        "一是修渠。",
        "我们商量着办。",
    ],
)
def test_the_usual_openings_are_whole(text: str) -> None:
    assert mid_sentence_score(text, indented=False, page_indents=False) < WORTH_A_LOOK


def test_a_remark_that_opens_with_its_unit_is_whole_and_one_with_half_of_it_is_not() -> None:
    names = ("青溪县政协",)
    whole = mid_sentence_score("青溪县政协修渠。", indented=False, page_indents=False, names=names)
    half = mid_sentence_score("溪县政协修渠引水。", indented=False, page_indents=False, names=names)
    assert whole < WORTH_A_LOOK <= half


def test_on_a_page_that_indents_its_paragraphs_the_indent_decides() -> None:
    assert mid_sentence_score("的渠。", indented=True, page_indents=True) < WORTH_A_LOOK
    assert mid_sentence_score("近年来", indented=False, page_indents=True) >= WORTH_A_LOOK
