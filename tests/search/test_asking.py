"""What a reader types is always a question, and what was understood is said."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from speeches.search.asking import MOST_CHARACTERS, NAMES, WORDS, Asked, Note, Term, parse
from speeches.search.storage import Word
from speeches.search.wording import in_words
from speeches.text.searchable import GAP


def groups(typed: str) -> list[list[tuple[str, str]]]:
    return [[(term.about.value, term.phrase) for term in group] for group in parse(typed).groups]


def without(typed: str) -> list[tuple[str, str]]:
    return [(term.about.value, term.phrase) for term in parse(typed).without]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("协商　民主", [[("", "协商")], [("", "民主")]]),
        ("“协商 民主”", [[("", "协商民主")]]),
        ('"协商 民主', [[("", "协商民主")]]),
        ("甲乙 OR 丙丁 戊己", [[("", "甲乙"), ("", "丙丁")], [("", "戊己")]]),
        ("甲乙 或 单位:丙丁", [[("", "甲乙"), ("unit", "丙丁")]]),
        ("“或”", [[("", "或")]]),
        ("OR 甲乙 OR", [[("", "甲乙")]]),
        ("单位:阿城", [[("unit", "阿城")]]),
        ("单位：“阿城 区”", [[("unit", "阿城区")]]),
        ("UNIT: 阿城", [[("unit", "阿城")]]),
        ("发言人:李明 标题:好事", [[("people", "李明")], [("heading", "好事")]]),
        ("主题:党建 或 主题:经济", [[("theme", "党建"), ("theme", "经济")]]),
        ("主题:党建 OR 协商", [[("theme", "党建")], [("", "协商")]]),
        ("会议:座谈会 区县:香坊", [[("meeting", "座谈会")], [("district", "香坊")]]),
        ("COVID-19", [[("", f"covid{GAP}19")]]),
        ("不是字段:协商", [[("", "不是字段协商")]]),
        ("协商 协商", [[("", "协商")]]),
    ],
)
def test_the_language(typed: str, expected: list[list[tuple[str, str]]]) -> None:
    assert groups(typed) == expected


def test_what_is_not_wanted() -> None:
    assert without("协商 -草案 －单位:阿城 -“两 个”") == [
        ("", "草案"),
        ("unit", "阿城"),
        ("", "两个"),
    ]
    assert groups("协商 -草案") == [[("", "协商")]]


@pytest.mark.parametrize(
    ("typed", "years"),
    [
        ("年:2023", (2023, 2023)),
        ("年:2023年", (2023, 2023)),
        ("year:2023..2024", (2023, 2024)),
        ("年:2024至2023", (2023, 2024)),
        ("年份：２０２３..", (2023, 2200)),
        ("年:..2023", (1900, 2023)),
        ("年:20232024", None),
        ("年:去年", None),
        ("年:0001", None),
        ("年:", None),
    ],
)
def test_years(typed: str, years: tuple[int, int] | None) -> None:
    asked = parse(typed)

    assert [term.years for group in asked.groups for term in group] == ([years] if years else [])
    assert [note for note, _said in asked.notes] == ([] if years else [Note.NO_YEAR])


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("两个确立 单位:阿城 -草案", "查找含“两个确立”、单位含“阿城”、不含“草案”的发言。"),
        ("甲 或 标题:乙", "查找含“甲”或标题含“乙”的发言。"),
        ("年:2023..2024 -主题:党建", "查找属2023年至2024年、不属主题“党建”的发言。"),
        ("年:..2023 年:2024..", "查找属2023年及以前、属2024年及以后的发言。"),
        ("！！！", "没有可以检索的字词。“！！！”里没有字，未计入。"),
        (
            "协商 年:去年",
            "查找含“协商”的发言。“年:去年”不是年份，未计入；年份写成“年:2023”或“年:2023..2024”。",
        ),
        ("字" * 201, f"查找含“{'字' * 200}”的发言。只看了前200个字。"),
    ],
)
def test_what_was_understood_is_said(typed: str, sentence: str) -> None:
    assert in_words(parse(typed)) == sentence


def test_the_words_to_mark_are_those_of_texts() -> None:
    assert parse("协商 标题:民主 单位:阿城 -草案 年:2023").phrases == ("协商", "民主")


# --- Nothing that is typed is an error, and none of it is the engine's language --------------

SIGNS = "OR 或 AND NOT NEAR( : ： - － .. \" “ ” ＂ * ^ ' '' ;-- & | ! <-> \\ % %s {body} ( )"
LETTERS = "DROP TABLE 协商 两个确立 年 单位: 年:2023.. 2023 ９ a Ａ é ٢٠٢٣ ² … 𠮷 İ ß ①"
UNSEEN = ("\x00", "\ud800", "\u200b", "\u0301", "　", "\n", "\u2028")
PIECES = (*NAMES, *SIGNS.split(), *LETTERS.split(), *UNSEEN)


def odd_inputs(number: int) -> list[str]:
    draw = random.Random(6)
    made = []
    for _ in range(number):
        pieces = [
            draw.choice(PIECES) if draw.random() < 0.7 else chr(draw.randrange(0x110000))
            for _ in range(draw.randrange(1, 40))
        ]
        made.append(draw.choice(("", " ")).join(pieces))
    return made


def assert_harmless(asked: Asked) -> None:
    """Check that all that goes to an engine is letters, digits and GAP."""
    terms: list[Term] = [term for group in asked.groups for term in group] + list(asked.without)
    for term in terms:
        assert term.phrase or term.years
        assert len(term.phrase) <= 20 * MOST_CHARACTERS
        if term.about in WORDS:
            fields = ("", "text", "heading", "unit", "people")
            assert Word(term.phrase, term.about.value).field in fields
            assert all(c == GAP or c.isalnum() or ord(c) > 0x7F for c in term.phrase)
            assert not set(term.phrase) & set("\"'“”:&|!*^(){}\\%…#/@+ \n\t\x00")
    assert in_words(asked).endswith("。")


@settings(max_examples=300)
@given(st.text(max_size=250))
def test_any_text_is_a_question(typed: str) -> None:
    assert_harmless(parse(typed))


@pytest.mark.parametrize(
    "number",
    [2_000, pytest.param(100_000, marks=pytest.mark.scale)],
)
def test_odd_inputs_are_questions(number: int) -> None:
    for typed in odd_inputs(number):
        assert_harmless(parse(typed))
