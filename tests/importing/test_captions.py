"""Captions at the head of a page and stranded in its text."""

import pytest

from speeches.importing.captions import CAPTION, signs_of_a_caption
from speeches.importing.lines import Block, read_lines
from speeches.importing.signs import total


def _block(text: str) -> Block:
    return Block(tuple(read_lines(text)))


@pytest.mark.parametrize("text", ["座谈会现场。", "图为委员察看水渠。", "果园里的长桌。李河 摄"])
def test_a_line_about_a_picture_at_the_head_is_a_caption(text: str) -> None:
    signs = signs_of_a_caption(_block(text), in_head=True, at_seam=False, stands_apart=False)
    assert total(signs) >= CAPTION


def test_somebody_doing_something_before_a_heading_is_a_caption() -> None:
    block = _block("委员在果园参观水渠。")
    signs = signs_of_a_caption(block, in_head=False, at_seam=True, stands_apart=False)
    assert total(signs) >= CAPTION


@pytest.mark.parametrize(
    "text", ["以上发言，请批评指正。", "流活动，大家谈到很晚。", "参观的人越来越多，果园也出了名。"]
)
def test_the_rest_of_a_sentence_is_no_caption(text: str) -> None:
    signs = signs_of_a_caption(
        _block(text), in_head=False, at_seam=True, stands_apart=True, may_go_on=True
    )
    assert total(signs) < CAPTION
