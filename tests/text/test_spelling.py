"""Spelling: pinyin in full, by initials and in part, with every reading of a character."""

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from speeches.text.spelling import FEWEST, MOST, Fit, Spelling, spelled


def fit(typed: str, name: str) -> Fit | None:
    letters = spelled(typed)
    return Spelling(letters).fit(name) if letters else None


@pytest.mark.parametrize(
    "typed",
    [
        "achengqu",
        "Acheng Qu",
        "a cheng qu",
        "ā chéng qū",
        "a1cheng2qu1",
        "a'cheng'qu",
        "ａｃｈｅｎｇｑｕ",
    ],
)
def test_a_name_is_spelled_with_or_without_spaces_and_tones(typed: str) -> None:
    assert fit(typed, "阿城区") is Fit.WHOLE


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("acq", Fit.INITIALS),
        ("a c q", Fit.INITIALS),
        ("ach", Fit.BEGINNING),
        ("acheng", Fit.BEGINNING),
        ("achq", Fit.INITIALS),
        ("achengq", Fit.BEGINNING),
        ("chengqu", Fit.INSIDE),
        ("cq", Fit.INSIDE),
        ("cheq", None),
        ("achengqua", None),
        ("xyz", None),
    ],
)
def test_part_of_a_name_fits_less_well(typed: str, expected: Fit | None) -> None:
    assert fit(typed, "阿城区") is expected


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("shanguoqiang", "单国强"),
        ("zengming", "曾明"),
        ("cengming", "曾明"),
        ("qiuyi", "仇一"),
        ("chongqing", "重庆"),
        ("lvmeng", "吕蒙"),
        ("lumeng", "吕蒙"),
        ("lyumeng", "吕蒙"),
        ("lü meng", "吕蒙"),
        ("xian", "西安"),
        ("xian", "先"),
        ("ouyangxiu", "歐陽修"),
        ("abudula", "阿卜杜拉"),
        ("abu", "阿·卜"),
        ("itgongsi", "IT公司"),
    ],
)
def test_every_reading_counts(typed: str, name: str) -> None:
    assert fit(typed, name) in (Fit.WHOLE, Fit.BEGINNING)


@pytest.mark.parametrize(
    "typed", ["", "a", "阿城", "acheng区", "2024", "a2b3c9", "a" * (MOST + 1), "x-y.z!?"]
)
def test_what_is_no_spelling_is_known(typed: str) -> None:
    assert spelled(typed) in ("", "xyz")


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyz' āǚ1-·", max_size=80), st.text(max_size=12))
def test_nothing_odd_raises(typed: str, name: str) -> None:
    letters = spelled(typed)
    assert letters == "" or FEWEST <= len(letters) <= MOST
    if letters:
        Spelling(letters).fit(name)


def test_characters_load_no_table_of_readings() -> None:
    """The table of readings takes thirteen megabytes of every process that loads it."""
    code = (
        "import sys; from speeches.text.spelling import spelled; spelled('阿城区'); "
        "sys.exit('pypinyin' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
