"""Captions: short lines about a picture, at the head of the page or stranded in the text."""

from __future__ import annotations

from speeches.importing.bylines import find_credit
from speeches.importing.lines import Block
from speeches.importing.signs import Clue, Sign, Signs
from speeches.text.folding import Folding, fold
from speeches.text.sentences import ends_sentence, starts_with_enumerator

CAPTION = 3.0
_POINTS_AT_PICTURE = Folding(
    r"^(?:图为|图[一二三四五1-9][:：为]|上图|下图|左图|右图|题图|本版图片|图片说明|图[:：])"
)
_PICTURE = Folding(
    r"(?:现场|会场|场景|一角|一隅|合影|剪影|外景|全景|掠影|瞬间|资料图片|资料片|效果图|图片)[。.]?$"
)
_SCENE = Folding(
    r"走进|参观|观摩|实地|视察|调研|考察|走访|慰问|座谈|交流|讨论|发言|协商|参加|出席|活动|"
    r"开幕|正在|会场|现场|学习|宣讲|展示|体验|了解|查看|听取|工作中|授课|义诊|合影|植树|培训"
)
_WHO = Folding(
    r"^(?:[\u4e00-\u9fff]{0,8}(?:委员(?!会)|代表(?!团)|师生|学生|居民|村民|群众|干部|"
    r"与会人员|与会者|专家|志愿者|人员|嘉宾|会议|会场))"
)
_NEVER = Folding(r"谢谢|以上|汇报完毕|我的发言|不妥|请批评|敬请|今后|下一步|我们|建议")
_PHOTOGRAPHER = ("摄", "摄影", "供图", "图", "图片")
_LONGEST = 60


def signs_of_a_caption(
    block: Block, *, in_head: bool, at_seam: bool, stands_apart: bool, may_go_on: bool = False
) -> Signs:
    """What speaks for ``block`` being a caption, and what against it; ``CAPTION`` is enough.

    ``in_head``: before the first remark. ``at_seam``: between the halves of a sentence, or just
    before a heading. ``stands_apart``: with more white space around it than lines usually have.
    ``may_go_on``: the sentence before is open, so that the line could be its rest; then a scene
    alone is not enough, somebody has to be in it.
    """
    text = block.text
    credit = find_credit(block.raw)
    if credit:
        text = text[: -(len(block.raw) - credit[0])] or text
    if len(text) > _LONGEST or _NEVER.search(text) or starts_with_enumerator(text):
        return ()
    inner = text.rstrip("。")
    if "。" in inner or "；" in inner:
        return ()
    points, place = bool(_POINTS_AT_PICTURE.match(text)), bool(_PICTURE.search(text))
    somebody = bool(_WHO.match(text))
    by_photographer = credit is not None and fold(credit[1].role) in _PHOTOGRAPHER
    doubts = (may_go_on and "，" in text) + (may_go_on and not somebody and not place)
    weighed = (
        (points, Clue.POINTS_AT_PICTURE, 3.0),
        (by_photographer, Clue.PHOTO_CREDIT, 2.5),
        (place, Clue.SHOWS_A_PLACE, 2.0),
        (not place and bool(_SCENE.search(text)), Clue.TELLS_A_SCENE, 1.0),
        (somebody, Clue.TELLS_WHO, 0.5),
        (doubts > 0, Clue.COULD_GO_ON, -1.0 * doubts),
        (len(text) <= 30 and "，" not in text, Clue.SHORT_LINE, 0.5),
        (in_head or at_seam, Clue.BESIDE_A_PICTURE, 1.0),
        (stands_apart, Clue.STANDS_APART, 0.5),
        (not (ends_sentence(text) or credit or points or place), Clue.NO_END, -2.0),
    )
    return tuple(Sign(clue, weight) for found, clue, weight in weighed if found)
