"""The system check that front caches hear of changes."""

import datetime as dt

import pytest
from django.utils import timezone

from speeches.models import Purge
from speeches.moderation.outbox_checks import WAITS_AT_MOST, check_outbox

pytestmark = pytest.mark.django_db

CACHE = "http://127.0.0.1:9"


def waits_for(age: dt.timedelta, **fields: object) -> None:
    at = timezone.now() - age
    Purge.objects.create(cache=CACHE, path="/", queued_at=at, due_at=at, **fields)


def test_a_purge_that_waits_for_minutes_is_reported_with_its_error() -> None:
    waits_for(WAITS_AT_MOST, error="HTTP 405")

    (found,) = check_outbox(None, databases=["default"])

    assert found.id == "speeches.W014"
    assert CACHE in found.msg and "1 purges" in found.msg and "HTTP 405" in found.msg
    assert found.hint is not None and "empty_outbox" in found.hint


def test_a_purge_that_nobody_tried_is_reported_as_such() -> None:
    waits_for(WAITS_AT_MOST)

    (found,) = check_outbox(None, databases=["default"])

    assert "never tried" in found.msg


def test_what_was_just_queued_and_what_waits_for_its_second_time_is_no_matter() -> None:
    waits_for(dt.timedelta(minutes=1))
    waits_for(WAITS_AT_MOST, told_at=timezone.now())

    assert check_outbox(None, databases=["default"]) == []


def test_without_a_data_base_to_ask_nothing_is_said() -> None:
    waits_for(WAITS_AT_MOST)

    assert check_outbox(None) == []
