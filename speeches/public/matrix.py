"""The matrix: themes down, districts across, and in every cell how many remarks there are.

Places are shown as a table because a published map needs a licence. Every number is that of the
filtered list it leads to.
"""

import math
import re
from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.db.models import Count
from django.http import QueryDict
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from speeches.facets import Choice
from speeches.filters import RemarkFilter
from speeches.models.places import with_predecessors
from speeches.public.describing import Described
from speeches.public.pages import PublicPage

# Shades of a cell, from the palest, beside 0 for an empty one.
SHADES = 5

_YEAR = re.compile(r"[12][0-9]{3}")


@dataclass(frozen=True)
class Cell:
    """One theme in one district: `query` leads to its remarks, `shade` goes from 0 to SHADES."""

    district: str
    number: int
    query: str
    shade: int


@dataclass(frozen=True)
class Row:
    """One theme with its cells, one for each column; `choice.count` is the row's total."""

    choice: Choice
    cells: list[Cell]


class Matrix(PublicPage):
    """Themes and districts, of all years or of one."""

    template_name = "public/matrix.html"
    section = "themes"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add rows, columns and years; what has no remarks only when everything is asked for."""
        asked = self.request.GET.get("year", "").strip()
        year = asked if _YEAR.fullmatch(asked) else ""
        everything = self.request.GET.get("all") == "1"
        found = RemarkFilter(QueryDict(f"year={year}") if year else None)
        years = found.facet("year").choices
        if year not in {"", *(choice.value for choice in years)}:
            year, found = "", RemarkFilter()
            years = found.facet("year").choices
        columns = [c for c in found.facet("district").choices if c.count or everything]
        return super().get_context_data(
            address=matrix_address(year, everything=everything),
            described=Described(
                _("主题与区县对照"), _("各区县就各主题发言的篇数，一表可查，每格通往相应的发言。")
            ),
            noindex=everything,
            rows=matrix_rows(found, columns, everything=everything),
            columns=columns,
            years=[
                (c.label, c.count, matrix_address(c.value, everything=everything), c.selected)
                for c in years
            ],
            every_year=matrix_address("", everything=everything),
            fewer=matrix_address(year, everything=False),
            more=matrix_address(year, everything=True),
            everything=everything,
            total=found.total(),
            everything_query=found.query,
            year=year,
            unknown="" if asked == year else asked[:20],
            **kwargs,
        )


def matrix_rows(found: RemarkFilter, columns: list[Choice], *, everything: bool) -> list[Row]:
    """Return a row for each theme with remarks, or for each theme: two queries."""
    districts = [(d.pk, d.code, d.successor_id) for d in found.districts]
    included = {c.value: with_predecessors(districts, [c.value]) for c in columns}
    numbers = _numbers(found)
    ids = {theme.slug: theme.pk for theme in found.themes}
    rows = {
        choice: {
            code: sum(numbers[(ids[choice.value], pk)] for pk in pks)
            for code, pks in included.items()
        }
        for choice in found.facet("theme").choices
        if choice.count or everything
    }
    most = max((number for row in rows.values() for number in row.values()), default=0)
    names = {choice.value: choice.label for choice in columns}
    year = found.query
    return [
        Row(
            choice,
            [
                Cell(names[code], number, _query(code, choice.value, year), shade(number, most))
                for code, number in row.items()
            ],
        )
        for choice, row in rows.items()
    ]


def shade(number: int, most: int) -> int:
    """Return how strongly a cell is shaded: 0 for nothing, SHADES for the greatest number.

    By the square root, since a theme with children has many times what most cells have.
    """
    return math.ceil(SHADES * math.sqrt(number / most)) if number else 0


def matrix_address(year: str, *, everything: bool) -> str:
    """Return the address of the matrix of one year, or of all years for ""."""
    params = {"year": year} if year else {}
    if everything:
        params["all"] = "1"
    path = reverse("public:matrix")
    return f"{path}?{urlencode(params)}" if params else path


def _numbers(found: RemarkFilter) -> Counter[tuple[int, int]]:
    """Return the numbers of remarks by theme and district, predecessors apart."""
    rows = (
        found.narrowed()
        .order_by()
        .filter(district__isnull=False, theme_links__isnull=False)
        .values_list("theme_links__theme_id", "district_id")
        .annotate(number=Count("pk"))
    )
    return Counter({(theme, district): number for theme, district, number in rows})


def _query(district: str, theme: str, year: str) -> str:
    query = urlencode({"district": district, "theme": theme})
    return f"{query}&{year}" if year else query
