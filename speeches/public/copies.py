"""Copies: pages kept in Django's cache under their tag, so that they are right by construction.

The tag has a new name as soon as an act that changes the page is committed, so a copy from before
is never asked for again (docs/decisions/0018). What is kept is bounded: only pages asked for by
their one address, of an ordinary size, for an hour; the cache bounds their number.
"""

import hashlib

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse

from speeches.public.freshness import stamp_of

# A meeting of fifty remarks has 70 KB. Larger pages are rare, and would push many others out.
MOST_BYTES = 128 * 1024
SECONDS = 60 * 60


def kept(request: HttpRequest, tag: str) -> HttpResponse | None:
    """Return the page as it was rendered under this tag, for GET and HEAD; None without a copy."""
    if not settings.KEEP_PAGES:
        return None
    copy: bytes | None = cache.get(_key(request, tag))
    if copy is None:
        return None
    content_type, _, content = copy.partition(b"\n")
    return HttpResponse(content, content_type=content_type.decode())


def keep(request: HttpRequest, tag: str, response: HttpResponseBase, *, stamp: str) -> None:
    """Keep the answer that was rendered after `stamp` was read, if that is still the page's stamp.

    Then no act that changes the page was committed in between, and every statement has seen the
    same archive. An address without a stamp is not to be kept: two databases may share it.
    """
    if not (
        settings.KEEP_PAGES and isinstance(response, HttpResponse) and _lasting(request, response)
    ):
        return
    if stamp_of(request.path) == stamp:
        copy = response.headers["Content-Type"].encode() + b"\n" + response.content
        cache.set(_key(request, tag), copy, SECONDS)


def _lasting(request: HttpRequest, response: HttpResponse) -> bool:
    """Whether it is a whole page, the same for everybody, at its one address.

    What is addressed otherwise, with parameters in another order or of no meaning, could be
    invented without end.
    """
    context = getattr(response, "context_data", None) or {}
    return (
        response.status_code == 200
        and context.get("canonical") == request.build_absolute_uri()
        # What a copy would not hold: the type is all that it knows of the headers.
        and set(response.headers) == {"Content-Type"}
        and not response.cookies
        and len(_rendered(response)) <= MOST_BYTES
    )


def _rendered(response: HttpResponse) -> bytes:
    # Before the middlewares do it: reading the stamp anew comes after everything else.
    if isinstance(response, TemplateResponse):
        response.render()
    return response.content


def _key(request: HttpRequest, tag: str) -> str:
    # Pages name their own address, with scheme and host.
    parts = (request.scheme or "", request.get_host(), tag)
    return f"page-{hashlib.sha256(chr(0).join(parts).encode()).hexdigest()}"
