"""Passages show where the words stand, at their place in the text as printed."""

from hypothesis import given
from hypothesis import strategies as st

from speeches.search.passages import hits_in, marked, passages
from speeches.text.searchable import fold_phrase

TEXTS = st.text(alphabet="两个确立確，。 \nab1９五", max_size=60)
PHRASES = st.lists(
    st.text(alphabet="两个确立ab1", min_size=1, max_size=3).map(fold_phrase).filter(bool),
    max_size=3,
)


def in_brackets(text: str, phrase: str, **limits: int) -> list[str]:
    return [
        ("…" if passage.cut_before else "")
        + "".join(f"[{s.text}]" if s.hit else s.text for s in passage.stretches)
        + ("…" if passage.cut_after else "")
        for passage in passages(text, [phrase], **limits)
    ]


def test_what_was_found_is_marked_as_it_is_printed() -> None:
    assert in_brackets("深刻领悟“兩個 確立”的意义", "两个确立") == ["深刻领悟“[兩個 確立]”的意义"]


def test_a_passage_begins_with_its_sentence_and_stays_in_its_paragraph() -> None:
    text = "前一段。\n第一句。第二句说到提法二字。还有一句。\n后一段提法。"

    assert in_brackets(text, "提法") == ["…第二句说到[提法]二字。还有一句。", "后一段[提法]。"]


def test_a_long_paragraph_is_cut_on_both_sides() -> None:
    text = "文" * 50 + "提法" + "字" * 50

    assert in_brackets(text, "提法", around=3) == ["…文文文[提法]字字字…"]


def test_near_hits_share_a_passage_and_the_number_is_limited() -> None:
    text = "提法和提法" + "文" * 100 + "提法" + "文" * 100 + "提法"

    shown = in_brackets(text, "提法", around=2, most=2)

    assert shown == ["[提法]和[提法]文文…", "…文文[提法]文文…"]


def test_hits_that_touch_or_overlap_are_one() -> None:
    assert hits_in("两个两个两个", ["两个两", "个两"]) == [(0, 5)]


@given(TEXTS, PHRASES)
def test_stretches_are_the_text_itself(text: str, phrases: list[str]) -> None:
    assert "".join(stretch.text for stretch in marked(text, phrases)) == text
    for passage in passages(text, phrases, most=2, around=4):
        assert any(stretch.hit for stretch in passage.stretches)
        for stretch in passage.stretches:
            assert text[stretch.start : stretch.start + len(stretch.text)] == stretch.text
            assert stretch.text
    for start, end in hits_in(text, phrases):
        assert any(phrase in fold_phrase(text[start:end]) for phrase in phrases)
