"""Freshness: whether a copy of a page is still what the page says, in one query.

A page's ETag is made of the release, of the stamp that moderation/ renews in the very transaction
that changes the page, and of its whole address. The stamp is read before the page: a page that
changes in between goes out under the old tag, and is asked for again.
"""

import hashlib

from django.conf import settings
from django.http import HttpRequest, HttpResponseNotModified
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import parse_etags

from speeches.models import PageStamp
from speeches.models.freshness import COPIES_LAST
from speeches.models.prepared import Prepared

_STAMPED = Prepared(PageStamp, lambda path: PageStamp.objects.filter(path=path))


def stamp_of(path: str) -> str:
    """Return the stamp of the page as it is now; "" where no act has changed it yet: one query."""
    return next((page.stamp for page in _STAMPED(path)), "")


def tag_of(request: HttpRequest, stamp: str) -> str:
    """Return the ETag of the page at this address under this stamp, in the present release."""
    parts = (settings.RELEASE, stamp, request.get_full_path())
    return f'"{hashlib.sha256(chr(0).join(parts).encode()).hexdigest()[:32]}"'


def unchanged(request: HttpRequest, tag: str) -> HttpResponseBase | None:
    """Return 304 where the reader holds the page under this tag, before anything else is asked.

    Only a page that was shown has ever had the tag, so the page is there.
    """
    if not tag or "If-Match" in request.headers:
        return None
    held = (one.removeprefix("W/") for one in parse_etags(request.headers.get("If-None-Match", "")))
    return _labelled(HttpResponseNotModified(), tag) if tag in held else None


def labelled(
    request: HttpRequest, response: HttpResponseBase, tag: str, *, stamped: bool
) -> HttpResponseBase:
    """Say who may keep the answer, and answer conditions that need a page that is there.

    Conditions count for a page that would be shown only (RFC 9110, 13.2.1): a notice of
    withdrawal has no tag. What is not `stamped`, and an address that leads elsewhere, is kept by
    nobody unless its view says otherwise.
    """
    if not stamped or response.status_code not in (200, 410):
        # A view whose pages are not for everybody has said so by itself.
        response.headers.setdefault("Cache-Control", "no-cache")
        return response
    shown = response.status_code == 200
    _labelled(response, tag if shown else "")
    # An open file is sent: nobody asks for a picture on the condition that there is none.
    if not (tag and shown) or response.streaming:
        return response
    refused = get_conditional_response(request, etag=tag)
    return response if refused is None else _labelled(refused, tag)


def _labelled(response: HttpResponseBase, tag: str) -> HttpResponseBase:
    if tag:
        response.headers["ETag"] = tag
    response.headers["Cache-Control"] = keeping()
    return response


def keeping() -> str:
    """Return the Cache-Control of public pages.

    Readers always ask again. Only behind caches that are told of changes may shared caches answer
    by themselves: `no-cache` would bind them too (RFC 9111, 5.2.2.4), so browsers get the same
    with other words.
    """
    if not settings.FRONT_CACHES:
        return "no-cache"
    seconds = int(COPIES_LAST.total_seconds())
    return f"public, max-age=0, must-revalidate, s-maxage={seconds}"
