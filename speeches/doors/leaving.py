"""Leaving: signing out by whichever door, noted in the journal."""

from typing import Any

from django.contrib.auth.views import LogoutView
from django.http import HttpRequest, HttpResponse

from speeches.doors.acting import now
from speeches.models import Act, User
from speeches.moderation import journal


def note_sign_out(user: User) -> None:
    """Note who has signed out."""
    with journal.together():
        journal.write(Act.SIGN_OUT, user, by=user, at=now())


class SignOutView(LogoutView):
    """Signs out whoever is signed in, with an entry; POST only."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Write the entry, then end the session."""
        if isinstance(request.user, User):
            note_sign_out(request.user)
        return super().post(request, *args, **kwargs)
