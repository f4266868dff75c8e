"""What the database refuses of calls, links and submissions."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

from speeches.models import Call, Delivery, Invitation, Submission
from tests.factories import NOON, make_call, make_contributor, make_meeting, make_submission
from tests.models.rows import refused
from tests.models.test_constraints import refuses


def invitation(**fields: Any) -> Invitation:
    values = {
        "contributor": make_contributor().contributor,
        "sent_by": make_contributor(),
        "sent_at": NOON,
        "expires_at": NOON + dt.timedelta(hours=1),
        **fields,
    }
    return Invitation.objects.create(**values)


# What each constraint refuses; a meeting is there already.
BREAKS: dict[str, Callable[[], Any]] = {
    "call_has_a_title": lambda: make_call(title=""),
    "call_length_in_order": lambda: make_call(characters_from=2, characters_to=1),
    "invitation_used_in_time": lambda: invitation(used_at=NOON + dt.timedelta(hours=2)),
    "submission_has_receipt": lambda: Submission.objects.create(
        receipt="",
        call=Call.objects.get(),
        unit=make_contributor().contributor.unit,
        remark=make_meeting().remarks.get(),
        by=make_contributor(),
        submitted_at=NOON,
    ),
}


@pytest.mark.django_db
def test_every_constraint_refuses_what_it_is_there_to_refuse() -> None:
    make_call()

    assert [name for name, act in BREAKS.items() if not refuses(name, act)] == []


@pytest.mark.django_db
def test_a_link_that_was_used_stays_used() -> None:
    used = invitation(used_at=NOON)

    with refused("a link that was used stays used"):
        Invitation.objects.filter(pk=used.pk).update(used_at=None)


@pytest.mark.django_db
def test_what_was_handed_in_is_neither_changed_nor_deleted() -> None:
    submission = make_submission(make_call(), by=make_contributor())

    with refused("these columns are frozen"):
        Submission.objects.filter(pk=submission.pk).update(receipt="2024-999999")
    with refused("append only"):
        Delivery.objects.update(note="改")
    with refused("append only"), connection.cursor() as cursor:
        cursor.execute("DELETE FROM speeches_delivery")
