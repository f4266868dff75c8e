"""Facts: what several kinds of pages show alike, as `addresses.py` compares it."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from django.urls import reverse

from speeches.models import Unit
from speeches.moderation.scenes import Scene
from speeches.moderation.sights import SeenRemark

# Pairs of an address and a fact shown there.
Facts = Iterator[tuple[str, Any]]


def address(name: str, *args: object) -> str:
    """Return the path of a public page."""
    return reverse(f"public:{name}", args=args)


def signature(scene: Scene, remark: SeenRemark) -> Any:
    """Return who speaks, as linked under a heading; a unit's name shows where none is printed."""
    if not (remark.people or remark.unit_as_printed or remark.post_as_printed):
        return None
    unit = remark.unit if remark.unit_as_printed else scene.unit(remark.unit)
    return (remark.printed, unit, remark.people)


def by_district(scene: Scene) -> Counter[Any]:
    """Return how many remarks count for each district."""
    remarks = scene.sight.in_order
    return Counter(name for one in remarks for name in scene.chain_names(one.district))


def by_theme(scene: Scene) -> Counter[Any]:
    """Return how many remarks are about each theme."""
    return Counter(name for one in scene.sight.in_order for name in scene.themes(one.themes))


def public_units(scene: Scene) -> list[Unit]:
    """Return the units spoken of that have a page."""
    units = scene.sight.names.units
    return [units[pk] for pk in sorted(scene.public_units & set(units))]
