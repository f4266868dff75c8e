"""Acting at a door: who, when, and what becomes of a refusal."""

import datetime as dt
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.contrib.messages import get_messages
from django.contrib.messages.storage.cookie import CookieStorage
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.test import RequestFactory

from speeches.doors.acting import attempt, perform
from speeches.models import JournalEntry, Result, Unit, User
from speeches.moderation.refusals import Refused
from tests.factories import make_unit, make_user

pytestmark = pytest.mark.django_db


def request_of(user: Any) -> HttpRequest:
    request = RequestFactory().post("/")
    request.user = user
    request._messages = CookieStorage(request)  # type: ignore[attr-defined]
    return request


def rename(unit: Unit, *, by: User, at: dt.datetime, name: str) -> str:
    """Stand in for an act."""
    if not name:
        raise Refused("请写名称。\n名称不能空着。")
    return f"{by}:{unit}:{name}"


def test_an_act_is_done_as_the_signed_in_person_and_its_result_handed_on() -> None:
    request = request_of(make_user("editor"))

    assert perform(request, rename, make_unit(), name="新") == "editor某:阿城区政协党组:新"
    assert attempt(request, rename, make_unit(), name="新") is True
    assert not JournalEntry.objects.exists()


def test_a_refusal_becomes_messages_and_an_entry() -> None:
    request, unit = request_of(make_user("editor")), make_unit()

    assert attempt(request, rename, unit, name="") is False

    assert [str(one) for one in get_messages(request)] == ["请写名称。", "名称不能空着。"]
    entry = JournalEntry.objects.about(unit)[0]
    assert (entry.result, entry.detail["asked"]) == (Result.REFUSED, "rename")


def test_a_refusal_can_be_noted_about_another_row() -> None:
    unit, other = make_unit(), make_unit("木兰县政协")

    with pytest.raises(Refused):
        perform(request_of(make_user("editor")), rename, unit, about=other, name="")

    assert not JournalEntry.objects.about(unit)
    assert JournalEntry.objects.about(other)


def test_nobody_acts_without_an_account() -> None:
    with pytest.raises(PermissionDenied):
        attempt(request_of(AnonymousUser()), rename, make_unit(), name="新")
