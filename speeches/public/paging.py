"""Lists: twenty to a page, counted by what is known already, an address for every page."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, cast

from django.core.paginator import InvalidPage, Page, Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, QueryDict
from django.utils.http import urlencode

from speeches.filters import RemarkFilter
from speeches.models.editions import RemarkEditionQuerySet
from speeches.public.sorting import NEWEST, Sorting, in_order
from speeches.public.subscribing import remark_feeds
from speeches.records import RemarkRow, remark_rows
from speeches.search.ranking import Ranked

PER_PAGE = 20
# Pages named on either side of the present one.
NEIGHBOURS = 2

_NUMBER = re.compile(r"[1-9][0-9]{0,6}")


class CountedPaginator(Paginator):
    """A paginator that is told how many entries there are and asks the database nothing."""

    def __init__(
        self, entries: QuerySet[Any, Any] | Ranked | list[Any], *, total: int, per_page: int
    ) -> None:
        """Take the ordered entries and their number."""
        # Nothing but a slice is ever taken of them.
        super().__init__(cast("QuerySet[Any, Any]", entries), per_page)
        self.count = total


@dataclass(frozen=True)
class PageLink:
    """A page in the row of pages; `gap` says that pages before it are left out."""

    number: int
    url: str
    current: bool
    gap: bool


@dataclass(frozen=True)
class Paging:
    """One page of a list and the way to the others.

    `entries` is the slice of the queryset, or of `Ranked`; `query` is kept from page to page.
    """

    page: Page
    entries: Any
    path: str
    query: str

    @property
    def canonical(self) -> str:
        """The present page's one address."""
        return self._url(self.page.number)

    @property
    def previous(self) -> str:
        """Address of the page before, "" on the first."""
        return self._url(self.page.number - 1) if self.page.has_previous() else ""

    @property
    def next(self) -> str:
        """Address of the page after, "" on the last."""
        return self._url(self.page.number + 1) if self.page.has_next() else ""

    @property
    def links(self) -> list[PageLink]:
        """The first page, the last, and those around the present one."""
        here, last = self.page.number, self.page.paginator.num_pages
        around = range(max(here - NEIGHBOURS, 1), min(here + NEIGHBOURS, last) + 1)
        numbers = sorted({1, *around, last})
        return [
            PageLink(number, self._url(number), number == here, gap=number > before + 1)
            for before, number in zip([0, *numbers], numbers, strict=False)
        ]

    def _url(self, number: int) -> str:
        params = [self.query, f"page={number}" if number > 1 else ""]
        query = "&".join(param for param in params if param)
        return f"{self.path}?{query}" if query else self.path


def page_of(
    request: HttpRequest,
    entries: QuerySet[Any, Any] | Ranked | list[Any],
    *,
    total: int,
    query: str = "",
    per_page: int = PER_PAGE,
) -> Paging:
    """Return the page that `request` asks for; raise Http404 when there is no such page."""
    asked = request.GET.get("page", "1")
    if not _NUMBER.fullmatch(asked):
        raise Http404
    try:
        page = CountedPaginator(entries, total=total, per_page=per_page).page(int(asked))
    except InvalidPage as error:
        raise Http404 from error
    return Paging(page, page.object_list, request.path, query)


def remarks_within(**restriction: str | int) -> RemarkFilter:
    """Return the filter of a page that is itself one restriction, such as a unit's page."""
    return RemarkFilter(QueryDict(urlencode(restriction)))


def remark_list(
    request: HttpRequest,
    found: RemarkFilter,
    *,
    query: str = "",
    sorting: Sorting | None = None,
    rows: Callable[[RemarkEditionQuerySet], Sequence[RemarkRow]] = remark_rows,
) -> dict[str, Any]:
    """Return the context of a paged list of remarks, newest first unless sorted: three queries.

    `rows` makes of a page of editions what the list shows.
    """
    total = found.total()
    remarks = (sorting or Sorting("")).sort(found)
    paging = page_of(request, remarks, total=total, query=query)
    return {
        "paging": paging,
        "total": total,
        "remarks": rows(paging.entries),
        "filter_query": found.query,
        "feeds": remark_feeds(in_order(found, NEWEST)),
    }
