"""The demonstration: passwords are shown once, the page is published once."""

import io

import pytest
from django.core.management import call_command
from django.test import Client

from speeches.management.commands import load_demo
from speeches.models import MeetingEdition, Remark, RemarkEdition, User
from speeches.moderation.demonstration import ACCOUNTS
from tests.moderation.desk import everything

pytestmark = pytest.mark.django_db


def load() -> str:
    out = io.StringIO()
    call_command("load_demo", stdout=out)
    return out.getvalue()


def test_the_demonstration_works_from_an_empty_database() -> None:
    out = load()

    assert MeetingEdition.objects.current().count() == 1
    assert RemarkEdition.objects.current().count() == Remark.objects.count() > 0
    passwords = dict(line.split("\t")[1:] for line in out.splitlines() if "\t" in line)
    assert set(passwords) == set(ACCOUNTS)
    for username, password in passwords.items():
        assert User.objects.get(username=username).check_password(password)


def test_running_it_again_shows_no_password_and_destroys_nothing() -> None:
    call_command("load_reference", stdout=io.StringIO())
    load()
    before = everything()
    passwords = dict(User.objects.values_list("username", "password"))

    out = load()

    assert out == ""
    assert everything() == before
    assert dict(User.objects.values_list("username", "password")) == passwords


def test_no_account_is_left_whose_password_was_never_shown(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fail(*args: object, **kwargs: object) -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr(load_demo, "publish_page", fail)

    with pytest.raises(OSError, match="disk"):
        load()

    assert not User.objects.exists()


def test_the_published_page_can_be_read(client: Client) -> None:
    load()
    edition = MeetingEdition.objects.get()

    assert client.get(edition.get_absolute_url()).status_code == 200
