"""Lines and blocks keep their places in the source."""

from speeches.importing.furniture import cut_inline_furniture
from speeches.importing.lines import find_wrap, gather, read_lines

NARROW = """\u3000\u3000春天来得早，槐树下的长桌
又摆了起来，邻居们说起修渠的
旧事，一桩一件都记在本子上，
等着开会时逐项商量。
\u3000\u3000第二件事是补路，从村口到
果园的三里土路，一下雨就成了
泥塘，骑车的孩子没少摔跤，谁
看了都心疼。"""


def test_a_line_knows_where_it_stands_and_how_far_from_the_one_before() -> None:
    text = "\n\n\u3000渠水 \r\n\xa0\r\n田埂"
    first, second = read_lines(text)
    assert (first.text, first.gap, text[first.start : first.end]) == ("渠水", 2, "渠水")
    assert (second.text, second.gap, second.start) == ("田埂", 1, len(text) - 2)


def test_two_wide_spaces_are_an_indent_and_one_is_not() -> None:
    assert [line.indented for line in read_lines("\u3000\u3000渠\n\u3000渠\n渠\n    渠")] == [
        True,
        False,
        False,
        True,
    ]


def test_a_hard_wrap_is_found_and_its_lines_are_gathered_into_paragraphs() -> None:
    lines = read_lines(NARROW)
    wrap = find_wrap(lines)
    assert wrap is not None
    assert wrap.width == 14
    blocks = gather(lines, wrap, set())
    assert [block.indented for block in blocks] == [True, True]
    assert blocks[0].raw.endswith("等着开会时逐项商量。")


def test_a_wide_page_has_no_wrap() -> None:
    lines = read_lines("渠水流到田头。\n\n果园里摆开长桌，大家谈到很晚才散。\n\n散会。")
    assert find_wrap(lines) is None
    assert len(gather(lines, None, set())) == 3


def test_a_space_at_a_wrap_still_parts_the_words() -> None:
    lines = read_lines(NARROW.replace("谁\n看了", "谁 \n看了"))
    blocks = gather(lines, find_wrap(lines), set())
    assert "谁 看了" in blocks[1].raw


def test_a_part_of_a_block_has_the_places_of_its_own() -> None:
    text = "座谈会现场。 李河 摄"
    block = gather(read_lines(text), None, set())[0]
    part = block.part(6, len(text))
    assert part is not None
    assert [text[start:end] for start, end in part.ranges] == ["李河 摄"]
    assert block.part(6, 7) is None


def test_a_turn_sign_within_a_line_becomes_a_line_of_its_own() -> None:
    lines = cut_inline_furniture(read_lines("渠修到了半山（下转第三版）"))
    assert [line.text for line in lines] == ["渠修到了半山", "（下转第三版）"]
    assert lines[1].start == 6
