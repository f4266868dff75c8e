"""Traditional characters are matched as simplified ones and stay as printed."""

import ast
from pathlib import Path

import pytest

import speeches.importing
import speeches.text
from speeches.text.folding import TRADITIONAL_FORMS, Folding, fold
from speeches.text.organisations import split_unit_and_post
from speeches.text.people import is_person_name
from speeches.text.places import district_of
from tests.importing.traditional import traditional

ROOMS = [Path(room.__path__[0]) for room in (speeches.importing, speeches.text)]


def _in_big5(char: str) -> bool:
    try:
        char.encode("big5")
    except UnicodeEncodeError:
        return False
    return True


def _words_and_patterns() -> set[str]:
    """Every Han character of the word lists, and of the strings in the modules that fold."""
    texts = [
        path.read_text(encoding="utf-8")
        for room in ROOMS
        for path in room.rglob("*.txt")
        if path.stem != "traditional_forms"
    ]
    for path in (path for room in ROOMS for path in room.glob("*.py")):
        code = path.read_text(encoding="utf-8")
        if "import Folding" not in code and "import fold" not in code:
            continue
        texts += [
            node.value
            for node in ast.walk(ast.parse(code))
            if isinstance(node, ast.Constant) and isinstance(node.value, str)
        ]
    return {char for text in texts for char in text if "\u4e00" <= char <= "\u9fff"}


def test_every_character_of_the_word_lists_that_big5_lacks_has_a_traditional_form() -> None:
    # 着 is 著 there, which simplified text has too.
    missing = {char for char in _words_and_patterns() if not _in_big5(char)} - {"着"}
    assert missing - set(TRADITIONAL_FORMS) == set()


def test_no_form_stands_for_two_characters_or_is_folded_on() -> None:
    forms = [form for group in TRADITIONAL_FORMS.values() for form in group]
    assert len(forms) == len(set(forms))
    assert not set(forms) & set(TRADITIONAL_FORMS)


def test_folding_keeps_every_place() -> None:
    printed = "木蘭縣政協主席 李柏林"
    assert fold(printed) == "木兰县政协主席 李柏林"
    assert len(fold(printed)) == len(printed)


def test_what_a_pattern_finds_is_given_as_printed() -> None:
    found = Folding(r"(?P<unit>.*政协)(主席)?(?P<more>党组)?").search("木蘭縣政協主席")
    assert found is not None
    assert (found["unit"], found[2], found["more"]) == ("木蘭縣政協", "主席", "")
    assert (found.group(), found.span()) == ("木蘭縣政協主席", (0, 7))
    assert Folding("发言").without("會議發言摘編") == "會議摘編"
    assert Folding("发言").match("會議發言") is None


@pytest.mark.parametrize(
    ("unit", "post"),
    [("青溪县政协", "党组书记、主席"), ("临江农业机械学院", "院长"), ("市工商联", "副主席")],
)
def test_offices_are_parted_in_traditional_characters_too(unit: str, post: str) -> None:
    assert split_unit_and_post(traditional(unit + post)) == (traditional(unit), traditional(post))


def test_names_and_districts_are_known_in_traditional_characters() -> None:
    assert is_person_name("趙大川", sure=True)
    assert is_person_name("歐陽春曉", sure=True)
    assert district_of("雲嶺縣政協") == "雲嶺縣"
    assert district_of("佳木斯市向陽區政協") == "向陽區"
