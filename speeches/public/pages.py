"""What every public page shares: safe methods only, an address of its own, honest absence."""

import datetime as dt
from typing import Any, TypeVar

from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.template.response import TemplateResponse
from django.utils.decorators import method_decorator
from django.views.decorators.csrf import csrf_exempt
from django.views.generic import TemplateView, View

from speeches.models.edition_base import EditionQuerySet

E = TypeVar("E", bound=Model)


class WithdrawnError(Exception):
    """The text at this address was taken back at `at`; readers learn the day, nothing else."""

    def __init__(self, at: dt.datetime) -> None:
        super().__init__(at)
        self.at = at


# Nothing is changed here, so a POST gets its 405 and not a complaint about a form.
@method_decorator(csrf_exempt, name="dispatch")
class PublicView(View):
    """Answers GET and HEAD; a withdrawn text is answered with a dated notice (410)."""

    http_method_names = ["get", "head"]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Answer, or say on which day the text was withdrawn."""
        try:
            response = super().dispatch(request, *args, **kwargs)
        except WithdrawnError as withdrawn:
            response = gone(request, withdrawn.at)
        return without_body(response) if request.method == "HEAD" else response


class PublicPage(PublicView, TemplateView):
    """A page of the reading site: knows its place in the navigation and its one address."""

    section = ""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add what the frame of every page needs; a list hands in its `paging`."""
        path = kwargs["paging"].canonical if "paging" in kwargs else self.request.path
        frame = {"section": self.section, "canonical": self.request.build_absolute_uri(path)}
        return super().get_context_data(**frame, **kwargs)


def without_body(response: HttpResponseBase) -> HttpResponseBase:
    """Return the answer to HEAD: the headers of GET, its length included, and no text.

    A server may count text behind HEAD as a fault of the application (RFC 9110, 9.3.2).
    """
    if isinstance(response, TemplateResponse):
        response.render()
    if isinstance(response, HttpResponse):
        response.headers.setdefault("Content-Length", str(len(response.content)))
        response.content = b""
    return response


def gone(request: HttpRequest, at: dt.datetime) -> HttpResponse:
    """410: the text was public and has been taken back; nothing of it is shown."""
    return render(request, "errors/gone.html", {"withdrawn_at": at}, status=410)


def absence(editions: EditionQuerySet[E]) -> WithdrawnError | Http404:
    """Return what to raise for a text of these editions, none of which is current.

    A withdrawn standing edition is a tombstone; without one nothing was ever public.
    """
    at = editions.withdrawn().values_list("withdrawn_at", flat=True).first()
    return Http404() if at is None else WithdrawnError(at)
