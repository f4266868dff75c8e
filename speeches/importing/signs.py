"""Named evidence: every decision of the importer is a sum of signs that editors can be told."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum


class Clue(Enum):
    """A kind of evidence: its code in reports, and what it says in words."""

    code: str
    words: str

    def __init__(self, code: str, words: str) -> None:
        self.code, self.words = code, words

    # Who speaks.
    OFFICE_AND_NAME = "office-and-name", "单位、职务、姓名连写"
    UNIT_AND_NAME = "unit-and-name", "单位和姓名连写"
    NAME_THEN_OFFICE = "name-then-office", "姓名在前，单位职务在后"
    NAME_WITH_OFFICE_IN_BRACKETS = "name-with-office-in-brackets", "姓名后的括号里是单位职务"
    OFFICE_WITH_NAME_IN_BRACKETS = "office-with-name-in-brackets", "职务后的括号里是姓名"
    UNIT_ALONE = "unit-alone", "整行是单位名称"
    OFFICE_WITHOUT_NAME = "office-without-name", "有单位和职务，没有姓名"
    GLUED_OFFICE_AND_NAME = "glued-office-and-name", "职务和姓名之间没有间隔"
    NAME_AND_POST = "name-and-post", "只有姓名和职务"
    NAME_ALONE = "name-alone", "整行是姓名"
    NAME_ON_A_LINE_OF_ITS_OWN = "name-on-a-line-of-its-own", "单位和姓名分成相邻两行"
    LEADING_SIGN = "leading-sign", "行首有标志（□、■、●、“发言人：”等）"
    COLON = "colon", "行末有冒号"
    KNOWN_UNIT = "known-unit", "单位已有档案"
    KNOWN_PERSON = "known-person", "发言人已有档案"
    SIGNED_LIKE_THE_OTHERS = "signed-like-the-others", "与同版其他署名一样带标志"
    NOT_SIGNED_AS_THE_OTHERS = "not-signed-as-the-others", "同版其他署名都带标志，这一行没有"
    COLON_LIKE_THE_OTHERS = "colon-like-the-others", "与同版其他署名一样带冒号"
    NO_COLON_AS_THE_OTHERS = "no-colon-as-the-others", "同版其他署名都带冒号，这一行没有"
    NAMELESS_LIKE_THE_OTHERS = "nameless-like-the-others", "同版署名都不完整，写法相同"
    # Where headings stand.
    HEADINGS_BEFORE = "headings-before", "署名之前像标题的行"
    HEADINGS_BEHIND = "headings-behind", "署名之后像标题的行"
    # Does a text begin in mid-sentence?
    INDENTED = "indented", "段首缩进"
    NOT_INDENTED = "not-indented", "同版段首都缩进，这一段没有"
    OPENS_WITH_A_NUMBER = "opens-with-a-number", "以序号开头"
    OPENS_WITH_THE_SPEAKER = "opens-with-the-speaker", "以发言单位或发言人开头"
    NAMES_THE_SPEAKER = "names-the-speaker", "开头提到发言单位或发言人"
    OPENS_WITH_A_CUT_NAME = "opens-with-a-cut-name", "以单位名称的后半截开头"
    USUAL_OPENING = "usual-opening", "有常见的开头用语"
    NO_USUAL_OPENING = "no-usual-opening", "没有常见的开头用语"
    OPENS_WITH_THE_PLACE = "opens-with-the-place", "以发言单位所在的地名开头"
    TAKES_UP_THE_HEADING = "takes-up-the-heading", "以标题里的词开头"
    TELLS_WHAT_IS = "tells-what-is", "第一句是完整的“某某是……”"
    TWIN_CLAUSES = "twin-clauses", "前两个分句字数相同，是完整的对句"
    NEVER_FIRST = "never-first", "首字一般不会出现在句首"
    CLOSES_UNOPENED_MARK = "closes-unopened-mark", "有后引号、后括号而没有前半"
    VERY_SHORT_SENTENCE = "very-short-sentence", "第一句异常短"
    VERY_SHORT_TEXT = "very-short-text", "全段异常短"
    CUT_SUBJECT = "cut-subject", "“说”“表示”之前的主语不全"
    OPENS_WITHIN_A_LIST = "opens-within-a-list", "以并列成分开头"
    # Captions.
    POINTS_AT_PICTURE = "points-at-picture", "以“图为”等开头"
    PHOTO_CREDIT = "photo-credit", "带摄影署名"
    SHOWS_A_PLACE = "shows-a-place", "以“现场”“会场”等收尾"
    TELLS_A_SCENE = "tells-a-scene", "写的是场景"
    TELLS_WHO = "tells-who", "写明画面中的人"
    COULD_GO_ON = "could-go-on", "也可能是上一句的后半"
    SHORT_LINE = "short-line", "短而没有逗号"
    BESIDE_A_PICTURE = "beside-a-picture", "位于版头或版面断开处"
    STANDS_APART = "stands-apart", "与上下文隔开"
    NO_END = "no-end", "没有句号，也没有图片用语"
    # Which line above the headline is the kicker.
    NAMES_AN_OCCASION = "names-an-occasion", "写明场合"
    LONGER_THAN_HEADLINE = "longer-than-headline", "明显长于下一行"
    LEADS_OVER = "leads-over", "以冒号、破折号或省略号引出下文"
    GAP_BELOW = "gap-below", "与下一行之间有空行"
    THREE_LINES = "three-lines", "版头有三行以上"
    NEXT_NAMES_AN_OCCASION = "next-names-an-occasion", "下一行也写明场合"
    # Which of several copies stays.
    KEPT_TWICE = "kept-twice", "同样的文字会出现两次"
    COPY_DROPPED = "copy-dropped", "剔除一处副本"
    NEARLY_THE_SAME = "nearly-the-same", "两处有一两个字不同"
    LEFT_OPEN = "left-open", "句子没有结束，后面却另起一段"
    OPEN_AT_END = "open-at-end", "发言在句子中间结束"
    PIECES_JOINED = "pieces-joined", "把断开的两截接成一句"
    JOINT_FITS = "joint-fits", "接合处的字词、引号吻合与否"
    LIKE_A_CLOSING = "like-a-closing", "看上去是结尾段的开头"
    LIKE_A_LEAD = "like-a-lead", "看上去是新一段的领句"
    TAIL_BEHIND_FULL_STOP = "tail-behind-full-stop", "段落的后半截跟在句号之后"
    TAIL_FIRST = "tail-first", "发言以段落的后半截开头"
    DOUBTFUL_START = "doubtful-start", "段首像是句子的中间"
    BEFORE_ITS_HEADING = "before-its-heading", "下一篇的结尾段排在了标题之前"
    COPY_STANDS_APART = "copy-stands-apart", "副本与上下文隔开"
    ONLY_COPY = "only-copy", "这段文字只此一处"


@dataclass(frozen=True)
class Sign:
    """A clue that was found, and what it weighs for (positive) or against the decision."""

    clue: Clue
    weight: float


Signs = tuple[Sign, ...]


def total(signs: Iterable[Sign]) -> float:
    """The score: the sum of the weights."""
    return sum(sign.weight for sign in signs)


@dataclass(frozen=True)
class Judgement:
    """One decision about the stretch [start, end) of the source, with all that was weighed.

    ``decision`` is one of unit-line, heading-before, heading-behind, kicker, caption, repeat and
    starts-mid-sentence; it was taken because the score reaches ``enough``.
    """

    decision: str
    start: int
    end: int
    signs: Signs
    enough: float

    @property
    def score(self) -> float:
        """The sum of the weights."""
        return total(self.signs)
