"""Calls: sent out with a mail to whoever may answer, ended early, opened again."""

import datetime as dt

import pytest

from speeches.models import Call, User
from speeches.moderation.calling import close_call, open_call, record_change
from speeches.moderation.withdrawing import withdraw
from tests.factories import (
    NOON,
    make_call,
    make_contributor,
    make_editor,
    make_meeting,
    make_moderator,
    make_unit,
    publish,
)
from tests.moderation.desk import LATER, acts_about, fresh, last_entry, refusing
from tests.moderation.test_notifying import letters

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked() -> User:
    return make_contributor("asked", email="asked@example.org")


def new_call(**fields: object) -> Call:
    values = {
        "meeting": make_meeting(remarks=[]),
        "title": "征稿",
        "deadline": LATER,
        "opened_at": NOON,
        "opened_by": make_editor(),
        **fields,
    }
    return Call.objects.create(**values)


def test_everybody_who_may_answer_hears_of_a_call(asked: User) -> None:
    make_contributor("silent")
    call = make_call(words="请围绕基层协商撰写。")

    sent = letters()

    assert [to for to, _subject, _body in sent] == ["asked@example.org"]
    assert sent[0][1] == "【摘编】征稿：基层协商座谈会征稿"
    assert "请围绕基层协商撰写。" in sent[0][2]
    assert "截稿时间：2024-06-11 12:00" in sent[0][2]
    assert f"/contribute/calls/{call.pk}/" in sent[0][2]


def test_a_call_that_names_units_is_sent_to_them_alone(asked: User) -> None:
    other = make_unit("木兰县政协")
    make_contributor("other", unit=other, email="other@example.org")
    make_call(units=[other])

    assert [to for to, _subject, _body in letters()] == ["other@example.org"]


def test_a_call_names_its_meeting_and_units_in_the_journal() -> None:
    unit = make_unit()
    call = make_call(units=[unit])

    detail = last_entry(call).detail
    assert (detail["meeting"], detail["units"]) == (call.meeting_id, [unit.pk])


def test_a_deadline_in_the_past_is_refused() -> None:
    call, by = new_call(deadline=NOON), make_editor()

    with refusing("须在现在之后"):
        open_call(call, by=by, at=LATER)


def test_there_is_no_call_for_a_page_that_was_withdrawn() -> None:
    meeting = publish(make_meeting())
    withdraw(meeting, by=make_moderator(), at=LATER, reason="有误")
    call, by = new_call(meeting=fresh(meeting)), make_editor()

    with refusing("已撤稿，不能为它征稿"):
        open_call(call, by=by, at=NOON)


def test_a_moderator_sends_out_no_call() -> None:
    call, by = new_call(), make_moderator()

    with refusing("不能做这项操作"):
        open_call(call, by=by, at=NOON)


def test_a_call_is_ended_once() -> None:
    call = make_call()
    close_call(call, by=make_editor(), at=LATER)

    with refusing("已经截稿"):
        close_call(call, by=make_editor(), at=LATER)
    assert not fresh(call).is_open(LATER)
    assert acts_about(call) == ["call", "call"]


def test_a_later_deadline_opens_a_call_again() -> None:
    call = make_call()
    close_call(call, by=make_editor(), at=LATER)
    call = fresh(call)
    call.deadline += dt.timedelta(days=1)
    call.save()

    record_change(call, by=make_editor(), at=LATER, changed=["deadline"])

    assert fresh(call).is_open(LATER)


def test_open_calls_are_those_that_take_remarks() -> None:
    early, late, closed = (
        make_call(title="早", deadline=NOON + dt.timedelta(days=1)),
        make_call(title="晚"),
        make_call(title="停"),
    )
    close_call(closed, by=make_editor(), at=LATER)

    assert list(Call.objects.open(LATER)) == [early, late]
    assert list(Call.objects.open(early.deadline)) == [late]
