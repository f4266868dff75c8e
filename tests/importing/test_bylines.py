"""Bylines and photo credits."""

import pytest

from speeches.importing.bylines import find_credit, read_byline


@pytest.mark.parametrize(
    ("line", "people"),
    [
        ("■本报记者 李河/文 赵田/摄", [("李河", "文"), ("赵田", "摄")]),
        ("本报记者 李河 通讯员 赵 田", [("李河", ""), ("赵田", "")]),
        ("记者 李河 文/图", [("李河", "文/图")]),
        ("文/李河 图/赵田", [("李河", "文"), ("赵田", "图")]),
        ("（本报记者 李河 整理）", [("李河", "整理")]),
        ("李河 赵田 整理", [("李河", "整理"), ("赵田", "整理")]),
        ("摄影：赵田", [("赵田", "摄影")]),
        ("本报记者李河文/摄", [("李河", "文/摄")]),
        ("本报全媒体记者 李河 赵田/文 王春/摄", [("李河", "文"), ("赵田", "文"), ("王春", "摄")]),
    ],
)
def test_names_and_roles_are_read_in_every_order(line: str, people: list[tuple[str, str]]) -> None:
    assert [(one.name, one.role) for one in read_byline(line)] == people


@pytest.mark.parametrize(
    "line", ["青溪县政协主席 李河", "把议事桌搬进果园", "图为会场。", "记者来到田头。", "李河 赵田"]
)
def test_a_line_without_label_or_role_or_with_other_words_is_no_byline(line: str) -> None:
    assert read_byline(line) == ()


@pytest.mark.parametrize(
    ("caption", "place", "name", "role"),
    [
        ("座谈会现场。 李河 摄", 6, "李河", "摄"),
        ("座谈会现场。李河/摄", 6, "李河", "摄"),
        ("果园里的长桌（本报记者 李河 摄）", 6, "李河", "摄"),
        ("果园里的长桌 摄影：李河", 6, "李河", "摄影"),
    ],
)
def test_the_credit_at_a_caption_s_end_is_found(
    caption: str, place: int, name: str, role: str
) -> None:
    found = find_credit(caption)
    assert found is not None
    assert (found[0], found[1].name, found[1].role) == (place, name, role)


def test_a_caption_without_credit_has_none() -> None:
    assert find_credit("座谈会现场。") is None
