"""Blocks become paragraphs."""

from speeches.importing.joining import join_paragraphs, passage_of
from speeches.importing.lines import Block, read_lines


def _join(*texts: str, indents: bool = False) -> list[str]:
    blocks = [Block(tuple(read_lines(text))) for text in texts]
    groups = join_paragraphs(blocks, range(len(blocks)), page_indents=indents)
    return [passage_of(blocks, group).text for group in groups]


def test_an_open_sentence_is_made_whole() -> None:
    assert _join("渠修到半", "山,通了水。", "路也通了。") == ["渠修到半山，通了水。", "路也通了。"]


def test_a_list_announced_with_a_colon_keeps_its_items_apart() -> None:
    assert _join("建议如下：", "一是修渠；", "二是补路。") == [
        "建议如下：",
        "一是修渠；",
        "二是补路。",
    ]


def test_a_numbered_line_without_full_stop_stays_a_paragraph_of_its_own() -> None:
    assert _join("一、修渠引水", "渠修到了半山。") == ["一、修渠引水", "渠修到了半山。"]


def test_where_paragraphs_are_indented_a_line_without_indent_goes_on() -> None:
    assert _join("\u3000\u3000渠通了。", "水来了。", "\u3000\u3000路也通了。", indents=True) == [
        "渠通了。水来了。",
        "路也通了。",
    ]


def test_a_passage_has_the_ranges_of_all_its_blocks() -> None:
    text = "渠修到半\n\n山。"
    blocks = [Block((line,)) for line in read_lines(text)]
    passage = passage_of(blocks, [0, 1])
    assert "".join(text[start:end] for start, end in passage.ranges) == passage.text
