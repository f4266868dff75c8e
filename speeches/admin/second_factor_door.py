"""The door behind the password: who is asked for a second step, and what is open until then.

One place for every page of the desk and of the contributing units. Pages of readers are not
looked at: they know no session.
"""

from collections.abc import Callable
from enum import Enum
from typing import Any, cast

from django.conf import settings
from django.core.checks import CheckMessage, Tags, Warning, register
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from speeches.models import User
from speeches.moderation.second_factor import device_of, must_have

# Everything behind a password, by the namespaces of its addresses.
GUARDED = {"admin", "account", "contribute"}
WAYS_OUT = {"admin:login", "admin:logout", "contribute:sign-out"}
# A link stands for a password: whoever it lets in is asked on the page behind it.
WAYS_IN = {"contribute:link"}


class Standing(Enum):
    """How far somebody who gave the right password has come."""

    PROVEN = "gave a code in this session"
    FREE = "has set up no second step and need not"
    ASKED = "has to give a code"
    MUST_ENROL = "has to set up the second step"


# The one page that is open until then.
NEXT = {Standing.ASKED: "account:code", Standing.MUST_ENROL: "account:set-up"}


def standing(request: HttpRequest) -> Standing:
    """Return how far the signed-in person has come; a proof ends with the device it came from."""
    user = cast(Any, request.user)
    if user.is_verified():
        return Standing.PROVEN
    if device_of(user) is not None:
        return Standing.ASKED
    return Standing.MUST_ENROL if must_have(user) else Standing.FREE


class SecondFactorMiddleware:
    """Shows nothing but the next step to whoever still has one to take."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """Let the request through, or lead to the next step."""
        match = request.resolver_match
        if match is None or GUARDED.isdisjoint(match.namespaces):
            return None
        if match.view_name in WAYS_OUT | WAYS_IN:
            return None
        # Whoever is not signed in is sent away by the page itself.
        if not isinstance(request.user, User):
            return None
        page = NEXT.get(standing(request))
        if page is None or match.view_name == page:
            return None
        wanted = request.get_full_path() if request.method == "GET" else ""
        query = f"?{urlencode({'next': wanted})}" if wanted and page == "account:code" else ""
        return redirect(reverse(page) + query)


@register(Tags.security, deploy=True)
def check_second_factor(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Warn that passwords alone open the desk (system check speeches.W002)."""
    if settings.SECOND_FACTOR == "required":
        return []
    return [
        Warning(
            "SECOND_FACTOR is not 'required': passwords alone let people approve and publish.",
            hint="Leave SECOND_FACTOR out on a server.",
            id="speeches.W002",
        )
    ]
