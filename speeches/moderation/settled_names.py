"""Settled names: what an editor decided about printed names while the import waited.

Each decision is carried out by the act it stands for, so that a record opened here is opened,
linked and journalled as anywhere else.
"""

import datetime as dt

from speeches.importing.arrangement import NameDecision, RemarkEntry
from speeches.models import Act, Person, Remark, Speaker, Unit, User
from speeches.moderation import journal
from speeches.moderation.naming import new_person, people_called, register_unit


def link_unit(
    remark: Remark, settled: RemarkEntry | None, *, by: User | None, at: dt.datetime
) -> None:
    """Link the unit that was chosen, or open its record; a unit that is gone stays open."""
    decision, record = decided(settled, "unit", remark.unit_as_printed)
    if decision == "link":
        unit = Unit.objects.filter(pk=record).first()
        if unit is not None:
            remark.unit = unit
            remark.save(update_fields=["unit"])
            journal.write(Act.LINK, remark, by=by, at=at, unit=unit.pk)
    elif decision == "new":
        called = Unit.objects.called(remark.unit_as_printed).filter(district=remark.district_id)
        # Several of that name: which one is meant stays a doubt.
        if len(called[:2]) < 2:
            register_unit(remark, by=by, at=at)


def person_for(
    speaker: Speaker, settled: RemarkEntry | None, *, by: User | None, at: dt.datetime
) -> Person | None:
    """Return whom an editor has named, a new record included; None where nobody has decided.

    A record is opened only for somebody of a known unit: a name alone identifies nobody. The
    unit is the one that the editor has named, or else that of the remark.
    """
    decision, record = decided(settled, "person", speaker.name_as_printed)
    person: Person | None = None
    if decision == "link":
        person = Person.objects.filter(pk=record).first()
    elif decision == "new":
        named = unit_of(settled, speaker.name_as_printed)
        unit = Unit.objects.filter(pk=named).first() if named else speaker.remark.unit
        known = people_called(speaker.name_as_printed, speaker.remark, unit=unit)
        if unit is None or len(known) > 1:
            return None
        person = known[0] if known else new_person(speaker, by=by, at=at, unit=unit)
    if person is not None:
        journal.write(Act.LINK, speaker.remark, by=by, at=at, person=person.pk)
    return person


def decided(settled: RemarkEntry | None, kind: str, name: str) -> tuple[str, int]:
    """Return the decision about a printed name and the record it names; ("", 0) for none."""
    one = _decision(settled, kind, name)
    return (one["decision"], one["id"]) if one else ("", 0)


def unit_of(settled: RemarkEntry | None, name: str) -> int:
    """Return the record of the unit that was named for a new person; 0 for the remark's own."""
    one = _decision(settled, "person", name)
    return one["unit"] if one else 0


def _decision(settled: RemarkEntry | None, kind: str, name: str) -> NameDecision | None:
    for one in settled["names"] if settled else ():
        if (one["kind"], one["name"]) == (kind, name):
            return one
    return None
