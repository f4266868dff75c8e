"""Exactness: what the back end finds is what a reader would find in the text, letter by letter.

The texts are folded here a second time, by rules written for this test alone.
"""

import unicodedata
from functools import cache

import pytest
from django.db import connection
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from opencc import OpenCC

from speeches.search.storage import IndexedText, Storage, Word, storage
from speeches.text.searchable import fold, fold_phrase

# Characters that come in two spellings, or that a phrase leaves out, among ordinary ones.
LETTERS = "政协商委员会两个确立維护四自信年與与裏里臺台著着〇零aAbＢ1２9é①㎡·ー𠮷"
SIGNS = "，。、；：？！“”《》…—- .%\t　\u200b"
LINES = st.text(alphabet=LETTERS * 3 + SIGNS, min_size=1, max_size=40)
TEXTS = st.lists(st.lists(LINES, min_size=1, max_size=4).map("\n".join), min_size=1, max_size=6)


SCRIPTS = [OpenCC(script) for script in ("t2s", "hk2s", "t2s")]


@cache
def simplified(char: str) -> str:
    char = {"著": "着", "零": "〇", "○": "〇"}.get(char, char)
    for script in SCRIPTS:
        char = script.convert(char)
    return char


def literally(text: str) -> list[str]:
    """Return the lines of a text as a patient reader compares them."""
    lines = []
    for line in text.split("\n"):
        kept, parted = "", False
        for char in line:
            plain = "".join(
                simplified(c)
                for c in unicodedata.normalize("NFKD", char).lower()
                if unicodedata.category(c)[0] in "LN"
            )
            if plain and parted and kept and (kept[-1] + plain[0]).isascii():
                kept += "·"
            if plain:
                kept, parted = kept + plain, False
            elif unicodedata.category(char) not in ("Cf", "Mn"):
                parted = True
        lines.append(kept)
    return lines


def stands_in(phrase: str, text: str) -> bool:
    (wanted,) = literally(phrase)
    return any(wanted in line for line in literally(text))


def filled(texts: dict[int, str], *, field: str = "body") -> Storage:
    """Return an index of these texts alone."""
    index = storage()
    rows = []
    for key, text in texts.items():
        empty = {"body": "", "heading": "", "unit": "", "people": ""}
        rows.append(IndexedText(edition=key, **(empty | {field: fold(text)})))
    index.add(rows)
    return index


def found(index: Storage, phrase: str, field: str = "") -> set[int]:
    hits = index.find([[Word(fold_phrase(phrase), field)]], [])
    keys = {int(key) for key in hits.ids.strip("[]{}").split(",") if key}
    assert len(keys) == hits.count
    return keys


class TestExactness(TestCase):
    """Every substring of every text finds that text, and nothing else does."""

    @settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(texts=TEXTS, data=st.data())
    def test_a_phrase_finds_the_texts_that_it_stands_in_and_no_other(
        self, texts: list[str], data: st.DataObject
    ) -> None:
        numbered = dict(enumerate(texts, start=1))
        index = filled(numbered)
        whole = "\n".join(texts)

        for _ in range(40):
            start = data.draw(st.integers(0, max(len(whole) - 1, 0)))
            length = data.draw(st.integers(1, 12))
            phrase = whole[start : start + length].partition("\n")[0]
            if not literally(phrase)[0]:
                continue
            expected = {key for key, text in numbered.items() if stands_in(phrase, text)}
            assert found(index, phrase) == expected, phrase

    @settings(max_examples=30, deadline=None)
    @given(texts=TEXTS, phrase=st.text(alphabet=LETTERS, min_size=1, max_size=4))
    def test_a_phrase_from_elsewhere_finds_what_it_stands_in(
        self, texts: list[str], phrase: str
    ) -> None:
        assume(literally(phrase)[0])
        numbered = dict(enumerate(texts, start=1))

        assert found(filled(numbered), phrase) == {
            key for key, text in numbered.items() if stands_in(phrase, text)
        }

    @settings(max_examples=20, deadline=None)
    @given(texts=TEXTS, field=st.sampled_from(("heading", "unit", "people")), data=st.data())
    def test_a_question_to_one_field_is_answered_from_that_field(
        self, texts: list[str], field: str, data: st.DataObject
    ) -> None:
        numbered = dict(enumerate(texts, start=1))
        index = filled(numbered, field=field)
        filled({key + 100: text for key, text in numbered.items()})
        whole = "\n".join(texts)
        start = data.draw(st.integers(0, max(len(whole) - 1, 0)))
        phrase = whole[start : start + data.draw(st.integers(1, 6))].partition("\n")[0]
        assume(literally(phrase)[0])
        expected = {key for key, text in numbered.items() if stands_in(phrase, text)}

        assert found(index, phrase, field) == expected
        assert found(index, phrase) == expected | {key + 100 for key in expected}


def every_substring(text: str, longest: int) -> set[str]:
    return {
        line[start : start + length]
        for line in text.split("\n")
        for start in range(len(line))
        for length in range(1, longest + 1)
    }


@pytest.mark.django_db
def test_every_substring_of_one_to_twelve_characters_is_found_where_it_stands() -> None:
    texts = {
        1: "坚持“两个确立”，做到“两个维护”。\n增强“四个意识”、坚定“四个自信”！",
        2: "兩個維護是两个维护，两个确，立两个。",
        3: "“十四五”时期，5G 基站新增 9.5%，2023 年达到１２３４座。",
        4: "Ａ企業的A股、B股与ab两类，12345热线。",
    }
    index = filled(texts)
    folded = {key: literally(text) for key, text in texts.items()}

    for phrase in every_substring("\n".join(texts.values()), 12):
        wanted = literally(phrase)[0]
        if wanted:
            expected = {k for k, lines in folded.items() if any(wanted in line for line in lines)}
            assert found(index, phrase) == expected, phrase


@pytest.mark.django_db
def test_texts_longer_than_an_engine_counts_are_exact() -> None:
    # More than 16,383 pairs, each of them once; and one pair more than 256 times.
    characters = "".join(chr(0x4E00 + number) for number in range(20_000))
    texts = {
        1: characters + "末尾的提法",
        2: "座谈会。" * 400 + "座谈的会",
        3: "啊" * 1_000,
        4: "座谈会",
    }
    index = filled(texts)
    folded = {key: literally(text)[0] for key, text in texts.items()}
    late = [
        folded[1][place : place + length]
        for place in (16_380, 16_390, 19_990)
        for length in range(1, 13)
    ]
    asked = [
        *late,
        "末尾的提法",
        "的提法",
        "座谈会座谈会",
        "座谈的会",
        "谈的",
        "会座",
        "啊" * 12,
        "啊",
        "末座",
    ]

    for phrase in asked:
        expected = {key for key, text in folded.items() if literally(phrase)[0] in text}
        assert found(index, phrase) == expected, phrase
    assert found(index, "末尾的提法") == {1}


@pytest.mark.slow
@pytest.mark.django_db
def test_a_text_with_more_tokens_than_an_engine_keeps_is_exact() -> None:
    # Every pair of 400 characters: 160,000 different ones.
    characters = [chr(0x4E00 + 7 * number) for number in range(400)]
    texts = {
        1: "\n".join("".join(a + b for b in characters) for a in characters),
        2: characters[3] + characters[5] + "短文",
    }
    index = filled(texts)
    lines = {key: literally(text) for key, text in texts.items()}

    for phrase in (
        *(lines[1][9][10 : 10 + length] for length in range(1, 13)),
        *("短文", "短", "文短", characters[3] + characters[5], characters[7] + characters[7]),
        characters[1] + characters[2] + characters[3],
    ):
        expected = {k for k, found_in in lines.items() if any(phrase in one for one in found_in)}
        assert found(index, phrase) == expected, phrase


@pytest.mark.django_db
def test_what_is_taken_out_leaves_nothing_behind() -> None:
    texts = {1: "两个确立", 2: "两个维护"}
    index = filled(texts)
    text = IndexedText(edition=1, body=fold(texts[1]), heading="", unit="", people="")

    index.remove([text], same_form=True)

    assert found(index, "两个") == {2}
    assert found(index, "确立") == set()
    assert index.there([1, 2]) == {2}
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(
                f"CREATE VIRTUAL TABLE temp.words USING fts5vocab(main, {index.name}, row)"
            )
            cursor.execute("SELECT term FROM words ORDER BY term")
            left = {term for (term,) in cursor.fetchall()}
            cursor.execute("DROP TABLE temp.words")
        assert left == {"两个", "个维", "维护", "护"}
