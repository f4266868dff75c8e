"""Addresses of feeds: the filter's parameters in, one page of changes out."""

import re
from collections.abc import Callable
from typing import Any, cast

from django.conf import settings
from django.core.paginator import InvalidPage, Page, Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _

from speeches.answering import ReadOnlyView, whole_addresses
from speeches.feeds.entries import (
    Entry,
    Tombstone,
    changes_of,
    lasting_id,
    meeting_entries,
    remark_entries,
)
from speeches.feeds.freshness import tag_of
from speeches.feeds.writing import Head, write_feed
from speeches.filters import RemarkFilter
from speeches.models import MeetingEdition
from speeches.models.addressing import address
from speeches.models.edition_base import EditionQuerySet

# More than one newspaper page brings at once: many readers look at the first page only.
PER_PAGE = 50

_NUMBER = re.compile(r"[1-9][0-9]{0,6}")
_YEAR = re.compile(r"[12][0-9]{3}")


class FeedView(ReadOnlyView):
    """What remark and meeting feeds share."""

    def feed(
        self,
        changes: EditionQuerySet[Any],
        entries: Callable[..., list[Entry | Tombstone]],
        *,
        total: int,
        title: str,
        listed_at: str,
        query: str,
    ) -> HttpResponseBase:
        """Return the page asked for of these changes; `listed_at` is the list that is followed.

        Programs ask every hour, for years: who has the page gets 304 before anything is written.
        """
        page = self._page(changes, total)
        listed = changes_of(cast("EditionQuerySet[Any]", page.object_list))
        paths = [address(f"{changes.text_field}-detail", text) for _pk, text, _at in listed]
        tag = tag_of(self.request, title=title, total=total, changes=listed, paths=paths)
        response = get_conditional_response(self.request, etag=tag) if tag else None
        if response is None:
            absolute = whole_addresses(self.request)
            path = f"{self.request.path}?{query}" if query else self.request.path
            head = Head(
                id=lasting_id(path),
                title=title,
                subtitle=_("已发布、更正和撤稿的文字，最近变动的在前。"),
                publisher=settings.SITE_NAME,
                site=absolute(reverse(listed_at) + (query and f"?{query}")),
                url=absolute(_numbered(path, page.number)),
                pages=[(rel, absolute(_numbered(path, number))) for rel, number in _others(page)],
            )
            text, content_type = write_feed(
                self.kwargs["form"], head, entries(listed, absolute=absolute)
            )
            response = HttpResponse(text, content_type=content_type)
        if tag:
            response.headers["ETag"] = tag
        # Kept by nobody unasked: what is withdrawn leaves every copy at the next request.
        response.headers["Cache-Control"] = "no-cache"
        return response

    def _page(self, changes: EditionQuerySet[Any], total: int) -> Page:
        asked = self.request.GET.get("page", "1")
        if not _NUMBER.fullmatch(asked):
            raise Http404
        paginator = Paginator(changes, PER_PAGE)
        paginator.count = total
        try:
            return paginator.page(int(asked))
        except InvalidPage as error:
            raise Http404 from error


class RemarkFeed(FeedView):
    """Remarks, of everything or of what RemarkFilter's parameters ask for."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        """Return a page of changes; 400 for restrictions that mean nothing."""
        found = RemarkFilter(request.GET)
        if not found.form.is_valid():
            return misunderstood([str(found.filters[name].label) for name in found.form.errors])
        asked = "、".join(chip.label for chip in found.chips())
        changes = found.standing()
        return self.feed(
            changes.latest_change_first(),
            remark_entries,
            total=found.total() + changes.withdrawn().count(),
            title=feed_title(_("发言"), asked),
            listed_at="public:remark-list",
            query=found.query,
        )


class MeetingFeed(FeedView):
    """Meetings, of all years or of one."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        """Return a page of changes; 400 for what is no year."""
        changes, year = MeetingEdition.objects.standing(), request.GET.get("year", "").strip()
        if year and not _YEAR.fullmatch(year):
            return misunderstood([_("年份")])
        if year:
            changes = changes.of_years([int(year)])
        return self.feed(
            changes.latest_change_first(),
            meeting_entries,
            total=changes.count(),
            title=feed_title(_("会议"), _("%(year)s年") % {"year": year} if year else ""),
            listed_at="public:meeting-list",
            query=f"year={year}" if year else "",
        )


def feed_title(what: str, asked: str) -> str:
    """Return the title of a feed: 摘编：发言（阿城区、组织建设）."""
    title = f"{settings.SITE_NAME}：{what}"
    return f"{title}（{asked}）" if asked else title


def misunderstood(labels: list[str]) -> HttpResponse:
    """400: an empty feed would hide the mistake for ever; a reader shows this when subscribing."""
    text = _("订阅地址中的条件无法识别：%(labels)s。") % {"labels": "、".join(labels)}
    return HttpResponse(text, status=400, content_type="text/plain; charset=utf-8")


def _numbered(address: str, number: int) -> str:
    if number == 1:
        return address
    return f"{address}{'&' if '?' in address else '?'}page={number}"


def _others(page: Page) -> list[tuple[str, int]]:
    """Return the relations of RFC 5005, section 3, and the pages they lead to."""
    others = [("first", 1), ("last", page.paginator.num_pages)]
    if page.has_previous():
        others.append(("previous", page.number - 1))
    if page.has_next():
        others.append(("next", page.number + 1))
    return others
