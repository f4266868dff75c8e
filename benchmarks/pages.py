"""Digest pages of any length, made of chance words: damaged as real pages are, and always the same
for the same size.

The text has no meaning; what counts for the time is its shape: remarks of a page's usual length,
sentences cut at column ends, tails repeated at column feet, closings printed before their heading.
"""

from __future__ import annotations

import random

_WORDS = (
    *("协商", "民主", "基层", "调研", "委员", "群众", "乡镇", "社区", "果园"),
    *("水渠", "产业", "服务", "机制", "平台", "议事", "提案", "监督", "学习"),
    *("凝聚", "共识", "干部", "党员", "支部", "制度", "作风", "培训", "村民"),
    *("企业", "河道", "教育", "医疗", "养老", "交通", "文化", "旅游", "粮食"),
    *("生态", "就业", "园区", "科技", "人才", "市场", "道路", "校园", "公园"),
    *("图书", "灌溉", "农机", "合作", "品牌", "冷链", "电商", "志愿", "调解"),
    *("普法", "防汛", "供暖", "改造", "物业", "停车", "绿化", "节能", "数据"),
    *("档案", "车间", "展馆", "古城", "湿地", "稻田", "林场", "牧场", "码头"),
)
_PLACES = (
    *("东岭", "西川", "南坪", "北河", "中原", "上泽", "下湾", "前川"),
    *("后岭", "左溪", "右江", "青石", "白杨", "红松", "黄泥", "蓝田"),
)
_LEADS = ("坚持", "推动", "突出", "强化", "注重", "深化")
PARAGRAPHS = 6
REMARKS = 8


def make_page(times: int) -> str:
    """The text of a page ``times`` as long as a newspaper page of eight remarks."""
    draw = random.Random(times)
    parts = [
        "以协商聚共识 以履职促发展",
        "—市政协基层协商工作座谈会发言摘编",
        "■本报记者 方圆/文 齐正/摄",
        "5月23日，市政协基层协商工作座谈会召开。" + _sentence(draw, 40) + "现将发言摘编如下。",
    ]
    for number in range(REMARKS * times):
        parts += _remark(draw, number)
    return "\n\n".join(parts) + "\n"


def _remark(draw: random.Random, number: int) -> list[str]:
    place = _PLACES[number % len(_PLACES)] + _PLACES[number // len(_PLACES) % len(_PLACES)]
    heading = f"{_phrase(draw, 4)} {_phrase(draw, 4)}"
    paragraphs = [f"近年来，{_sentence(draw, 60)}"]
    for _ in range(PARAGRAPHS):
        lead = f"{draw.choice(_LEADS)}{_phrase(draw, 3)}，{_phrase(draw, 4)}有成效。"
        paragraphs.append(lead + _sentence(draw, 70) + _sentence(draw, 60))
    blocks: list[str] = []
    for paragraph in paragraphs:
        if draw.random() < 0.4:
            # A column ends inside the sentence, and now and then its foot stands there again.
            cut = draw.randrange(20, len(paragraph) - 20)
            blocks.append(paragraph[:cut])
            if draw.random() < 0.4:
                blocks.append(paragraph[cut:])
            blocks.append(paragraph[cut:])
        else:
            blocks.append(paragraph)
    closing = [blocks[-1]] if draw.random() < 0.3 else []
    return [*closing, heading, f"{place}县政协党组", *blocks]


def _sentence(draw: random.Random, length: int) -> str:
    text = ""
    while len(text) < length:
        text += _phrase(draw, draw.randint(3, 6)) + "，"
    return text[:-1] + "。"


def _phrase(draw: random.Random, words: int) -> str:
    return "".join(draw.choice(_WORDS) for _ in range(words))
