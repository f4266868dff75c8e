"""Freshness: whether a reader's copy of a feed is still what the feed says, before it is written.

An entry says nothing that its text's page does not show, so it changes only when `moderation/`
gives that page a new stamp (docs/decisions/0012). The stamps are read before the texts: what
changes in between goes out under the old tag, and is asked for again.
"""

import hashlib
from collections.abc import Iterable

from django.conf import settings
from django.http import HttpRequest

from speeches.feeds.entries import Change
from speeches.models import PageStamp


def tag_of(
    request: HttpRequest, *, title: str, total: int, changes: Iterable[Change], paths: list[str]
) -> str:
    """Return the ETag of a page of a feed: one query; "" without a release, as in DEBUG.

    `paths` are the pages of the texts whose `changes` it lists, of `total` that the whole feed has.
    """
    if not settings.RELEASE:
        return ""
    stamps = PageStamp.objects.filter(path__in=paths).order_by("path").values_list("path", "stamp")
    address = request.build_absolute_uri()
    parts = (settings.RELEASE, address, title, total, list(changes), list(stamps))
    return f'"{hashlib.sha256(repr(parts).encode()).hexdigest()[:32]}"'
