"""Corrections as readers are told of them: where, from what to what, on which day."""

import json
from typing import Any

import pytest
from django.core.serializers.json import DjangoJSONEncoder

from speeches.models import RemarkEdition
from speeches.records.corrections import FOLDED_FROM, corrections_of
from speeches.text.correcting import Part, Piece, changes_between
from tests.factories import NOON
from tests.moderation.desk import LATER

LONG = "这一句说的是别的事，与改动没有关系。" * 4


def told(old: list[str], new: list[str], part: str = "body") -> list[Any]:
    """Return what readers are told of one note about one part."""
    changes = changes_between({part: Part(tuple(old))}, {part: Part(tuple(new))})
    edition = RemarkEdition(corrections=[{"at": NOON.isoformat(), "changes": changes}])
    (correction,) = corrections_of(edition)
    return correction["places"]


def words(pieces: list[Piece]) -> str:
    return "".join(piece["text"] for piece in pieces)


def test_the_latest_correction_comes_first() -> None:
    edition = RemarkEdition(
        corrections=[
            {"at": NOON.isoformat(), "changes": []},
            {"at": LATER.isoformat(), "changes": []},
        ]
    )

    assert [one["at"] for one in corrections_of(edition)] == [LATER, NOON]


@pytest.mark.parametrize("stored", [None, []])
def test_an_edition_without_notes_has_no_corrections(stored: list[Any] | None) -> None:
    assert corrections_of(RemarkEdition(corrections=stored)) == []


@pytest.mark.parametrize(
    ("part", "old", "new", "where"),
    [
        ("heading", ["甲题"], ["乙题"], "标题"),
        ("captions", ["甲"], ["乙"], "第1幅图片的说明"),
        ("introduction", ["甲", "乙"], ["甲"], "原导语第2段"),
        ("introduction", ["甲"], ["甲", "乙"], "导语第2段"),
        ("body", ["甲说。", "乙说得好。"], ["甲说。", "乙说得很好。"], "正文第2段"),
    ],
)
def test_every_place_has_a_name(part: str, old: list[str], new: list[str], where: str) -> None:
    (place,) = told(old, new, part)

    assert place["where"] == where


def test_a_short_change_is_told_whole() -> None:
    (place,) = told(["推动协商工作。"], ["推动协商试点。"])

    (passage,) = place["passages"]
    assert (words(passage["old"]), words(passage["new"])) == ("推动协商工作。", "推动协商试点。")
    assert (place["whole"], place["folded"], place["note"]) == (None, False, "")


def test_what_a_quotation_leaves_out_can_be_read_in_full() -> None:
    old, new = f"{LONG}甲{LONG}", f"{LONG}乙{LONG}"

    (place,) = told([old], [new])

    assert place["length"] < len(LONG) * 2
    assert (words(place["whole"]["old"]), words(place["whole"]["new"])) == (old, new)


def test_a_long_new_paragraph_is_folded_and_whole() -> None:
    paragraph = "字" * (FOLDED_FROM + 1)

    (place,) = told(["甲"], ["甲", paragraph])

    assert (place["folded"], place["length"]) == (True, len(paragraph))
    assert [words(passage["new"]) for passage in place["passages"]] == [paragraph]
    assert place["passages"][0]["old"] == []


def test_a_moved_paragraph_is_told_by_its_beginning_and_whole() -> None:
    other = "这里讲的是社区议事。" * 8

    (place,) = told([LONG, other], [other, LONG])

    assert (place["where"], place["note"]) == ("正文第2段", "由原第1段移来。")
    (passage,) = place["passages"]
    assert (passage["old"], words(passage["new"])) == ([], LONG[:18] + "……")
    assert place["whole"] == {"old": [], "new": [{"kind": "same", "text": LONG}]}


def test_split_and_joined_paragraphs_are_named() -> None:
    one, two = "这里讲的是协商议事的办法。" * 4, "那里讲的是社区养老的难处。" * 4

    (split,) = told([one + two], [one, two])
    (joined,) = told([one, two], [one + two])

    assert (split["where"], split["note"]) == ("正文第1、2段", "原第1段分为第1、2段。")
    assert (joined["where"], joined["note"]) == ("正文第1段", "原第1、2段合为第1段。")


@pytest.mark.parametrize(
    ("part", "note"),
    [("body", "文字没有改动，格式或链接有调整。"), ("pictures", "图片有更换或增减。")],
)
def test_what_cannot_be_quoted_is_said(part: str, note: str) -> None:
    changes = changes_between({part: Part((), 1)}, {part: Part((), 2)})
    edition = RemarkEdition(corrections=[{"at": NOON.isoformat(), "changes": changes}])

    (place,) = corrections_of(edition)[0]["places"]

    assert (place["note"], place["passages"], place["whole"]) == (note, [], None)


def test_corrections_are_plain_data() -> None:
    json.dumps(told([LONG], ["甲" + LONG]), cls=DjangoJSONEncoder)
