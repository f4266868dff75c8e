"""Mails: one a person and act, to whoever has something to do or gets something back."""

import smtplib
from collections.abc import Iterator
from typing import Any

import pytest
from django.core import mail
from django_tasks_db.models import DBTaskResult

from speeches.models import User
from speeches.moderation.editing import resubmit
from speeches.moderation.intake import confirm, take_in
from speeches.moderation.notifying import MOST_TRIES, send
from speeches.moderation.reviewing import approve, approve_page, reject, send_back
from tests.factories import (
    NOON,
    fingerprints,
    make_editor,
    make_meeting,
    make_moderator,
    make_user,
)
from tests.moderation.desk import LATER, fresh, refusing, seen
from tests.moderation.pages import BYTES, ISSUE

pytestmark = [pytest.mark.django_db, pytest.mark.three_reviews]


def with_mail(user: User) -> User:
    user.email = f"{user.username}@example.org"
    user.save(update_fields=["email"])
    return User.objects.get(pk=user.pk)


@pytest.fixture
def people() -> Iterator[dict[str, User]]:
    names = ("first", "second", "third")
    yield {name: with_mail(make_moderator(name)) for name in names}


def letters() -> list[tuple[str, str, str]]:
    """Do what the worker does; return to whom it wrote, under which subject, and what."""
    for result in DBTaskResult.objects.filter(task_path="speeches.moderation.notifying.send"):
        send.call(*result.args_kwargs["args"])
    DBTaskResult.objects.all().delete()
    sent = [(letter.to[0], str(letter.subject), str(letter.body)) for letter in mail.outbox]
    mail.outbox.clear()
    return sent


def test_whoever_may_pass_the_next_stage_hears_of_it(people: dict[str, User]) -> None:
    meeting = make_meeting(title="深化协商", remarks=[])

    approve(meeting, by=people["first"], at=LATER, seen=seen(meeting))

    to, subjects, bodies = zip(*letters(), strict=True)
    assert to == ("second@example.org", "third@example.org")
    assert set(subjects) == {"【摘编】有 1 篇稿件待审"}
    assert "复审：深化协商" in bodies[0]
    assert f"/admin/speeches/meeting/{meeting.pk}/review/" in bodies[0]


def test_a_page_is_one_letter_however_many_texts_it_has(people: dict[str, User]) -> None:
    meeting = make_meeting(remarks=[{}, {}, {}])

    approve_page(meeting, by=people["first"], at=LATER, seen=fingerprints(meeting))

    assert [subject for _to, subject, _body in letters()] == ["【摘编】有 4 篇稿件待审"] * 2


def test_nobody_hears_of_what_they_may_not_pass(people: dict[str, User]) -> None:
    meeting = make_meeting(by=people["third"], remarks=[])

    approve(meeting, by=people["first"], at=LATER, seen=seen(meeting))

    assert [to for to, _subject, _body in letters()] == ["second@example.org"]


def test_the_last_approval_leaves_nobody_anything_to_do(people: dict[str, User]) -> None:
    meeting = make_meeting(remarks=[])
    for person in people.values():
        approve(meeting, by=person, at=LATER, seen=seen(meeting))
        before = letters()

    assert before == []


@pytest.mark.parametrize(("act", "words"), [(send_back, "被退回"), (reject, "不予采用")])
def test_the_editor_hears_what_came_back_and_why(
    act: Any, words: str, people: dict[str, User]
) -> None:
    meeting = make_meeting(title="深化协商", by=with_mail(make_editor()), remarks=[])

    act(meeting, by=people["first"], at=LATER, seen=seen(meeting), opinion="第二段缺数据")

    ((to, subject, body),) = letters()
    assert (to, subject) == ("editor@example.org", f"【摘编】“深化协商”{words}")
    assert "第二段缺数据" in body


def test_what_comes_again_is_announced_again(people: dict[str, User]) -> None:
    editor = make_editor()
    meeting = make_meeting(by=editor, remarks=[])
    send_back(meeting, by=people["first"], at=LATER, seen=seen(meeting), opinion="请核对")

    resubmit(fresh(meeting), by=editor, at=LATER)

    assert len(letters()) == 3


def test_a_confirmed_import_is_announced_once(people: dict[str, User]) -> None:
    editor = make_editor()
    run, _new = take_in(BYTES, name="page.txt", issue=ISSUE, by=editor, at=NOON)

    confirm(run, by=editor, at=NOON)

    assert [subject for _to, subject, _body in letters()] == ["【摘编】有 3 篇稿件待审"] * 3


def test_a_refused_act_writes_to_nobody(people: dict[str, User]) -> None:
    meeting = make_meeting(remarks=[])

    with refusing("又有改动"):
        approve(meeting, by=people["first"], at=LATER, seen="")

    assert letters() == []


def test_inactive_accounts_and_those_without_an_address_are_left_alone(
    people: dict[str, User],
) -> None:
    make_moderator("without")
    people["second"].is_active = False
    people["second"].save(update_fields=["is_active"])
    meeting = make_meeting(remarks=[])

    approve(meeting, by=people["first"], at=LATER, seen=seen(meeting))

    assert [to for to, _subject, _body in letters()] == ["third@example.org"]


def test_a_mail_server_that_is_away_is_asked_again_and_not_for_ever(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def away(*args: object, **kwargs: object) -> None:
        raise smtplib.SMTPServerDisconnected

    make_user("somebody")
    monkeypatch.setattr("django.core.mail.EmailMessage.send", away)

    send.call("a@example.org", "题", "文")
    again = DBTaskResult.objects.get()
    send.call("a@example.org", "题", "文", MOST_TRIES)

    assert again.args_kwargs["args"] == ["a@example.org", "题", "文", 2]
    assert again.run_after is not None
    assert DBTaskResult.objects.count() == 1
    assert "given up" in caplog.text
