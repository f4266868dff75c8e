"""Names of what addresses call by number: a unit, a meeting, a person.

They come from current editions only, so that an address with a guessed number tells nothing.
"""

from collections.abc import Mapping
from typing import Any

from django.db.models import Case, CharField, QuerySet, Value, When

from speeches.models import EditionSpeaker, MeetingEdition, RemarkEdition

NUMBERED = ("unit", "meeting", "person")


def names_of(asked: Mapping[str, Any]) -> dict[str, str]:
    """Return the names of the `unit`, `meeting` and `person` with these numbers: one query.

    Other keys are passed over, and what is not public is left out.
    """
    if asked.keys().isdisjoint(NUMBERED):
        return {}
    current = RemarkEdition.objects.current()
    title = Case(When(title="", then="name"), default="title")
    queries: dict[str, QuerySet[Any, Any]] = {}
    if unit := asked.get("unit"):
        queries["unit"] = current.filter(unit=unit).values_list("unit__name")
    if meeting := asked.get("meeting"):
        meetings = MeetingEdition.objects.current().filter(meeting=meeting)
        queries["meeting"] = meetings.values_list(title)
    if person := asked.get("person"):
        spoken = EditionSpeaker.objects.filter(person=person, edition__in=current)
        queries["person"] = spoken.values_list("person__name")
    wanted = [
        query.order_by().distinct().annotate(facet=Value(name, output_field=CharField()))
        for name, query in queries.items()
    ]
    rows = wanted[0].union(*wanted[1:], all=True)
    return {facet: name for name, facet in rows}
