"""One made-up digest, and its printed lines on a page of four columns."""

from __future__ import annotations

from dataclasses import dataclass

TITLE = "长桌摆到渠边 心事化成好事"
SUBTITLE = "——全市基层协商工作座谈会发言摘编"
BYLINE = "■本报记者 柏小舟/文 齐方圆/摄"
OPENING = (
    "12月20日，全市基层协商工作座谈会在临江召开，与会同志围绕修渠补路、巡诊下乡、"
    "老街焕新等话题交流了做法和体会，现将部分发言刊发如下。"
)
FOOT = "责任编辑：方圆"
# Heading, unit line, paragraphs.
REMARKS = (
    (
        "疏通断头渠 浇灌万亩田",
        "青溪县政协主席 王小满",
        (
            "近年来，青溪县政协把长桌搬到渠边，请种粮大户、水管员和返乡青年围坐细谈，"
            "淤堵的地方逐段标在图上，再分给各组清理，一个上午就记满了12页纸。",
            "会同水务部门勘察支渠27条，绘出淤堵分布图，为清淤工程提供了依据。去年入冬以前，"
            "8600亩稻田用上了长流水，社员们分到了第一笔节水奖励。",
            "提出的意见有回音、落实的结果看得见，大家的劲头自然更足。下一步，"
            "我们将把管护公约写进村规，让渠水年年流到田头。",
        ),
    ),
    (
        "巡诊车开进深山来",
        "市政协医药卫生界别活动组",
        (
            "当前，山区老人看病路远、药少、等得久。市政协医药卫生界别活动组组织委员轮流上山，"
            "巡诊车开进14个偏远屯落，为行动不便的老人建立了健康档案。",
            "村医跟着学、拿得出手的本领多了，常见病不出村就能看好。针对取药难，"
            "委员建议在小卖部设代办点，由班车司机捎带，药费一分不加。",
        ),
    ),
    (
        "擦亮老街金招牌",
        "民盟临江市委会 高远",
        (
            "近年来，老街的手艺人年纪大了，年轻人不愿意接班。我们请老匠人把雕花的手艺写成讲义，"
            "冬闲时节在粮仓里开课，带出徒弟9名，其中4人开了自己的铺面。",
            "古井、石桥和戏台一一登记造册，请专家编写说明牌，孩子们放学以后当起了小讲解员。"
            "如今的老街，白天有人看戏，晚上有人下棋，招牌又亮了起来。",
        ),
    ),
)
# Another one, whose every character Big5 has.
TRADITIONAL = """同坐一條板凳

——基層工作座談會發言摘編

疏通斷頭渠

晨光工程公司董事 王小滿

近年來，公司把長桌搬到渠邊，淤堵的地方逐段標在圖上，再分給各組清理。

擦亮老街金招牌

雕花工藝公司副主任 高遠

今年以來，公司請老匠人把手藝寫成講義，冬閒時節在糧倉裡開課，帶出徒弟九名。
"""
# Marks that no line begins with: the line before is one character longer.
_NOT_FIRST = "，。、；：？！）》”"


def lines() -> list[str]:
    """The digest as its paragraphs, one line each."""
    found = [TITLE, SUBTITLE, BYLINE, OPENING]
    for heading, unit, paragraphs in REMARKS:
        found += [heading, unit, *paragraphs]
    return [*found, FOOT]


def as_text() -> str:
    """The digest as a text file holds it."""
    return "\n\n".join(lines()) + "\n"


@dataclass(frozen=True)
class Printed:
    """A printed line: its left edge, the top of its em box and its em in points."""

    left: float
    top: float
    size: float
    text: str


WIDTH, HEIGHT = 650.0, 500.0
_MARGIN, _TOP, _BOTTOM = 30.0, 30.0, 460.0
_EM, _LEADING, _GUTTER, _ACROSS = 9.0, 13.0, 14.0, 15
_COLUMN = _ACROSS * _EM


def printed() -> list[Printed]:
    """The page: a headline across, four columns of 15 characters, the editor's line below."""
    title = [
        Printed((WIDTH - 28 * width(TITLE)) / 2, _TOP, 28.0, TITLE),
        Printed((WIDTH - 14 * width(SUBTITLE)) / 2, _TOP + 38, 14.0, SUBTITLE),
        Printed((WIDTH - 9 * width(BYLINE)) / 2, _TOP + 64, 9.0, BYLINE),
    ]
    first = _TOP + 92
    left, top = _MARGIN, first
    body = []
    for indent, size, text, room in _rows():
        if top + room + _LEADING > _BOTTOM:
            left, top = left + _COLUMN + _GUTTER, first
        else:
            top += room
        body.append(Printed(left + indent, top, size, text))
        top += _LEADING * max(size / _EM, 1)
    assert left <= WIDTH - _MARGIN - _COLUMN, "a page has four columns"
    foot = Printed(_MARGIN, _BOTTOM + 16, 8.0, FOOT)
    return [*title, *body, foot]


def _rows() -> list[tuple[float, float, str, float]]:
    """The lines of the columns: indent, size, text and the room above."""
    rows = _wrapped(OPENING)
    for heading, unit, paragraphs in REMARKS:
        for i, half in enumerate(heading.split()):
            rows.append(((_COLUMN - 12 * width(half)) / 2, 12.0, half, 0.0 if i else 7.0))
        rows.append(((_COLUMN - _EM * width(unit)) / 2, _EM, unit, 3.0))
        for n, paragraph in enumerate(paragraphs):
            wrapped = _wrapped(paragraph)
            rows += [(*wrapped[0][:3], 0.0 if n else 4.0), *wrapped[1:]]
    return rows


def _wrapped(paragraph: str) -> list[tuple[float, float, str, float]]:
    """A paragraph as lines of at most 15 ems, the first one indented by two."""
    rows, line, room = [], "", _ACROSS - 2.0
    for char in paragraph:
        if width(line + char) > room and char not in _NOT_FIRST:
            rows.append((_EM * (_ACROSS - room), _EM, line, 0.0))
            line, room = "", float(_ACROSS)
        line += char
    return [*rows, (_EM * (_ACROSS - room), _EM, line, 0.0)]


def width(text: str) -> float:
    """The width of ``text`` in ems: ASCII is half as wide as the rest."""
    return sum(0.5 if char.isascii() else 1.0 for char in text)
