"""Page furniture: what belongs to the newspaper's page and not to its text.

Section and page numbers, issue dates, the people and telephone numbers in a page's foot, and the
signs that a text goes on elsewhere: （下转第九版）, 上接第八版.
"""

from __future__ import annotations

import re
from itertools import pairwise

from speeches.importing.lines import Line, part_of
from speeches.text.characters import compact
from speeches.text.folding import Folding, fold
from speeches.text.sentences import ends_sentence

_NUMBER = r"(?:[A-Za-z]?\d{1,3}|[〇零一二三四五六七八九十]{1,4})"
_TURN = (
    rf"(?:紧?接|下?转|上接|紧转)(?:本报)?第?{_NUMBER}(?:[、,至-]{_NUMBER})*[版页](?:[^。,，"
    rf"]{{0,8}})?"
)
_WEEKDAY = r"星期[一二三四五六日天]"
_DATE = (
    rf"(?:\d{{4}}年\d{{1,2}}月\d{{1,2}}日|[〇○零一二三四五六七八九十]{{4}}年[一二三四五六七八"
    rf"九十]{{1,3}}月[一二三四五六七八九十]{{1,3}}日"
    rf"|\d{{4}}[-./]\d{{1,2}}[-./]\d{{1,2}})(?:{_WEEKDAY})?"
)
_DUTY = (
    r"(?:本版|本期|今日|值班|执行|首席)*(?:责任编辑|责任校对|责任检校|责编|美术编辑|美编|"
    r"编辑|校对|检校|版式设计|版式|版面设计|设计|制图|组版|排版|审读|审校|监制"
    r"|值班编委|值班主任|值班总编|主编|总编辑|总编|副总编|编审|一读|二审|终审|策划|统筹|视觉|"
    r"电脑制作|照排)"
)
_CONTACT = (
    r"(?:新闻热线|新闻热线电话|热线|热线电话|投稿热线|投稿邮箱|联系电话|电话|传真|电传|网址|"
    r"网站|邮箱|电子邮箱|电子邮件|邮编|邮政编码|社址|地址|本报地址|总编室|广告热线|广告部"
    r"|发行热线|发行部|订阅热线|客服|微信号|微信公众号|公众号|官方微博|微博|客户端|QQ|QQ群|"
    r"E-?mail|Tel|Fax|国内统一(?:连续出版物)?(?:刊)?号|国内统一连续出版物号|邮发代号|刊号|"
    r"定价"
    r"|零售(?:价)?|全年定价|印刷|承印|广告经营许可证(?:号)?|今日\d+版|第\d+期|总第\d+期)"
)
_SECTION = (
    r"(?:要闻|综合|综合新闻|时政|政协|政协之声|人大|专题|专刊|特刊|专版|特别报道|理论|民生|"
    r"社会|经济|文化|教育|生态|副刊|评论|头版|新闻|本地|本市|党建|深度|关注|聚焦|视点|广告"
    r"|两会|两会特刊|两会专题|履职|建言|协商|调研|区县|地方|新闻综合|焦点|民主监督|统战|界别)"
)
_PATTERNS = [
    re.compile(rf"^{pattern}$", re.IGNORECASE)
    for pattern in (
        rf"[(（【\[〔]?{_TURN}[)）】\]〕]?",
        r"[-—–·•~*_|\s]*\d{1,3}[-—–·•~*_|\s]*",
        r"[-—–=_*~·•.]{2,}",
        rf"[-—–·•]*第{_NUMBER}页[,，/·-]*(?:共{_NUMBER}页)?[-—–·•]*",
        rf"(?:page|p\.?){_NUMBER}(?:(?:of|/){_NUMBER})?",
        r"\d{1,3}/\d{1,3}",
        rf"版次[:：]?第?{_NUMBER}版?",
        rf"第?{_NUMBER}版(?:[:：]?{_SECTION})?(?:{_DATE})?",
        rf"[A-Z]\d{{1,3}}版?(?:[:：]?{_SECTION})?",
        rf"\d{{1,3}}{_SECTION}",
        rf"{_SECTION}(?:[A-Z]?\d{{1,3}}版?|第{_NUMBER}版)",
        rf"{_SECTION}(?:版|周刊|专刊)",
        rf"{_DATE}",
        rf"{_WEEKDAY}",
        r"(?:农历)?[\u4e00-\u9fff]{2}年[正一二三四五六七八九十冬腊]+月(?:初|十|廿|"
        r"三)?[一二三四五六七八九十]+",
        r"[\u4e00-\u9fff]{2,8}(?:日报|晚报|早报|晨报|时报|政协报|商报|都市报|周报|"
        r"导报)(?:社(?:出版)?)?",
        r"(?:本报)?(?:版权所有|未经授权不得转载).{0,20}",
    )
]
_ADDRESS = re.compile(
    r"^(?:https?://|www\.)[!-~]+$|^[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+$", re.IGNORECASE
)
_WITH_DUTY = re.compile(
    rf"(?:^|[\d版日一二三四五六七八九十]|{_SECTION}|[(（【\[|·/　 ]){_DUTY}(?:[:：/]|[\s　]+)"
)
_WITH_CONTACT = re.compile(rf"^[(（【\[■●★□]?(?:本报|本社)?{_CONTACT}[:：\s\d]", re.IGNORECASE)
_DUTY_GLUED = re.compile(rf"^[(（]?{_DUTY}[\u4e00-\u9fff]{{2,3}}[)）]?$")
_DATED_HEAD = re.compile(
    rf"^(?:第?{_NUMBER}版)?(?:{_SECTION})?{_DATE}(?:第?{_NUMBER}版)?(?:{_SECTION})?$"
)
_INLINE_TURN = Folding(
    r"\s*[(（【\[〔]\s*(?:紧\s*接|下\s*转|上\s*接|接|转)\s*第?\s*[A-Za-z0-9０-９一二三四五六"
    r"七八九十]+\s*[版页][^)）】\]〕]{0,8}[)）】\]〕]\s*"
)
_INLINE_DUTY = Folding(rf"[(（【\[]\s*{_DUTY}\s*[:：]?[^)）】\]。]{{2,20}}[)）】\]]\s*$")
_BARE_NUMBER = re.compile(r"^\d{1,3}$")
_LONGEST = 60


def is_furniture(text: str) -> bool:
    """True where the line ``text`` is nothing but page furniture."""
    plain = fold(compact(text))
    if not plain or len(plain) > _LONGEST or ends_sentence(text):
        return False
    if any(pattern.match(plain) for pattern in _PATTERNS):
        return True
    if _ADDRESS.match(plain) or _DUTY_GLUED.match(plain) or _DATED_HEAD.match(plain):
        return True
    spaced = fold(" ".join(text.split()))
    if _WITH_CONTACT.match(spaced):
        return True
    return bool(_WITH_DUTY.search(spaced)) and "，" not in spaced


def is_turn_back(text: str) -> bool:
    """True for the sign that a text comes from another page: 上接第八版."""
    return bool(re.match(r"^[(（【\[〔]?(?:紧?接|上接)", compact(text)))


def cut_inline_furniture(lines: list[Line]) -> list[Line]:
    """``lines`` with the turn signs and duty lines in brackets that stand in a text line made
    lines of their own.
    """
    out: list[Line] = []
    for line in lines:
        cuts = {line.start, line.end}
        for pattern in (_INLINE_TURN, _INLINE_DUTY):
            for match in pattern.finditer(line.text):
                cuts.update((line.start + match.start(), line.start + match.end()))
        places = sorted(cuts)
        if len(places) == 2:
            out.append(line)
            continue
        out.extend(
            part
            for start, end in pairwise(places)
            if (part := part_of(line, start, end)) is not None
        )
    return out


def furniture_starts(lines: list[Line]) -> set[int]:
    """The starts of those lines that are page furniture.

    A bare number is a page number only where it stands alone: in running text it can be what a
    wrap has left over.
    """
    found: set[int] = set()
    for n, line in enumerate(lines):
        alone = line.gap > 0 and (n + 1 == len(lines) or lines[n + 1].gap > 0)
        if is_furniture(line.text) and (
            alone or n == 0 or not _BARE_NUMBER.match(compact(line.text))
        ):
            found.add(line.start)
    return found
