"""Overviews: what the pages show that count and list the whole archive (`addresses.PAGES`)."""

from collections import Counter
from typing import Any

from speeches.moderation.facts import Facts, address
from speeches.moderation.scenes import Scene


def matrix(scene: Scene) -> Facts:
    """Every theme and district, and how many remarks each cell and each margin has in a year."""
    path = address("matrix")
    yield path, sorted((row.code, row.name) for row in scene.sight.names.districts.values())
    yield path, [(depth, theme.slug, theme.name) for depth, theme in scene.tree]
    cells: Counter[Any] = Counter()
    for remark in scene.sight.remarks.values():
        districts = ["", *(district.code for district in scene.chain(remark.district))]
        themes = ["", *(slug for slug, _name in scene.themes(remark.themes))]
        cells.update((remark.date.year, one, other) for one in districts for other in themes)
    yield path, cells
