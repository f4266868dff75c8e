"""Naming: who a printed name stands for. Printed names themselves never change here."""

import datetime as dt

from django.utils.translation import gettext as _

from speeches.models import Act, Doubt, Membership, Person, Remark, Speaker, Unit, User
from speeches.moderation import journal
from speeches.moderation.linking import follow
from speeches.moderation.refusals import Refused, require


@journal.act
def register_unit(remark: Remark, *, by: User | None, at: dt.datetime) -> Unit:
    """Open a record for the unit a remark prints, and link the remark to it.

    A unit of that very name in the same district is linked instead; several are refused, since
    a person has to choose. What somebody has linked already stays.
    """
    require(by, "speeches.add_unit")
    if remark.unit is not None:
        return remark.unit
    if not remark.unit_as_printed:
        raise Refused(_("这篇发言没有印单位名称。"))
    found = list(
        Unit.objects.called(remark.unit_as_printed).filter(district=remark.district_id)[:2]
    )
    if len(found) > 1:
        raise Refused(
            _("有多个单位叫“%(name)s”，请在发言中选定。") % {"name": remark.unit_as_printed}
        )
    unit = found[0] if found else _new_unit(remark, by=by, at=at)
    remark.unit = unit
    remark.save(update_fields=["unit"])
    _settle(remark, ("unknown-unit", "ambiguous-unit"), by=by, at=at)
    follow(remark)
    journal.write(Act.LINK, remark, by=by, at=at, unit=unit.pk)
    return unit


@journal.act
def register_speakers(remark: Remark, *, by: User | None, at: dt.datetime) -> list[Person]:
    """Open a record for every speaker without one, with the post they held that day.

    A person of the same name in the same unit is linked instead of opened twice; a person of
    the same name elsewhere is somebody else until a human says otherwise.
    """
    require(by, "speeches.add_person")
    if remark.unit is None:
        raise Refused(_("请先为单位建档或关联单位，再为发言人建档。"))
    people: list[Person] = []
    for speaker in remark.speakers.filter(person__isnull=True).order_by("position"):
        found = people_called(speaker.name_as_printed, remark)
        if len(found) > 1:
            raise Refused(
                _("“%(unit)s”有多位“%(name)s”，请在发言中选定。")
                % {"unit": remark.unit, "name": speaker.name_as_printed}
            )
        person = found[0] if found else new_person(speaker, by=by, at=at)
        speaker.person = person
        speaker.save(update_fields=["person"])
        journal.write(Act.LINK, remark, by=by, at=at, person=person.pk)
        people.append(person)
    _settle(remark, ("unknown-person",), by=by, at=at)
    follow(remark)
    return people


def people_called(name: str, remark: Remark, *, unit: Unit | None = None) -> list[Person]:
    """Return whom a name printed with this remark may stand for, in its unit or another one.

    A name alone never identifies anyone: the unit must agree, and a name printed twice stands
    for two people.
    """
    unit = unit or remark.unit
    if unit is None:
        return []
    already = remark.speakers.filter(person__isnull=False).values("person")
    members = Person.objects.filter(name=name, memberships__unit=unit)
    return list(members.exclude(pk__in=already).distinct())


def _new_unit(remark: Remark, *, by: User | None, at: dt.datetime) -> Unit:
    unit = Unit.objects.create(
        name=remark.unit_as_printed,
        kind=kind_of(remark.unit_as_printed),
        district=remark.district,
    )
    journal.write(Act.REGISTER, unit, by=by, at=at)
    return unit


def new_person(
    speaker: Speaker, *, by: User | None, at: dt.datetime, unit: Unit | None = None
) -> Person:
    """Open a record for a speaker, with the post they held that day.

    They held it in the remark's unit, or in another one that somebody has named.
    """
    require(by, "speeches.add_person")
    remark = speaker.remark
    person = Person.objects.create(name=speaker.name_as_printed)
    unit = unit or remark.unit
    if unit is not None:
        Membership.objects.create(person=person, unit=unit, post=remark.post_as_printed)
    journal.write(Act.REGISTER, person, by=by, at=at)
    return person


# Endings and parts of names that tell what a body is; the first that fits decides.
_KINDS = (
    (("党组", "党总支", "党支部", "机关党委", "党委"), Unit.Kind.PARTY_GROUP),
    (("委员会", "专委会"), Unit.Kind.SPECIAL_COMMITTEE),
    (("政协",), Unit.Kind.COMMITTEE),
    (
        ("民革", "民盟", "民建", "民进", "农工党", "致公党", "九三学社", "台盟", "工商联"),
        Unit.Kind.PARTY,
    ),
    (("公司", "集团", "厂"), Unit.Kind.ENTERPRISE),
    (("大学", "学院", "中学", "小学", "学校", "研究院", "研究所"), Unit.Kind.SCHOOL),
    (("妇联", "工会", "团市委", "青联", "科协", "侨联", "文联", "界"), Unit.Kind.PEOPLE_GROUP),
)


def kind_of(name: str) -> Unit.Kind:
    """Return what kind of body a name most likely is; an editor can change it."""
    for parts, kind in _KINDS:
        if any(part in name for part in parts):
            return kind
    return Unit.Kind.OTHER


def _settle(remark: Remark, codes: tuple[str, ...], *, by: User | None, at: dt.datetime) -> None:
    Doubt.objects.filter(remark=remark, code__in=codes, settled_at__isnull=True).update(
        settled_at=at, settled_by=by
    )
