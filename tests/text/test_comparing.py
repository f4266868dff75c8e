"""The marked copy: what is shown as kept, removed, added and moved between two versions."""

import time
from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from speeches.text import subsequences
from speeches.text.aligning import units
from speeches.text.comparing import (
    ParagraphChange,
    Stretch,
    compare,
    compare_line,
    match_paragraphs,
)
from speeches.text.subsequences import common, heaviest_rise

LIFT = "在老旧小区加装电梯是群众的期盼。目前阿城区已加装电梯三十二部，但资金筹集仍有困难。"
GRANT = "建议设立专项补贴，由财政按每部十万元给予支持。同时简化审批手续，让居民少跑腿。"
SOIL = "黑土地保护要靠科技。双城区推广秸秆还田一百二十万亩，粮食连年丰收，农民收入稳步提高。"
SNOW = "冰雪经济是冬天里的一把火，要做好后半篇文章，把流量变成留量。"
BOOKS = "山区村屯分散，农闲时节人往哪里去、心往哪里聚，村屯书屋给出了答案。"

MARKS = {
    "same": "{}",
    "removed": "[-{}]",
    "added": "[+{}]",
    "break-removed": "[-¶]",
    "break-added": "[+¶]",
}

# Few characters, so that much agrees by chance; marks, words and figures among them.
LINES = st.text(st.sampled_from("的了发展工作，。“”《》12.a'\u0301\ufe00"), max_size=60)
PARAGRAPHS = st.lists(
    st.one_of(
        st.sampled_from([LIFT, GRANT, SOIL, SNOW, LIFT + GRANT, GRANT + SOIL, "（掌声）", "…", ""]),
        LINES,
    ),
    max_size=8,
)


def marked(stretches: Sequence[Stretch]) -> str:
    """Write stretches as a line with its marks."""
    return "".join(MARKS[stretch.kind].format(stretch.text) for stretch in stretches)


def copy(changes: Sequence[ParagraphChange]) -> list[str]:
    """Write a marked copy, one line a paragraph."""
    return [f"{change.kind}: {marked(change.stretches)}" for change in changes]


def sides(stretches: Sequence[Stretch]) -> tuple[str, str]:
    """Read either version out of the stretches, with ¶ for a break of its own."""
    old = {"same", "removed", "break-removed"}
    new = {"same", "added", "break-added"}
    text = [(s.kind, "¶" if s.kind.startswith("break") else s.text) for s in stretches]
    return (
        "".join(part for kind, part in text if kind in old),
        "".join(part for kind, part in text if kind in new),
    )


def exchanged(stretches: Sequence[Stretch]) -> dict[str, list[str]]:
    """Gather the texts by kind, additions called removals and the other way round."""
    found = by_kind(stretches)
    return {
        "same": found["same"],
        "removed": found["added"],
        "added": found["removed"],
        "break-removed": found["break-added"],
        "break-added": found["break-removed"],
    }


def by_kind(stretches: Sequence[Stretch]) -> dict[str, list[str]]:
    return {kind: [stretch.text for stretch in stretches if stretch.kind == kind] for kind in MARKS}


def test_two_characters_changed_in_a_clause_are_the_only_ones_marked() -> None:
    stretches = compare_line(
        "推动基层协商工作向纵深发展走实走好", "推动基层协商试点向纵深发展走实走好"
    )

    assert stretches == (
        Stretch("same", "推动基层协商"),
        Stretch("removed", "工作"),
        Stretch("added", "试点"),
        Stretch("same", "向纵深发展走实走好"),
    )


@pytest.mark.parametrize(
    ("old", "new", "shown"),
    [
        ("2023年增3.5%", "2024年增12%", "[-2023][+2024]年增[-3.5][+12]%"),
        ("惠及1,200户", "惠及1,300户", "惠及[-1,200][+1,300]户"),
        ("５Ｇ基站", "６Ｇ基站", "[-５Ｇ][+６Ｇ]基站"),
        ("用APP办事", "用APK办事", "用[-APP][+APK]办事"),
        ("二〇二三年", "二〇二四年", "二〇二[-三][+四]年"),
    ],
)  # fmt: skip
def test_numbers_and_latin_words_are_not_torn(old: str, new: str, shown: str) -> None:
    assert marked(compare_line(old, new)) == shown


@pytest.mark.parametrize(
    "whole",
    [
        "e\u0301",
        "葛\U000e0100",
        "\u2764\ufe0f",
        "\U0001f44d\U0001f3fb",
        "\U0001f469\u200d\U0001f33e",
        "\ud840\udc00",
    ],
)
def test_what_combines_into_one_sign_stays_together(whole: str) -> None:
    assert units(f"姓{whole}的") == ["姓", whole, "的"]


@pytest.mark.parametrize(
    ("old", "new", "shown"),
    [
        ("改革，促进开放。", "改革，进而发展，促进开放。", "改革，[+进而发展，]促进开放。"),
        ("一是渠；三是路。", "一是渠；二是桥；三是路。", "一是渠；[+二是桥；]三是路。"),
        ("渠成了。渠修了三年。", "渠成了。", "渠成了。[-渠修了三年。]"),
        ("他说：“好。”渠成了。", "他说：“好。”“不好。”渠成了。", "他说：“好。”[+“不好。”]渠成了。"),
        ("《甲》《丙》", "《甲》《乙》《丙》", "《甲》[+《乙》]《丙》"),
        ("的发展", "的发展。展开讨论，发言踊跃，展望", "的发展[+。展开讨论，发言踊跃，展望]"),
    ],
)  # fmt: skip
def test_an_addition_or_removal_lies_between_clauses_where_it_can(
    old: str, new: str, shown: str
) -> None:
    assert marked(compare_line(old, new)) == shown


def test_a_particle_between_two_long_changes_does_not_stand_alone() -> None:
    old = "建议：认真学习贯彻会议精神的各项部署要求落到实处。"
    new = "建议：抓紧整改突出问题的责任单位限期完成任务。"

    assert marked(compare_line(old, new)) == (
        "建议：[-认真学习贯彻会议精神的各项部署要求落到实处]"
        "[+抓紧整改突出问题的责任单位限期完成任务]。"
    )


@pytest.mark.parametrize(
    ("kept", "changed", "stands"),
    [
        ("的", 3, True),
        ("的", 4, False),
        ("协商", 7, True),
        ("协商", 8, False),
        ("2024", 7, True),
        ("2024", 8, False),
        ("协商民主", 15, True),
        ("协商民主", 16, False),
        ("高质量发展", 40, True),
    ],
)
def test_what_agrees_by_chance_is_short_for_the_changes_round_it(
    kept: str, changed: int, stands: bool
) -> None:
    stretches = compare_line(
        "甲" * changed + kept + "乙" * changed, "丙" * changed + kept + "丁" * changed
    )

    assert (Stretch("same", kept) in stretches) is stands


def test_a_particle_between_two_changed_words_stands() -> None:
    shown = marked(compare_line("加快的发展", "促进的改革"))

    assert shown == "[-加快][+促进]的[-发展][+改革]"


def test_a_particle_between_two_additions_stands() -> None:
    shown = marked(compare_line("老区的路", "老区多年失修的又窄又陡路"))

    assert shown == "老区[+多年失修]的[+又窄又陡]路"


def test_a_text_written_anew_is_one_removal_and_one_addition() -> None:
    assert marked(compare_line(SOIL[:-1], BOOKS[:-1])) == f"[-{SOIL[:-1]}][+{BOOKS[:-1]}]"


def test_a_moved_paragraph_is_shown_at_its_new_place_and_noted_at_the_old() -> None:
    changes = compare([LIFT, GRANT, SNOW], [SNOW, LIFT, GRANT])

    assert copy(changes) == [f"moved: {SNOW}", f"same: {LIFT}", f"same: {GRANT}", "moved-from: "]
    assert (changes[0].old, changes[0].new) == ((2,), (0,))
    assert (changes[3].old, changes[3].new) == ((2,), (0,))


def test_a_moved_paragraph_shows_what_changed_inside() -> None:
    changes = compare([LIFT, GRANT, SOIL], [SOIL.replace("双城", "呼兰"), LIFT, GRANT])

    assert copy(changes)[0] == f"moved: {SOIL.replace('双城', '[-双城][+呼兰]')}"


def test_of_two_paragraphs_exchanged_the_shorter_one_is_moved() -> None:
    assert copy(compare([LIFT, SNOW], [SNOW, LIFT])) == [
        f"moved: {SNOW}",
        f"same: {LIFT}",
        "moved-from: ",
    ]


def test_a_replaced_paragraph_is_a_removal_and_an_addition_in_its_place() -> None:
    assert copy(compare([LIFT, SOIL, SNOW], [LIFT, BOOKS, SNOW])) == [
        f"same: {LIFT}",
        f"removed: [-{SOIL}]",
        f"added: [+{BOOKS}]",
        f"same: {SNOW}",
    ]


def test_a_paragraph_split_in_three_is_the_same_text_with_two_breaks_added() -> None:
    changes = compare(
        [LIFT + GRANT + SNOW, SOIL],
        [LIFT[:-1] + "；", GRANT, SNOW.replace("一把", "热"), SOIL],
    )

    assert copy(changes) == [
        f"changed: {LIFT[:-1]}[-。][+；][+¶]{GRANT}[+¶]{SNOW.replace('一把', '[-一把][+热]')}",
        f"same: {SOIL}",
    ]
    assert (changes[0].old, changes[0].new) == ((0,), (0, 1, 2))


def test_joined_paragraphs_are_the_same_text_with_a_break_removed() -> None:
    changes = compare([SOIL, LIFT, GRANT], [SOIL, LIFT + GRANT])

    assert copy(changes) == [f"same: {SOIL}", f"changed: {LIFT}[-¶]{GRANT}"]
    assert (changes[1].old, changes[1].new) == ((1, 2), (1,))


def test_a_new_paragraph_beside_a_changed_one_is_not_taken_for_a_part_of_it() -> None:
    changes = compare([LIFT, SOIL], [LIFT.replace("群众", "居民"), BOOKS, SOIL])

    assert [change.kind for change in changes] == ["changed", "added", "same"]


def test_one_more_of_several_like_paragraphs_is_an_addition_and_no_move() -> None:
    changes = compare(["（掌声）", LIFT, "（掌声）"], ["（掌声）", LIFT, "（掌声）", "（掌声）"])

    assert [change.kind for change in changes].count("added") == 1
    assert {change.kind for change in changes} == {"same", "added"}


def test_a_paragraph_with_few_words_of_a_changed_one_is_not_split_off() -> None:
    changes = compare([LIFT + GRANT, SOIL], [LIFT, BOOKS + "简化审批手续。", SOIL])

    assert [change.kind for change in changes] == ["changed", "added", "same"]


@pytest.mark.parametrize(
    ("old", "new"),
    [("……", "……"), ("阿城区政协", "双城区政协"), (SOIL, BOOKS + "双城区推广秸秆还田。")],
    ids=["no letters", "a phrase", "little in common"],
)
def test_what_is_hardly_the_same_paragraph_is_not_moved(old: str, new: str) -> None:
    changes = compare([old, LIFT, GRANT], [LIFT, GRANT, new])

    assert [change.kind for change in changes] == ["removed", "same", "same", "added"]


def test_a_short_line_changed_in_its_place_keeps_its_partner() -> None:
    assert copy(compare([LIFT, "阿城区政协"], [LIFT, "双城区政协"])) == [
        f"same: {LIFT}",
        "changed: [-阿][+双]城区政协",
    ]


def test_a_comment_follows_its_paragraph_into_the_next_version() -> None:
    old = [LIFT + GRANT, SOIL, SNOW, "（掌声）"]
    new = [SNOW.replace("冬天", "冬日"), LIFT, GRANT, BOOKS, "（掌声）"]

    assert match_paragraphs(old, new) == [
        (0, 1), (0, 2), (1, None), (2, 0), (3, 4), (None, 3),
    ]  # fmt: skip


def test_texts_without_paragraphs_compare_to_nothing() -> None:
    assert compare([], []) == ()
    assert compare_line("", "") == ()
    assert copy(compare([], [SNOW])) == [f"added: [+{SNOW}]"]


@given(LINES)
def test_the_units_of_a_text_make_the_text(text: str) -> None:
    assert "".join(units(text)) == text


@given(LINES, LINES)
def test_either_line_can_be_read_from_its_marked_copy(old: str, new: str) -> None:
    stretches = compare_line(old, new)

    assert sides(stretches) == (old, new)
    assert all(stretch.text for stretch in stretches)
    assert all(one.kind != other.kind for one, other in pairwise(stretches))


@given(LINES, LINES)
@example("壬乙壬乙壬壬丑庚子甲戊甲庚甲丑辛甲", "丑子丑壬子丁丁丙癸丑庚甲辛丁丙")
@example("丁庚丙庚戊壬丙丑癸丑甲丙丁癸戊己庚癸", "戊丑丁庚丑丁丁辛辛己甲丙丑甲")
@example("戊己甲戊丙丙甲甲丁乙庚戊辛己庚辛乙丁", "庚辛甲己己丁己丁丙甲丁庚辛戊丁")
def test_no_change_begins_or_ends_with_what_it_leaves_as_it_was(old: str, new: str) -> None:
    for removed, added in pairwise(compare_line(old, new)):
        if (removed.kind, added.kind) == ("removed", "added"):
            assert units(removed.text)[0] != units(added.text)[0]
            assert units(removed.text)[-1] != units(added.text)[-1]


@given(LINES, LINES)
def test_exchanging_the_lines_exchanges_additions_and_removals(old: str, new: str) -> None:
    assert by_kind(compare_line(new, old)) == exchanged(compare_line(old, new))


@given(PARAGRAPHS)
def test_a_version_compared_with_itself_shows_no_change(version: list[str]) -> None:
    assert {change.kind for change in compare(version, version)} <= {"same"}
    assert match_paragraphs(version, version) == [(i, i) for i in range(len(version))]


@given(PARAGRAPHS, PARAGRAPHS)
def test_every_paragraph_is_told_of_once_and_can_be_read(old: list[str], new: list[str]) -> None:
    changes = [change for change in compare(old, new) if change.kind != "moved-from"]

    assert sorted(i for change in changes for i in change.old) == list(range(len(old)))
    assert [j for change in changes for j in change.new] == list(range(len(new)))
    for change in changes:
        assert sides(change.stretches) == (
            "¶".join(old[i] for i in change.old),
            "¶".join(new[j] for j in change.new),
        )


@given(PARAGRAPHS, PARAGRAPHS)
def test_every_move_is_noted_at_its_old_place(old: list[str], new: list[str]) -> None:
    changes = compare(old, new)
    notes = sorted((c.old, c.new) for c in changes if c.kind == "moved-from")

    assert notes == sorted((c.old, c.new) for c in changes if c.kind == "moved")
    standing = [i for c in changes if c.kind != "moved" for i in c.old]
    assert standing == sorted(standing)


@given(PARAGRAPHS, PARAGRAPHS)
def test_exchanging_the_versions_exchanges_additions_and_removals(
    old: list[str], new: list[str]
) -> None:
    other = {"added": "removed", "removed": "added"}
    there = {
        (other.get(change.kind, change.kind), change.new, change.old): exchanged(change.stretches)
        for change in compare(old, new)
    }
    back = {
        (change.kind, change.old, change.new): by_kind(change.stretches)
        for change in compare(new, old)
    }

    assert back == there


@given(PARAGRAPHS, PARAGRAPHS)
def test_exchanging_the_versions_exchanges_the_partners(old: list[str], new: list[str]) -> None:
    there = match_paragraphs(old, new)
    back = match_paragraphs(new, old)

    assert {(i, j) for j, i in back} == set(there)
    assert {i for i, _ in there if i is not None} == set(range(len(old)))
    assert {j for _, j in there if j is not None} == set(range(len(new)))


@given(st.permutations(range(12)))
def test_paragraphs_in_another_order_are_only_moves_and_the_fewest(order: list[int]) -> None:
    old = [chr(0x4E00 + number) * 30 + "。" for number in range(12)]
    changes = compare(old, [old[number] for number in order])
    ends: list[int] = []
    for number in order:
        ends[bisect_left(ends, number) : bisect_left(ends, number) + 1] = [number]

    assert {change.kind for change in changes} <= {"same", "moved", "moved-from"}
    assert sum(change.kind == "same" for change in changes) == len(ends)
    assert all(s.kind == "same" for change in changes for s in change.stretches)


@given(st.text("甲乙丙丁", max_size=40), st.text("甲乙丙丁", max_size=40))
def test_as_much_is_kept_as_can_be(one: str, other: str) -> None:
    most = [[0] * (len(other) + 1) for _ in range(len(one) + 1)]
    for i, char in enumerate(one):
        for j, its in enumerate(other):
            most[i + 1][j + 1] = (
                most[i][j] + 1 if char == its else max(most[i][j + 1], most[i + 1][j])
            )
    pairs = common(one, other)

    assert len(pairs) == most[-1][-1]
    assert all(one[i] == other[j] for i, j in pairs)
    assert all(a < c and b < d for (a, b), (c, d) in pairwise(pairs))


@given(st.permutations(range(7)), st.lists(st.integers(1, 5), min_size=7, max_size=7))
def test_the_heaviest_rise_is_heavier_than_any_other(places: list[int], weights: list[int]) -> None:
    chosen = heaviest_rise(places, weights)
    rises = [
        sum(weights[k] for k in range(7) if mask >> k & 1)
        for mask in range(1 << 7)
        if (taken := [places[k] for k in range(7) if mask >> k & 1]) == sorted(taken)
    ]

    assert [places[k] for k in chosen] == sorted(places[k] for k in chosen)
    assert sum(weights[k] for k in chosen) == max(rises)


def test_beyond_the_limit_clauses_hold_the_texts_together(monkeypatch: pytest.MonkeyPatch) -> None:
    old = f"先说电梯。{LIFT}{GRANT}{SOIL}再说冰雪。"
    new = f"再谈电梯。{LIFT}{GRANT.replace('十万', '八万')}{BOOKS}完。"
    monkeypatch.setattr(subsequences, "LARGEST", 300)

    stretches = compare_line(old, new)

    assert sides(stretches) == (old, new)
    assert LIFT in marked(stretches)
    assert "由财政按每部[-十][+八]万元给予支持。" in marked(stretches)
    assert f"[-{SOIL}再说冰雪][+{BOOKS}完]。" in marked(stretches)


@given(LINES, LINES)
def test_beyond_the_limit_either_line_can_be_read_too(old: str, new: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(subsequences, "LARGEST", 30)

        assert sides(compare_line(old, new)) == (old, new)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("".join(chr(0x4E00 + k * 7 % 500) for k in range(20_000)),
         "".join(chr(0x5200 + k * 11 % 500) for k in range(20_000))),
        ("一二三" * 6_600, "一三二" * 6_600),
        ("一" * 20_000, "一一二" * 6_600),
    ],
    ids=["nothing in common", "out of step", "one character"],
)  # fmt: skip
def test_no_text_of_twenty_thousand_characters_takes_long(old: str, new: str) -> None:
    begun = time.process_time()

    stretches = compare_line(old, new)

    # Ten times what it takes, so that a busy machine does not fail it.
    assert time.process_time() - begun < 5
    assert sides(stretches) == (old, new)
