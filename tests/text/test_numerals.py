"""Chinese numerals."""

import pytest

from speeches.text.numerals import read_number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("23", 23),
        ("２３", 23),
        ("十", 10),
        ("十二", 12),
        ("二十", 20),
        ("廿三", 23),
        ("卅", 30),
        ("二〇二四", 2024),
        ("一百零五", 105),
        ("三千二百", 3200),
        ("", None),
        ("几", None),
        ("-3", None),
    ],
)
def test_numbers_are_read_in_every_way_they_are_written(text: str, number: int | None) -> None:
    assert read_number(text) == number
