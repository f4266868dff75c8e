"""What lists offer: all districts and themes as plain rows, read by every list in one statement.

Their models cost ten times as much to read, and no list needs the rest of them.
"""

from typing import NamedTuple

from django.db import connections

from speeches.models import District, Theme


class OfferedDistrict(NamedTuple):
    """A district; `successor_id` is the id of the one it was merged into."""

    pk: int
    code: str
    name: str
    successor_id: int | None


class OfferedTheme(NamedTuple):
    """A theme; `parent_id` is the id of the one it stands under."""

    pk: int
    slug: str
    name: str
    parent_id: int | None


def offered() -> tuple[list[OfferedDistrict], list[OfferedTheme]]:
    """Return all districts by code, and all themes as the newsroom arranged them."""
    with connections[District.objects.db].cursor() as cursor:
        cursor.execute(
            "SELECT 0 AS kind, code AS word, 0 AS position, id, name, code, successor_id "
            f"FROM {District._meta.db_table} "
            "UNION ALL SELECT 1, '', position, id, name, slug, parent_id "
            f"FROM {Theme._meta.db_table} ORDER BY kind, word, position, id"
        )
        rows = cursor.fetchall()
    districts, themes = [], []
    for kind, _word, _position, pk, name, word, above in rows:
        if kind == 0:
            districts.append(OfferedDistrict(pk, word, name, above))
        else:
            themes.append(OfferedTheme(pk, word, name, above))
    return districts, themes
