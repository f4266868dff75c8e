"""A link of the newsroom that signs an account in, once."""

from django.contrib.auth import login, logout
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.cache import never_cache

from speeches.doors.acting import now
from speeches.moderation.inviting import accept, invitation_behind
from speeches.moderation.refusals import Refused

BACKEND = "django.contrib.auth.backends.ModelBackend"
# No page may learn the link from where somebody comes. Not "no-referrer": browsers would send the
# form with "Origin: null", which the protection against forged forms refuses.
REFERRER = "strict-origin"


@method_decorator(never_cache, name="dispatch")
class LinkView(View):
    """Opening it shows whose account it is; only the button signs in and uses the link up.

    Programs that follow every link of a mail press no button.
    """

    def dispatch(self, request: HttpRequest, token: str) -> HttpResponseBase:
        """Keep the link to this page."""
        response = super().dispatch(request, token)
        response["Referrer-Policy"] = REFERRER
        return response

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        """Show whose account it opens."""
        invitation = invitation_behind(token, at=now())
        if invitation is None:
            return self._spent(request)
        person = invitation.contributor.user
        other = request.user if request.user.is_authenticated and request.user != person else None
        context = {"invitation": invitation, "person": person, "other": other}
        return render(request, "contribute/link.html", context)

    def post(self, request: HttpRequest, token: str) -> HttpResponse:
        """Use the link up and sign in, whoever was signed in before."""
        try:
            invitation = accept(token, at=now())
        except Refused:
            return self._spent(request)
        logout(request)
        login(request, invitation.contributor.user, backend=BACKEND)
        if invitation.call_id is None:
            return redirect("contribute:desk")
        return redirect("contribute:call", invitation.call_id)

    def _spent(self, request: HttpRequest) -> HttpResponse:
        return render(request, "contribute/link_spent.html", status=410)
