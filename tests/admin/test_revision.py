"""The review screen of an import: who may do what, whole or not at all, quick with a long page."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from speeches.models import ImportRun, Meeting, Remark
from speeches.moderation.intake import Issue, take_in
from speeches.moderation.revising import current_arrangement
from tests.admin.desk import (
    EDITOR,
    address,
    everything_but_the_journal,
    signed_in,
    waiting_run,
)
from tests.admin.screen import WORDS, page, piece, press, screen, told
from tests.factories import NOON, make_unit

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def test_every_piece_can_be_chosen_and_leads_to_its_source_and_back() -> None:
    run, client = waiting_run(), signed_in(EDITOR)

    html = page(client, run)

    for one in current_arrangement(run)["pieces"]:
        assert html.count(f'id="piece-{one}"') == 1
        assert html.count(f'id="source-{one}"') == 1
        assert f'href="#source-{one}"' in html
        assert f'href="#piece-{one}"' in html
    assert html.count("<h1") == 1


def test_the_source_is_shown_whole_with_marks_in_words() -> None:
    run, client = waiting_run(), signed_in(EDITOR)

    html = page(client, run)

    assert '<b class="rev-mark">导语</b>' in html
    assert '<b class="rev-mark">另列：重复</b>' in html
    assert '<b class="rev-mark">发言 2 署名行</b>' in html


def test_doubts_come_first_and_each_leads_to_its_place() -> None:
    run, client = waiting_run(), signed_in(EDITOR)
    response = client.get(screen(run))
    html = response.content.decode()

    doubts = response.context["doubts"]
    assert {doubt.kind for doubt in doubts} >= {"notice", "unit", "person"}
    for doubt in doubts:
        assert html.count(f'id="{doubt.id}"') == 1
        assert f'href="#{doubt.id}"' in html
    assert html.index('id="doubts"') < html.index('id="draft"')


def test_a_piece_is_moved_and_the_browser_comes_back_to_it() -> None:
    run, client = waiting_run(), signed_in(EDITOR)
    one = piece(run, WORDS)

    there = press(client, run, "move", piece=one, to="body-2", end="first", seen="0")

    assert there == f"{screen(run)}?at=piece-{one}#piece-{one}"
    assert current_arrangement(run)["places"]["body-2"][0] == one
    html = page(client, run, at=f"piece-{one}")
    assert f'id="piece-{one}" checked' in html
    assert "已移到：发言 2" in html


@pytest.mark.parametrize(
    ("act", "fields", "words"),
    [
        ("move", {}, "选一个去处"),
        ("drop", {}, "剔除的缘由"),
        ("split", {}, "从哪几个字"),
        ("split", {"words": "没有的字"}, "照原文"),
        ("split", {"words": "，"}, "不止一处"),
        ("fly", {}, "没有这种操作"),
        ("join", {"piece": "999"}, "先选中一段"),
        ("up", {"seen": "7"}, "刚刚改动过"),
        ("merge:1", {}, "第一篇"),
        ("describe:x", {"heading": "甲"}, "已经不在"),
        ("name:2:person", {"name": "祁砚禾", "decision": "link"}, "选择要关联"),
        ("undo", {}, "没有可以撤销"),
    ],
)
def test_what_does_not_fit_is_told_and_changes_nothing(
    act: str, fields: dict[str, str], words: str
) -> None:
    run, client = waiting_run(), signed_in(EDITOR)
    fields = {"piece": piece(run, WORDS), **fields}
    client.get(screen(run))
    before = everything_but_the_journal()

    press(client, run, act, **fields)

    # Reading the message renews the session, which is no row of the application.
    assert everything_but_the_journal() == before
    assert words in "".join(told(client, run))


def test_a_piece_is_split_by_its_words_or_where_the_selection_began() -> None:
    run, client = waiting_run(), signed_in(EDITOR)
    one = piece(run, WORDS)
    text = current_arrangement(run)["pieces"][one]["text"]
    second = text.index("，", text.index("，") + 1)

    press(client, run, "split", piece=one, words="，", at=str(second))
    press(client, run, "split", piece=one, words="有力度")

    assert current_arrangement(run)["pieces"][one]["text"] == "强化组织覆盖"
    assert any(
        held["text"] == text[second:] for held in current_arrangement(run)["pieces"].values()
    )


def test_every_act_of_the_bar_does_what_it_says() -> None:
    run, client = waiting_run(), signed_in(EDITOR)
    one = piece(run, WORDS)

    for act, fields in (
        ("drop", {"reason": "repeat"}),
        ("move", {"to": "body-1"}),
        ("up", {}),
        ("down", {}),
        ("up", {}),
        ("join", {}),
        ("begin", {}),
        ("head", {}),
        ("describe:8", {"unit": "甲单位", "speaker": "乙"}),
        ("merge:8", {}),
        ("begin-heading", {}),
        ("undo", {}),
        ("sign", {}),
        ("describe-meeting", {"title": "新标题", "held_on": "2026-03-14"}),
        ("settle:2:0", {}),
        ("name:2:unit", {"name": "依兰县政协", "decision": "new"}),
        ("names", {}),
    ):
        before = current_arrangement(run)
        press(client, run, act, piece=one, **fields)
        assert current_arrangement(run) != before, (act, told(client, run))


def test_after_a_doubt_is_settled_the_next_one_is_shown() -> None:
    run, client = waiting_run(), signed_in(EDITOR)
    doubts = client.get(screen(run)).context["doubts"]
    notice = next(at for at, doubt in enumerate(doubts) if doubt.kind == "notice")

    there = press(client, run, doubts[notice].act)

    assert there.endswith(f"#{doubts[notice + 1].id}")


def test_a_name_like_one_that_is_known_is_asked_about_alone() -> None:
    unit = make_unit("依兰县政协委员会")
    run, client = waiting_run(), signed_in(EDITOR)
    assert f'<option value="{unit.pk}">依兰县政协委员会</option>' in page(client, run)

    press(client, run, "names")

    left = client.get(screen(run)).context["doubts"]
    assert [doubt.name for doubt in left if doubt.name] == ["依兰县政协"]


def test_text_from_outside_is_never_html() -> None:
    data = PAGE_WITH_MARKUP.encode()
    run, _new = take_in(data, name="page.txt", issue=Issue(), by=None, at=NOON)

    html = page(signed_in(EDITOR), run)

    assert "<b>粗体" not in html
    assert html.count("&lt;b&gt;粗体&lt;/b&gt;") == 2


PAGE_WITH_MARKUP = """\
把好事办实 把实事办好
□阿城区政协党组
我们坚持<b>粗体</b>党建引领，建好每一个党支部。我们把协商议事室建到居民家门口，让群众少跑路。
"""


def long_page(paragraphs: int) -> ImportRun:
    remarks = paragraphs // 50
    lines = ["同坐一条板凳 共议一方发展", "——市政协基层协商座谈会发言摘编", ""]
    for remark in range(remarks):
        speaker = f"李{chr(0x6C00 + remark)}"
        lines += [f"办好群众心坎上的第{remark}件事", f"第{remark}县政协主席 {speaker}"]
        lines += [f"第{remark}县的第{n}项工作取得了成效，受益{n}户。" for n in range(50)]
    data = "\n".join(lines).encode()
    return take_in(data, name="long.txt", issue=Issue(), by=None, at=NOON)[0]


def test_five_thousand_passages_cost_no_more_queries_than_a_few() -> None:
    client = signed_in(EDITOR)
    counts = []
    for run in (long_page(200), long_page(5000)):
        client.get(screen(run))
        with CaptureQueriesContext(connection) as queries:
            html = page(client, run)
        counts.append(len(queries))

    assert html.count('type="radio"') >= 5000
    assert counts[0] == counts[1] <= 17


def test_nothing_reaches_the_working_rows_before_confirmation() -> None:
    run, client = waiting_run(), signed_in(EDITOR)
    press(client, run, "names")
    press(client, run, "join", piece=piece(run, WORDS))

    assert not Meeting.objects.exists()
    client.post(address("importrun_confirm", run.pk))
    assert Remark.objects.filter(unit__isnull=False).exists()
