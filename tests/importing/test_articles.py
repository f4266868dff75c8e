"""Another article on the page is not swallowed into a remark."""

import pytest

from speeches.importing import import_page, report_of

DIGEST_HEAD = """同坐一条板凳

——全市协商工作现场会发言摘编

9月6日，全市协商工作现场会在临江召开，与会同志交流了体会，现将发言刊发如下。"""
FIRST = """疏通断头渠 浇灌万亩田

青溪县政协主席 王小满

近年来，青溪县政协把长桌搬到渠边，淤堵的地方逐段标在图上，再分给各组清理。

以上发言，不妥之处请批评指正。"""
SECOND = """擦亮老街金招牌

松涛区政协主席 赵大川

换届以来，松涛区政协请老匠人把手艺写成讲义，冬闲时节在粮仓里开课。"""
WITH_DATELINE = """城东菜市场改造完工

本报讯（记者 李河）昨日，城东菜市场改造完工，摊位由八十个增加到一百二十个，通道也宽了。

市场管理方表示，停车场将在年底前开放。"""
WITH_BYLINE = """城东菜市场改造完工

本报记者 李河

昨日，城东菜市场改造完工，摊位由八十个增加到一百二十个，通道比原来宽了一倍。"""
ARTICLES = [WITH_DATELINE, WITH_BYLINE]


@pytest.mark.parametrize("article", ARTICLES)
@pytest.mark.parametrize("place", [0, 1, 2, 3])
def test_an_article_before_between_or_after_is_set_aside_whole(article: str, place: int) -> None:
    parts = [DIGEST_HEAD, FIRST, SECOND]
    clean = report_of(import_page("\n\n".join(parts).encode(), name="p"))
    parts.insert(place, article)
    report = report_of(import_page("\n\n".join(parts).encode(), name="p"))

    keys = ("heading", "unit", "speaker", "paragraphs")
    assert [[one[key] for key in keys] for one in report["remarks"]] == [
        [one[key] for key in keys] for one in clean["remarks"]
    ]
    assert report["meeting"] == clean["meeting"]
    assert [one["text"] for one in report["set_aside"]] == article.split("\n\n")
    assert {one["reason"] for one in report["set_aside"]} == {"unplaced"}
    assert {"other-article", "unplaced"} <= {one["code"] for one in report["warnings"]}


def test_a_subheading_and_a_byline_at_the_end_of_the_digest_are_no_article() -> None:
    second = (
        SECOND
        + "\n\n小课堂里有大名堂\n\n课堂不大，听的人却多，连邻村的木匠也赶来了，一坐就是半天。"
    )
    page = "\n\n".join([DIGEST_HEAD, FIRST, second, "（本报记者 李河 整理）"])
    report = report_of(import_page(page.encode(), name="p"))
    assert report["set_aside"] == []
    assert "连邻村的木匠也赶来了" in report["remarks"][1]["paragraphs"][-1]


def test_an_introduction_that_opens_like_a_news_item_is_an_introduction() -> None:
    head = DIGEST_HEAD.replace("9月6日", "本报讯 9月6日")
    report = report_of(import_page("\n\n".join([head, FIRST, SECOND]).encode(), name="p"))
    assert report["meeting"]["introduction"][0].startswith("本报讯")
    assert report["set_aside"] == []
