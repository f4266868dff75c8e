"""Where a request comes from: only trusted proxies are believed."""

from ipaddress import ip_network
from typing import Any

import pytest
from axes.models import AccessAttempt
from django.core.exceptions import ImproperlyConfigured
from django.test import Client

from cppcc.origin import visitor
from cppcc.settings import environment
from speeches.models import Act, JournalEntry
from tests.factories import make_editor

PROXIES = [ip_network("10.0.0.0/8"), ip_network("::1")]


@pytest.mark.parametrize(
    ("peer", "forwarded", "address"),
    [
        ("203.0.113.7", "", "203.0.113.7"),
        # A visitor who comes without a proxy says what he likes.
        ("203.0.113.7", "198.51.100.1", "203.0.113.7"),
        ("10.0.0.1", "203.0.113.7", "203.0.113.7"),
        ("10.0.0.1", "", "10.0.0.1"),
        # What the visitor sent stands on the left.
        ("10.0.0.1", "198.51.100.1, 203.0.113.7", "203.0.113.7"),
        ("10.0.0.1", "203.0.113.7, 10.0.0.2", "203.0.113.7"),
        ("10.0.0.1", "10.9.9.9, 10.0.0.2", "10.9.9.9"),
        ("10.0.0.1", "203.0.113.7, nonsense", "10.0.0.1"),
        ("10.0.0.1", "nonsense, 203.0.113.7", "203.0.113.7"),
        ("::1", "2001:db8::7", "2001:db8::7"),
        ("::ffff:10.0.0.1", "203.0.113.7", "203.0.113.7"),
        ("fe80::1%eth0", "", "fe80::1"),
        ("", "203.0.113.7", ""),
    ],
)
def test_the_visitor_is_the_first_from_the_right_who_is_no_proxy(
    peer: str, forwarded: str, address: str
) -> None:
    assert visitor(peer, forwarded, PROXIES) == address


def test_nobody_is_believed_unless_it_is_set() -> None:
    assert visitor("127.0.0.1", "203.0.113.7", []) == "127.0.0.1"


def test_proxies_are_named_by_address_or_network(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("X", "127.0.0.1, 10.0.0.0/8")

    assert environment.networks("X") == [ip_network("127.0.0.1/32"), ip_network("10.0.0.0/8")]


@pytest.mark.parametrize("value", ["localhost", "10.0.0.1/8", "10.0.0"])
def test_what_is_no_network_is_refused_by_name(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("X", value)

    with pytest.raises(ImproperlyConfigured, match="X must name"):
        environment.networks("X")


@pytest.mark.django_db
def test_journal_and_lock_out_see_the_visitor_behind_the_proxy(settings: Any) -> None:
    settings.TRUSTED_PROXIES = [ip_network("10.0.0.0/8")]
    user = make_editor()

    data = {"username": user.username, "password": "wrong"}
    forwarded = {"X-Forwarded-For": "203.0.113.7"}
    Client().post("/admin/login/", data, headers=forwarded, REMOTE_ADDR="10.0.0.1")

    assert AccessAttempt.objects.get().ip_address == "203.0.113.7"
    entry = JournalEntry.objects.get(act=Act.SIGN_IN)
    assert entry.address == "203.0.113.7"
