"""The comparison: two to four units side by side, on one theme, at one meeting, or altogether."""

import datetime as dt
import re
from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Max, Min, Window
from django.db.models.functions import RowNumber
from django.http import QueryDict
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from speeches.facets import Choice
from speeches.filters import RemarkFilter
from speeches.models import MeetingEdition, RemarkEdition, Unit
from speeches.models.editions import RemarkEditionQuerySet
from speeches.models.themes import as_tree
from speeches.public.describing import Described
from speeches.public.figures import Figure, years_figure
from speeches.public.pages import PublicPage
from speeches.public.units import public_units
from speeches.records import RemarkRow, remark_rows

MOST = 4
# Remarks shown of each unit; the list has the others.
LATEST = 6
# Units and meetings offered for choice; others are reached from their own pages.
OFFERED_UNITS = 100
OFFERED_MEETINGS = 30

_NUMBER = re.compile(r"[1-9][0-9]{0,8}")


@dataclass(frozen=True)
class Side:
    """One unit: what it said, when and how often; `without` is the comparison without it."""

    unit: Unit
    remarks: list[RemarkRow]
    number: int
    meetings: int
    first: dt.date | None
    latest: dt.date | None
    figure: Figure | None
    query: str
    without: str


@dataclass(frozen=True)
class ThemeLine:
    """One theme and how many remarks about it each unit made, with the ways to them."""

    label: str
    depth: int
    cells: list[tuple[int, str]]


class Comparison(PublicPage):
    """Units side by side; what was asked wrongly is said in words and left out."""

    template_name = "public/comparison.html"
    section = "units"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the sides, the form, and what there is to say about the choice."""
        values = [value.strip() for value in self.request.GET.getlist("unit")]
        values = list(dict.fromkeys(value for value in values if value))
        there = known_units(values)
        units = [there[value] for value in values if value in there]
        notes = [
            _("没有编号为“%(value)s”的单位，已略去。") % {"value": value[:20]}
            for value in values
            if value not in there
        ]
        if len(units) > MOST:
            notes.append(_("一次最多比较四个单位，以下是所选的前四个。"))
            units = units[:MOST]
        topic, about, unknown = topic_of(self.request.GET)
        notes += [_("没有“%(label)s”，已略去这一条件。") % {"label": label} for label in unknown]
        if len(units) == 1:
            notes.append(_("只选了一个单位，请再选一到三个。"))
        said = topic.narrowed().filter(unit__in=units)
        return super().get_context_data(
            address=comparison_address(units, topic),
            described=Described(
                _("单位比较"), _("两到四个单位就同一主题或在同一场会议上的发言，并列对读。")
            ),
            # Combinations of units are without number.
            noindex=len(units) > 1,
            sides=sides(units, topic, said) if units else [],
            theme_lines=theme_lines(units, topic, said) if units else [],
            about=about,
            notes=notes,
            offered_units=offered_units(topic, units),
            offered_meetings=offered_meetings(topic, about),
            places=[
                (label, units[place].pk if place < len(units) else None)
                for place, label in enumerate(
                    (_("第一个单位"), _("第二个单位"), _("第三个单位"), _("第四个单位"))
                )
            ],
            offered_themes=list(as_tree(topic.themes)),
            theme=topic.params.get("theme", ""),
            meeting=topic.params.get("meeting", ""),
            **kwargs,
        )


def known_units(values: list[str]) -> dict[str, Unit]:
    """Return the public units with these numbers, by the number as given: one query."""
    numbers = [int(value) for value in values if _NUMBER.fullmatch(value)]
    units = public_units().filter(pk__in=numbers).select_related("district")
    return {str(unit.pk): unit for unit in units}


def topic_of(params: QueryDict) -> tuple[RemarkFilter, dict[str, str], list[str]]:
    """Return the filter of theme and meeting, their names, and what of them is not known.

    What is not known restricts nothing.
    """
    asked = {name: params.get(name, "").strip() for name in ("theme", "meeting")}
    topic = RemarkFilter(QueryDict(urlencode({n: v for n, v in asked.items() if v})))
    chips = topic.chips()
    unknown = [chip for chip in chips if not chip.known]
    about = {chip.facet: chip.label for chip in chips if chip.known}
    if unknown:
        topic = RemarkFilter(QueryDict(urlencode({name: asked[name] for name in about})))
    return topic, about, [chip.label for chip in unknown]


def comparison_address(units: list[Unit], topic: RemarkFilter) -> str:
    """Return the address of the comparison of these units on this topic."""
    query = "&".join([*(f"unit={unit.pk}" for unit in units), *filter(None, [topic.query])])
    path = reverse("public:comparison")
    return f"{path}?{query}" if query else path


def sides(units: list[Unit], topic: RemarkFilter, said: RemarkEditionQuerySet) -> list[Side]:
    """Return the units with what they said: three queries, however many units there are."""
    rows = remark_rows(latest_of_each(said))
    by_year: Any = list(
        said.order_by()
        .values("unit", "year")
        .annotate(
            number=Count("pk"),
            meetings=Count("meeting", distinct=True),
            first=Min("date"),
            latest=Max("date"),
        )
    )
    years = {row["year"] for row in by_year}
    most = max((row["number"] for row in by_year), default=0)
    found = []
    for unit in units:
        query = topic.query_with("unit", add=str(unit.pk))
        mine = [row for row in by_year if row["unit"] == unit.pk]
        choices = [
            Choice(str(row["year"]), "", row["number"], False, f"{query}&year={row['year']}")
            for row in mine
        ]
        found.append(
            Side(
                unit=unit,
                remarks=[
                    row
                    for row in rows
                    if row["unit_link"] and row["unit_link"].url == unit.get_absolute_url()
                ],
                number=sum(row["number"] for row in mine),
                # A meeting lies in one year.
                meetings=sum(row["meetings"] for row in mine),
                first=min((row["first"] for row in mine), default=None),
                latest=max((row["latest"] for row in mine), default=None),
                figure=years_figure(
                    choices,
                    key=f"years-{unit.pk}",
                    span=(min(years), max(years)) if years else None,
                    most=most,
                ),
                query=query,
                without=comparison_address([other for other in units if other != unit], topic),
            )
        )
    return found


def latest_of_each(said: RemarkEditionQuerySet) -> RemarkEditionQuerySet:
    """Return the latest remarks of each unit, newest first."""
    place = Window(
        RowNumber(),
        partition_by="unit_id",
        order_by=["-date", "-meeting_id", "position"],
    )
    ids = said.order_by().annotate(place=place).filter(place__lte=LATEST).values("pk")
    return RemarkEdition.objects.filter(pk__in=ids).newest_first()


def theme_lines(
    units: list[Unit], topic: RemarkFilter, said: RemarkEditionQuerySet
) -> list[ThemeLine]:
    """Return the themes the units spoke of, as a tree; none when one theme was asked for."""
    if topic.params.get("theme"):
        return []
    rows = (
        said.order_by()
        .filter(theme_links__isnull=False)
        .values_list("theme_links__theme_id", "unit_id")
        .annotate(number=Count("pk"))
    )
    numbers = Counter({(theme, unit): number for theme, unit, number in rows})
    lines = []
    for theme, depth in as_tree(topic.themes):
        cells = []
        for unit in units:
            params = {"theme": theme.slug, "unit": str(unit.pk)}
            meeting = topic.params.get("meeting")
            query = urlencode(params | ({"meeting": meeting} if meeting else {}))
            cells.append((numbers[(theme.pk, unit.pk)], query))
        if any(number for number, _query in cells):
            lines.append(ThemeLine(theme.name, depth, cells))
    return lines


def offered_units(topic: RemarkFilter, chosen: list[Unit]) -> list[tuple[int, str]]:
    """Return the units that speak most on the topic and those chosen: one query."""
    rows = (
        topic.narrowed()
        .order_by()
        .filter(unit__isnull=False)
        .values_list("unit_id", "unit__name")
        .annotate(number=Count("pk"))
        .order_by("-number", "unit_id")[:OFFERED_UNITS]
    )
    offered = {
        pk: _("%(name)s（%(number)s 篇）") % {"name": name, "number": number}
        for pk, name, number in rows
    }
    return [
        *((unit.pk, unit.name) for unit in chosen if unit.pk not in offered),
        *offered.items(),
    ]


def offered_meetings(topic: RemarkFilter, about: dict[str, str]) -> list[tuple[str, str]]:
    """Return the latest meetings and the one chosen: one query."""
    latest = MeetingEdition.objects.current().newest_first()[:OFFERED_MEETINGS]
    offered = {str(edition.meeting_id): str(edition) for edition in latest}
    chosen = topic.params.get("meeting", "")
    if "meeting" in about:
        offered.setdefault(chosen, about["meeting"])
    return list(offered.items())
