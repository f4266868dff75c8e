"""Approving and sending back: who may, bound to what, all or nothing."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from speeches.models import (
    Act,
    JournalEntry,
    MeetingEdition,
    RemarkEdition,
    ReviewStep,
    TextState,
)
from speeches.moderation.reviewing import (
    approve,
    approve_page,
    send_back,
    text_key,
    texts_awaiting_review,
)
from tests.factories import (
    NOON,
    fingerprints,
    make_editor,
    make_meeting,
    make_moderator,
    make_remark,
    make_theme,
    make_user,
    publish,
)
from tests.moderation.desk import (
    LATER,
    acts_about,
    fresh,
    last_entry,
    refusing,
    retitle,
    reword,
    seen,
)

pytestmark = pytest.mark.django_db


def test_an_approval_publishes_and_is_recorded() -> None:
    meeting, moderator = make_meeting(remarks=[]), make_moderator()

    edition = approve(meeting, by=moderator, at=NOON, seen=seen(meeting), opinion="同意")

    assert fresh(meeting).state == TextState.PUBLISHED
    assert edition is not None
    assert list(MeetingEdition.objects.current()) == [edition]
    step = ReviewStep.objects.get()
    assert (step.reviewer, step.decision, step.opinion) == (moderator, "pass", "同意")
    assert step.fingerprint == step.round.fingerprint == edition.fingerprint
    assert step.round.closed_at == NOON
    assert acts_about(meeting) == [Act.APPROVE, Act.PUBLISH]
    entries = JournalEntry.objects.all()
    assert {(entry.actor, entry.at) for entry in entries} == {(moderator, NOON)}


def test_nobody_passes_their_own_wording_not_even_a_superuser() -> None:
    author = make_user("boss", role="审核")
    author.is_superuser = True
    author.save()
    meeting = make_meeting(by=author, remarks=[{}])

    with refusing("文字经您修改"):
        approve(meeting, by=author, at=NOON, seen=seen(meeting))
    with refusing("文字经您修改"):
        approve_page(meeting, by=author, at=NOON, seen=fingerprints(meeting))


def test_whoever_edited_cannot_pass_though_another_edits_after() -> None:
    first = make_user("first", role="审核")
    meeting = make_meeting(by=first, remarks=[])
    retitle(meeting, "改过的标题", by=make_editor())

    with refusing("文字经您修改"):
        approve(meeting, by=first, at=LATER, seen=seen(meeting))


def test_whose_wording_is_published_may_review_the_next_change() -> None:
    first = make_user("first", role="审核")
    meeting = publish(make_meeting(by=first, remarks=[]))
    retitle(meeting, "改过的标题", by=make_editor())

    approve(meeting, by=first, at=LATER, seen=seen(meeting))

    assert MeetingEdition.objects.current().get().title == "改过的标题"


@pytest.mark.parametrize("role", ["编辑", "投稿单位", "管理员", ""])
def test_only_moderators_decide(role: str) -> None:
    meeting, user = make_meeting(), make_user("somebody", role=role)

    for act in (approve, send_back):
        with refusing("不能做这项操作"):
            act(meeting, by=user, at=NOON, seen=seen(meeting), opinion="x")
    with refusing("不能做这项操作"):
        approve_page(meeting, by=user, at=NOON, seen=fingerprints(meeting))


def test_a_deactivated_moderator_decides_nothing() -> None:
    meeting, moderator = make_meeting(), make_moderator()
    moderator.is_active = False
    moderator.save()

    with refusing("不能做这项操作"):
        approve(meeting, by=moderator, at=NOON, seen=seen(meeting))


def test_an_approval_counts_only_for_the_wording_that_was_seen() -> None:
    meeting = publish(make_meeting(remarks=[{}]))
    remark = meeting.remarks.get()
    reword(remark, "第一次修改。")
    first_seen = seen(remark)
    reword(remark, "第二次修改。")

    for act in (approve, send_back):
        with refusing("又有改动"):
            act(remark, by=make_moderator(), at=LATER, seen=first_seen, opinion="x")
    with refusing("又有改动"):
        approve(remark, by=make_moderator(), at=LATER, seen="")


def test_an_approval_sees_what_is_stored_not_what_was_loaded() -> None:
    meeting = publish(make_meeting(remarks=[{}]))
    remark = meeting.remarks.get()
    reword(remark, "第一次修改。")
    loaded = fresh(remark)
    first_seen = seen(remark)
    reword(remark, "第二次修改。")

    with refusing("又有改动"):
        approve(loaded, by=make_moderator(), at=LATER, seen=first_seen)


@pytest.mark.parametrize("what", ["speaker", "heading", "unit", "post"])
def test_a_change_of_anything_printed_asks_for_another_look(what: str) -> None:
    meeting = make_meeting(remarks=[{"speakers": ["李明"]}])
    remark = meeting.remarks.get()
    before = fingerprints(meeting)
    if what == "speaker":
        remark.speakers.update(name_as_printed="王明")
    else:
        names = {"heading": "heading", "unit": "unit_as_printed", "post": "post_as_printed"}
        type(remark).objects.update(**{names[what]: "改过"})

    with refusing("又有改动"):
        approve_page(meeting, by=make_moderator(), at=NOON, seen=before)


def test_a_published_text_without_changes_has_nothing_to_approve() -> None:
    meeting = publish(make_meeting(remarks=[{}]))
    remark = meeting.remarks.get()

    for text in (meeting, remark):
        for act in (approve, send_back):
            with refusing("没有待审的改动"):
                act(text, by=make_moderator(), at=LATER, seen=seen(text), opinion="x")
    with refusing("没有待审的稿件"):
        approve_page(meeting, by=make_moderator(), at=LATER, seen={})


def test_a_remark_is_published_only_with_or_after_its_meeting() -> None:
    meeting = make_meeting(remarks=[{}])
    remark, moderator = meeting.remarks.get(), make_moderator()

    with refusing("所属会议尚未发布"):
        approve(remark, by=moderator, at=NOON, seen=seen(remark))
    approve(meeting, by=moderator, at=NOON, seen=seen(meeting))
    edition = approve(remark, by=moderator, at=LATER, seen=seen(remark))

    assert list(RemarkEdition.objects.current()) == [edition]


def test_a_meeting_without_title_and_name_is_not_published() -> None:
    meeting = make_meeting(title="", name="", remarks=[])

    with refusing("标题和名称"):
        approve(meeting, by=make_moderator(), at=NOON, seen=seen(meeting))


def test_an_empty_remark_is_not_published() -> None:
    meeting = make_meeting(remarks=[{"heading": "只有标题", "paragraphs": []}])

    with refusing("“只有标题”没有正文"):
        approve_page(meeting, by=make_moderator(), at=NOON, seen=fingerprints(meeting))


def test_a_page_passes_as_a_whole() -> None:
    meeting = make_meeting(remarks=[{"heading": "甲"}, {"heading": "乙"}])

    editions = approve_page(meeting, by=make_moderator(), at=NOON, seen=fingerprints(meeting))

    assert [str(edition) for edition in editions] == [meeting.title, "甲", "乙"]
    assert texts_awaiting_review(fresh(meeting)) == []
    assert set(meeting.remarks.values_list("state", flat=True)) == {TextState.PUBLISHED}


def test_a_page_passes_with_nothing_when_one_text_stands_in_the_way() -> None:
    moderator = make_moderator()
    meeting = make_meeting(remarks=[{"heading": "甲"}, {"heading": "乙"}, {"heading": "丙"}])
    reword(meeting.remarks.get(heading="乙"), "审核人自己的话。", by=moderator)
    known = fingerprints(meeting)
    reword(meeting.remarks.get(heading="丙"), "刚刚又改了。")

    with refusing("“乙”的文字经您修改[^\n]*\n“丙”在您打开后又有改动[^\n]*$"):
        approve_page(meeting, by=moderator, at=LATER, seen=known)


def test_a_page_that_is_refused_names_only_what_really_stands_in_the_way() -> None:
    moderator = make_moderator()
    meeting = make_meeting(by=None, remarks=[{"heading": "甲"}])
    retitle(meeting, "审核人改的标题", by=moderator)

    with refusing("^“审核人改的标题”的文字经您修改[^\n]*$"):
        approve_page(meeting, by=moderator, at=LATER, seen=fingerprints(fresh(meeting)))


def test_a_page_does_not_pass_a_text_the_moderator_has_not_seen() -> None:
    meeting = make_meeting(remarks=[{}])
    known = fingerprints(meeting)
    make_remark(meeting, heading="刚刚加进来的")

    with refusing("刚刚加进来的"):
        approve_page(meeting, by=make_moderator(), at=NOON, seen=known)


def test_a_page_passes_what_waits_now_whatever_was_loaded() -> None:
    loaded = publish(make_meeting(remarks=[]))
    retitle(loaded, "后来的标题")

    approve_page(loaded, by=make_moderator(), at=LATER, seen={text_key(loaded): seen(loaded)})

    assert MeetingEdition.objects.current().get().title == "后来的标题"


def test_sending_back_keeps_what_readers_see_and_gives_reasons() -> None:
    meeting = publish(make_meeting(remarks=[{"paragraphs": ["原文。"]}]))
    remark, moderator = meeting.remarks.get(), make_moderator()
    reword(remark, "改坏了。")

    send_back(remark, by=moderator, at=LATER, seen=seen(remark), opinion=" 数字有误 ")

    assert fresh(remark).state == TextState.RETURNED
    assert RemarkEdition.objects.current().get().text == "原文。"
    assert texts_awaiting_review(meeting) == []
    step = ReviewStep.objects.get(decision="return")
    assert (step.opinion, step.reviewer) == ("数字有误", moderator)
    entry = last_entry(remark)
    assert (entry.act, entry.actor, entry.detail["opinion"]) == (Act.RETURN, moderator, "数字有误")


def test_sending_back_asks_for_reasons() -> None:
    meeting = make_meeting(remarks=[])

    with refusing("理由"):
        send_back(meeting, by=make_moderator(), at=NOON, seen=seen(meeting), opinion=" \n")


def test_a_moderator_may_send_back_their_own_wording() -> None:
    moderator = make_moderator()
    meeting = make_meeting(by=moderator, remarks=[])

    send_back(meeting, by=moderator, at=NOON, seen=seen(meeting), opinion="再想想")

    assert fresh(meeting).state == TextState.RETURNED


def test_a_returned_text_cannot_be_approved_before_it_comes_again() -> None:
    meeting, moderator = make_meeting(remarks=[]), make_moderator()
    send_back(meeting, by=moderator, at=NOON, seen=seen(meeting), opinion="再想想")

    with refusing("没有待审的改动"):
        approve(meeting, by=moderator, at=LATER, seen=seen(meeting))


def queries_of_a_page(number: int) -> int:
    theme = make_theme()
    remarks: list[dict[str, Any]] = [
        {"heading": f"第{n}篇", "speakers": ["李明"], "themes": [theme]} for n in range(number)
    ]
    meeting, moderator = make_meeting(remarks=remarks), make_moderator()
    known = fingerprints(meeting)
    moderator.has_perm("speeches.review_text")
    with CaptureQueriesContext(
        connection,
    ) as queries:
        approve_page(meeting, by=moderator, at=NOON, seen=known)
    return len(queries)


def test_each_further_remark_of_a_page_costs_the_same() -> None:
    counts = [queries_of_a_page(number) for number in (1, 2, 6)]

    each = counts[1] - counts[0]
    assert counts[2] - counts[1] == 4 * each
    # PostgreSQL is asked for a lock and its release besides.
    assert each <= (35 if connection.vendor == "sqlite" else 37)
