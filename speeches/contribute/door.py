"""Who may come in: the accounts of contributing units, each to what is its unit's."""

from typing import Any

from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache

from speeches.doors.acting import signed_in
from speeches.models import Contributor
from speeches.moderation.corresponding import contributor_of
from speeches.moderation.refusals import Refused


@method_decorator(never_cache, name="dispatch")
class OfTheUnit(LoginRequiredMixin):
    """A page of the unit that the signed-in account writes for; kept in no cache.

    The newsroom has its own desk and no business here.
    """

    contributor: Contributor
    # What an account is answered that no unit has been given yet.
    status_without_unit = 403

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Find the unit, or say why there is none."""
        if not request.user.is_authenticated:
            return self.handle_no_permission()
        if request.user.is_staff:
            return render(request, "contribute/not_yours.html", status=403)
        try:
            self.contributor = contributor_of(signed_in(request))
        except Refused as refusal:
            return self._without_unit(request, refusal)
        return super().dispatch(request, *args, **kwargs)

    def _without_unit(self, request: HttpRequest, refusal: Refused) -> HttpResponse:
        context = {"reason": str(refusal)}
        status = self.status_without_unit
        return render(request, "contribute/without_unit.html", context, status=status)
