"""Theme figures: which themes a page's figure tells of, and in which order.

The commonest branch of the tree comes first (`public/figures.py`), so that a theme that is moved
among the others changes some figures and not others. Numbers are needed only then.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Count

from speeches.models import EditionTheme, RemarkEdition
from speeches.moderation.scenes import Scene, Spoken
from speeches.moderation.sights import SeenRemark

# Whose remarks -> the column of a theme's link that says so.
_COLUMNS = {
    "district": "edition__district_id",
    "unit": "edition__unit_id",
    "person": "edition__speakers__person_id",
}


def spoken_elsewhere(*, but: Iterable[int]) -> dict[tuple[str, int | None], Spoken]:
    """Return the themes of all current remarks but those of these meetings: three queries."""
    remarks = RemarkEdition.objects.current().exclude(meeting__in=list(but))
    links = EditionTheme.objects.filter(edition__in=remarks).order_by()
    spoken: dict[tuple[str, int | None], Spoken] = {}
    for kind, column in _COLUMNS.items():
        rows = links.values_list(column, "theme_id").annotate(
            number=Count("edition", distinct=True)
        )
        for pk, theme, number in rows:
            spoken.setdefault((kind, pk), Counter())[theme] = number
    return spoken


def branches(scene: Scene, remark: SeenRemark) -> Any:
    """Return the themes of a remark, each with its depth in the tree."""
    return {(depth, row.slug, row.name) for depth, row in scene.tree if row.pk in remark.themes}


def figure_order(scene: Scene, kind: str, ids: Iterable[int]) -> Any:
    """Return the themes of these units', people's or districts' remarks as a figure has them.

    Empty where the tree has not changed: then the remarks themselves tell.
    """
    spoken, ids = scene.elsewhere.spoken, set(ids)
    if not spoken:
        return ()
    numbers: Spoken = Counter()
    for pk in ids:
        numbers.update(spoken.get((kind, pk), {}))
    for remark in scene.sight.remarks.values():
        if remark.meeting in scene.elsewhere.away and ids & set(_whose(kind, remark)):
            numbers.update(remark.themes)
    return _in_figure(scene, numbers)


def spoken_anywhere(scene: Scene) -> set[int]:
    """Return the themes of which anything public speaks, as far as it may have changed."""
    mine = {theme for one in scene.sight.remarks.values() for theme in one.themes}
    others = (numbers for (kind, _pk), numbers in scene.elsewhere.spoken.items() if kind != "unit")
    return mine.union(*others)


def _whose(kind: str, remark: SeenRemark) -> Iterable[int | None]:
    if kind == "person":
        return remark.people
    return (remark.district if kind == "district" else remark.unit,)


def _in_figure(scene: Scene, numbers: Mapping[int, int]) -> list[tuple[int, str]]:
    families: list[list[tuple[int, int, str]]] = []
    for depth, theme in scene.tree:
        if not numbers.get(theme.pk):
            continue
        if depth == 0 or not families:
            families.append([])
        families[-1].append((numbers[theme.pk], depth, theme.slug))
    families.sort(key=lambda family: -family[0][0])
    return [(depth, slug) for family in families for _number, depth, slug in family]
