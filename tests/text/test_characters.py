"""Letters for comparison, and what counts as invisible."""

from speeches.text.characters import (
    compact,
    is_han,
    is_invisible,
    letters,
)


def test_copies_that_differ_in_marks_spaces_and_widths_have_the_same_letters() -> None:
    assert letters("浇水３次,施肥。") == letters("浇水 3 次、施肥")


def test_soft_hyphens_and_control_characters_are_invisible_and_spaces_are_not() -> None:
    assert is_invisible("\u00ad")
    assert is_invisible("\x07")
    assert not is_invisible("\u3000")
    assert not is_invisible("\ue000")


def test_zero_as_newspapers_write_it_is_han() -> None:
    assert is_han("〇")
    assert not is_han("0")


def test_compact_text_has_no_spaces_and_half_width_marks() -> None:
    assert compact("版次：\u200b ０２") == "版次:02"
