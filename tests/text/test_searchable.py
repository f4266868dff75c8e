"""One form for what readers take for the same word."""

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from speeches.text.pairs import pairs, phrase_pairs
from speeches.text.searchable import fold, fold_phrase, fold_with_places, form

ANY_TEXT = st.text(
    alphabet=st.one_of(
        st.characters(),
        st.sampled_from("两个確立，。 \n\r\tAａ１1①㎡é·İß臺灣著〇○零\u0301\u200b\ufe0f𠮷"),
    ),
    max_size=40,
)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("两个确立", "兩個確立"),
        ("５Ｇ基站", "5g 基站"),
        ("２０２３年", "2023 年"),
        ("二零二四年", "二○二四年"),
        ("“四个意识”、“四个自信”", "四个意识四个自信"),
        ("沿著", "沿着"),
        ("臺灣", "台湾"),
        ("衞生", "卫生"),
        ("Café", "CAFE"),
        ("cafe\u0301", "café"),
        ("㎡", "m2"),
        ("十\u200b四五", "十四五"),
        ("COVID-19", "covid 19"),
        ("葛\ufe00城", "葛城"),
    ],
)
def test_spellings_of_one_word_have_one_form(one: str, other: str) -> None:
    assert fold(one) == fold(other) != ""


@pytest.mark.parametrize(
    ("one", "other"),
    [("9.5", "95"), ("a b", "ab"), ("里", "理"), ("甲\n乙", "甲乙"), ("作", "做"), ("5 G", "5G")],
)
def test_what_differs_stays_apart(one: str, other: str) -> None:
    assert fold(one) != fold(other)


def test_a_phrase_is_one_line() -> None:
    assert fold_phrase("两个\n确立\u2028a\nb") == "两个确立a·b"
    assert fold_phrase("，。！") == ""


@given(ANY_TEXT)
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text).replace("·", ".")) == fold(text)


@given(ANY_TEXT)
def test_places_lead_back_to_the_characters_they_come_from(text: str) -> None:
    folded = fold_with_places(text)

    assert folded.text == fold(text)
    places = [folded.place(number) for number in range(len(folded.text))]
    assert places == sorted(places)
    for char, place in zip(folded.text, places, strict=True):
        if char != "·":
            assert char in fold(text[place])
    for start in range(len(folded.text)):
        begin, end = folded.span(start, len(folded.text))
        assert 0 <= begin < end <= len(text)


@given(ANY_TEXT, st.data())
def test_what_is_cut_out_of_a_text_folds_to_something_of_its_form(
    text: str, data: st.DataObject
) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    cut = text[start:end]

    assert all(line in fold(text) for line in fold(cut).split("\n"))


@given(st.text(alphabet=st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF), min_size=60))
def test_a_text_of_many_different_characters_is_folded_as_each_of_them_is(text: str) -> None:
    folded = fold_with_places(text)

    assert folded.text == fold(text) == "".join(fold(char) for char in text)
    assert [folded.place(number) for number in range(len(text))] == list(range(len(text)))


def test_the_form_of_any_character_is_its_own_form() -> None:
    # Every plane that has characters; between letters, so that what is left out is seen.
    every = "\n".join(f"甲{chr(code)}乙" for code in range(0x32000))

    assert fold(fold(every)) == fold(every)


def test_the_form_has_a_name() -> None:
    assert len(form()) == 16
    assert form() == form()


@given(st.text(alphabet="政协商ab1", min_size=2, max_size=12), st.data())
def test_a_phrase_stands_where_its_pairs_stand_one_behind_the_other(
    text: str, data: st.DataObject
) -> None:
    phrase = data.draw(st.text(alphabet="政协商ab1", min_size=2, max_size=4))
    tokens, wanted = list(pairs(text)), phrase_pairs(phrase)

    together = any(tokens[place : place + len(wanted)] == wanted for place in range(len(tokens)))

    assert together == (phrase in text)


def test_every_character_begins_a_token() -> None:
    assert list(pairs("两个确\n立")) == ["两个", "个确", "确", "立"]


@pytest.mark.slow
def test_a_program_that_folds_nothing_does_not_load_the_table() -> None:
    code = "import sys, speeches.text.searchable; sys.exit('opencc' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
