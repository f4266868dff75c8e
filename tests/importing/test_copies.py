"""Which blocks are copies, and which of two copies stays."""

from speeches.importing.copies import find_copies
from speeches.importing.evidence import Page
from speeches.importing.joints import Joints
from speeches.importing.lines import Block, read_lines
from speeches.importing.settling import settle

CUT = "修渠要先勘察，把淤堵的地方逐段标"
REST = "在图上，再分给各组限期清理，谁承包谁签字。"
OTHER = "补路的石料由果园出，人工由各家轮流派，两个月就修通了。"


def _blocks(*texts: str) -> list[Block]:
    return [Block(tuple(read_lines(text))) for text in texts]


def _settle(blocks: list[Block], sections: list[list[int]]) -> set[int]:
    pairs = {(i, j) for s in sections for n, i in enumerate(s) for j in s[n + 1 : n + 4]}
    originals = find_copies(blocks, sections)
    return settle(Page(blocks, sections, originals, Joints(blocks, pairs), False, {}))


def test_a_copy_is_found_though_a_column_s_end_cuts_its_original_and_a_mark_differs() -> None:
    whole = (CUT + REST).replace("，再", "、再")
    blocks = _blocks(whole, OTHER, CUT, REST)
    found = find_copies(blocks, [[0, 1], [2, 3]])
    assert (2, 3) in {original.blocks for original in found[0]}


def test_a_sentence_shared_in_the_middle_of_two_paragraphs_is_no_copy() -> None:
    blocks = _blocks("大家都说好。", "渠通了。大家都说好。树也活了。")
    assert find_copies(blocks, [[0], [1]]) == {}


def test_a_tail_behind_a_full_stop_goes_and_the_one_that_completes_a_sentence_stays() -> None:
    blocks = _blocks(CUT, REST, OTHER, REST)
    assert _settle(blocks, [[0, 1], [2, 3]]) == {3}
    blocks = _blocks(OTHER, REST, CUT, REST)
    assert _settle(blocks, [[0, 1], [2, 3]]) == {1}


def test_a_tail_between_the_halves_of_another_sentence_goes() -> None:
    blocks = _blocks(CUT, REST, "果园的石料先运到村", REST, "口，再分到各段。")
    assert _settle(blocks, [[0, 1], [2, 3, 4]]) == {3}


def test_closing_paragraphs_before_their_heading_go_and_those_under_it_stay() -> None:
    closing = (
        "灯校开在粮仓里，冬闲时节每晚两节课，老匠人讲木工，兽医讲养羊，听的人越来越多。"
        "后来连邻村也来了。"
    )
    blocks = _blocks(OTHER, closing, CUT + REST, closing)
    assert _settle(blocks, [[0, 1], [2, 3]]) == {1}


def test_a_stock_phrase_of_two_remarks_stays_in_both() -> None:
    thanks = "以上发言，不妥之处请批评指正。"
    blocks = _blocks(OTHER, thanks, CUT + REST, thanks)
    assert _settle(blocks, [[0, 1], [2, 3]]) == set()


def test_the_last_copy_of_a_passage_is_never_dropped() -> None:
    passage = OTHER + REST
    blocks = _blocks(CUT, passage, OTHER, passage)
    assert len(_settle(blocks, [[0, 1], [2, 3]])) == 1


def test_words_that_meet_at_a_joint_and_stand_elsewhere_confirm_it() -> None:
    blocks = _blocks("工作由红色物", "业托管来做。", "小区没有物业托管。", "专人来做。")
    joints = Joints(blocks, {(0, 1), (0, 3)})
    assert joints.score(0, 1) > joints.score(0, 3)
    assert joints.is_confirmed(0, 1)


def test_a_closing_printed_before_its_heading_goes_though_a_third_remark_ends_in_its_words() -> (
    None
):
    thanks = "以上发言，不妥之处请批评指正。"
    blocks = _blocks(
        OTHER, CUT + REST, thanks, OTHER[:20] + "。", CUT + REST, thanks, OTHER, thanks
    )
    assert _settle(blocks, [[0, 1, 2], [3, 4, 5], [6, 7]]) == {1, 2}


def test_words_that_open_a_closing_are_not_joined_to_an_open_sentence() -> None:
    blocks = _blocks(CUT, REST, "下一步，我们把渠再修长些。", "果园的石料先运", REST, "到村口。")
    assert _settle(blocks, [[0, 1, 2], [3, 4, 5]]) == {4}
