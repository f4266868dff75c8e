"""Remarks: the filtered list and each remark's own page."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from speeches.answering import whole_addresses
from speeches.facets import Chip, Choice, Facet
from speeches.filters import RemarkFilter
from speeches.models import RemarkEdition
from speeches.models.editions import RemarkEditionQuerySet
from speeches.public.describing import described_list, described_remark
from speeches.public.loosening import alternatives, loosenings, without_unknown
from speeches.public.pages import PublicPage, absence
from speeches.public.paging import remark_list
from speeches.public.sorting import Sorting
from speeches.records import (
    RemarkRow,
    neighbours,
    page_of_remark,
    remark_citation,
    remark_rows,
)

# Choices of a facet that are seen without opening the rest.
OPEN_CHOICES = 8


@dataclass(frozen=True)
class Panel:
    """A facet as it is shown: the choices at hand, and the rest behind "more"."""

    facet: Facet
    shown: list[Choice]
    more: list[Choice]


class RemarkList(PublicPage):
    """All current remarks, narrowed by the query parameters of RemarkFilter."""

    template_name = "public/remark_list.html"
    section = "remarks"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the remarks that match, what was asked for in words, and the ways on."""
        sorting = Sorting.asked(self.request.GET)
        found = RemarkFilter(self.request.GET, sort=sorting.value)
        listing = filtered_list(self.request, found, sorting)
        asked = asked_in_words(listing["chips"])
        return super().get_context_data(
            **listing,
            asked=asked,
            described=described_list(
                f"{asked} - {_('发言')}" if asked else _("发言"),
                asked or _("全部发言"),
                total=listing["total"],
            ),
            # One restriction is a page of its own; combinations of them, and other orders of
            # the same remarks, are without number.
            noindex=len(listing["chips"]) > 1 or not listing["total"] or bool(sorting.value),
            **kwargs,
        )


class RemarkDetail(PublicPage):
    """One remark in full."""

    template_name = "public/remark_detail.html"
    section = "remarks"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the remark and its neighbours in the meeting."""
        remark = page_of_remark(self.kwargs["pk"])
        if remark is None:
            raise absence(RemarkEdition.objects.filter(remark=self.kwargs["pk"]))
        before, after = neighbours(remark)
        absolute = whole_addresses(self.request)
        return super().get_context_data(
            remark=remark,
            previous=before,
            next=after,
            citation=remark_citation(remark, absolute=absolute),
            described=described_remark(remark, absolute=absolute),
            **kwargs,
        )


def filtered_list(
    request: HttpRequest,
    found: RemarkFilter,
    sorting: Sorting,
    rows: Callable[[RemarkEditionQuerySet], Sequence[RemarkRow]] = remark_rows,
) -> dict[str, Any]:
    """Return the context of a list with chips, choices and orders, and with ways on if empty."""
    chips, facets = found.chips(), found.facets()
    listing = remark_list(request, found, query=found.query, sorting=sorting, rows=rows)
    return {
        **listing,
        **({} if listing["total"] else ways_on(found, chips, facets)),
        "chips": chips,
        "panels": [panel(facet) for facet in facets],
        "orders": sorting.orders(found),
        "unknown_order": sorting.unknown_in_words,
        "listed_at": request.path,
        "none_chosen": "",
    }


def ways_on(found: RemarkFilter, chips: list[Chip], facets: list[Facet]) -> dict[str, Any]:
    """Return what leads a reader on from an empty list."""
    unknown = without_unknown(found, chips)
    return {
        "unknown": [chip for chip in chips if not chip.known],
        "without_unknown": unknown,
        "loosenings": [] if unknown else loosenings(found, chips),
        "alternatives": [] if unknown else alternatives(found, facets),
    }


def asked_in_words(chips: list[Chip]) -> str:
    """Return what was asked for, such as 阿城区 · 组织建设，2024年; "" for everything."""
    by_facet = {
        facet: "、".join(chip.label for chip in group)
        for facet, group in groupby(chips, key=lambda chip: chip.facet)
    }
    year = by_facet.pop("year", "")
    return "，".join(part for part in (" · ".join(by_facet.values()), year) if part)


def panel(facet: Facet) -> Panel:
    """Return a facet with its promising choices first; what leads to nothing comes last."""
    promising = [choice for choice in facet.choices if choice.count or choice.selected]
    rest = [choice for choice in facet.choices if not (choice.count or choice.selected)]
    selected_late = [choice for choice in promising[OPEN_CHOICES:] if choice.selected]
    shown = promising[:OPEN_CHOICES] + selected_late
    more = [choice for choice in promising[OPEN_CHOICES:] if not choice.selected]
    return Panel(facet, shown, more + rest)
