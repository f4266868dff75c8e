"""One door for everybody: who gets in where, lock-out, and the end of an idle session."""

import datetime as dt
from typing import Any

import pytest
from axes.models import AccessAttempt
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from tests.admin.desk import CONTRIBUTOR, EDITOR, account, signed_in

pytestmark = pytest.mark.django_db

PASSWORD = "correct horse 8"


def sign_in(client: Client, username: str, password: str = PASSWORD, **query: str) -> Any:
    data = {"username": username, "password": password, **query}
    return client.post("/admin/login/", data)


def test_staff_come_to_the_desk() -> None:
    client = Client()

    answer = sign_in(client, account(EDITOR).username)

    assert answer["Location"] == "/admin/"
    assert client.get("/admin/").status_code == 200


def test_a_contributor_comes_to_the_contributors_pages_and_never_to_the_desk() -> None:
    client = Client()
    sign_in(client, account(CONTRIBUTOR).username, next="/admin/")

    for path in ("/admin/", "/admin/login/", "/admin/speeches/remark/"):
        last = client.get(path, follow=True)
        assert last.request["PATH_INFO"] == "/contribute/", path
    assert client.get("/contribute/").status_code == 200


def test_sign_in_leads_to_no_other_site() -> None:
    answer = sign_in(Client(), account(EDITOR).username, next="https://evil.example/")

    assert answer["Location"] == "/admin/"


def test_after_five_failures_the_account_is_locked_even_with_the_right_password() -> None:
    user = account(EDITOR)
    client = Client()

    answers = [sign_in(client, user.username, "wrong").status_code for _try in range(5)]
    locked = sign_in(client, user.username)

    assert answers[:4] == [200] * 4
    assert locked.status_code == 429
    assert "登录已锁定" in locked.content.decode()
    assert "30 分钟" in locked.content.decode()
    assert client.get("/admin/").status_code == 302


def test_the_lock_ends_after_half_an_hour_and_holds_for_one_account_only() -> None:
    user, other = account(EDITOR), account(CONTRIBUTOR)
    for _try in range(5):
        sign_in(Client(), user.username, "wrong")

    assert sign_in(Client(), other.username).status_code == 302
    assert sign_in(Client(), user.username).status_code == 429
    past = timezone.now() - dt.timedelta(minutes=31)
    AccessAttempt.objects.update(attempt_time=past)
    assert sign_in(Client(), user.username).status_code == 302


def test_a_success_forgets_the_failures_before_it() -> None:
    user = account(EDITOR)

    for _round in range(3):
        for _try in range(4):
            assert sign_in(Client(), user.username, "wrong").status_code == 200
        assert sign_in(Client(), user.username).status_code == 302


def test_an_idle_session_ends_and_every_request_moves_its_end(settings: Any) -> None:
    client = signed_in(EDITOR)
    client.get("/admin/")
    session = Session.objects.get(session_key=client.session.session_key)
    half = timezone.now() + dt.timedelta(minutes=15)
    Session.objects.filter(pk=session.pk).update(expire_date=half)

    assert client.get("/admin/").status_code == 200
    moved = Session.objects.get(pk=session.pk).expire_date - timezone.now()
    assert moved > dt.timedelta(minutes=settings.SESSION_COOKIE_AGE / 60 - 1)

    Session.objects.filter(pk=session.pk).update(expire_date=timezone.now())
    answer = client.get("/admin/")
    assert answer.status_code == 302
    assert answer["Location"].startswith("/admin/login/")


def test_the_cookie_of_a_session_goes_with_the_browser_and_no_script_reads_it() -> None:
    client = Client()
    sign_in(client, account(EDITOR).username)

    cookie = client.cookies["sessionid"]

    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert not cookie["max-age"]
    assert not cookie["expires"]


def test_signing_out_ends_the_session() -> None:
    client = signed_in(EDITOR)

    assert client.get("/admin/logout/").status_code == 405
    client.post("/admin/logout/")

    assert client.get("/admin/").status_code == 302


def test_the_sign_in_page_says_what_it_is() -> None:
    page = Client().get("/admin/login/").content.decode()

    assert page.count("<h1") == 1
    assert "<h1>登录</h1>" in page
