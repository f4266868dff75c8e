"""Addresses: which public pages show what. The one place where a new kind of page says so.

`PAGES` has every name of `public/urls.py` with a function that yields, for a scene, pairs of an
address and a fact shown there. An act changes the pages whose facts differ before and after it.
A fact need not be what is printed: it has to differ exactly when the printed page does. Filters
and page numbers belong to their page: a list shows all of its entries on one of its pages.
Views that are not `stamped` (sitemaps, robots.txt…) are kept by nobody and not named here.
"""

from collections import Counter
from collections.abc import Callable
from typing import Any

from speeches.models import Theme
from speeches.moderation.facts import (
    Facts,
    address,
    by_district,
    by_theme,
    public_units,
    signature,
)
from speeches.moderation.overviews import archive, archive_month, archive_year, comparison, matrix
from speeches.moderation.scenes import Scene
from speeches.moderation.theme_figures import branches, figure_order, spoken_anywhere


def changed_addresses(before: Scene, after: Scene) -> set[str]:
    """Return the address of every page on which readers see something else afterwards."""
    was, now = facts_by_address(before), facts_by_address(after)
    return {path for path in {*was, *now} if was.get(path) != now.get(path)}


def facts_by_address(scene: Scene) -> dict[str, list[Any]]:
    """Return what the scene brings to every address, in the order of the page."""
    facts: dict[str, list[Any]] = {}
    for shows in PAGES.values():
        for path, fact in shows(scene):
            facts.setdefault(path, []).append(fact)
    return facts


# -- one function for each kind of page ---------------------------------------------------------


def home(scene: Scene) -> Facts:
    """Totals, the latest meetings and remarks, districts and themes that are spoken of."""
    path, sight = address("home"), scene.sight
    yield path, (len(sight.meetings), len(sight.remarks))
    yield path, [scene.meeting_row(meeting) for meeting in scene.newest_meetings()]
    yield path, [scene.row(remark) for remark in scene.newest_remarks()]
    years = Counter(remark.date.year for remark in sight.remarks.values())
    yield path, (by_district(scene), by_theme(scene), years)
    yield path, scene.themes_as_tree(spoken_anywhere(scene))


def meeting_list(scene: Scene) -> Facts:
    """Every meeting with its number of remarks."""
    for meeting in scene.sight.meetings.values():
        yield address("meeting-list"), scene.meeting_row(meeting)


def meeting_detail(scene: Scene) -> Facts:
    """A meeting with all of its remarks, or the day of its withdrawal."""
    for meeting in scene.sight.meetings.values():
        yield address("meeting-detail", meeting.id), (meeting.edition, scene.unit(meeting.host))
    for remark in scene.sight.in_order:
        themes = scene.themes(remark.assigned)
        fact = (remark.edition, signature(scene, remark), themes)
        yield address("meeting-detail", remark.meeting), fact
    for (kind, pk), day in scene.sight.gone.items():
        if kind == "meeting":
            yield address("meeting-detail", pk), day


def meeting_picture(scene: Scene) -> Facts:
    """The files of a meeting, or the day of its withdrawal."""
    for meeting in scene.sight.meetings.values():
        for number, image in enumerate(meeting.images, start=1):
            if image:
                yield address("meeting-picture", meeting.id, number), image
    for pk, images in scene.sight.gone_images.items():
        for number, image in enumerate(images, start=1):
            if image:
                yield address("meeting-picture", pk, number), scene.sight.gone["meeting", pk]


def remark_list(scene: Scene) -> Facts:
    """Every remark, and every name that a filter may show."""
    path = address("remark-list")
    yield path, sorted((row.code, row.name) for row in scene.sight.names.districts.values())
    yield path, [(depth, theme.slug, theme.name) for depth, theme in scene.tree]
    for meeting in scene.sight.meetings.values():
        yield path, (meeting.id, meeting.label)
    for remark in scene.sight.in_order:
        yield (
            path,
            (
                scene.row_with_meeting(remark),
                # A question may find any of its words.
                remark.edition,
                scene.chain_names(remark.district),
                scene.unit(remark.unit),
                {scene.person(person) for person in remark.people},
                remark.themes,
            ),
        )


def remark_detail(scene: Scene) -> Facts:
    """A remark among its neighbours, or the day of its withdrawal."""
    remarks = scene.sight.in_order
    for place, remark in enumerate(remarks):
        around = [
            (one.id, one.label) if one is not None and one.meeting == remark.meeting else None
            for one in (
                remarks[place - 1] if place else None,
                remarks[place + 1] if place + 1 < len(remarks) else None,
            )
        ]
        meeting = scene.sight.meetings.get(remark.meeting)
        yield (
            address("remark-detail", remark.id),
            (
                remark.edition,
                (meeting.label, meeting.name, meeting.date, meeting.source) if meeting else None,
                signature(scene, remark) if remark.heading else scene.unit(remark.unit),
                # What search engines are told links to them in any case.
                (remark.unit if remark.unit_as_printed else None, remark.people),
                scene.district(remark.district),
                scene.themes(remark.assigned),
                around,
            ),
        )
    for (kind, pk), day in scene.sight.gone.items():
        if kind == "remark":
            yield address("remark-detail", pk), day


def unit_list(scene: Scene) -> Facts:
    """Every public unit under its district, with its number of remarks."""
    # A filter by a code that nobody has says so.
    codes = sorted(row.code for row in scene.sight.names.districts.values())
    yield address("unit-list"), codes
    numbers = Counter(one.unit for one in scene.sight.remarks.values())
    for unit in public_units(scene):
        row = (unit.pk, unit.name, unit.kind, scene.chain_names(unit.district_id))
        yield address("unit-list"), (*row, numbers[unit.pk])


def unit_detail(scene: Scene) -> Facts:
    """A public unit, the latest meetings it hosted, and its remarks."""
    public = scene.public_units
    for unit in public_units(scene):
        path = address("unit-detail", unit.pk)
        parent = scene.unit(unit.parent_id) if unit.parent_id in public else None
        yield path, (unit.name, unit.kind, scene.district(unit.district_id), parent)
        yield path, [scene.meeting_row(meeting) for meeting in scene.hosted(unit.pk)]
        yield path, figure_order(scene, "unit", [unit.pk])
    for remark in scene.sight.in_order:
        if remark.unit is not None:
            fact = (scene.row_with_meeting(remark), branches(scene, remark))
            yield address("unit-detail", remark.unit), fact


def person_list(scene: Scene) -> Facts:
    """Everybody who speaks, with their latest post and number of remarks."""
    numbers = Counter(person for one in scene.sight.remarks.values() for person in set(one.people))
    for pk in sorted(scene.sight.names.people):
        post = scene.latest_post(pk)
        if post is not None:
            yield address("person-list"), (scene.person(pk), post, numbers[pk])


def person_detail(scene: Scene) -> Facts:
    """Somebody who speaks, with the posts printed, and their remarks."""
    for pk in sorted(scene.sight.names.people):
        if scene.latest_post(pk) is not None:
            yield address("person-detail", pk), scene.person(pk)
            yield address("person-detail", pk), figure_order(scene, "person", [pk])
    for remark in scene.sight.in_order:
        for person in sorted({person for person in remark.people if person is not None}):
            fact = (scene.row_with_meeting(remark), remark.printed, branches(scene, remark))
            yield address("person-detail", person), fact


def district_list(scene: Scene) -> Facts:
    """Every district with its number of remarks."""
    path = address("district-list")
    for row in sorted(scene.sight.names.districts.values(), key=lambda row: row.code):
        successor = scene.district(row.successor_id)
        yield path, (row.code, row.name, row.kind, successor and successor[1])
    yield path, by_district(scene)


def district_detail(scene: Scene) -> Facts:
    """Every district, what was merged into it, and the remarks of both."""
    rows = scene.sight.names.districts.values()
    for row in rows:
        path = address("district-detail", row.code)
        merged = sorted((one.code, one.name) for one in rows if one.successor_id == row.pk)
        yield path, (row.name, row.kind, row.valid_from, row.valid_to)
        yield path, (scene.district(row.successor_id), merged)
        included = [one.pk for one in rows if row in scene.chain(one.pk)]
        yield path, figure_order(scene, "district", included)
    for remark in scene.sight.in_order:
        fact = (scene.row_with_meeting(remark), scene.unit(remark.unit), branches(scene, remark))
        for district in scene.chain(remark.district):
            yield address("district-detail", district.code), fact


def theme_list(scene: Scene) -> Facts:
    """The tree of themes with their numbers of remarks."""
    path = address("theme-list")
    yield path, [(depth, theme.slug, theme.name) for depth, theme in scene.tree]
    yield path, by_theme(scene)


def theme_detail(scene: Scene) -> Facts:
    """Every theme between its parent and its children, and its remarks."""
    themes = scene.sight.names.themes
    children: dict[int, list[Theme]] = {}
    for _depth, theme in scene.tree:
        if theme.parent_id is not None:
            children.setdefault(theme.parent_id, []).append(theme)
    for pk, theme in themes.items():
        parent = themes.get(theme.parent_id or 0)
        below = [(child.slug, child.name) for child in children.get(pk, ())]
        path = address("theme-detail", theme.slug)
        yield path, (theme.name, parent and (parent.slug, parent.name), below)
    for remark in scene.sight.in_order:
        for pk in sorted(remark.themes & set(themes)):
            with_children = {one.slug for one in children.get(pk, ()) if one.pk in remark.themes}
            districts = scene.chain_names(remark.district)
            unit = scene.unit(remark.unit)
            fact = (scene.row_with_meeting(remark), districts, unit, with_children)
            yield address("theme-detail", themes[pk].slug), fact


def phrase_detail(scene: Scene) -> Facts:
    """Every followed phrase: where it stands, and how much else those say who use it."""
    remarks = scene.sight.in_order
    using = set(scene.elsewhere.using)
    for remark in remarks:
        for phrase, _number in remark.phrases:
            using |= {("person", pk, phrase) for pk in remark.people if pk is not None}
            using |= {("unit", remark.unit, phrase)} if remark.unit is not None else set()
    said = Counter(("unit", one.unit) for one in remarks)
    said.update(("person", person) for one in remarks for person in set(one.people))
    for pk, seen in scene.sight.names.phrases.items():
        path = address("phrase-detail", pk)
        yield path, seen
        yield path, {who: n for who, n in said.items() if (*who, pk) in using}
    for remark in remarks:
        for phrase, number in remark.phrases:
            people = [scene.person(person) for person in remark.people]
            if phrase in scene.sight.names.phrases:
                yield (
                    address("phrase-detail", phrase),
                    (remark.edition, remark.date, number, scene.unit(remark.unit), people),
                )


PAGES: dict[str, Callable[[Scene], Facts]] = {
    "home": home,
    "meeting-list": meeting_list,
    "meeting-detail": meeting_detail,
    "meeting-picture": meeting_picture,
    "remark-list": remark_list,
    "remark-detail": remark_detail,
    "unit-list": unit_list,
    "unit-detail": unit_detail,
    "person-list": person_list,
    "person-detail": person_detail,
    "district-list": district_list,
    "district-detail": district_detail,
    "theme-list": theme_list,
    "theme-detail": theme_detail,
    "phrase-detail": phrase_detail,
    "matrix": matrix,
    "comparison": comparison,
    "archive": archive,
    "archive-year": archive_year,
    "archive-month": archive_month,
}
