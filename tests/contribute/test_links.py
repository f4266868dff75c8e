"""One-time links: looking uses nothing up, the button signs in once."""

import datetime as dt
from base64 import b32encode
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from speeches.models import Call, Contributor, Invitation, User
from speeches.moderation import second_factor
from speeches.moderation.inviting import invite, token_of
from tests.contribute.unit import call_now, client_of
from tests.factories import make_contributor, make_moderator
from tests.phone import code_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def unit_person() -> User:
    return make_contributor(email="unit@example.org")


def link(user: User, *, call: Call | None = None, at: dt.datetime | None = None) -> str:
    contributor = Contributor.objects.get(user=user)
    invitation = invite(contributor, call=call, by=make_moderator(), at=at or timezone.now())
    return f"/contribute/links/{token_of(invitation)}/"


def test_opening_it_shows_whose_account_it_is_and_uses_nothing_up(unit_person: User) -> None:
    address, client = link(unit_person), Client()

    answers = [client.get(address), client.head(address), client.get(address)]

    page = answers[2].content.decode()
    assert [answer.status_code for answer in answers] == [200, 200, 200]
    assert "contributor某" in page
    assert "阿城区政协党组" in page
    assert Invitation.objects.get().used_at is None
    assert client.get("/contribute/").status_code == 302


def test_the_button_signs_in_once_and_opens_the_call(unit_person: User) -> None:
    call = call_now()
    address = link(unit_person, call=call)
    client = Client()

    answer = client.post(address)

    assert answer["Location"] == f"/contribute/calls/{call.pk}/"
    assert client.get("/contribute/").status_code == 200
    again = Client().post(address)
    assert again.status_code == 410
    assert "这个链接不能用了" in again.content.decode()
    assert "这个链接不能用了" in Client().get(address).content.decode()


def test_without_a_call_it_opens_the_first_page(unit_person: User) -> None:
    assert Client().post(link(unit_person))["Location"] == "/contribute/"


@pytest.mark.parametrize("token", ["1", "1:wrong", "x" * 300])
def test_a_made_up_link_opens_nothing(token: str) -> None:
    client = Client()

    assert client.get(f"/contribute/links/{token}/").status_code == 410
    assert client.post(f"/contribute/links/{token}/").status_code == 410
    assert "_auth_user_id" not in client.session


def test_after_its_time_it_opens_nothing(unit_person: User) -> None:
    address = link(unit_person, at=timezone.now() - dt.timedelta(days=4))

    assert Client().get(address).status_code == 410
    assert Client().post(address).status_code == 410


def test_somebody_else_is_told_and_signed_out(unit_person: User) -> None:
    address = link(unit_person)
    client = client_of(make_contributor("colleague"))
    key = client.session.session_key

    assert "现在登录的是colleague某的帐号，会先退出" in client.get(address).content.decode()
    client.post(address)

    assert client.session["_auth_user_id"] == str(unit_person.pk)
    assert client.session.session_key != key


def test_it_stands_for_the_password_and_not_for_the_second_step(unit_person: User) -> None:
    device = second_factor.enrol(by=unit_person, at=timezone.now())
    code = code_of(b32encode(device.bin_key).decode("ascii"))
    second_factor.confirm(by=unit_person, at=timezone.now(), code=code)
    client = Client()

    client.post(link(unit_person))

    assert client.get("/contribute/")["Location"].startswith("/account/code/")


def test_whoever_has_not_taken_the_second_step_may_still_open_it(
    unit_person: User, settings: Any
) -> None:
    settings.SECOND_FACTOR = "required"

    answer = client_of(make_moderator()).get(link(unit_person))

    assert answer.status_code == 200


def test_the_link_is_kept_in_no_cache_and_goes_with_no_request(unit_person: User) -> None:
    address = link(unit_person)

    for answer in (Client().get(address), Client().post(address), Client().post(address)):
        assert "no-store" in answer["Cache-Control"]
        assert answer["Referrer-Policy"] == "strict-origin"


def test_the_button_needs_the_token_of_its_form(unit_person: User) -> None:
    client = Client(enforce_csrf_checks=True)

    assert client.post(link(unit_person)).status_code == 403
    assert Invitation.objects.get().used_at is None
