"""Where sentences begin and end."""

import pytest

from speeches.text.sentences import (
    closes_what_it_did_not_open,
    ends_clause,
    ends_sentence,
    leaves_open,
    split_sentences,
    starts_with_enumerator,
)


@pytest.mark.parametrize(
    "text", ["渠修好了。", "渠修好了。”", "行吗？", "修渠……", "好！》", "渠修好了 。"]
)
def test_a_full_stop_ends_a_sentence_whatever_closes_behind_it(text: str) -> None:
    assert ends_sentence(text)


@pytest.mark.parametrize("text", ["渠修", "渠修好了，", "“老渠”", "修好了：", "修渠；"])
def test_without_full_stop_a_sentence_is_open(text: str) -> None:
    assert not ends_sentence(text)


def test_a_colon_or_semicolon_ends_a_clause() -> None:
    assert ends_clause("建议如下:")
    assert ends_clause("修渠；")
    assert not ends_clause("修渠，")


@pytest.mark.parametrize(
    "text", ["一是修渠", "二、修渠", "（三）修渠", "4.修渠", "第一，修渠", "首先要修渠", "①修渠"]
)
def test_items_of_lists_are_known_by_their_numbers(text: str) -> None:
    assert starts_with_enumerator(text)


@pytest.mark.parametrize("text", ["一座桥", "3.5万亩", "十里长渠", "最近修渠"])
def test_numbers_of_things_are_no_items(text: str) -> None:
    assert not starts_with_enumerator(text)


def test_sentences_keep_their_closing_marks() -> None:
    assert split_sentences("他说：“好。”渠成了。再看") == ["他说：“好。”", "渠成了。", "再看"]


def test_quotation_marks_tell_of_a_cut_on_either_side() -> None:
    assert closes_what_it_did_not_open("渠”的标准")
    assert leaves_open("坚持“修好")
    assert not closes_what_it_did_not_open("“渠”")
    assert not leaves_open("“渠”(好)")
