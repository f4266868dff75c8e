"""Tallies: how many remarks stand under each choice of a list.

Most lists ask for what is kept (`speeches.models.FacetCount`): one statement, which reads a few
hundred cells however many remarks there are. Where words, people, meetings or several themes are
asked for, the remarks are counted: they are looked at once, by year, district and unit together,
and once for their themes.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db import connections
from django.db.models import Count

from speeches.models import EditionTheme, FacetCount, RemarkEdition, Unit
from speeches.models.counts import ANY
from speeches.models.editions import RemarkEditionQuerySet
from speeches.models.prepared import Prepared
from speeches.search.storage import Hits, storage

# Units are many: the choices show those that speak most, the others are reached by links.
COMMON_UNITS = 20

_UNITS = Prepared(Unit, lambda *ids: Unit.objects.filter(pk__in=ids).only("name"))

# A unit's id, its name, and how many remarks.
UnitTally = tuple[int, str, int]


@dataclass(frozen=True)
class Chosen:
    """What is asked for, as ids; None and no districts mean any."""

    districts: frozenset[int] = frozenset()
    theme: int | None = None
    unit: int | None = None
    year: int | None = None


class KeptTallies:
    """Numbers from the kept counts."""

    def __init__(self, chosen: Chosen) -> None:
        self._chosen = chosen

    @property
    def districts(self) -> Counter[int]:
        """Remarks by district, whatever districts are asked for."""
        return self._numbers("district")

    @property
    def themes(self) -> Counter[int]:
        """Remarks by theme, whatever theme is asked for."""
        return self._numbers("theme")

    @property
    def years(self) -> Counter[int]:
        """Remarks by year, whatever year is asked for."""
        return self._numbers("year")

    @property
    def units(self) -> list[UnitTally]:
        """The units with most remarks, whatever unit is asked for."""
        return [(pk, name, n) for facet, pk, name, n in self._rows if facet == "unit"]

    def _numbers(self, wanted: str) -> Counter[int]:
        return Counter({pk: n for facet, pk, _name, n in self._rows if facet == wanted})

    @cached_property
    def _rows(self) -> list[tuple[str, int, str, int]]:
        chosen = self._chosen
        theme, unit, year = (one or ANY for one in (chosen.theme, chosen.unit, chosen.year))
        there, codes = "", sorted(chosen.districts)
        if codes:
            there = f"AND district IN ({', '.join(['%s'] * len(codes))})"
        number, table = "CAST(sum(number) AS bigint)", FacetCount._meta.db_table
        some = "HAVING sum(number) > 0"
        with connections[FacetCount.objects.db].cursor() as cursor:
            cursor.execute(
                f"SELECT 'district', district, '', {number} FROM {table} "
                f"WHERE theme = %s AND year = %s AND unit = %s GROUP BY district {some} "
                f"UNION ALL SELECT 'year', year, '', {number} FROM {table} "
                f"WHERE theme = %s AND unit = %s AND year <> {ANY} {there} GROUP BY year {some} "
                f"UNION ALL SELECT 'theme', theme, '', {number} FROM {table} "
                f"WHERE year = %s AND unit = %s AND theme <> {ANY} {there} GROUP BY theme {some} "
                "UNION ALL SELECT * FROM (SELECT 'unit', unit, names.name, "
                f"{number} AS number FROM {table} kept "
                f"JOIN {Unit._meta.db_table} names ON names.id = unit "
                f"WHERE theme = %s AND year = %s {there} GROUP BY unit, names.name {some} "
                f"ORDER BY number DESC, unit LIMIT {COMMON_UNITS}) AS common",
                [theme, year, unit, theme, unit, *codes, year, unit, *codes, theme, year, *codes],
            )
            return cursor.fetchall()


class CountedTallies:
    """Numbers from the remarks: `narrowed` is that of `RemarkFilter`.

    `hits` are given where the index of search alone decides, whatever themes are asked for;
    `themed` tells whether any are.
    """

    def __init__(
        self,
        chosen: Chosen,
        narrowed: Callable[..., RemarkEditionQuerySet],
        *,
        hits: Hits | None = None,
        themed: bool = False,
    ) -> None:
        self._chosen, self._narrowed = chosen, narrowed
        self._hits, self._themed = hits, themed

    @property
    def districts(self) -> Counter[int]:
        """See `KeptTallies`."""
        return self._sums(1, but="district")

    @cached_property
    def themes(self) -> Counter[int]:
        """See `KeptTallies`."""
        if self._hits is not None:
            return Counter(dict(_themes_of(self._hits)))
        remarks = self._narrowed(without=["theme"]).by_index()
        links = EditionTheme.objects.filter(edition__in=remarks.values("pk"))
        rows = links.order_by().values_list("theme").annotate(number=Count("*"))
        return Counter(dict(rows.values_list("theme", "number")))

    @property
    def years(self) -> Counter[int]:
        """See `KeptTallies`."""
        return self._sums(0, but="year")

    @property
    def units(self) -> list[UnitTally]:
        """See `KeptTallies`."""
        sums = self._sums(2, but="unit")
        common = sorted(sums.items(), key=lambda one: (-one[1], one[0]))[:COMMON_UNITS]
        names = {unit.pk: unit.name for unit in _UNITS.among(pk for pk, _number in common)}
        return [(pk, names[pk], number) for pk, number in common]

    @cached_property
    def _groups(self) -> list[Any]:
        if self._hits is not None and not self._themed:
            return _groups_of(self._hits)
        remarks = self._narrowed(without=["year", "district", "unit"]).by_index()
        rows = remarks.values_list("year", "district_id", "unit_id").annotate(n=Count("pk"))
        return list(rows)

    def _sums(self, column: int, *, but: str) -> Counter[int]:
        sums: Counter[int] = Counter()
        for row in self._chosen_rows(but):
            if row[column] is not None:
                sums[row[column]] += row[3]
        return sums

    def _chosen_rows(self, but: str) -> Iterable[Any]:
        chosen, rows = self._chosen, self._groups
        if chosen.year is not None and but != "year":
            rows = [row for row in rows if row[0] == chosen.year]
        if chosen.districts and but != "district":
            rows = [row for row in rows if row[1] in chosen.districts]
        if chosen.unit is not None and but != "unit":
            rows = [row for row in rows if row[2] == chosen.unit]
        return rows


def _groups_of(hits: Hits) -> list[tuple[int, int | None, int | None, int]]:
    """Return years, districts and units of what was found, with the number of remarks of each.

    Thousands of rows: as they come from the database, past what the ORM makes of each.
    """
    connection = connections[RemarkEdition.objects.db]
    index = storage(using=connection.alias)
    among, params = index.listed(hits, "id", one_by_one=hits.few)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT year, district_id, unit_id, count(*) "
            f"FROM {RemarkEdition._meta.db_table} "
            # The condition of `by_index()`.
            f"WHERE superseded_at IS NULL AND withdrawn_at IS NULL AND year > 0 AND {among} "
            "GROUP BY 1, 2, 3",
            params,
        )
        return cursor.fetchall()


def _themes_of(hits: Hits) -> list[tuple[int, int]]:
    connection = connections[EditionTheme.objects.db]
    index = storage(using=connection.alias)
    among, params = index.listed(hits, "edition_id", one_by_one=hits.few_links)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT theme_id, count(*) FROM {EditionTheme._meta.db_table} "
            f"WHERE {among} GROUP BY 1",
            params,
        )
        return cursor.fetchall()
