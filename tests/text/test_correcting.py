"""Corrections: the notes hold both wordings, mark what differs and nothing else."""

import json
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from speeches.text.correcting import (
    APART,
    CONTEXT,
    Change,
    Part,
    Piece,
    beginning,
    changes_between,
    in_full,
    passages,
)

CLAUSE = "我们要推动基层协商{}向纵深发展，"
LONG = "这一句说的是别的事，与改动没有关系。" * 4
# Few words, so that paragraphs move, are split, joined and changed rather than replaced.
LINES = st.lists(
    st.lists(
        st.sampled_from(("推动基层协商工作", "办好民生实事。", "2024年", "试点，", "“甲”", "x")),
        min_size=1,
        max_size=5,
    ).map("".join),
    max_size=5,
)


def of_lines(old: Sequence[str], new: Sequence[str]) -> list[Change]:
    return changes_between({"body": Part(tuple(old))}, {"body": Part(tuple(new))})


def words(pieces: Sequence[Piece]) -> str:
    return "".join(piece["text"] for piece in pieces)


def marked(pieces: Sequence[Piece]) -> str:
    signs = {"removed": "[-{}]", "added": "[+{}]", "cut": "{}", "same": "{}"}
    return "".join(signs[piece["kind"]].format(piece["text"]) for piece in pieces)


def sides(change: Change) -> tuple[list[str], list[str]]:
    """The old and the new lines that a change holds."""
    old, new = [""], [""]
    for kind, text in change["stretches"]:
        if kind == "break-removed":
            old.append("")
        elif kind == "break-added":
            new.append("")
        if kind in ("same", "removed"):
            old[-1] += text
        if kind in ("same", "added"):
            new[-1] += text
    return (old if change["old"] else [], new if change["new"] else [])


def applied(old: Sequence[str], changes: Sequence[Change]) -> list[str]:
    """What the old lines become when the changes are made in them."""
    gone = {place for change in changes for place in change["old"]}
    come = {
        place: line
        for change in changes
        for place, line in zip(change["new"], sides(change)[1], strict=True)
    }
    staying = iter([line for place, line in enumerate(old) if place not in gone])
    number = len(old) - len(gone) + len(come)
    return [come[place] if place in come else next(staying) for place in range(number)]


@given(LINES, LINES)
def test_the_notes_lead_from_the_old_wording_to_the_new(old: list[str], new: list[str]) -> None:
    changes = of_lines(old, new)

    assert applied(old, changes) == new
    for change in changes:
        held, come = sides(change)
        # A single line may take the place of none.
        assert held == [old[place] for place in change["old"]]
        assert come == [new[place] for place in change["new"]]
    assert (changes == []) == (old == new)


@given(LINES, LINES)
def test_notes_can_be_stored(old: list[str], new: list[str]) -> None:
    changes = of_lines(old, new)

    assert [c["stretches"] for c in json.loads(json.dumps(changes))] == [
        [list(stretch) for stretch in change["stretches"]] for change in changes
    ]


@given(LINES, LINES)
def test_quotations_leave_out_nothing_that_differs(old: list[str], new: list[str]) -> None:
    for change in of_lines(old, new):
        told = change["stretches"]
        quoted = passages(told)
        for kind, side in (("removed", "old"), ("added", "new")):
            differing = [text for one, text in told if one == kind]
            shown = [
                piece["text"]
                for passage in quoted
                for piece in passage[side]  # type: ignore[literal-required]
                if piece["kind"] == kind
            ]
            assert shown == differing
        whole = in_full(told)
        assert words(whole["old"]) == "".join(sides(change)[0])
        assert words(whole["new"]) == "".join(sides(change)[1])
        for passage in quoted:
            for pieces, full in ((passage["old"], whole["old"]), (passage["new"], whole["new"])):
                bare = [piece for piece in pieces if piece["kind"] != "cut"]
                assert words(bare) in words(full)


def test_exactly_the_changed_characters_are_marked_inside_their_clause() -> None:
    old, new = (f"{LONG}{CLAUSE.format(word)}{LONG}" for word in ("工作", "试点"))

    (change,) = of_lines([old], [new])
    (passage,) = passages(change["stretches"])

    assert marked(passage["old"]) == (
        "……与改动没有关系。我们要推动基层协商[-工作]向纵深发展，这一句说的是别的事，与改动没有关系。……"
    )
    assert marked(passage["new"]) == (
        "……与改动没有关系。我们要推动基层协商[+试点]向纵深发展，这一句说的是别的事，与改动没有关系。……"
    )


def test_changes_far_apart_are_quoted_apart_and_near_ones_together() -> None:
    near = f"甲{LONG[:APART]}乙"
    far = f"甲{LONG[: APART + 1]}乙"

    for text, number in ((near, 1), (far, 2)):
        (change,) = of_lines([text], [text.replace("甲", "丙").replace("乙", "丁")])
        assert len(passages(change["stretches"])) == number


@pytest.mark.parametrize("length", [0, 1, CONTEXT, CONTEXT + 1, 200])
def test_context_is_short_and_says_where_it_was_cut(length: int) -> None:
    around = "字" * length

    (change,) = of_lines([f"{around}甲{around}"], [f"{around}乙{around}"])
    (passage,) = passages(change["stretches"])

    kept = "字" * min(length, CONTEXT)
    cut = "……" if length > CONTEXT else ""
    assert words(passage["old"]) == f"{cut}{kept}甲{kept}{cut}"


def test_a_number_is_never_cut_in_two() -> None:
    (change,) = of_lines([f"{'1234567890' * 5}字甲"], [f"{'1234567890' * 5}字乙"])

    (passage,) = passages(change["stretches"])

    assert words(passage["old"]) == f"{'1234567890' * 5}字甲"


def test_paragraphs_come_go_and_move() -> None:
    one, two, three = (f"{LONG}{number}" for number in ("之一", "之二完全不同的话。" * 3, "之三"))
    other = "这是新写的一段，讲的是社区议事。" * 2

    changes = of_lines([one, two, three], [three, other, two])

    assert {(c["kind"], tuple(c["old"]), tuple(c["new"])) for c in changes} == {
        ("removed", (0,), ()),
        ("moved", (2,), (0,)),
        ("added", (), (1,)),
    }


def test_a_part_that_only_looks_otherwise_is_told_of_without_words() -> None:
    old = {"body": Part(("甲",), ("<p>甲</p>",)), "heading": Part(("题",))}
    new = {"body": Part(("甲",), ("<p><strong>甲</strong></p>",)), "heading": Part(("题",))}

    assert changes_between(old, new) == [
        {"part": "body", "kind": "formed", "old": [], "new": [], "stretches": []}
    ]


def test_a_line_that_comes_or_goes_has_one_side() -> None:
    (come,) = of_lines([], ["副题"])
    (gone,) = of_lines(["副题"], [])

    assert (come["kind"], sides(come)) == ("added", ([], ["副题"]))
    assert (gone["kind"], sides(gone)) == ("removed", (["副题"], []))


def test_a_text_is_known_by_its_beginning() -> None:
    assert words(beginning("短。")) == "短。"
    assert words(beginning(LONG)) == "这一句说的是别的事，与改动没有关系。……"
