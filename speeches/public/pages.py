"""What every public page shares: safe methods only, an address of its own, honest absence."""

import datetime as dt
from typing import Any, TypeVar

from django.conf import settings
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.generic import TemplateView

from speeches.answering import ReadOnlyView, whole_addresses
from speeches.models import OldAddress
from speeches.models.edition_base import EditionQuerySet
from speeches.public.copies import keep, kept
from speeches.public.describing import way_to
from speeches.public.freshness import labelled, stamp_of, tag_of, unchanged

E = TypeVar("E", bound=Model)


class WithdrawnError(Exception):
    """The text at this address was taken back at `at`; readers learn the day, nothing else."""

    def __init__(self, at: dt.datetime) -> None:
        super().__init__(at)
        self.at = at


class MovedError(Exception):
    """What was asked for stands at `path` now."""

    def __init__(self, path: str) -> None:
        super().__init__(path)
        self.path = path


class PublicView(ReadOnlyView):
    """Answers GET and HEAD; a withdrawn text is answered with a dated notice (410).

    An old address leads to the present one (301), with the query string. A view that is not
    `stamped` may be kept by nobody: no act says when it changes.
    """

    stamped = True

    def answer(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Answer, unless the copy that the reader holds stands (304)."""
        # Without a release there is no tag, as in DEBUG.
        tagged = self.stamped and settings.RELEASE and request.method in ("GET", "HEAD")
        stamp = stamp_of(request.path) if tagged else ""
        tag = tag_of(request, stamp) if tagged else ""
        standing = unchanged(request, tag)
        if standing is not None:
            return standing
        copy = kept(request, tag) if stamp else None
        if copy is not None:
            return labelled(request, copy, tag, stamped=self.stamped)
        response = self._anew(request, *args, **kwargs)
        if stamp:
            keep(request, tag, response, stamp=stamp)
        return labelled(request, response, tag, stamped=self.stamped)

    def _anew(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Answer, or say where the page is now, or on which day the text was withdrawn."""
        try:
            return super().answer(request, *args, **kwargs)
        except MovedError as moved:
            query = request.META["QUERY_STRING"]
            return HttpResponsePermanentRedirect(moved.path + (query and f"?{query}"))
        except WithdrawnError as withdrawn:
            return gone(request, withdrawn.at)


class PublicPage(PublicView, TemplateView):
    """A page of the reading site: knows its place in the navigation and its one address.

    A page hands in what it says of itself as `described`, and the `feeds` of what it lists.
    """

    section = ""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add what the frame of every page needs.

        A list hands in its `paging`, another page whose parameters matter its `address`.
        """
        path = kwargs.get("address", self.request.path)
        if "paging" in kwargs:
            path = kwargs["paging"].canonical
        absolute = whole_addresses(self.request)
        # What a reader typed into the path may need quoting.
        canonical = self.request.build_absolute_uri(path)
        frame: dict[str, Any] = {"section": self.section, "canonical": canonical}
        if described := kwargs.get("described"):
            way = way_to(described.title, path, section=self.section, absolute=absolute)
            frame["linked_data"] = [*described.data, way]
        return super().get_context_data(**frame, **kwargs)


def old_address(kind: str, word: str) -> MovedError | Http404:
    """Return what to raise where no theme or district (`kind`) is addressed by `word` today."""
    present = OldAddress.objects.present(kind, [word]).get(word)
    return MovedError(reverse(f"public:{kind}-detail", args=[present])) if present else Http404()


def gone(request: HttpRequest, at: dt.datetime) -> HttpResponse:
    """410: the text was public and has been taken back; nothing of it is shown."""
    return render(request, "errors/gone.html", {"withdrawn_at": at}, status=410)


def absence(editions: EditionQuerySet[E]) -> WithdrawnError | Http404:
    """Return what to raise for a text of these editions, none of which is current.

    A withdrawn standing edition is a tombstone; without one nothing was ever public.
    """
    at = editions.withdrawn().values_list("withdrawn_at", flat=True).first()
    return Http404() if at is None else WithdrawnError(at)
