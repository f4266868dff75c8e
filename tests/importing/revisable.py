"""A small page with its first arrangement, to be revised."""

import datetime as dt

from speeches.importing import import_page
from speeches.importing.arrangement import Arrangement, arrangement_of

PAGE = """\
深化协商议事 服务百姓民生
——市政协基层协商座谈会发言摘编
8月13日至14日，市政协召开基层协商座谈会。
王越/文 刘达齐/摄

把好事办实 把实事办好
□阿城区政协党组
我们坚持党建引领，建好每一个党支部。我们把协商议事室建到居民家门口，让群众少跑路。
去年共开展协商活动 120 次,解决问题 80 件。

发挥优势 搭建平台
□市工商联副主席 李明
民营企业是经济发展的重要力量。建议进一步优化营商环境，推动惠企政策落地见效。
各级工商联要做好服务工作，及时反映企业诉求。

责任编辑：王越
"""
DRAFT = import_page(PAGE.encode(), name="page.txt", published=dt.date(2024, 8, 20))
SOURCE = DRAFT.source.text
FIRST = arrangement_of(DRAFT)


def source_of(arrangement: Arrangement, one: str) -> str:
    return "".join(SOURCE[start:end] for start, end in arrangement["pieces"][one]["ranges"])
