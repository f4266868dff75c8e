"""The county-level place that the name of a body opens with."""

from __future__ import annotations

from speeches.text.folding import Folding, fold
from speeches.text.words import read_words

# Names of prefecture-level cities (GB/T 2260) without 市: a body named after one of them belongs
# to no district.
_PREFECTURES = frozenset(read_words("prefectures"))
_COUNTY = Folding(r"^[\u4e00-\u9fff]{1,10}?(?:自治县|自治旗|[区县市旗])(?=(.?))")
_PROVINCE = Folding(
    r"^[\u4e00-\u9fff]{2,7}?(?:省|自治区|自治州|地区|盟(?=[\u4e00-\u9fff]{1,6}[旗县市]))"
)
_NOT_A_PLACE = Folding(
    r"政协|党|委员|工商|公司|学|社区|小区|协会|政府|园区|校区|院区|景区|林区政|开发区|高新区|"
    r"示范区|保税区|自贸|灌区|^中共|^中国|^国家|^全国|^共青|^民革|^民盟|^民建|^民进|^农工|"
    r"^致公|^九三|^台盟"
    r"|[全本我该各省某]市|[全本我该各]区|[全本我该各]县|^新区|集团|银行|医院|法院|联合"
)
_NEW_AREAS = ("浦东新区", "滨海新区")


def district_of(unit: str, known: tuple[str, ...] = ()) -> str:
    """The county-level 区, 县, 市 or 旗 that ``unit`` opens with; "" for a body of the city or of
    no place.

    ``known`` are districts that the newsroom knows; they win over the shape of the name. A
    prefecture-level city in front of the district (佳木斯市向阳区) is passed over, and so is a
    province.
    """
    rest = unit
    for _ in range(4):
        named = max((name for name in known if name and rest.startswith(name)), key=len, default="")
        if named:
            return named
        province = _PROVINCE.match(rest)
        if province and not _NOT_A_PLACE.search(province.group()):
            rest = rest[province.end() :]
            continue
        place = _leading_place(rest)
        if not place:
            return ""
        if place.endswith("市") and (
            fold(place[:-1]) in _PREFECTURES or _leading_place(rest[len(place) :])
        ):
            rest = rest[len(place) :]
            continue
        return place
    return ""


def _leading_place(text: str) -> str:
    match = _COUNTY.match(text)
    if not match:
        return ""
    place = match.group()
    # 沙市区, 津市市: the lazy match has stopped inside the name.
    doubled = fold(match[1]) in tuple("区市县") and fold(place[-1]) in tuple("市区")
    if doubled and fold(place[:-1]) not in _PREFECTURES:
        place += match[1]
    if _NOT_A_PLACE.search(place) or _is_new_area(place):
        return ""
    return place


def _is_new_area(place: str) -> bool:
    """True for a 新区 that is no district of its own."""
    plain = fold(place)
    return plain.endswith("新区") and plain not in _NEW_AREAS
