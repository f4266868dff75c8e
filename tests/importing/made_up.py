"""Digests made up for the tests: a page as its editor meant it, in many shapes, drawn from a
seed.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field

LEADS = """织牢平台网，议事有了“新去处”。
练好基本功，调研拿出“真本事”。
念好山字经，荒坡变成“聚宝盆”。
算好节水账，田里装上“智慧表”。
守好一盏灯，夜校迎来“新同学”。
搭好连心桥，邻里多了“热心肠”。
用好老物件，街巷讲出“新故事”。
扎好防护栏，堤坝守住“安全线”。
磨好一把尺，评议量出“真温度”。
种好责任田，支部挂起“承包牌”。
办好百姓宴，老人吃上“热乎饭”。
一是理顺机制，责任落到人头。
二是下沉一线，问题摆上桌面。
三是跟踪问效，承诺晒在墙上。
抓住关键处，把冷板凳坐热。
迈开双脚走，把实情带回来。""".splitlines()

SENTENCES = """驻村小组在槐树下支起长桌，邀请种粮大户和返乡青年围坐细谈，一个上午记满了{n}页纸。
对照清单逐户走访，发现漏雨的屋顶{n}处，当月全部修缮完毕。
渡口的老船工说，过去运一车苹果要等半天，眼下半个钟头就能过河。
会同水务部门勘察支渠{n}条，绘出淤堵分布图，为清淤工程提供了依据。
议题从居民的留言簿里挑选，凡是能当场答复的绝不拖到第二天。
这份报告送到县里之后，主要负责同志批示有关单位限期研究。
苗圃引来{n}个耐寒品种，成活率超过九成，合作社的社员分到了第一笔红利。
针对校车路线过长的情况，商请交通部门增开支线{n}条，最远的孩子少走了四里山路。
图书角虽小，却成了放学后最热闹的地方，志愿者轮流值守，从不间断。
窗口的同志把表格由七张减为两张，办事的群众连说没想到。
围绕冬季取暖召开恳谈会{n}次，收集意见三百多条，梳理成九个方面。
老匠人把雕花的手艺写成讲义，带出徒弟{n}名，其中四人开了自己的铺面。
雨季来临之前，对沿河的{n}座泵站做了一遍体检，更换阀门和电缆。
茶园旁边建起了展示馆，外地的客商一边品茶一边签订单。
把评议的话筒交给居民，哪家物业跑得勤、修得快，大家心里有杆秤。
培训班开在养殖场里，兽医站的技术员手把手示范，听课的人挤满了过道。
去年入冬以后，巡诊车开进{n}个偏远屯落，为行动不便的老人建立了健康档案。
古井、石桥和戏台一一登记造册，请专家编写说明牌，游客看得明白。
粮仓改成的剧场每逢周末座无虚席，演员多半是附近的村民。
两个部门过去各管一段，如今合在一处办公，推诿的事情少了许多。
督办台账每月更新，到期没有办结的事项挂出黄牌，连续两次的约谈主管领导。
菜市场的摊主自发成立互助会，缺斤短两的投诉下降了{n}成。
我们体会到，坐在屋里都是难题，走到田头全是办法。
引导企业与高校签下合作书{n}份，把论文写在车间里。
从去年起，凡涉及民生的方案都要先征求街坊的看法，再提交会议讨论。
护林员配上了无人机，巡一座山头由两天缩短到{n}分钟。
陶瓷厂的窑炉换成电热以后，每年少烧煤{n}吨，烟囱不再冒黑烟。
渔民上岸之后办起农家乐，湖面清静了，日子也红火了。
乡贤捐出祖屋作议事厅，墙上挂着历年议过的事、办成的事。
建议把零散的补贴集中使用，先修通往果园的{n}公里砂石路。
食堂每餐只收八元，行动不便的由网格员送到床前。
法官在集市上摆起桌子，一边调解纠纷一边讲案例，赶集的人围了好几层。
为了弄清水价，调研组跑遍{n}个灌区，比较了三种计量方式的利弊。
幼儿园门口划出接送区，拥堵的时间缩短了一大半。
剪纸课走进{n}所乡村小学，孩子们的作品挂满了走廊。
提出的意见有回音、落实的结果看得见，大家的劲头自然更足。""".splitlines()

OPENINGS = """近年来，{unit}把协商的桌子搬到群众家门口，做了一些探索。
今年以来，{unit}紧盯难点逐项破解，工作有了起色。
{unit}成立时间不长，人手也少，靠的是一股钻劲。
换届以来，{unit}坚持开门议事，路子越走越宽。
作为一名老政协人，说起家乡的变化，心里有许多话。
当前，{unit}正处在爬坡过坎的关口，任务很重。""".splitlines()

CLOSERS = """以上发言，不妥之处请批评指正。
下一步，我们将把好做法固定下来，让更多居民受益。""".splitlines()

HEADINGS = """把议事桌搬进果园
让老手艺焕发新光彩
念好“山水经” 端稳“生态碗”
疏通断头渠 浇灌万亩田
小窗口里的大服务
守住乡音 留住乡愁
“三张清单”促落实
架起校企合作连心桥
夜校灯光照亮乡村路
擦亮老街金招牌
用脚步丈量民情 用真心换取信任
答好民生考卷
巡诊车开进深山来
让评议长牙，让整改见效
关于盘活闲置校舍的建议
“最后一公里”怎么走
老街何以热起来？
把准方向，聚智聚力，走好新时代“赶考路”
为小菜园撑起保护伞
评议动真格 整改见真章
建好护林防火“千里眼”""".splitlines()

PLACES = ["青溪县", "白石县", "松涛区", "雁栖市", "云岭县", "柳湾区", "苍山市", "望河县"]
BODIES = [
    "政协党组",
    "政协",
    "政协机关党组",
    "政协提案委员会",
]
CITY_BODIES = [
    "市政协提案委员会",
    "市政协文化文史和学习委员会履职党支部",
    "民盟市委会",
    "九三学社市委会",
    "市工商联",
    "市政协办公厅机关党委",
    "临江农业机械学院",
    "临江晨曦乳业有限公司",
    "市总工会",
    "市第四人民医院",
]
POSTS = {
    "政协": ["主席", "副主席", "党组书记、主席", "秘书长", "委员"],
    "会": ["主任", "副主任", "主委", "副主委", "秘书长"],
    "公司": ["董事长", "总经理", "党委书记、董事长"],
    "学院": ["院长", "党委书记", "教授"],
    "医院": ["院长", "副院长"],
    "联": ["主席", "副主席"],
}
NAMES = [
    "李长河",
    "王小满",
    "赵一",
    "欧阳春晓",
    "司马亮",
    "陈大川",
    "孙巧云",
    "周立",
    "郑秋实",
    "冯雪",
    "诸葛青",
    "高远",
    "马骏",
    "阿依古丽·买买提",
    "巴特尔·苏和",
    "许诺",
    "钱多",
    "黄河清",
    "唐宋",
    "端木晴",
    "谢雨桐",
    "秦风",
    "何必",
    "郭子云",
    "皇甫长风",
    "令狐雪",
    "吴一凡",
    "艾力·热合曼",
    "方正",
]

TITLES = [
    ("同坐一条板凳", "共议一方发展"),
    ("把好事办到群众心坎上",),
    ("开门议事聚民智 躬身履职解民忧",),
    ("一枝一叶总关情",),
]
MEETINGS = [
    "全市基层协商工作现场会",
    "市政协“乡村振兴怎么干”专题议政会",
    "市政协重点提案办理协商座谈会",
    "全市政协委员履职交流会",
]
KICKERS = ["在全市基层协商工作现场会召开之际听各地谈做法", "市政协召开会议交流经验："]


@dataclass
class MadeRemark:
    """What a right import of one remark gives."""

    heading: list[str]
    unit: str
    post: str
    speaker: list[str]
    district: str
    paragraphs: list[str]


@dataclass
class MadePage:
    """A page as it was meant, with the choices of its layout."""

    title: list[str]
    kicker: str
    subtitle: str
    name: str
    byline_line: str
    bylines: list[tuple[str, str]]
    introduction: list[str]
    held_on_text: str
    caption: str
    remarks: list[MadeRemark] = field(default_factory=list)
    unit_form: str = "plain"
    heading_first: bool = True
    sign: str = "□"


UNIT_FORMS = (
    "plain",
    "bracket",
    "name-first",
    "sign",
    "colon",
    "two-lines",
    "body",
    "spaced",
    "glued",
    "shared",
)
SIGNS = "□■●◆▲"


def _unit(draw: random.Random, form: str, names: list[str]) -> tuple[str, str, list[str], str]:
    district = ""
    if draw.random() < 0.6:
        district = draw.choice(PLACES)
        unit = district + draw.choice(
            BODIES if form in ("plain", "sign", "colon", "body", "spaced", "shared") else ["政协"]
        )
    else:
        unit = draw.choice(CITY_BODIES)
    post, speaker = "", []
    kind = next((k for k in POSTS if unit.endswith(k)), "")
    alone = (
        form == "body"
        or not kind
        or (form in ("plain", "sign", "colon", "spaced", "shared") and draw.random() < 0.25)
    )
    if alone and form not in ("bracket", "name-first", "two-lines"):
        return unit, "", [], district
    if not kind:
        unit, kind = (district or "市") + "政协", "政协"
    post = draw.choice(POSTS[kind])
    if post == "委员" and draw.random() < 0.7:
        post = "委员、" + draw.choice(
            ["临江星火印务公司总经理", "青溪中学校长", "晨光律师事务所主任"]
        )
    speaker = [names.pop()]
    if form in ("plain", "name-first", "sign", "spaced") and draw.random() < 0.15:
        speaker.append(names.pop())
    return unit, post, speaker, district


def make_page(seed: int) -> MadePage:
    """The page that belongs to ``seed``: always the same."""
    draw = random.Random(seed)
    names = NAMES[:]
    draw.shuffle(names)
    sentences = SENTENCES[:]
    draw.shuffle(sentences)
    leads = LEADS[:]
    draw.shuffle(leads)
    headings = HEADINGS[:]
    draw.shuffle(headings)
    form = draw.choice(UNIT_FORMS)
    meeting = draw.choice(MEETINGS)
    title = list(draw.choice(TITLES))
    reporter, photographer = names.pop(), names.pop()
    byline_line, bylines = draw.choice(
        [
            (
                f"■本报记者 {reporter}/文 {photographer}/摄",
                [(reporter, "文"), (photographer, "摄")],
            ),
            (f"本报记者 {reporter}", [(reporter, "")]),
            (
                f"记者 {reporter} 通讯员 {photographer} 文/图",
                [(reporter, ""), (photographer, "文/图")],
            ),
            (f"文/{reporter} 图/{photographer}", [(reporter, "文"), (photographer, "图")]),
        ]
    )
    day = draw.choice(
        ["9月6日", "11月18日", "2023年3月2日", "4月9日至10日", "3月30日至4月1日", "近日"]
    )
    label = draw.choice(["", "", "编者按：", "【编者按】"])
    page = MadePage(
        title,
        draw.choice(KICKERS) if draw.random() < 0.3 and len(title) == 1 else "",
        f"{draw.choice(['—', '——'])}{meeting}发言{draw.choice(['摘编', '摘登', '选登', '摘要'])}",
        meeting,
        byline_line,
        bylines,
        [
            f"{label}{day}，{meeting}在临江召开。与会同志结合各自实践交流了体会，"
            f"现将部分发言刊发如下。"
        ],
        "" if day == "近日" else day,
        draw.choice(["", meeting + "现场。", "委员在果园参观智慧灌溉设备。", "图为会场。"]),
        unit_form=form,
        heading_first=draw.random() < 0.75,
        sign=draw.choice(SIGNS),
    )
    with_headings = draw.random() < 0.9
    used_units: set[str] = set()
    for _ in range(draw.choice([1, 2, 3, 4, 5, 6])):
        unit, post, speaker, district = _unit(draw, form, names)
        while unit + post in used_units:
            unit, post, speaker, district = _unit(draw, form, names)
        used_units.add(unit + post)
        paragraphs = [draw.choice(OPENINGS).format(unit=unit)]
        for _ in range(draw.randint(2, 3)):
            lead = leads.pop() if leads else ""
            body = [sentences.pop() for _ in range(min(draw.randint(1, 2), len(sentences)))]
            if lead or body:
                paragraphs.append(
                    (lead + "".join(body)).format(n=draw.choice([3, 12, 27, 86, 140, 2300]))
                )
        if draw.random() < 0.3:
            paragraphs.append(draw.choice(CLOSERS))
        heading = [headings.pop()] if with_headings else []
        if heading and draw.random() < 0.15 and page.heading_first:
            heading = [headings.pop(), headings.pop()]
        page.remarks.append(MadeRemark(heading, unit, post, speaker, district, paragraphs))
    return page


def unit_lines(page: MadePage, remark: MadeRemark) -> list[str]:
    """The unit line (or lines) of a remark in the form of the page."""
    speaker = " ".join(remark.speaker)
    plain = f"{remark.unit}{remark.post} {speaker}".strip()
    match page.unit_form:
        case "bracket":
            return [f"{remark.speaker[0]}（{remark.unit}{remark.post}）"]
        case "name-first":
            return [f"{speaker} {remark.unit}{remark.post}".strip()]
        case "sign":
            return [f"{page.sign} {plain}"]
        case "spaced":
            return ["\u3000".join(part for part in (remark.unit, remark.post, speaker) if part)]
        case "glued":
            return [plain.replace(" ", "") if len(remark.speaker) == 1 else plain]
        case "colon" | "shared":
            return [f"{plain}："]
        case "two-lines":
            return [f"{remark.unit}{remark.post}", speaker]
        case _:
            return [plain]
