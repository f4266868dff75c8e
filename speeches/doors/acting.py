"""Acting for a signed-in person: who, the clock, refusals as messages and in the journal."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import HttpRequest
from django.utils import timezone

from speeches.models import User
from speeches.moderation import journal
from speeches.moderation.refusals import Refused


def attempt(request: HttpRequest, act: Callable[..., Any], *args: Any, **kwargs: Any) -> bool:
    """Do an act as `perform` does; a refusal becomes a message, one a line.

    Returns whether the act was done.
    """
    try:
        perform(request, act, *args, **kwargs)
    except Refused as refusal:
        tell(request, refusal)
        return False
    return True


def perform(
    request: HttpRequest,
    act: Callable[..., Any],
    *args: Any,
    about: models.Model | None = None,
    **kwargs: Any,
) -> Any:
    """Do an act of moderation/ as the signed-in person, now, and return what it returns.

    A refusal is raised again once it stands in the journal, `about` that row: by default the
    act's subject, its first argument. Only for acts that stand alone: inside a form's transaction
    a refusal must roll the form back.
    """
    by = signed_in(request)
    try:
        return act(*args, by=by, at=now(), **kwargs)
    except Refused as refusal:
        journal.write_refusal(act.__name__, about or args[0], by=by, at=now(), reason=str(refusal))
        raise


def tell(request: HttpRequest, refusal: Refused) -> None:
    """Show a refusal to the person, one message a line."""
    for line in str(refusal).split("\n"):
        messages.error(request, line)


def signed_in(request: HttpRequest) -> User:
    """Return who is signed in; pages behind the door are shown to nobody else."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


def now() -> dt.datetime:
    """Return the time acts are given."""
    return timezone.now()
