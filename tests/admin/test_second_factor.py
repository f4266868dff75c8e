"""The second step of signing in: who is asked, what stays shut until then, what a code opens."""

import io
import re
import threading
import time
from base64 import b32encode
from collections.abc import Iterator
from typing import Any

import pytest
import segno
from django.contrib import admin
from django.core import checks
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.urls.resolvers import RoutePattern
from django.utils import timezone
from django_otp.plugins.otp_totp.models import TOTPDevice

from speeches.admin.second_factor_door import GUARDED, WAYS_IN, WAYS_OUT
from speeches.models import Act, JournalEntry, RecoveryCode, Result, User
from speeches.moderation import second_factor
from speeches.moderation.refusals import Refused
from speeches.moderation.verifying import verify
from tests.admin.desk import (
    ADMINISTRATOR,
    AUDITOR,
    CONTRIBUTOR,
    EDITOR,
    MODERATOR,
    SUPERUSER,
    account,
    everything,
    make_newsroom,
    signed_in,
)
from tests.factories import make_moderator
from tests.phone import code_at, code_of, wrong_code

pytestmark = pytest.mark.django_db

PASSWORD = "correct horse 8"
CODE, SET_UP, OWN = "/account/code/", "/account/set-up/", "/account/"
DECISIVE = (MODERATOR, ADMINISTRATOR, SUPERUSER)
OTHERS = (EDITOR, AUDITOR, CONTRIBUTOR)


@pytest.fixture(autouse=True)
def _required(settings: Any) -> None:
    settings.SECOND_FACTOR = "required"


def secret_of(user: User) -> str:
    return b32encode(TOTPDevice.objects.get(user=user).bin_key).decode()


def enrolled(role: str) -> tuple[User, str, list[str]]:
    """Return an account of the role with a phone: the secret it holds, and the recovery codes."""
    user = account(role)
    second_factor.enrol(by=user, at=timezone.now())
    secret = secret_of(user)
    _device, codes = second_factor.confirm(by=user, at=timezone.now(), code=code_of(secret))
    later(user)
    return user, secret, codes


def later(user: User) -> None:
    """Let time pass: codes that were used are long over, nobody waits."""
    TOTPDevice.objects.filter(user=user).update(last_t=-1, throttling_failure_timestamp=None)


def at_the_password(user: User, *, path: str = "") -> Client:
    """Return a browser that has given the password and nothing else."""
    client = Client()
    answer = client.post(
        "/admin/login/", {"username": user.username, "password": PASSWORD, "next": path}
    )
    assert answer.status_code == 302
    return client


def through(user: User, secret: str) -> Client:
    """Return a browser that has given password and code."""
    client = at_the_password(user)
    later(user)
    answer = client.post(CODE, {"code": code_of(secret)})
    assert answer.status_code == 302
    later(user)
    return client


def noted() -> list[tuple[str, str, str]]:
    """Return who did what about the second step with what result."""
    entries = JournalEntry.objects.filter(act=Act.SECOND_FACTOR).order_by("number")
    return [(entry.subject_label, entry.detail["step"], entry.result) for entry in entries]


# --- Who is asked ----------------------------------------------------------------------------


@pytest.mark.parametrize("role", DECISIVE)
def test_whoever_may_approve_or_change_accounts_is_led_to_set_up(role: str) -> None:
    answer = signed_in(role).get("/admin/")

    assert answer.status_code == 302
    assert answer["Location"] == SET_UP


@pytest.mark.parametrize("role", OTHERS)
def test_the_others_work_without_a_second_step(role: str) -> None:
    home = "/contribute/" if role == CONTRIBUTOR else "/admin/"

    assert signed_in(role).get(home).status_code == 200


@pytest.mark.parametrize("role", (*DECISIVE, *OTHERS))
def test_where_it_is_optional_nobody_has_to_set_it_up(role: str, settings: Any) -> None:
    settings.SECOND_FACTOR = "optional"
    home = "/contribute/" if role == CONTRIBUTOR else "/admin/"

    assert signed_in(role).get(home).status_code == 200


@pytest.mark.parametrize("value", ["required", "optional"])
@pytest.mark.parametrize("role", [MODERATOR, EDITOR, CONTRIBUTOR])
def test_whoever_has_set_it_up_is_asked_everywhere(role: str, value: str, settings: Any) -> None:
    settings.SECOND_FACTOR = value
    user, _secret, _codes = enrolled(role)
    home = "/contribute/" if role == CONTRIBUTOR else "/admin/"

    answer = at_the_password(user).get(home)

    assert answer.status_code == 302
    assert answer["Location"] == f"{CODE}?next={home.replace('/', '%2F')}"


def test_an_editor_who_becomes_a_moderator_sets_it_up_with_the_next_page() -> None:
    client = signed_in(EDITOR)
    assert client.get("/admin/").status_code == 200

    make_moderator("ed")

    assert client.get("/admin/")["Location"] == SET_UP


# --- What stays shut -------------------------------------------------------------------------


def addresses(
    patterns: list[Any] | None = None, before: str = "/", names: tuple[str, ...] = ()
) -> Iterator[tuple[str, str]]:
    """Return every address of the project, with made-up numbers in it, and its full name."""
    for one in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(one.pattern, RoutePattern):
            path = before + re.sub(r"<[^>]+>", "1", str(one.pattern))
        else:
            # The list of an application's pages, and what is no page at all.
            path = before + ("speeches/" if "app_label" in str(one.pattern) else "no-such-page/")
        if isinstance(one, URLResolver):
            inside = (*names, one.namespace) if one.namespace else names
            yield from addresses(one.url_patterns, path, inside)
        else:
            assert isinstance(one, URLPattern)
            yield path, ":".join((*names, one.name or ""))


def guarded() -> list[tuple[str, str]]:
    return [(path, name) for path, name in addresses() if name.split(":")[0] in GUARDED]


def test_every_address_is_a_readers_page_or_behind_the_door() -> None:
    doors = {name.split(":")[0] for _path, name in addresses()}

    assert doors == GUARDED | {"public", "feeds"}


def must_lead_to(step: str, client: Client) -> None:
    """Assert that no page but the step itself is shown, and that no form does anything."""
    shut = [path for path, name in guarded() if name not in WAYS_IN | WAYS_OUT and path != step]
    assert len(shut) > 80
    before = everything()
    for path in shut:
        for answer in (client.get(path), client.post(path, {"_save": "1", "post": "yes"})):
            assert answer.status_code == 302, path
            assert answer["Location"].split("?")[0] == step, path
    assert everything() == before


@pytest.mark.slow
@pytest.mark.parametrize("role", [SUPERUSER, MODERATOR, CONTRIBUTOR])
def test_no_page_is_reached_between_password_and_code(role: str) -> None:
    make_newsroom()
    user, _secret, _codes = enrolled(role)

    must_lead_to(CODE, at_the_password(user))


@pytest.mark.slow
@pytest.mark.parametrize("role", DECISIVE)
def test_no_page_is_reached_before_setting_up(role: str) -> None:
    make_newsroom()

    must_lead_to(SET_UP, signed_in(role))


@pytest.mark.parametrize("role", [MODERATOR, CONTRIBUTOR])
def test_the_step_itself_shows_nothing_of_the_desk_and_a_way_out(role: str) -> None:
    user, _secret, _codes = enrolled(role)
    client = at_the_password(user)

    page = client.get(CODE).content.decode()

    out = reverse("admin:logout" if role == MODERATOR else "contribute:sign-out")
    assert f'action="{out}"' in page
    assert "/admin/speeches/" not in page
    assert "password_change" not in page
    client.post(out)
    assert client.get(CODE)["Location"].startswith("/admin/login/")


def test_readers_pages_ask_for_nothing_and_set_no_cookie() -> None:
    room = make_newsroom()
    user, _secret, _codes = enrolled(MODERATOR)
    reader, halfway = Client(), at_the_password(user)

    for path in ("/", f"/remarks/{room.public_remark.pk}/", "/meetings/"):
        assert halfway.get(path).status_code == 200, path
        assert reader.get(path).status_code == 200, path
    assert not reader.cookies


@pytest.mark.parametrize("path", [OWN, CODE, SET_UP])
def test_nobody_else_sees_these_pages(path: str) -> None:
    answer = Client().get(path)

    assert answer["Location"] == f"/admin/login/?next={path}"


# --- Setting up ------------------------------------------------------------------------------


def begun(role: str) -> tuple[User, Client, str]:
    """Return somebody who looks at the picture, and the secret as the page shows it."""
    client = signed_in(role)
    user = User.objects.get(pk=client.session["_auth_user_id"])
    assert client.post(SET_UP)["Location"] == SET_UP
    page = client.get(SET_UP).content.decode()
    code = re.search(r'<p class="factor-secret"><code>(.*?)</code>', page, re.DOTALL)
    assert code is not None
    groups = re.findall(r"<span>(\w+)</span>", code[1])
    assert [len(group) for group in groups] == [4] * 8
    return user, client, "".join(groups)


def test_the_page_shows_the_secret_to_type_and_as_a_picture() -> None:
    user, client, secret = begun(MODERATOR)
    device = TOTPDevice.objects.get(user=user)
    page = client.get(SET_UP).content.decode()

    assert b32encode(device.bin_key).decode() == secret
    # The square modules of the drawing are those of the code for this very address.
    path = re.search(r'<path d="([^"]+)"', page)
    assert path is not None
    drawn = {(int(x), int(y)) for x, y in re.findall(r"M(\d+) (\d+)h1v1h-1z", path[1])}
    expected = segno.make(device.config_url, error="m", micro=False)
    assert drawn == {
        (x, y)
        for y, row in enumerate(expected.matrix_iter(border=4))
        for x, module in enumerate(row)
        if module
    }
    assert f"secret={secret}" in device.config_url
    assert "digits=6&period=30&issuer=%E6%91%98%E7%BC%96" in device.config_url


def test_nothing_is_set_up_before_a_right_code() -> None:
    user, client, secret = begun(MODERATOR)

    page = client.post(SET_UP, {"code": wrong_code(secret)})

    assert page.status_code == 200
    assert "验证码不对" in page.content.decode()
    assert second_factor.device_of(user) is None
    assert client.get("/admin/")["Location"] == SET_UP
    assert noted() == [(str(user), "enrol", "done"), (str(user), "code", "refused")]


def test_a_right_code_opens_the_desk_and_shows_ten_recovery_codes_once() -> None:
    user, client, secret = begun(MODERATOR)

    page = client.post(SET_UP, {"code": code_of(secret)}).content.decode()

    codes = re.findall(r"<li><code>([a-z2-9-]{19})</code></li>", page)
    assert len(set(codes)) == 10
    assert client.get("/admin/").status_code == 200
    assert codes[0] not in client.get(OWN).content.decode()
    assert client.get(SET_UP)["Location"] == OWN
    assert noted() == [(str(user), "enrol", "done"), (str(user), "confirm", "done")]


def test_recovery_codes_are_kept_as_hashes_only() -> None:
    _user, _secret, codes = enrolled(MODERATOR)

    kept = repr(list(RecoveryCode.objects.values())) + repr(list(TOTPDevice.objects.values()))
    kept += repr(list(JournalEntry.objects.values()))

    assert RecoveryCode.objects.count() == 10
    for code in codes:
        assert code not in kept
        assert code.replace("-", "") not in kept


def test_beginning_again_makes_another_secret() -> None:
    user, client, secret = begun(EDITOR)

    client.post(SET_UP)

    assert secret_of(user) != secret
    assert "验证码不对" in client.post(SET_UP, {"code": code_of(secret)}).content.decode()


def test_who_has_set_it_up_cannot_be_given_another_phone() -> None:
    user, secret, _codes = enrolled(EDITOR)
    client = through(user, secret)

    assert client.post(SET_UP)["Location"] == OWN
    with pytest.raises(Refused, match="已经开启"):
        second_factor.enrol(by=user, at=timezone.now())
    assert secret_of(user) == secret


def test_setting_up_in_one_session_asks_in_every_other() -> None:
    client, other = signed_in(EDITOR), Client()
    user = User.objects.get(username="ed")
    other.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    client.post(SET_UP)
    client.post(SET_UP, {"code": code_of(secret_of(user))})

    assert client.get("/admin/").status_code == 200
    assert other.get("/admin/")["Location"].startswith(CODE)


# --- Codes -----------------------------------------------------------------------------------


def test_the_phone_of_these_tests_computes_as_the_standard_says() -> None:
    # RFC 6238, appendix B, the last six of eight digits.
    seed = b"12345678901234567890"

    assert code_at(seed, 59) == "287082"
    assert code_at(seed, 1111111109) == "081804"
    assert code_at(seed, 20000000000) == "353130"


def test_a_right_code_leads_to_where_the_person_was_going() -> None:
    user, secret, _codes = enrolled(MODERATOR)
    client = at_the_password(user, path="/admin/speeches/remark/?state=awaiting")
    door = client.get("/admin/speeches/remark/?state=awaiting")["Location"]
    before = client.session.session_key

    answer = client.post(door, {"code": code_of(secret)})

    assert answer["Location"] == "/admin/speeches/remark/?state=awaiting"
    assert client.get(answer["Location"]).status_code == 200
    assert client.session.session_key != before
    assert noted()[-1] == (str(user), "prove", "done")


def test_a_code_leads_to_no_other_site() -> None:
    user, secret, _codes = enrolled(MODERATOR)
    client = at_the_password(user)

    answer = client.post(f"{CODE}?next=https://evil.example/", {"code": code_of(secret)})

    assert answer["Location"] == "/admin/"


def test_a_contributor_comes_to_the_contributors_pages() -> None:
    user, secret, _codes = enrolled(CONTRIBUTOR)
    client = at_the_password(user)

    assert client.post(CODE, {"code": code_of(secret)})["Location"] == "/contribute/"
    assert client.get("/contribute/").status_code == 200
    assert client.get(OWN).status_code == 200


def test_a_wrong_code_is_refused_and_noted_without_the_code() -> None:
    user, secret, codes = enrolled(MODERATOR)
    client = at_the_password(user)
    typed = wrong_code(secret)

    attempts = (("code", typed, "验证码不对"), ("recovery_code", codes[0] + "k", "恢复码不对"))
    for field, value, said in attempts:
        page = client.post(CODE, {field: value})
        later(user)
        assert page.status_code == 200
        assert said in page.content.decode()
    assert client.get("/admin/").status_code == 302
    assert noted()[-2:] == [
        (str(user), "code", Result.REFUSED),
        (str(user), "recovery-code", Result.REFUSED),
    ]
    entries = JournalEntry.objects.filter(result=Result.REFUSED)
    assert {tuple(entry.detail) for entry in entries} == {("step", "reason")}
    assert typed not in repr(list(entries.values("detail", "subject_label")))
    assert verify().fault == ""


def test_nothing_typed_is_not_a_failure() -> None:
    user, _secret, _codes = enrolled(MODERATOR)
    before = noted()

    page = at_the_password(user).post(CODE, {"code": " ", "recovery_code": ""})

    assert "请填写验证码。" in page.content.decode()
    assert noted() == before
    assert TOTPDevice.objects.get(user=user).throttling_failure_count == 0


def test_a_code_is_good_for_one_session_only() -> None:
    user, secret, _codes = enrolled(MODERATOR)
    first, second = at_the_password(user), at_the_password(user)
    code = code_of(secret)

    assert first.post(CODE, {"code": code}).status_code == 302
    assert second.post(CODE, {"code": code}).status_code == 200
    assert second.get("/admin/").status_code == 302


@pytest.mark.parametrize(
    ("steps", "accepted"), [(-3, False), (-1, True), (0, True), (1, True), (3, False)]
)
def test_a_clock_may_be_off_by_one_step(steps: int, accepted: bool) -> None:
    # Codes of two steps away are left out: while the test runs they may come within one.
    user, secret, _codes = enrolled(MODERATOR)
    if steps == -1:
        # Computed well inside a step, so that it is not two steps old when it arrives.
        code = code_at(TOTPDevice.objects.get(user=user).bin_key, _calm() - 30)
    else:
        code = code_of(secret, steps=steps)

    answer = at_the_password(user).post(CODE, {"code": code})

    assert (answer.status_code == 302) is accepted


def _calm() -> float:
    """Return the time, at least ten seconds before a step ends."""
    while time.time() % 30 > 20:
        time.sleep(0.5)
    return time.time()


@pytest.mark.parametrize("typed", ["{} {}", "{}-{}", " {}{} "])
def test_a_code_is_accepted_as_phones_show_it(typed: str) -> None:
    user, secret, _codes = enrolled(MODERATOR)
    code = code_of(secret)

    answer = at_the_password(user).post(CODE, {"code": typed.format(code[:3], code[3:])})

    assert answer.status_code == 302


def test_full_width_digits_are_digits() -> None:
    user, secret, _codes = enrolled(MODERATOR)
    wide = "".join(chr(ord(digit) - ord("0") + ord("０")) for digit in code_of(secret))

    assert at_the_password(user).post(CODE, {"code": wide}).status_code == 302


def test_after_failures_even_the_right_code_has_to_wait() -> None:
    user, secret, codes = enrolled(MODERATOR)
    client = at_the_password(user)
    for _each in range(8):
        later(user)
        client.post(CODE, {"code": wrong_code(secret)})
    before = noted()

    for sent in ({"code": code_of(secret)}, {"recovery_code": codes[0]}):
        page = client.post(CODE, sent)
        assert "多次输错，请 3 分钟后再试" in page.content.decode()
    assert client.get("/admin/").status_code == 302
    # What meets the wait is not noted, and uses nothing up.
    assert noted() == before
    later(user)
    assert client.post(CODE, {"code": code_of(secret)}).status_code == 302
    assert TOTPDevice.objects.get(user=user).throttling_failure_count == 0


def test_wrong_recovery_codes_make_the_phones_codes_wait_too() -> None:
    user, secret, _codes = enrolled(MODERATOR)
    client = at_the_password(user)
    for number in range(5):
        later(user)
        client.post(CODE, {"recovery_code": f"abcd-efgh-jkmn-pq{number}{number}"})

    page = client.post(CODE, {"code": code_of(secret)}).content.decode()

    assert "秒后再试" in page
    assert TOTPDevice.objects.get(user=user).throttling_failure_count == 5


@pytest.mark.django_db(transaction=True)
def test_of_several_who_send_one_code_at_once_one_gets_in() -> None:
    if connection.vendor == "sqlite":
        pytest.skip("SQLite has one writer at a time")
    user, secret, _codes = enrolled(MODERATOR)
    begin, code = threading.Barrier(4), code_of(secret)
    came: list[str] = []

    def send() -> None:
        try:
            begin.wait(timeout=10)
            second_factor.prove(by=user, at=timezone.now(), code=code)
            came.append("in")
        except Refused:
            came.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=send) for _each in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)

    assert sorted(came) == ["in", "refused", "refused", "refused"]


# --- Recovery codes --------------------------------------------------------------------------


def test_a_recovery_code_stands_in_for_the_phone_once() -> None:
    user, _secret, codes = enrolled(MODERATOR)
    client, again = at_the_password(user), at_the_password(user)

    assert client.post(CODE, {"recovery_code": codes[3]}).status_code == 302
    assert "还剩 9 个" in client.get("/admin/").content.decode()
    assert ("recovery-code", "done") in [(step, result) for _who, step, result in noted()]
    assert again.post(CODE, {"recovery_code": codes[3]}).status_code == 200
    assert again.get("/admin/").status_code == 302


@pytest.mark.parametrize("typed", [str.upper, lambda code: code.replace("-", " "), "{}　".format])
def test_a_recovery_code_is_accepted_however_it_is_typed(typed: Any) -> None:
    user, _secret, codes = enrolled(MODERATOR)

    # In the wrong field too.
    for field, code in (("recovery_code", codes[0]), ("code", codes[1])):
        answer = at_the_password(user).post(CODE, {field: typed(code)})
        assert answer.status_code == 302, field


def test_a_recovery_code_of_somebody_else_is_worth_nothing() -> None:
    user, _secret, _codes = enrolled(MODERATOR)
    _other, _others_secret, others = enrolled(EDITOR)

    assert at_the_password(user).post(CODE, {"recovery_code": others[0]}).status_code == 200


def test_new_recovery_codes_take_a_code_and_end_the_old_ones() -> None:
    user, secret, old = enrolled(MODERATOR)
    client = through(user, secret)

    refused = client.post(OWN, {"renew": "1", "renew-code": wrong_code(secret)})
    later(user)
    page = client.post(OWN, {"renew": "1", "renew-code": code_of(secret)}).content.decode()

    assert "验证码不对" in refused.content.decode()
    new = re.findall(r"<li><code>([a-z2-9-]{19})</code></li>", page)
    assert len(new) == 10
    assert not set(new) & set(old)
    later(user)
    assert at_the_password(user).post(CODE, {"recovery_code": old[0]}).status_code == 200
    later(user)
    assert at_the_password(user).post(CODE, {"recovery_code": new[0]}).status_code == 302


# --- Its end ---------------------------------------------------------------------------------


def test_giving_it_up_takes_a_code() -> None:
    user, secret, codes = enrolled(EDITOR)
    client = through(user, secret)

    page = client.post(OWN, {"drop": "1", "drop-code": wrong_code(secret)})
    later(user)
    assert "验证码不对" in page.content.decode()
    assert second_factor.device_of(user) is not None

    assert client.post(OWN, {"drop": "1", "drop-recovery_code": codes[0]})["Location"] == OWN
    assert second_factor.device_of(user) is None
    assert RecoveryCode.objects.count() == 0
    assert at_the_password(user).get("/admin/").status_code == 200
    assert noted()[-1] == (str(user), "drop", "done")


def test_a_moderator_who_gives_it_up_sets_it_up_anew() -> None:
    user, secret, _codes = enrolled(MODERATOR)
    client, other = through(user, secret), through(user, secret)

    client.post(OWN, {"drop": "1", "drop-code": code_of(secret)})

    for session in (client, other):
        assert session.get("/admin/")["Location"] == SET_UP


def test_another_phone_unproves_the_sessions_of_the_first() -> None:
    user, secret, _codes = enrolled(MODERATOR)
    client, other = through(user, secret), through(user, secret)

    client.post(OWN, {"drop": "1", "drop-code": code_of(secret)})
    client.post(SET_UP)
    client.post(SET_UP, {"code": code_of(secret_of(user))})

    assert client.get("/admin/").status_code == 200
    assert other.get("/admin/")["Location"].startswith(CODE)


def test_a_new_password_ends_every_other_session() -> None:
    user, secret, _codes = enrolled(MODERATOR)
    client, other = through(user, secret), through(user, secret)
    new = "another horse 9"
    sent = {"old_password": PASSWORD, "new_password1": new, "new_password2": new}

    client.post("/admin/password_change/", sent)

    assert client.get("/admin/").status_code == 200
    assert other.get("/admin/")["Location"].startswith("/admin/login/")


def test_signing_out_forgets_the_code() -> None:
    user, secret, _codes = enrolled(MODERATOR)
    client = through(user, secret)

    client.post("/admin/logout/")
    client.post("/admin/login/", {"username": user.username, "password": PASSWORD})

    assert client.get("/admin/")["Location"].startswith(CODE)


def reset(username: str) -> str:
    out = io.StringIO()
    call_command("reset_second_factor", username, stdout=out)
    return out.getvalue()


def test_the_operator_resets_it_for_somebody_who_lost_everything() -> None:
    user, secret, _codes = enrolled(MODERATOR)
    thief = through(user, secret)

    said = reset(user.username)

    assert "已重设“mod”的两步验证。" in said
    assert "须重新设置" in said
    assert thief.get("/admin/")["Location"] == SET_UP
    entry = JournalEntry.objects.filter(act=Act.SECOND_FACTOR).latest("number")
    assert (entry.actor, entry.subject_id, entry.detail["step"]) == (None, user.pk, "reset")


@pytest.mark.parametrize(
    ("username", "why"), [("nobody", "没有这个帐号：nobody"), ("ed", "没有开启两步验证")]
)
def test_a_reset_that_cannot_be_done_says_why(username: str, why: str) -> None:
    account(EDITOR)

    with pytest.raises(CommandError, match=why):
        reset(username)
    assert noted() == []


# --- Round about -----------------------------------------------------------------------------


def test_pages_with_secrets_are_kept_nowhere_and_hold_the_strict_policy() -> None:
    _user, client, secret = begun(MODERATOR)

    shown = client.get(SET_UP)
    codes = client.post(SET_UP, {"code": code_of(secret)})

    for answer in (shown, codes, client.get(OWN)):
        assert "no-store" in answer["Cache-Control"]
        assert "unsafe" not in answer["Content-Security-Policy"]
        page = answer.content.decode()
        assert page.count("<h1") == 1
        assert not re.search(r"\sstyle=|<style|<script(?![^>]*\bsrc=)", page)


def test_phones_offer_the_code_and_show_their_number_keys() -> None:
    user, _secret, _codes = enrolled(MODERATOR)

    page = at_the_password(user).get(CODE).content.decode()

    field = re.search(r'<input[^>]*name="code"[^>]*>', page)
    assert field is not None
    assert 'autocomplete="one-time-code"' in field[0]
    assert 'inputmode="numeric"' in field[0]


def test_everybody_finds_the_way_to_their_own_account() -> None:
    for role, home in ((EDITOR, "/admin/"), (CONTRIBUTOR, "/contribute/")):
        assert f'<a href="{OWN}">我的帐号</a>' in signed_in(role).get(home).content.decode()


def test_no_page_of_the_desk_shows_secrets() -> None:
    names = {model._meta.model_name for model in admin.site._registry}

    assert not names & {"totpdevice", "recoverycode"}


def test_the_deployment_check_warns_where_passwords_alone_are_enough(settings: Any) -> None:
    def warned() -> bool:
        found = checks.run_checks(tags=[checks.Tags.security], include_deployment_checks=True)
        return "speeches.W002" in {one.id for one in found}

    assert not warned()
    settings.SECOND_FACTOR = "optional"
    assert warned()
