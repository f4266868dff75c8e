"""Versions of a text on the desk: listed, compared, folded into one marked copy, restored."""

import datetime as dt
import html
import re
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from speeches.models import (
    Byline,
    Meeting,
    Picture,
    Remark,
    ReviewRound,
    TextVersion,
    User,
    VersionEditor,
    triggers,
)
from speeches.moderation.editing import record_edit
from speeches.moderation.restoring import restore
from speeches.moderation.reviewing import approve, send_back
from speeches.text.markup import paragraphs_to_body
from tests.admin.desk import (
    AUDITOR,
    CONTRIBUTOR,
    EDITOR,
    MODERATOR,
    ROLES,
    SUPERUSER,
    account,
    address,
    save,
    signed_in,
)
from tests.factories import NOON, make_editor, make_meeting, make_moderator, make_user, publish
from tests.moderation.desk import fresh, retitle, reword, seen

pytestmark = pytest.mark.django_db

CLAUSE = "推动基层协商工作向纵深发展走实走好"
LIFT = "在老旧小区加装电梯是群众的期盼，目前阿城区已加装电梯三十二部。"
GRANT = "建议设立专项补贴，由财政按每部十万元给予支持，同时简化审批手续。"
SOIL = "黑土地保护要靠科技，双城区推广秸秆还田一百二十万亩，粮食连年丰收。"


def hour(number: int) -> dt.datetime:
    return NOON + dt.timedelta(hours=number)


def returned(text: Meeting | Remark, opinion: str, *, at: dt.datetime, by: str = "mod") -> None:
    """Hand the text over for review and send it back, so that a version is kept."""
    send_back(fresh(text), by=make_moderator(by), at=at, opinion=opinion, seen=seen(text))


def page(text: Meeting | Remark, *, role: str = EDITOR, **query: str) -> str:
    answer = signed_in(role).get(address(f"{text._meta.model_name}_versions", text.pk), query)
    assert answer.status_code == 200
    return answer.content.decode()


def marked(shown: str) -> dict[str, list[str]]:
    """Return the lines of the marked copy part by part: [-removed], [+added], <note>."""
    copy = re.search(r'<dl class="marked">.*</dl>', shown, re.DOTALL)
    assert copy is not None
    parts = {}
    for part in copy[0].split("<dt>")[1:]:
        label, words = part.split("</dt>")
        lines = re.findall(r"<p[^>]*>(.*?)</p>", words)
        parts[label] = [_plain(line) for line in lines]
    return parts


def _plain(line: str) -> str:
    line = re.sub(r'<span class="marked-note">(.*?)</span>', r"‹\1›", line)
    line = re.sub(r"<sup>(.*?)</sup>", r":\1", line)
    line = re.sub(r"<del[^>]*>(.*?)</del>", r"[-\1]", line)
    return html.unescape(re.sub(r"<ins[^>]*>(.*?)</ins>", r"[+\1]", line))


def rows(shown: str) -> list[str]:
    """Return the rows of the list of versions as text."""
    table = shown[shown.index("<tbody>") : shown.index("</tbody>")]
    cells = [re.sub(r"<[^>]+>", " ", row) for row in table.split("<tr>")[1:]]
    return [" ".join(row.split()) for row in cells]


def reworded(paragraphs: list[str], *later: list[str]) -> Remark:
    """Return a remark that was returned after its first wording, and after each later one."""
    remark = make_meeting(remarks=[{"paragraphs": paragraphs}]).remarks.get()
    returned(remark, "请修改。", at=hour(1))
    for number, words in enumerate(later, start=1):
        row = fresh(remark)
        row.body = paragraphs_to_body(words)
        row.save(update_fields=["body"])
        record(row, number)
        returned(remark, f"再改{number}。", at=hour(2 * number + 1))
    return fresh(remark)


def record(row: Remark, number: int) -> None:
    record_edit(row, by=make_editor(f"ed{number}"), at=hour(2 * number), changed=["body"])


# --- Comparing ---------------------------------------------------------------------------------


def test_two_characters_changed_in_a_clause_are_the_only_ones_marked() -> None:
    remark = make_meeting(remarks=[{"paragraphs": [CLAUSE + "。"]}]).remarks.get()
    returned(remark, "请改。", at=hour(1))
    reword(remark, CLAUSE.replace("工作", "试点") + "。", by=make_editor())

    assert marked(page(remark))["正文"] == ["推动基层协商[-工作][+试点]向纵深发展走实走好。"]


def test_a_moved_paragraph_is_shown_as_moved() -> None:
    remark = reworded([LIFT, GRANT, SOIL], [SOIL, LIFT, GRANT])

    assert marked(page(remark))["正文"] == [
        f"‹由第3段移来›{SOIL}",
        LIFT,
        GRANT,
        "‹原第3段，移作第1段›",
    ]


def test_a_paragraph_that_is_split_shows_its_break() -> None:
    remark = reworded([LIFT + GRANT], [LIFT, GRANT])

    assert marked(page(remark))["正文"] == [f"{LIFT}[+¶]{GRANT}"]


def test_heading_unit_post_and_speakers_are_compared() -> None:
    remark = make_meeting(
        remarks=[{"heading": "办实事", "unit": "甲县政协", "post": "主席", "speakers": ["王某"]}]
    ).remarks.get()
    returned(remark, "请改。", at=hour(1))

    save(
        signed_in(EDITOR),
        "remark",
        remark.pk,
        **{
            "heading": "办好实事",
            "unit_as_printed": "乙县政协",
            "post_as_printed": "副主席",
            "speakers-0-name_as_printed": "李某",
        },
    )

    assert marked(page(remark)) == {
        "标题": ["办[+好]实事"],
        "单位（照原文）": ["[-甲][+乙]县政协"],
        "职务（照原文）": ["[+副]主席"],
        "发言人（照原文）": ["[-王][+李]某"],
        "正文": ["第一段说明情况。", "第二段提出建议。"],
    }


def test_a_meeting_is_compared_with_its_bylines_and_pictures() -> None:
    meeting = make_meeting(title="旧标题", remarks=[])
    Byline.objects.create(meeting=meeting, position=1, name="孟想", role="文")
    Picture.objects.create(meeting=meeting, position=1, caption="会场", credit="程晓")
    retitle(meeting, "旧标题一")
    returned(meeting, "请改。", at=hour(1))
    meeting.bylines.update(role="摄")
    meeting.pictures.update(caption="会场一角")
    retitle(meeting, "新标题一", by=make_editor())

    shown = marked(page(meeting))

    assert shown["标题"] == ["[-旧][+新]标题一"]
    assert shown["署名"] == ["孟想/[-文][+摄]"]
    assert shown["图片"] == ["会场[+一角] 程晓"]
    assert shown["导语"] == ["座谈会在市政协召开。"]
    assert "引题" not in shown


def test_a_change_of_form_alone_is_told() -> None:
    remark = reworded([LIFT])
    save(signed_in(EDITOR), "remark", remark.pk, body=f"<p><strong>{LIFT}</strong></p>")

    assert marked(page(remark))["正文"] == [LIFT, "文字相同，格式或链接不同"]


def test_markup_in_the_text_is_shown_as_it_is() -> None:
    remark = reworded(["甲<b>乙</b>丙"], ["甲<b>丁</b>丙"])

    assert marked(page(remark))["正文"] == ["甲<b>[-乙][+丁]</b>丙"]
    assert "<b>丁" not in page(remark)


def test_any_two_may_be_chosen_and_the_last_two_are_shown_first() -> None:
    remark = reworded(["一稿。"], ["二稿。"], ["三稿。"])

    assert marked(page(remark))["正文"] == ["[-二][+三]稿。"]
    assert marked(page(remark, old="1", new="3"))["正文"] == ["[-一][+三]稿。"]
    assert marked(page(remark, old="3", new="1"))["正文"] == ["[-一][+三]稿。"]
    assert marked(page(remark, old="x", new="99"))["正文"] == ["[-二][+三]稿。"]
    assert '<dl class="marked">' not in page(remark, old="2", new="2")


# --- The list ----------------------------------------------------------------------------------


def test_the_list_tells_who_handed_over_what_and_what_was_decided() -> None:
    remark = reworded(["一稿。"], ["二稿。"])
    reword(remark, "三稿。", by=make_editor("third"), at=hour(9))

    first, second, desk = rows(page(remark))

    assert first.startswith("第1稿 送审 2024-06-01 13:00 mod某")
    assert "终审退回 mod某 06-01 13:00 ：请修改。" in first
    assert second.startswith("第2稿 送审 2024-06-01 15:00 mod某 ed1某")
    assert "再改1。" in second
    assert desk == "现在的文字 待审 2024-06-01 21:00 third某 third某"


@pytest.mark.three_reviews
def test_every_stage_stands_beside_its_version() -> None:
    meeting = make_meeting(remarks=[])
    for number, name in enumerate(("one", "two"), start=1):
        approve(fresh(meeting), by=make_moderator(name), at=hour(number), seen=seen(meeting))
    send_back(
        fresh(meeting),
        by=make_moderator("three"),
        at=hour(3),
        seen=seen(meeting),
        opinion="标题不当。",
    )

    (row,) = rows(page(meeting))

    assert "初审通过 one某 06-01 13:00 复审通过 two某 06-01 14:00 终审退回 three某" in row
    assert "标题不当。" in row


def test_what_stands_now_is_no_entry_of_its_own_while_it_is_the_last_version() -> None:
    remark = reworded(["一稿。"], ["二稿。"])

    shown = rows(page(remark))

    assert len(shown) == 2
    assert "现在的文字就是这一稿" in shown[1]


def test_published_editions_are_marked_and_compared_with_the_desk() -> None:
    meeting = publish(make_meeting(remarks=[{"paragraphs": ["公开的一句。"]}]))
    remark = meeting.remarks.get()
    reword(remark, "改过的一句。", by=make_editor())
    returned(remark, "再改。", at=hour(2))
    reword(remark, "又改的一句。", by=make_editor())

    shown = page(remark)

    assert "第1版，2024-06-01 12:00发布，读者现在看到的" in rows(shown)[0]
    link = re.search(r'href="\?(old=[^"]*)#marked">读者看到的与现在的对照', shown)
    assert link is not None
    query = dict(pair.split("=") for pair in html.unescape(link[1]).split("&"))
    assert marked(page(remark, **query))["正文"] == ["[-公开][+又改]的一句。"]


def test_an_edition_from_before_versions_were_kept_is_an_entry_of_its_own(
    without_versions: Any,
) -> None:
    meeting = publish(make_meeting(remarks=[{"paragraphs": ["公开的一句。"], "speakers": ["甲"]}]))
    remark = meeting.remarks.get()
    without_versions()
    reword(remark, "改过的一句。", by=make_editor())
    retitle(meeting, "改过的标题", by=make_editor())

    for text in (remark, meeting):
        edition, desk = rows(page(text))
        assert edition.startswith("已发布的第1版 发布 第1版，2024-06-01 12:00发布，读者现在看到的")
        assert desk.startswith("现在的文字 已修改待审")
    assert marked(page(remark))["正文"] == ["[-公开][+改过]的一句。"]
    assert marked(page(remark))["发言人（照原文）"] == ["甲"]
    assert "恢复已发布" not in page(remark)


@pytest.fixture
def without_versions() -> Any:
    """Take the versions from the rounds, as they were before 0007."""

    def take() -> None:
        triggers.remove(connection)
        VersionEditor.objects.all().delete()
        ReviewRound.objects.update(version=None)
        TextVersion.objects.all().delete()
        triggers.install(connection)

    return take


def test_a_text_that_was_never_handed_over_has_nothing_to_compare() -> None:
    remark = make_meeting().remarks.get()

    shown = page(remark)

    assert "还只有一稿" in shown
    assert "比较这两稿" not in shown


# --- Folded ------------------------------------------------------------------------------------


def test_every_change_carries_the_version_that_made_it() -> None:
    remark = reworded(
        ["推动协商工作走实。"], ["推动协商试点走实。"], ["推动基层协商试点走深走实。"]
    )

    shown = page(remark, how="all", old="1", new="3")

    assert marked(shown)["正文"] == ["推动[+基层:3]协商[-工作:2][+试点:2]走[+深走:3]实。"]
    assert '<ins class="tone-1" title="第2稿加">试点' in shown
    assert '<ins class="tone-2" title="第3稿加">基层' in shown
    legend = shown[shown.index("marked-legend") : shown.index('<dl class="marked">')]
    assert "以第1稿为底稿" in legend
    assert re.search(r'tone-1">第2稿<sup>2</sup></ins>（ed1某）.*在“终审退回”之后', legend)
    assert re.search(r'tone-2">第3稿<sup>3</sup></ins>（ed2某）', legend)


def test_the_copy_of_a_review_begins_with_what_was_published_last() -> None:
    remark = publish(make_meeting(remarks=[{"paragraphs": ["公开稿。"]}])).remarks.get()
    reword(remark, "二稿。", by=make_editor(), at=hour(1))
    returned(remark, "再改。", at=hour(2))
    reword(remark, "三稿。", by=make_editor(), at=hour(3))

    assert 'href="?how=all#marked">本次送审以来逐稿标色' in page(remark)
    shown = page(remark, how="all")
    assert "第1稿到现在的文字，逐稿标色" in shown
    assert marked(shown)["正文"] == ["[-公开:2][-二:今][+三:今]稿。"]

    publish(remark.meeting, at=hour(4))
    reword(remark, "四稿。", by=make_editor(), at=hour(5))
    assert "第3稿到现在的文字，逐稿标色" in page(remark, how="all")


def test_words_added_by_one_and_removed_by_another_name_both() -> None:
    remark = reworded(["推动协商走实。"], ["推动基层协商走实。"], ["推动协商走实。"])

    shown = page(remark, how="all", old="1", new="3")

    assert marked(shown)["正文"] == ["推动[-基层:3]协商走实。"]
    assert 'title="第2稿加，第3稿删"' in shown


def test_moved_split_and_removed_paragraphs_are_told_in_a_folded_copy() -> None:
    remark = reworded(
        [LIFT, GRANT, SOIL],
        [SOIL, LIFT, GRANT],
        [SOIL, LIFT + GRANT],
        [SOIL, LIFT, GRANT],
        [LIFT, GRANT],
    )

    def body(old: int, new: int) -> list[str]:
        return marked(page(remark, how="all", old=str(old), new=str(new)))["正文"]

    assert body(1, 2) == [f"‹第2稿由第3段移来›{SOIL}", LIFT, GRANT, "‹第2稿移走一段›"]
    assert body(2, 4) == [SOIL, f"{LIFT}[-¶:3][+¶:4]", GRANT]
    assert body(4, 5) == [f"[-{SOIL}:5]", LIFT, GRANT]


# --- Restoring ---------------------------------------------------------------------------------


def restoring(remark: Remark, number: int) -> str:
    return address("remark_restore", remark.pk, number)


def test_restoring_shows_what_would_change_and_asks() -> None:
    remark = reworded(["一稿。"], ["二稿。"])

    shown = signed_in(EDITOR).get(restoring(remark, 1)).content.decode()

    assert marked(shown)["正文"] == ["[-二][+一]稿。"]
    assert "现在的文字会另存为一稿，不会丢失" in shown
    assert fresh(remark).body == ["<p>二稿。</p>"]


def test_a_restored_version_is_a_new_version_and_nothing_is_lost() -> None:
    remark = reworded(["一稿。"], ["二稿。"])
    reword(remark, "三稿。", by=make_editor())

    client = signed_in(EDITOR)
    answer = client.post(restoring(remark, 1), {"seen": seen(remark)}, follow=True)

    assert answer.redirect_chain == [(address("remark_versions", remark.pk), 302)]
    assert "已恢复第1稿的文字，成为新的一稿。" in answer.content.decode()
    assert fresh(remark).body == ["<p>一稿。</p>"]
    bodies = remark.versions.order_by("number").values_list("occasion", "content__body__0")
    assert list(bodies)[2:] == [("replaced", "<p>三稿。</p>"), ("restored", "<p>一稿。</p>")]
    assert fresh(remark).edited_by == account(EDITOR)


def test_what_changed_behind_the_question_is_shown_before_it_is_replaced() -> None:
    remark = reworded(["一稿。"], ["二稿。"])
    before = seen(remark)
    reword(remark, "三稿。", by=make_editor())

    answer = signed_in(EDITOR).post(restoring(remark, 1), {"seen": before})

    shown = answer.content.decode()
    assert "您打开这一页之后，文字又有改动。" in shown
    assert marked(shown)["正文"] == ["[-三][+一]稿。"]
    assert fresh(remark).body == ["<p>三稿。</p>"]


def test_restoring_what_stands_is_refused() -> None:
    remark = reworded(["一稿。"])

    answer = signed_in(EDITOR).post(restoring(remark, 1), {"seen": seen(remark)}, follow=True)

    assert "现在就是第1稿的文字" in answer.content.decode()
    assert TextVersion.objects.filter(remark=remark).count() == 1
    assert "恢复第1稿" not in page(remark)


# --- Who may -----------------------------------------------------------------------------------


@pytest.mark.parametrize("role", ROLES)
def test_whoever_may_see_a_text_may_compare_its_versions(role: str) -> None:
    remark = reworded(["一稿。"], ["二稿。"])
    meeting = remark.meeting
    client = signed_in(role)
    staff = role not in (CONTRIBUTOR, AUDITOR, "anonymous")

    for path in (address("remark_versions", remark.pk), address("meeting_versions", meeting.pk)):
        assert (client.get(path).status_code == 200) == staff
    assert (client.get(restoring(remark, 1)).status_code == 200) == (role in (EDITOR, SUPERUSER))
    client.post(restoring(remark, 1), {"seen": seen(remark)})
    assert (fresh(remark).body == ["<p>一稿。</p>"]) == (role in (EDITOR, SUPERUSER))


def test_only_those_who_may_restore_are_offered_it() -> None:
    remark = reworded(["一稿。"], ["二稿。"])

    assert "恢复第1稿" in page(remark)
    assert "恢复第1稿" not in page(remark, role=MODERATOR)


def test_a_version_or_a_text_that_is_not_there_is_not_found() -> None:
    remark, other = reworded(["一稿。"], ["二稿。"]), reworded(["另一篇。"])
    client = signed_in(EDITOR)

    assert client.get(restoring(other, 2)).status_code == 404
    assert client.get(address("remark_versions", remark.pk + 99)).status_code == 404


@pytest.mark.parametrize("kind", ["remark", "meeting"])
def test_the_form_leads_to_the_versions(kind: str) -> None:
    remark = make_meeting().remarks.get()
    pk = remark.pk if kind == "remark" else remark.meeting_id

    shown = signed_in(MODERATOR).get(address(f"{kind}_change", pk)).content.decode()

    assert f'href="{address(f"{kind}_versions", pk)}"' in shown


@pytest.mark.parametrize("how", ["two", "all"])
def test_more_versions_take_no_more_queries(how: str) -> None:
    client = signed_in(MODERATOR)

    def queries(remark: Remark) -> int:
        with CaptureQueriesContext(connection) as captured:
            answer = client.get(
                address("remark_versions", remark.pk), {"how": how, "old": "1", "new": "2"}
            )
        assert answer.status_code == 200
        return len(captured)

    few = reworded(["一稿。"], ["二稿。"])
    many = reworded(["一稿。"], *([f"{number}稿。"] for number in range(9)))
    restore(many.versions.get(number=1), by=_editor(), at=hour(99))
    queries(few)

    assert queries(many) == queries(few)


def _editor() -> User:
    return make_user("restorer", role=EDITOR)
