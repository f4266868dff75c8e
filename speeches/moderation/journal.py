"""Writes the journal: entries are gathered while an act runs and chained at its very end.

Every act stands under `@act`. Acts call acts; the outermost one is one transaction, and its
entries are written when all the rest is done, so that the head of the chain, which every writer
needs, is the last row that is locked and is held for a moment only. Just before, the pages that
the act has changed are stamped (`watching`).
"""

import datetime as dt
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any, NoReturn, ParamSpec, TypeVar

from django.db import models, transaction

from speeches.models import Act, JournalEntry, JournalHead, Result, User
from speeches.models.chain import fingerprint
from speeches.moderation.watching import noting_changes

P = ParamSpec("P")
R = TypeVar("R")

# The entries of the outermost act that is going on; None outside of any.
_gathered: ContextVar[list[JournalEntry] | None] = ContextVar("gathered", default=None)
# Where the request comes from that is being answered; "" for a command.
_address: ContextVar[str] = ContextVar("address", default="")


def act(function: Callable[P, R]) -> Callable[P, R]:
    """Decorate an act: all of it happens together with its entries, or nothing does."""

    @wraps(function)
    def acting(*args: P.args, **kwargs: P.kwargs) -> R:
        with together():
            return function(*args, **kwargs)

    return acting


@contextmanager
def together() -> Iterator[None]:
    """Make one act of several: one transaction whose entries are chained at its end.

    Raises RuntimeError inside a transaction that is not an act's: it would hold the head of the
    chain for as long as it lasts. An exception drops the entries with everything else; inside
    another act, back to where this one began.
    """
    gathered = _gathered.get()
    if gathered is not None:
        before = len(gathered)
        try:
            with transaction.atomic():
                yield
        except BaseException:
            del gathered[before:]
            raise
        return
    entries: list[JournalEntry] = []
    token = _gathered.set(entries)
    try:
        with transaction.atomic(durable=True):
            with noting_changes():
                yield
            _chain(entries)
    finally:
        _gathered.reset(token)


def write(
    act: Act,
    subject: models.Model,
    *,
    by: User | None,
    at: dt.datetime,
    result: Result = Result.DONE,
    **detail: object,
) -> None:
    """Record that `by` did `act` to `subject` at `at`, and what came of it.

    The subject is named as it is now. `detail` must be JSON-serialisable without fractions, which
    the two databases do not give back alike. Raises RuntimeError outside of any act.
    """
    gathered = _gathered.get()
    if gathered is None:
        raise RuntimeError("The journal is written inside an act (@journal.act) only.")
    gathered.append(
        JournalEntry(
            at=at,
            actor=by,
            address=_address.get(),
            act=act,
            result=result,
            subject_kind=str(subject._meta.model_name),
            # Nobody and nothing in particular is 0: a sign-in under a name that no account has.
            subject_id=subject.pk or 0,
            subject_label=str(subject)[:200],
            detail=_settled(detail),
        )
    )


@act
def write_refusal(
    asked: str, subject: models.Model, *, by: User, at: dt.datetime, reason: str
) -> None:
    """Record that `by` asked for the act called `asked` and was refused.

    Call it after the refused act has been rolled back, where nothing of it is left.
    """
    details = {"asked": asked, "reason": reason}
    write(Act.ATTEMPT, subject, by=by, at=at, result=Result.REFUSED, **details)


@contextmanager
def coming_from(address: str) -> Iterator[None]:
    """Note where what is done inside comes from."""
    token = _address.set(address)
    try:
        yield
    finally:
        _address.reset(token)


def _settled(detail: dict[str, object]) -> Any:
    """Return the detail as the database gives it back, whatever becomes of its lists later."""
    return json.loads(json.dumps(detail), parse_float=_no_fraction, parse_constant=_no_fraction)


def _no_fraction(number: str) -> NoReturn:
    raise ValueError(f"The journal holds whole numbers only, not {number}.")


def _chain(entries: list[JournalEntry]) -> None:
    """Number and tie the entries behind the last one, and write them.

    Three queries, however many entries: the head is read and locked, the entries are inserted
    (several hundred at a time), the head moves on.
    """
    if not entries:
        return
    head = JournalHead.objects.select_for_update().get()
    for entry in entries:
        entry.number, entry.previous = head.number + 1, head.hash
        entry.hash = fingerprint(entry.chained())
        head.number, head.hash = entry.number, entry.hash
    JournalEntry.objects.bulk_create(entries)
    JournalHead.objects.filter(pk=head.pk).update(number=head.number, hash=head.hash)
