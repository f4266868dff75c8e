"""Names of organisations and posts: 木兰县政协主席 is 木兰县政协, 主席."""

from __future__ import annotations

import re

from speeches.text.folding import Folding
from speeches.text.words import alternatives, read_words

_RANK = r"(?:原|时任|常务|第一|名誉|执行|高级|首席|助理|代理|专职|兼职|荣誉|轮值|特聘|终身|联席)"
_TITLES = read_words("posts")
_TITLE = f"(?:{alternatives(_TITLES)})"
_PARTY_POST = r"(?:党组|党委|党总支|党支部|总支|支部|机关党委|纪委|工委)?"
_POST_AT_END = Folding(
    rf"{_RANK}*(?:{_PARTY_POST}{_RANK}*副?{_TITLE}|{_TITLE}助理)(?:[（(][^（）()]{{1,12}}[）)])?$"
)
_BODY_ENDINGS = read_words("body_endings")
_ENDING = f"(?:{alternatives(_BODY_ENDINGS)})"
_BODY = Folding(rf"^[\u4e00-\u9fffA-Za-z0-9·〇“”「」()（）&]{{1,36}}?{_ENDING}$")
_ENDS_LIKE_A_BODY = Folding(rf"{_ENDING}$")
_POST_INSIDE = Folding(rf"{_RANK}*(?:{_PARTY_POST}{_RANK}*副?{_TITLE})(?!会)")
_CORE = Folding(
    r"政协|党组|党委|党总支|党支部|民革|民盟|民建|民进|农工党|致公党|九三学社|台盟|工商联|"
    r"共青团|团[省市区县]委|妇联|工会|科协|侨联|台联|文联"
    r"|委员会|人大|政府|公司|集团|大学|学院|医院|协会|商会|学会|研究[院所]|法院|检察院|银行|"
    r"合作社|[市区县]委|[省市区县].{1,12}[局厅部办]$|无党派|界别?$"
)
_STARTS_LIKE_A_BODY = Folding(
    r"^(?:全国|中共|中国|国家|国网|省|市|区|县|州|旗|盟|[\u4e00-\u9fff]{1,10}(?:省|市|区|县|"
    r"旗|州|盟)|民革|民盟|民建|民进|农工党|致公党|九三学社|台盟|共青团|无党派"
    r"|[\u4e00-\u9fff]{2,}(?:公司|集团|大学|学院|医院|协会|商会|学会|政协|委员会))"
)

_STARTS_LIKE_A_HEADING = Folding(f"^(?:{alternatives(read_words('heading_verbs'))})")


def is_post(text: str) -> bool:
    """True where ``text`` is nothing but a post, or several joined by 、: 党组书记、主席."""
    return all(_is_one_post(part) for part in re.split("[、/兼]", text)) if text else False


def ends_with_a_post(text: str) -> bool:
    """True where nothing stands behind the last post that ``text`` names."""
    return _POST_AT_END.search(text) is not None


def _is_one_post(text: str) -> bool:
    match = _POST_AT_END.search(text)
    return bool(match and match.start() == 0)


def is_body(text: str) -> bool:
    """True where ``text`` is the name of an organisation: it opens, ends and reads like one."""
    return bool(
        not _STARTS_LIKE_A_HEADING.match(text)
        and _BODY.match(text)
        and _CORE.search(text)
        and _STARTS_LIKE_A_BODY.match(text)
    )


def split_unit_and_post(text: str) -> tuple[str, str] | None:
    """The organisation that ``text`` opens with and the posts behind it; None where no post is
    found.

    市政协委员、某公司董事长 gives 市政协 and 委员、某公司董事长: only the first organisation is
    the unit.
    """
    first, mark, others = _cut_at_first_comma(text)
    match = _POST_AT_END.search(first)
    if match and match.start() > 0:
        return _first_of_two(first[: match.start()], first[match.start() :] + mark + others)
    return None


def _first_of_two(unit: str, post: str) -> tuple[str, str]:
    """市政协委员某公司, 董事长 becomes 市政协, 委员某公司董事长: two offices printed without a
    comma between them.
    """
    for match in _POST_INSIDE.finditer(unit):
        head, tail = unit[: match.start()], unit[match.end() :]
        if len(tail) >= 3 and is_body(head) and _ENDS_LIKE_A_BODY.search(tail):
            return head, unit[match.start() :] + post
    return unit, post


def _cut_at_first_comma(text: str) -> tuple[str, str, str]:
    """``text`` at its first 、 outside brackets and outside a body's own name (经济、科技界)."""
    for match in re.finditer("[、/]|兼(?!职)", text):
        head = text[: match.start()]
        if head.count("（") + head.count("(") == head.count("）") + head.count(
            ")"
        ) and _POST_AT_END.search(head):
            return head, match.group(), text[match.end() :]
    return text, "", ""
