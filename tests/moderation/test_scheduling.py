"""Publishing at a set time: what was approved, then, once, and never before its embargo ends."""

import datetime as dt

import pytest
from django.core.management import call_command
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from speeches.models import (
    Act,
    Meeting,
    MeetingEdition,
    PublicationOrder,
    Remark,
    RemarkEdition,
    TextState,
)
from speeches.moderation.reviewing import approve, approve_page
from speeches.moderation.scheduling import (
    in_words,
    publish_due,
    publish_when_due,
    reschedule,
    unschedule,
)
from speeches.moderation.withdrawing import withdraw
from tests.factories import NOON, fingerprints, make_editor, make_meeting, make_moderator, publish
from tests.moderation.desk import acts_about, everything, fresh, refusing, retitle, reword, seen
from tests.savepoints import savepoint

pytestmark = pytest.mark.django_db

HOUR = dt.timedelta(hours=1)


def scheduled(meeting: Meeting, at: dt.datetime = NOON + HOUR) -> Meeting:
    """Approve everything of the meeting for a later time."""
    moderator, known = make_moderator(), fingerprints(meeting)
    approve_page(meeting, by=moderator, at=NOON, seen=known, publish_at=at)
    return fresh(meeting)


def test_an_approval_for_later_publishes_nothing_yet() -> None:
    meeting = scheduled(make_meeting())

    assert meeting.state == meeting.remarks.get().state == TextState.SCHEDULED
    assert not MeetingEdition.objects.exists()
    assert publish_due(at=NOON + HOUR / 2) == ([], [])
    assert acts_about(meeting)[-1] == Act.SCHEDULE


def test_what_is_due_is_published_with_its_meeting_first() -> None:
    meeting = scheduled(make_meeting(remarks=[{}, {}]))

    done, left = publish_due(at=NOON + HOUR)

    assert (len(done), left) == (3, [])
    assert fresh(meeting).state == TextState.PUBLISHED
    assert MeetingEdition.objects.get().published_at == NOON + HOUR
    assert RemarkEdition.objects.current().count() == 2
    assert {order.done_at for order in PublicationOrder.objects.all()} == {NOON + HOUR}


def test_running_twice_publishes_once() -> None:
    scheduled(make_meeting())
    publish_due(at=NOON + HOUR)
    before = everything()

    assert publish_due(at=NOON + 2 * HOUR) == ([], [])
    assert everything() == before


def test_nothing_is_edited_between_approval_and_publication() -> None:
    meeting = scheduled(make_meeting(remarks=[{}]))

    with refusing("请先取消定时"), savepoint():
        reword(meeting.remarks.get(), "悄悄改过。", by=make_editor())
    publish_due(at=NOON + HOUR)

    assert "悄悄改过" not in RemarkEdition.objects.get().text


def test_a_wording_that_was_changed_behind_the_desk_is_not_published() -> None:
    meeting = scheduled(make_meeting(remarks=[]))
    Meeting.objects.update(title="没有审过的标题")

    done, left = publish_due(at=NOON + HOUR)

    assert (done, len(left)) == ([], 1)
    assert "不一致" in PublicationOrder.objects.get().obstacle
    assert not MeetingEdition.objects.exists()
    Meeting.objects.update(title=meeting.title)
    assert len(publish_due(at=NOON + 2 * HOUR)[0]) == 1


def test_off_the_schedule_a_text_waits_for_review_again() -> None:
    meeting = scheduled(make_meeting(remarks=[]))

    unschedule(meeting, by=make_moderator(), at=NOON)

    assert fresh(meeting).state == TextState.DRAFT
    assert publish_due(at=NOON + HOUR) == ([], [])
    retitle(fresh(meeting), "改过的标题", by=make_editor())
    with refusing("没有定时发布"):
        unschedule(meeting, by=make_moderator(), at=NOON)


def test_another_time_keeps_the_approval() -> None:
    meeting, moderator = scheduled(make_meeting(remarks=[])), make_moderator()

    with refusing("现在之后"):
        reschedule(meeting, publish_at=NOON, by=moderator, at=NOON)
    reschedule(meeting, publish_at=NOON + 2 * HOUR, by=moderator, at=NOON)

    assert publish_due(at=NOON + HOUR) == ([], [])
    assert len(publish_due(at=NOON + 2 * HOUR)[0]) == 1


def test_an_embargo_holds_back_what_was_approved_for_at_once() -> None:
    meeting = make_meeting(remarks=[{}], embargo_until=NOON + 3 * HOUR)

    publish(meeting)

    assert not MeetingEdition.objects.exists()
    assert set(PublicationOrder.objects.values_list("publish_at", flat=True)) == {NOON + 3 * HOUR}


def test_an_embargo_that_is_set_after_the_approval_holds_it_back_too() -> None:
    scheduled(make_meeting(remarks=[]))
    Meeting.objects.update(embargo_until=NOON + 3 * HOUR)

    _done, left = publish_due(at=NOON + HOUR)

    assert "禁发至 2024-06-01 15:00" in left[0].obstacle
    assert len(publish_due(at=NOON + 3 * HOUR)[0]) == 1


def test_a_time_that_has_passed_is_no_time_to_publish() -> None:
    meeting = make_meeting(remarks=[])

    with refusing("现在之后"):
        approve(meeting, by=make_moderator(), at=NOON, seen=seen(meeting), publish_at=NOON)
    assert not MeetingEdition.objects.exists()


def test_a_time_after_the_embargo_counts() -> None:
    meeting = make_meeting(remarks=[], embargo_until=NOON + 3 * HOUR)

    scheduled(meeting, at=NOON + 5 * HOUR)

    assert PublicationOrder.objects.get().publish_at == NOON + 5 * HOUR


def test_a_remark_is_not_scheduled_before_its_meeting() -> None:
    meeting = make_meeting(remarks=[{}])
    remark, moderator = meeting.remarks.get(), make_moderator()
    approve(meeting, by=moderator, at=NOON, seen=seen(meeting), publish_at=NOON + 2 * HOUR)

    with refusing("所属会议尚未发布"):
        approve(remark, by=moderator, at=NOON, seen=seen(remark), publish_at=NOON + HOUR)
    approve(remark, by=moderator, at=NOON, seen=seen(remark), publish_at=NOON + 2 * HOUR)
    assert len(publish_due(at=NOON + 2 * HOUR)[0]) == 2


def test_a_remark_whose_meeting_was_taken_off_waits_and_says_why() -> None:
    meeting = scheduled(make_meeting(remarks=[{}]))
    unschedule(meeting, by=make_moderator(), at=NOON)

    done, left = publish_due(at=NOON + HOUR)

    assert (done, len(left)) == ([], 1)
    assert "所属会议尚未发布" in left[0].obstacle
    assert Remark.objects.get().state == TextState.SCHEDULED


def test_a_correction_can_be_scheduled_and_its_withdrawal_cancels_it() -> None:
    meeting = publish(make_meeting(remarks=[]))
    retitle(meeting, "更正的标题", by=make_editor())
    scheduled(fresh(meeting))
    assert MeetingEdition.objects.current().get().title != "更正的标题"

    withdraw(fresh(meeting), by=make_moderator(), at=NOON, reason="有误")

    assert publish_due(at=NOON + HOUR) == ([], [])
    assert not MeetingEdition.objects.current().exists()


def test_the_schedule_says_in_words_what_and_when() -> None:
    scheduled(make_meeting(title="深化协商", remarks=[]))

    words = in_words(PublicationOrder.objects.get())

    assert words == "定于 2024-06-01 13:00 发布“深化协商”（moderator某通过）。"


def test_every_order_has_a_task_that_outlives_the_worker() -> None:
    later = timezone.now() + HOUR
    meeting = make_meeting(remarks=[])
    scheduled(meeting, at=later)

    assert DBTaskResult.objects.get().run_after == later


def test_the_worker_and_the_command_publish_what_is_due(
    capsys: pytest.CaptureFixture[str],
) -> None:
    scheduled(make_meeting(title="第一个", remarks=[]))
    publish_when_due.call()
    scheduled(make_meeting(title="第二个", remarks=[]))
    scheduled(make_meeting(title="第三个", remarks=[]))
    Meeting.objects.filter(title="第三个").update(title="没有审过")

    call_command("publish_due")

    printed = capsys.readouterr()
    assert MeetingEdition.objects.current().count() == 2
    assert "已发布：第二个" in printed.out
    assert "未能发布：没有审过" in printed.err


def test_only_those_who_review_schedule() -> None:
    meeting = scheduled(make_meeting(remarks=[]))

    with refusing("不能做这项操作"):
        unschedule(meeting, by=make_editor(), at=NOON)
    with refusing("不能做这项操作"):
        reschedule(meeting, publish_at=NOON + HOUR, by=make_editor(), at=NOON)
