"""What waits on the desk, and for whom: texts under review by what happens to them next."""

import datetime as dt
from typing import Any

from django.db.models import (
    DateTimeField,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.functions import Coalesce, Greatest

from speeches.models.accounts import User
from speeches.models.editions import MeetingEdition, RemarkEdition
from speeches.models.meetings import Meeting
from speeches.models.remarks import Remark
from speeches.models.reviews import Decision, ReviewRound, ReviewStep
from speeches.models.states import TextState
from speeches.models.versions import WordingChange

# The model's name is that of the column by which rounds, steps and changes name their text.
_EDITIONS: dict[str, Any] = {"meeting": MeetingEdition, "remark": RemarkEdition}

# Meetings, then remarks.
Texts = tuple[QuerySet[Any], QuerySet[Any]]


def texts_in_review(*, hours: int) -> Texts:
    """Return the meetings and the remarks that wait for review, each with `due`.

    `due` is when the next stage is to be decided: as its round says, or, where nobody has begun,
    `hours` after the text came to the reviewers.
    """
    return (
        _with_due(Meeting.objects.awaiting_review(), hours),
        _with_due(Remark.objects.awaiting_review(), hours),
    )


def reviewable_by(texts: Texts, person: User) -> Texts:
    """Keep the texts whose next stage this person may pass.

    Their wording is none of the person's, no stage of the open round was passed by them, and
    nobody else has claimed it.
    """
    meetings, remarks = texts
    return _reviewable(meetings, person), _reviewable(remarks, person)


def overdue(texts: Texts, *, at: dt.datetime) -> Texts:
    """Keep the texts that should have been decided on before `at`."""
    meetings, remarks = texts
    return meetings.filter(due__lt=at), remarks.filter(due__lt=at)


def returned_to(person: User) -> Texts:
    """Return the returned texts that this person edited last, each with `due`: since when."""
    mine = {"state": TextState.RETURNED, "edited_by": person}
    return (
        _since_return(Meeting.objects.filter(**mine)),
        _since_return(Remark.objects.filter(**mine)),
    )


def keys_by_due(texts: Texts) -> QuerySet[Any]:
    """Return ("meeting" or "remark", id, due) of both kinds together, the earliest first."""
    meetings, remarks = (
        rows.order_by().annotate(kind=Value(rows.model._meta.model_name)) for rows in texts
    )
    columns = ("kind", "pk", "due")
    together = meetings.values_list(*columns).union(remarks.values_list(*columns), all=True)
    return together.order_by("due", "kind", "pk")


def _with_due(texts: QuerySet[Any], hours: int) -> QuerySet[Any]:
    rounds = ReviewRound.objects.filter(**_of_the_text(texts))
    ended = rounds.filter(closed_at__isnull=False).order_by("-pk").values("closed_at")[:1]
    since = Greatest(F("edited_at"), Coalesce(Subquery(ended), F("edited_at")))
    allowed = ExpressionWrapper(since + dt.timedelta(hours=hours), DateTimeField())
    return texts.annotate(due=Coalesce(Subquery(rounds.open().values("due_at")[:1]), allowed))


def _since_return(texts: QuerySet[Any]) -> QuerySet[Any]:
    ended = ReviewRound.objects.filter(**_of_the_text(texts)).order_by("-pk").values("closed_at")
    return texts.annotate(due=Subquery(ended[:1]))


def _reviewable(texts: QuerySet[Any], person: User) -> QuerySet[Any]:
    column = str(texts.model._meta.model_name)
    of_the_text = _of_the_text(texts)
    # As `moderation.versioning.wording_by` counts: what is on a published page is nobody's.
    public = _EDITIONS[column].objects.filter(
        **{column: OuterRef(column)}, round__version__changes_until__gte=OuterRef("pk")
    )
    written = WordingChange.objects.filter(~Exists(public), by=person, **of_the_text)
    passed = ReviewStep.objects.filter(
        round__closed_at__isnull=True,
        decision=Decision.PASS,
        reviewer=person,
        **{f"round__{name}": value for name, value in of_the_text.items()},
    )
    taken = ReviewRound.objects.open().filter(claimed_by__isnull=False, **of_the_text)
    return texts.filter(
        ~Exists(written), ~Exists(passed), ~Exists(taken.exclude(claimed_by=person))
    )


def _of_the_text(texts: QuerySet[Any]) -> dict[str, OuterRef]:
    return {str(texts.model._meta.model_name): OuterRef("pk")}
