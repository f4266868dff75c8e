"""Writes the journal: one entry an act, in the transaction of the act."""

import datetime as dt

from django.db import models

from speeches.models import Act, JournalEntry, User


def write(
    act: Act, subject: models.Model, *, by: User | None, at: dt.datetime, **detail: object
) -> JournalEntry:
    """Record that `by` did `act` to `subject` at `at`; `detail` must be JSON-serialisable."""
    return JournalEntry.objects.create(
        at=at,
        actor=by,
        act=act,
        subject_kind=str(subject._meta.model_name),
        subject_id=subject.pk,
        subject_label=str(subject)[:200],
        detail=detail,
    )
