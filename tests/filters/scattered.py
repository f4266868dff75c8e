"""Remarks scattered by chance over districts, themes, units, people, meetings and years.

Districts were merged into others and themes stand under others as chance has it. Rows are written
in bulk, past the acts of moderation; what a reader would find each under is worked out here by
plain steps from child to parent, not by the code under test.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from hypothesis import strategies as st

from speeches.models import (
    District,
    EditionSpeaker,
    EditionTheme,
    Meeting,
    MeetingEdition,
    Person,
    Remark,
    RemarkEdition,
    TextState,
    Theme,
    Unit,
)
from speeches.moderation.counting import recount
from tests.factories import NOON
from tests.public.many import approved

DISTRICTS, THEMES, UNITS, PEOPLE, MEETINGS = 4, 5, 3, 2, 3
YEARS = (2022, 2023, 2025)


@dataclass(frozen=True)
class Plan:
    """What chance has laid out: rows by number, `None` for none."""

    successors: list[int | None]
    parents: list[int | None]
    years: list[int]
    remarks: list[dict[str, Any]]


@dataclass
class Scattered:
    """The rows as parameters name them, and for each remark the values it is found under."""

    values: dict[str, list[str]]
    found: list[dict[str, set[str]]] = field(default_factory=list)

    def number(self, asked: dict[str, set[str]]) -> int:
        """Count the remarks as a patient reader would: any value of each facet asked for."""
        return sum(
            all(not values or values & remark[name] for name, values in asked.items())
            for remark in self.found
        )


@st.composite
def plans(draw: st.DrawFn, *, most: int = 12) -> Plan:
    """Draw a plan of at most so many remarks."""

    def one_of(number: int) -> st.SearchStrategy[int | None]:
        return st.none() | st.integers(0, number - 1)

    remark = st.fixed_dictionaries(
        {
            "meeting": st.integers(0, MEETINGS - 1),
            "district": one_of(DISTRICTS),
            "unit": one_of(UNITS),
            "themes": st.sets(st.integers(0, THEMES - 1), max_size=3),
            "people": st.sets(st.integers(0, PEOPLE - 1)),
        }
    )
    return Plan(
        # Merged into a later one, below an earlier one: never in a circle.
        successors=[
            draw(st.none() | st.integers(place + 1, DISTRICTS - 1))
            if place + 1 < DISTRICTS
            else None
            for place in range(DISTRICTS)
        ],
        parents=[draw(one_of(place)) if place else None for place in range(THEMES)],
        years=[draw(st.sampled_from(YEARS)) for _meeting in range(MEETINGS)],
        remarks=draw(st.lists(remark, max_size=most)),
    )


def publish_scattered(plan: Plan) -> Scattered:
    """Publish what is planned."""
    districts: list[District] = []
    for place in reversed(range(DISTRICTS)):
        later = plan.successors[place]
        successor = None if later is None else districts[DISTRICTS - 1 - later]
        districts.append(
            District.objects.create(
                code=f"2301{place:02}", name=f"区{place}", kind="district", successor=successor
            )
        )
    districts.reverse()
    themes: list[Theme] = []
    for place, parent in enumerate(plan.parents):
        above = None if parent is None else themes[parent]
        themes.append(Theme.objects.create(slug=f"t{place}", name=f"主题{place}", parent=above))
    units = [Unit.objects.create(name=f"单位{n}") for n in range(UNITS)]
    people = [Person.objects.create(name=f"委员{n}") for n in range(PEOPLE)]
    meetings = [_meeting(place, year) for place, year in enumerate(plan.years)]
    scattered = Scattered(
        {
            "district": [district.code for district in districts],
            "theme": [theme.slug for theme in themes],
            "unit": [str(unit.pk) for unit in units],
            "meeting": [str(edition.meeting_id) for edition in meetings],
            "person": [str(person.pk) for person in people],
            "year": [str(year) for year in YEARS],
        }
    )
    if not plan.remarks:
        return scattered
    editions = _editions(plan, meetings, districts, units)
    for edition, remark in zip(editions, plan.remarks, strict=True):
        EditionSpeaker.objects.bulk_create(
            EditionSpeaker(edition=edition, position=n, name_as_printed="某", person=people[n])
            for n in remark["people"]
        )
        subjects = set(_upwards(plan.parents, remark["themes"]))
        EditionTheme.objects.bulk_create(
            EditionTheme(edition=edition, theme=themes[n], inherited=n not in remark["themes"])
            for n in subjects
        )
        district = [] if remark["district"] is None else [remark["district"]]
        names = {
            "district": {districts[n].code for n in _upwards(plan.successors, district)},
            "theme": {themes[n].slug for n in subjects},
            "unit": set() if remark["unit"] is None else {str(units[remark["unit"]].pk)},
            "meeting": {str(edition.meeting_id)},
            "person": {str(people[n].pk) for n in remark["people"]},
            "year": {str(edition.year)},
        }
        scattered.found.append(names)
    recount()
    return scattered


def _upwards(above: list[int | None], places: Iterable[int]) -> Iterable[int]:
    for place in places:
        here: int | None = place
        while here is not None:
            yield here
            here = above[here]


def _meeting(place: int, year: int) -> MeetingEdition:
    day = dt.date(year, 5, place + 1)
    meeting = Meeting.objects.create(
        title=f"会议{place}", state=TextState.PUBLISHED, created_at=NOON, edited_at=NOON
    )
    return MeetingEdition.objects.create(
        meeting=meeting,
        title=meeting.title,
        number=1,
        round=approved([meeting])[0],
        date=day,
        year=year,
        published_at=NOON,
    )


def _editions(
    plan: Plan, meetings: list[MeetingEdition], districts: list[District], units: list[Unit]
) -> list[RemarkEdition]:
    remarks = Remark.objects.bulk_create(
        Remark(
            meeting_id=meetings[remark["meeting"]].meeting_id,
            position=place + 1,
            heading=f"发言{place}",
            state=TextState.PUBLISHED,
            created_at=NOON,
            edited_at=NOON,
        )
        for place, remark in enumerate(plan.remarks)
    )
    rows = zip(remarks, approved(remarks), plan.remarks, strict=True)
    return RemarkEdition.objects.bulk_create(
        RemarkEdition(
            remark=remark,
            round=round,
            number=1,
            meeting_id=remark.meeting_id,
            meeting_edition=meetings[planned["meeting"]],
            position=remark.position,
            heading=remark.heading,
            paragraphs=["<p>正文。</p>"],
            text="正文。",
            html="<p>正文。</p>",
            district=None if planned["district"] is None else districts[planned["district"]],
            unit=None if planned["unit"] is None else units[planned["unit"]],
            date=meetings[planned["meeting"]].date,
            year=meetings[planned["meeting"]].year,
            published_at=NOON,
        )
        for remark, round, planned in rows
    )
