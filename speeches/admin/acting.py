"""Acting for a signed-in person: the clock, refusals as messages, rows that only grow."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from speeches.models import User
from speeches.moderation.refusals import Refused


def attempt(request: HttpRequest, act: Callable[..., Any], *args: Any, **kwargs: Any) -> bool:
    """Do an act of moderation/ as the signed-in person, now.

    A refusal becomes a message, one a line; returns whether the act was done. Only for acts that
    stand alone: inside a form's transaction a refusal must roll the form back (`WholeOrNothing`).
    """
    try:
        act(*args, by=signed_in(request), at=now(), **kwargs)
    except Refused as refusal:
        tell(request, refusal)
        return False
    return True


def tell(request: HttpRequest, refusal: Refused) -> None:
    """Show a refusal to the person, one message a line."""
    for line in str(refusal).split("\n"):
        messages.error(request, line)


def signed_in(request: HttpRequest) -> User:
    """Return who is signed in; the pages of the desk are shown to nobody else."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


def now() -> dt.datetime:
    """Return the time acts are given."""
    return timezone.now()


class WholeOrNothing(ModelAdmin):
    """A form that is saved with everything it entails, or not at all.

    Django saves a form in one transaction; a refusal inside leaves it, so that nothing is half
    saved, and is caught only here.
    """

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> Any:
        """Show or save the form; a refused save changes nothing and says why."""
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except Refused as refusal:
            tell(request, refusal)
            return redirect(request.get_full_path())

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Ask and delete; a refused deletion changes nothing and says why."""
        try:
            return super().delete_view(request, object_id, extra_context)
        except Refused as refusal:
            tell(request, refusal)
            return redirect(request.get_full_path())


class ReadOnlyAdmin(ModelAdmin):
    """Shows records that nobody edits by hand."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Nobody adds one by hand."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        """Nobody changes one."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        """Nobody deletes one."""
        return False
