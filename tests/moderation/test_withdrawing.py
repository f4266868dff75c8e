"""Withdrawal: out of every public place, with a dated notice, and back only by a review."""

import pytest

from speeches.models import Act, JournalEntry, MeetingEdition, RemarkEdition, TextState
from speeches.moderation.editing import resubmit
from speeches.moderation.reviewing import approve
from speeches.moderation.withdrawing import withdraw
from tests.factories import make_editor, make_meeting, make_moderator, make_user, publish
from tests.moderation.desk import LATER, acts_about, fresh, last_entry, refusing, reword, seen

pytestmark = pytest.mark.django_db


def test_a_withdrawn_remark_leaves_a_tombstone() -> None:
    meeting = publish(make_meeting(remarks=[{"heading": "撤"}, {"heading": "留"}]))
    remark, moderator = meeting.remarks.get(heading="撤"), make_moderator()

    withdraw(remark, by=moderator, at=LATER, reason=" 来函要求 ")

    assert [edition.heading for edition in RemarkEdition.objects.current()] == ["留"]
    assert RemarkEdition.objects.withdrawn().get().withdrawn_at == LATER
    assert remark.state == fresh(remark).state == TextState.WITHDRAWN
    entry = last_entry(remark)
    assert (entry.act, entry.actor, entry.detail) == (
        Act.WITHDRAW,
        moderator,
        {"reason": "来函要求"},
    )


def test_withdrawing_a_meeting_withdraws_its_remarks() -> None:
    meeting = publish(make_meeting(remarks=[{}, {}, {}]))
    other = publish(make_meeting(title="另一次会议", remarks=[{}]))
    first = meeting.remarks.in_order()[0]
    withdraw(first, by=make_moderator(), at=LATER, reason="先撤一篇")

    withdraw(meeting, by=make_moderator(), at=LATER, reason="整版有误")

    assert list(MeetingEdition.objects.current()) == [other.editions.get()]
    assert [edition.meeting for edition in RemarkEdition.objects.current()] == [other]
    assert set(meeting.remarks.values_list("state", flat=True)) == {TextState.WITHDRAWN}
    withdrawn = JournalEntry.objects.filter(act=Act.WITHDRAW)
    assert withdrawn.filter(subject_kind="remark").count() == 3
    assert acts_about(meeting)[-1] == Act.WITHDRAW


def test_a_draft_beside_a_withdrawn_meeting_stays_a_draft() -> None:
    meeting = publish(make_meeting(remarks=[{}]))
    draft = make_meeting(remarks=[{}]).remarks.get()

    withdraw(meeting, by=make_moderator(), at=LATER, reason="有误")

    assert fresh(draft).state == TextState.DRAFT


def test_withdrawing_asks_for_a_permission_a_reason_and_a_public_text() -> None:
    meeting, draft = publish(make_meeting(remarks=[{}])), make_meeting(remarks=[])
    moderator = make_moderator()

    with refusing("不能做这项操作"):
        withdraw(meeting, by=make_editor(), at=LATER, reason="有误")
    with refusing("不能做这项操作"):
        withdraw(meeting, by=make_user("admin", role="管理员"), at=LATER, reason="有误")
    with refusing("理由"):
        withdraw(meeting, by=moderator, at=LATER, reason="\n ")
    with refusing("没有公开"):
        withdraw(draft, by=moderator, at=LATER, reason="有误")


def test_a_text_is_withdrawn_once() -> None:
    meeting = publish(make_meeting(remarks=[]))
    withdraw(meeting, by=make_moderator(), at=LATER, reason="有误")

    with refusing("没有公开"):
        withdraw(meeting, by=make_moderator(), at=LATER, reason="有误")


def test_a_withdrawn_text_comes_back_only_by_a_review() -> None:
    meeting = publish(make_meeting(remarks=[{"paragraphs": ["原文。"]}]))
    remark, moderator = meeting.remarks.get(), make_moderator()
    withdraw(remark, by=moderator, at=LATER, reason="有误")

    with refusing("没有待审的改动"):
        approve(remark, by=moderator, at=LATER, seen=seen(remark))
    resubmit(remark, by=make_editor(), at=LATER)
    approve(remark, by=moderator, at=LATER, seen=seen(remark))

    edition = RemarkEdition.objects.current().get()
    assert (edition.number, edition.text) == (2, "原文。")
    assert not RemarkEdition.objects.withdrawn().exists()


def test_a_remark_stays_out_while_its_meeting_is_withdrawn() -> None:
    meeting = publish(make_meeting(remarks=[{}]))
    remark, moderator = meeting.remarks.get(), make_moderator()
    withdraw(meeting, by=moderator, at=LATER, reason="有误")
    reword(remark, "改正。")

    with refusing("所属会议尚未发布"):
        approve(remark, by=moderator, at=LATER, seen=seen(remark))
    resubmit(meeting, by=make_editor(), at=LATER)
    approve(meeting, by=moderator, at=LATER, seen=seen(meeting))

    assert not RemarkEdition.objects.current().exists()
    approve(remark, by=moderator, at=LATER, seen=seen(remark))
    assert RemarkEdition.objects.current().get().meeting_edition.number == 2


def test_a_change_that_waits_survives_the_withdrawal() -> None:
    meeting = publish(make_meeting(remarks=[{"paragraphs": ["原文。"]}]))
    remark = meeting.remarks.get()
    reword(remark, "改正。")

    withdraw(remark, by=make_moderator(), at=LATER, reason="有误")

    assert fresh(remark).body == ["<p>改正。</p>"]
    assert fresh(remark).state == TextState.WITHDRAWN
