"""Headline, kicker, subtitle and the meeting they name."""

import pytest

from speeches.importing.head import held_on_words, meeting_name, read_head
from speeches.importing.lines import Block, read_lines


def _read(text: str) -> dict[str, list[str]]:
    blocks = [Block((line,)) for line in read_lines(text)]
    head = read_head(blocks, range(len(blocks)))
    return {key: [blocks[i].text for i in value] for key, value in vars(head).items() if value}


def test_the_parts_of_a_head_are_told_apart() -> None:
    head = _read(
        "同坐一条板凳\n\n——全市协商工作现场会发言摘编\n\n■本报记者 李河/文\n\n"
        "9月6日，全市协商工作现场会召开，与会同志交流了修渠补路的体会，现将发言刊发如下。"
        "\n\n现场会会场。"
    )
    assert head["title"] == ["同坐一条板凳"]
    assert head["subtitle"] == ["——全市协商工作现场会发言摘编"]
    assert head["bylines"] == ["■本报记者 李河/文"]
    assert len(head["introduction"]) == 1
    assert head["captions"] == ["现场会会场。"]


def test_a_line_that_names_the_occasion_above_the_headline_is_a_kicker() -> None:
    head = _read("市政协召开会议交流修渠补路的经验：\n\n同坐一条板凳\n\n——现场会发言摘编")
    assert head["kicker"] == ["市政协召开会议交流修渠补路的经验："]
    assert head["title"] == ["同坐一条板凳"]


def test_two_lines_of_one_headline_have_no_kicker() -> None:
    head = _read("同坐一条板凳\n\n共议一方发展\n\n——现场会发言摘编")
    assert head["title"] == ["同坐一条板凳", "共议一方发展"]
    assert "kicker" not in head


def test_a_page_whose_only_headline_says_digest_has_no_subtitle() -> None:
    assert _read("全市协商工作现场会发言摘登\n\n本报记者 李河") == {
        "title": ["全市协商工作现场会发言摘登"],
        "bylines": ["本报记者 李河"],
    }


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("全市协商工作现场会发言摘编", "全市协商工作现场会"),
        ("市政协修渠协商会大会发言摘要", "市政协修渠协商会"),
        ("全市协商工作会议交流发言选登", "全市协商工作会议"),
        ("全市协商工作经验交流会发言摘编", "全市协商工作经验交流会"),
        ("在全市协商座谈会上的发言摘登", "全市协商座谈会"),
    ],
)
def test_the_meeting_is_the_subtitle_without_the_words_for_digest(line: str, name: str) -> None:
    assert meeting_name("同坐一条板凳", line, []) == name
    assert meeting_name(line, "", []) == name


@pytest.mark.parametrize(
    ("introduction", "name"),
    [
        ("9月6日，全市修渠现场会在临江召开。", "全市修渠现场会"),
        ("9月6日，市政协召开修渠补路座谈会，交流体会。", "修渠补路座谈会"),
        ("大家谈修渠。", ""),
    ],
)
def test_without_subtitle_the_introduction_names_the_meeting(introduction: str, name: str) -> None:
    assert meeting_name("同坐一条板凳", "", [introduction]) == name


def test_the_date_is_that_of_the_sentence_about_the_meeting() -> None:
    assert held_on_words(["9月1日，渠通了水。9月6日至7日，会议召开。"]) in ("9月1日", "9月6日至7日")
    assert held_on_words(["近日，会议召开。"]) == ""
