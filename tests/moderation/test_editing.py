"""Editing never reaches readers; it sets the state and the last editor."""

import pytest

from speeches.models import Act, Doubt, MeetingEdition, RemarkEdition, TextState
from speeches.moderation.editing import record_edit, resubmit, settle_doubt
from speeches.moderation.reviewing import send_back
from speeches.moderation.withdrawing import withdraw
from tests.factories import (
    NOON,
    make_editor,
    make_meeting,
    make_moderator,
    make_unit,
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


def test_an_edit_of_a_public_text_waits_and_readers_see_the_old_one() -> None:
    meeting = publish(make_meeting(remarks=[{"paragraphs": ["原文。"]}]))
    remark, editor = meeting.remarks.get(), make_editor()

    reword(remark, "改动。", by=editor)

    row = fresh(remark)
    assert (row.state, row.edited_by, row.edited_at) == (TextState.CHANGED, editor, LATER)
    assert row.fingerprint == seen(remark)
    assert RemarkEdition.objects.get().text == "原文。"
    entry = last_entry(remark)
    assert (entry.act, entry.actor, entry.detail["changed"]) == (Act.EDIT, editor, ["body"])


def test_an_edit_back_to_the_public_wording_leaves_nothing_to_review() -> None:
    meeting = publish(make_meeting(remarks=[{"paragraphs": ["原文。"]}]))
    remark = meeting.remarks.get()
    reword(remark, "改动。")

    reword(remark, "原文。")

    assert fresh(remark).state == TextState.PUBLISHED


def test_saving_the_same_text_leaves_state_and_last_editor() -> None:
    author = make_editor("author")
    remark = make_meeting(by=author, remarks=[{}]).remarks.get()
    send_back(remark, by=make_moderator(), at=LATER, seen=seen(remark), opinion="再想想")

    record_edit(fresh(remark), by=make_editor("other"), at=LATER, changed=["district"])

    row = fresh(remark)
    assert (row.state, row.edited_by, row.edited_at) == (TextState.RETURNED, author, NOON)


def test_a_returned_text_waits_again_once_it_is_changed() -> None:
    meeting = make_meeting(remarks=[])
    send_back(meeting, by=make_moderator(), at=LATER, seen=seen(meeting), opinion="标题不妥")

    retitle(meeting, "新的标题")

    assert fresh(meeting).state == TextState.DRAFT


def test_a_withdrawn_text_is_a_draft_once_it_is_changed() -> None:
    meeting = publish(make_meeting(remarks=[]))
    withdraw(meeting, by=make_moderator(), at=LATER, reason="有误")

    retitle(meeting, "新的标题")

    assert fresh(meeting).state == TextState.DRAFT
    assert not MeetingEdition.objects.current().exists()


@pytest.mark.parametrize("part", ["byline", "picture", "introduction", "place"])
def test_every_printed_part_of_a_meeting_belongs_to_its_text(part: str) -> None:
    meeting = publish(make_meeting(remarks=[]))
    if part == "byline":
        meeting.bylines.create(position=1, name="王越", role="文")
    elif part == "picture":
        meeting.pictures.create(position=1, caption="会场")
    elif part == "introduction":
        meeting.introduction = ["改过的导语。"]
    else:
        meeting.place = "市政协"
    meeting.save()

    record_edit(meeting, by=make_editor(), at=LATER, changed=[part])

    assert fresh(meeting).state == TextState.CHANGED


def test_a_new_host_of_a_public_meeting_follows_at_once_without_a_review() -> None:
    meeting, unit = publish(make_meeting(remarks=[])), make_unit("市政协")
    for host in (unit, None, unit):
        meeting.host = host
        meeting.save()

        record_edit(meeting, by=make_editor(), at=LATER, changed=["host"])

        assert MeetingEdition.objects.get().host == host
    assert fresh(meeting).state == TextState.PUBLISHED


def test_a_returned_text_can_be_handed_in_as_it_stands() -> None:
    meeting, editor = make_meeting(remarks=[]), make_editor()
    send_back(meeting, by=make_moderator(), at=LATER, seen=seen(meeting), opinion="请核对")

    resubmit(meeting, by=editor, at=LATER)

    assert meeting.state == fresh(meeting).state == TextState.DRAFT
    entry = last_entry(meeting)
    assert (entry.act, entry.actor) == (Act.RESUBMIT, editor)


def test_a_returned_correction_waits_as_a_correction_again() -> None:
    meeting = publish(make_meeting(remarks=[{}]))
    remark = meeting.remarks.get()
    reword(remark, "改动。")
    send_back(remark, by=make_moderator(), at=LATER, seen=seen(remark), opinion="请核对")

    resubmit(remark, by=make_editor(), at=LATER)

    assert fresh(remark).state == TextState.CHANGED


def test_resubmitting_goes_by_what_is_stored() -> None:
    meeting = publish(make_meeting(remarks=[]))
    loaded = fresh(meeting)
    withdraw(meeting, by=make_moderator(), at=LATER, reason="有误")

    resubmit(loaded, by=make_editor(), at=LATER)

    assert fresh(meeting).state == TextState.DRAFT


def test_only_a_returned_or_withdrawn_text_is_handed_in_again() -> None:
    draft, public = make_meeting(remarks=[]), publish(make_meeting(remarks=[]))

    for meeting in (draft, public):
        with refusing("不是已退回、不予采用或已撤稿"):
            resubmit(meeting, by=make_editor(), at=LATER)
    withdraw(public, by=make_moderator(), at=LATER, reason="有误")
    with refusing("不能做这项操作"):
        resubmit(public, by=make_moderator(), at=LATER)


def test_a_doubt_is_settled_once_by_somebody_who_may() -> None:
    remark = make_meeting(remarks=[{}]).remarks.get()
    doubt = Doubt.objects.create(remark=remark, code="unknown-unit", message="单位不明")
    editor = make_editor()

    with refusing("不能做这项操作"):
        settle_doubt(doubt, by=make_user("reader"), at=LATER)
    settle_doubt(doubt, by=editor, at=LATER)
    settle_doubt(doubt, by=make_editor("other"), at=NOON)

    assert (fresh(doubt).settled_by, fresh(doubt).settled_at) == (editor, LATER)
    assert acts_about(remark) == [Act.SETTLE_DOUBT]
    assert last_entry(remark).detail == {"doubt": "unknown-unit"}
