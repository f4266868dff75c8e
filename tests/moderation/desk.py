"""What the tests of the acts share: later times, fresh rows, the journal in short."""

import datetime as dt
from typing import Any, TypeVar

import pytest
from django.db import models

from speeches.models import (
    ContactDetails,
    Delivery,
    Doubt,
    EditionSpeaker,
    EditionTheme,
    ImportRun,
    Invitation,
    JournalEntry,
    Meeting,
    MeetingEdition,
    Membership,
    Person,
    Remark,
    RemarkEdition,
    ReviewRound,
    ReviewStep,
    SourceDocument,
    Speaker,
    Submission,
    SubmissionDraft,
    Theme,
    Unit,
    User,
)
from speeches.moderation.composing import meeting_fingerprint, remark_fingerprint
from speeches.moderation.editing import record_edit
from speeches.moderation.refusals import Refused
from speeches.text.markup import paragraphs_to_body
from tests.factories import NOON

M = TypeVar("M", bound=models.Model)
LATER = NOON + dt.timedelta(hours=1)


def fresh(row: M) -> M:
    """Return the row as it is stored now."""
    return type(row)._default_manager.get(pk=row.pk)


def seen(text: Meeting | Remark) -> str:
    """Return the fingerprint of what a moderator sees."""
    text = fresh(text)
    return meeting_fingerprint(text) if isinstance(text, Meeting) else remark_fingerprint(text)


def reword(remark: Remark, words: str, *, by: User | None = None, at: dt.datetime = LATER) -> None:
    """Change the remark's body as an editor does."""
    row = fresh(remark)
    row.body = paragraphs_to_body([words])
    row.save(update_fields=["body"])
    record_edit(row, by=by, at=at, changed=["body"])


def retitle(meeting: Meeting, title: str, *, by: User | None = None) -> None:
    """Change the meeting's title as an editor does."""
    row = fresh(meeting)
    row.title = title
    row.save(update_fields=["title"])
    record_edit(row, by=by, at=LATER, changed=["title"])


def acts_about(row: models.Model) -> list[str]:
    """Return what was done to the row, the first act first."""
    return [entry.act for entry in JournalEntry.objects.about(row)][::-1]


def last_entry(row: models.Model) -> JournalEntry:
    """Return the newest entry about the row."""
    return JournalEntry.objects.about(row)[0]


RECORDS = (
    *(JournalEntry, ReviewRound, ReviewStep),
    *(Meeting, Remark, MeetingEdition, RemarkEdition, EditionSpeaker, EditionTheme),
    *(Submission, Delivery, SubmissionDraft, Invitation, ContactDetails),
    *(SourceDocument, ImportRun, Unit, Person, Membership, Speaker, Doubt, Theme),
)


def everything() -> dict[str, list[Any]]:
    """Return every row that an act could write, for "nothing was written"."""
    return {
        model.__name__: list(model._default_manager.order_by("pk").values()) for model in RECORDS
    }


class refusing:  # noqa: N801  (reads as a word in `with refusing("…"):`)
    """Expect a refusal in these words, and that nothing at all is written."""

    def __init__(self, words: str) -> None:
        self.words = words

    def __enter__(self) -> None:
        self.before = everything()
        self.raises = pytest.raises(Refused, match=self.words)
        self.raises.__enter__()

    def __exit__(self, *error: Any) -> bool:
        refused = self.raises.__exit__(*error)
        assert everything() == self.before
        return bool(refused)
