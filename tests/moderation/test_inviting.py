"""Links that sign a contributing account in, once."""

import datetime as dt

import pytest
from django.core import mail
from django_tasks_db.models import DBTaskResult

from speeches.models import Contributor, Invitation, JournalEntry, User
from speeches.moderation.inviting import (
    VALID_FOR,
    accept,
    invitation_behind,
    invite,
    send_link,
    token_of,
)
from tests.factories import (
    NOON,
    make_call,
    make_contributor,
    make_editor,
    make_moderator,
)
from tests.moderation.desk import LATER, refusing

pytestmark = pytest.mark.django_db


@pytest.fixture
def account() -> User:
    return make_contributor(email="unit@example.org")


def invited(account: User) -> Invitation:
    return invite(account.contributor, call=None, by=make_moderator(), at=NOON)


def test_the_link_goes_to_the_mail_address_of_the_account(account: User) -> None:
    call = make_call()
    invitation = invite(account.contributor, call=call, by=make_moderator(), at=NOON)

    send_link.call(invitation.pk)

    letter = mail.outbox[0]
    assert letter.to == ["unit@example.org"]
    assert f"/contribute/links/{token_of(invitation)}/" in str(letter.body)
    assert "征稿：基层协商座谈会征稿" in str(letter.body)


def test_the_link_stands_nowhere_in_the_database(account: User) -> None:
    token = token_of(invited(account))

    secret = token.split(":")[1]
    stored = [*DBTaskResult.objects.values(), *Invitation.objects.values()]
    stored += JournalEntry.objects.values()
    assert stored
    assert secret not in str(stored)


def test_it_opens_once(account: User) -> None:
    token = token_of(invited(account))

    assert accept(token, at=LATER).contributor.user == account
    assert invitation_behind(token, at=LATER) is None
    with refusing("已经用过或已失效"):
        accept(token, at=LATER)


def test_signing_in_with_it_is_in_the_journal(account: User) -> None:
    invitation = invited(account)

    accept(token_of(invitation), at=LATER)

    sent, used = JournalEntry.objects.in_order()
    assert (sent.act, sent.actor) == ("invite", User.objects.get(username="moderator"))
    assert (used.act, used.actor) == ("sign-in", account)
    assert used.detail == {"invitation": invitation.pk}


def test_it_does_not_open_after_its_time(account: User) -> None:
    token = token_of(invited(account))

    with refusing("已失效"):
        accept(token, at=NOON + VALID_FOR)


def test_a_newer_link_ends_the_older_one(account: User) -> None:
    older = token_of(invited(account))
    newer = token_of(invite(account.contributor, call=None, by=make_moderator(), at=LATER))

    assert invitation_behind(older, at=LATER) is None
    assert invitation_behind(newer, at=LATER) is not None


@pytest.mark.parametrize("change", [{"is_active": False}, {"is_staff": True}])
def test_it_does_not_open_once_the_account_is_another(
    account: User, change: dict[str, bool]
) -> None:
    token = token_of(invited(account))
    User.objects.filter(pk=account.pk).update(**change)

    assert invitation_behind(token, at=LATER) is None


@pytest.mark.parametrize("token", ["", "1", "1:x", "x:y:z", "1:" + "a" * 43, "二:三"])
def test_a_made_up_link_does_not_open(account: User, token: str) -> None:
    invited(account)

    assert invitation_behind(token, at=LATER) is None


def test_an_account_without_mail_cannot_be_invited() -> None:
    contributor, by = make_contributor().contributor, make_moderator()

    with refusing("没有电子邮箱"):
        invite(contributor, call=None, by=by, at=NOON)


def test_nobody_of_the_newsroom_is_invited(account: User) -> None:
    User.objects.filter(pk=account.pk).update(is_staff=True)
    contributor, by = Contributor.objects.get(), make_moderator()

    with refusing("不是可以使用的投稿帐号"):
        invite(contributor, call=None, by=by, at=NOON)


def test_editors_send_no_links(account: User) -> None:
    by = make_editor()

    with refusing("不能做这项操作"):
        invite(account.contributor, call=None, by=by, at=NOON)


def test_a_link_that_was_used_before_the_mail_went_out_is_not_sent(account: User) -> None:
    invitation = invited(account)
    accept(token_of(invitation), at=NOON + dt.timedelta(minutes=1))

    send_link.call(invitation.pk)

    assert mail.outbox == []
