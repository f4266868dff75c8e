"""Likeness of texts: what counts as nearly the same, and that sketches find it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from speeches.text.similarity import BANDS, NEAR, SHORTEST, likeness, runs, sketch, wording

HAN = st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5)
TEXTS = st.text(HAN, min_size=60, max_size=400)
OPENING = "阿城区政协坚持党建引领，把协商议事室建到居民家门口，去年开展协商活动一百二十次，"
REMARK = OPENING + (
    "解决停车难、加装电梯、飞线充电等问题八十件。我们建议进一步完善委员联系群众制度，推动协商向"
    "小区、楼院延伸，让群众在家门口就能说上话、办成事，把矛盾化解在萌芽状态。"
)
STOCK = "我们要坚持以习近平新时代中国特色社会主义思想为指导，深入贯彻落实党的二十大精神，"


def near(one: str, other: str) -> float:
    return likeness(runs(one), runs(other))


def found(one: str, other: str) -> bool:
    """Tell whether a search by sketches would come upon the other text."""
    return bool(set(sketch(runs(one))) & set(sketch(runs(other))))


def test_the_same_text_with_other_marks_and_spaces_is_the_same() -> None:
    other = REMARK.replace("，", ",").replace("。", "。\n ")

    assert near(REMARK, other) == 1
    assert sketch(runs(REMARK)) == sketch(runs(other))
    assert wording(REMARK) == wording(other)


@pytest.mark.parametrize(
    ("printed", "again"),
    [("八十", "九十"), ("家门口", "楼门口"), ("萌芽状态", "萌牙状态"), ("一百二十", "120")],
)
def test_a_character_or_two_do_not_make_another_remark(printed: str, again: str) -> None:
    other = REMARK.replace(printed, again)

    assert other != REMARK
    assert NEAR < near(REMARK, other) < 1
    assert found(REMARK, other)


def test_a_stock_phrase_does_not_make_two_remarks_one() -> None:
    one = STOCK + REMARK
    other = STOCK + (
        "民营企业是经济发展的重要力量。建议进一步优化营商环境，推动惠企政策直达快享，健全政企沟通"
        "机制，及时回应企业诉求，让企业家安心经营、放心投资、专心创业，在高质量发展中当好主力军。"
    )

    assert near(one, other) < NEAR / 2


def test_a_phrase_alone_is_too_short_to_be_known_by() -> None:
    phrase = "我们坚持党建引领。"

    assert runs(phrase) == frozenset()
    assert sketch(runs(phrase)) == ()
    assert near(phrase, phrase) == 0


@given(TEXTS)
def test_a_text_is_wholly_like_itself_and_its_sketch_is_always_the_same(text: str) -> None:
    assert near(text, text) == 1
    assert sketch(runs(text)) == sketch(runs(text))
    assert len(sketch(runs(text))) == BANDS


@given(TEXTS, TEXTS)
def test_likeness_has_no_direction_and_stays_between_none_and_all(one: str, other: str) -> None:
    assert near(one, other) == near(other, one)
    assert 0 <= near(one, other) <= 1


@given(st.text(max_size=80))
def test_any_text_whatever_has_a_sketch_that_fits_a_signed_column(text: str) -> None:
    bands = sketch(runs(text))

    assert len(bands) in (0, BANDS)
    assert all(-(2**63) <= band < 2**63 for band in bands)
    assert len(wording(text)) == 64


@given(TEXTS, st.data())
def test_two_changed_characters_are_found_and_near(text: str, data: st.DataObject) -> None:
    other = list(text)
    for _change in range(2):
        place = data.draw(st.integers(0, len(text) - 1))
        other[place] = data.draw(HAN)
    changed = "".join(other)

    # A made-up text of one repeated character has hardly any runs of its own.
    if len(runs(text)) >= len(text) - SHORTEST:
        assert near(text, changed) >= 0.5
        assert found(text, changed) or near(text, changed) < NEAR
