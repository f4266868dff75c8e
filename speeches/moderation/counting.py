"""Counting: the kept counts follow what readers see, in the transaction of the act.

An act that changes remarks has taken down what readers saw of them (`watching`); the cells that
they stood in lose them, those that they stand in now gain them. `recount` says the same of the
whole archive in SQL.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import product

from django.db import connections, transaction

from speeches.models import FacetCount
from speeches.models.counts import ANY, NONE
from speeches.moderation.sights import SeenRemark

# Theme, year, unit, district.
Cell = tuple[int, int, int, int]

_TABLE = FacetCount._meta.db_table
_COLUMNS = ", ".join(FacetCount.CELL)
# All cells with their numbers, from the editions themselves.
_COUNTED = f"""
    SELECT theme, CASE WHEN years.every = 1 THEN {ANY} ELSE year END AS year,
           CASE WHEN units.every = 1 THEN {ANY} ELSE unit END AS unit, district, count(*) AS number
    FROM (
        SELECT {ANY} AS theme, year, coalesce(unit_id, {NONE}) AS unit,
               coalesce(district_id, {NONE}) AS district
        FROM speeches_remarkedition WHERE superseded_at IS NULL AND withdrawn_at IS NULL
        UNION ALL
        SELECT theme_id, year, coalesce(unit_id, {NONE}), coalesce(district_id, {NONE})
        FROM speeches_editiontheme link
        JOIN speeches_remarkedition edition ON edition.id = link.edition_id
        WHERE superseded_at IS NULL AND withdrawn_at IS NULL
    ) AS remarks
    CROSS JOIN (SELECT 0 AS every UNION ALL SELECT 1) AS years
    CROSS JOIN (SELECT 0 AS every UNION ALL SELECT 1) AS units
    GROUP BY 1, 2, 3, 4
"""


def settle_counts(before: Iterable[SeenRemark], after: Iterable[SeenRemark]) -> None:
    """Move remarks from the cells that they stood in to those that they stand in.

    Two acts wait for one another before (`locking.one_after_another`), so that they cannot take
    the same cells in different orders and hold each other up.
    """
    changes = Counter(cell for remark in after for cell in _cells(remark))
    changes.subtract(cell for remark in before for cell in _cells(remark))
    moved = [(*cell, number) for cell, number in sorted(changes.items()) if number]
    with connections[FacetCount.objects.db].cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {_TABLE} ({_COLUMNS}, number) VALUES (%s, %s, %s, %s, %s) "
            f"ON CONFLICT ({_COLUMNS}) DO UPDATE SET number = {_TABLE}.number + excluded.number",
            moved,
        )


def recount(*, using: str = "default") -> None:
    """Count the whole archive anew, in one transaction."""
    with transaction.atomic(using), connections[using].cursor() as cursor:
        cursor.execute(f"DELETE FROM {_TABLE}")
        cursor.execute(f"INSERT INTO {_TABLE} ({_COLUMNS}, number) {_COUNTED}")


def miscounted(*, using: str = "default") -> int:
    """Return how many cells do not hold what the editions say."""
    kept = f"SELECT {_COLUMNS}, number FROM {_TABLE} WHERE number <> 0"
    with connections[using].cursor() as cursor:
        cursor.execute(
            f"SELECT count(*) FROM (SELECT DISTINCT {_COLUMNS} FROM "
            f"(SELECT * FROM ({kept} EXCEPT {_COUNTED}) AS wrong "
            f"UNION ALL SELECT * FROM ({_COUNTED} EXCEPT {kept}) AS lacking) AS both_ways) AS cells"
        )
        return int(cursor.fetchone()[0])


def _cells(remark: SeenRemark) -> Iterator[Cell]:
    years = (ANY, remark.date.year)
    units = (ANY, NONE if remark.unit is None else remark.unit)
    district = NONE if remark.district is None else remark.district
    for theme, year, unit in product((ANY, *remark.themes), years, units):
        yield theme, year, unit, district
