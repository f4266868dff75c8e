"""Who a printed name stands for: records are opened and linked, printed names never change."""

import pytest

from speeches.models import (
    Act,
    Doubt,
    EditionSpeaker,
    Membership,
    Person,
    Remark,
    RemarkEdition,
    Unit,
    UnitAlias,
)
from speeches.moderation.naming import kind_of, people_called, register_speakers, register_unit
from tests.factories import (
    make_district,
    make_editor,
    make_meeting,
    make_moderator,
    make_unit,
    publish,
)
from tests.moderation.desk import LATER, acts_about, fresh, last_entry, refusing

pytestmark = pytest.mark.django_db


def desk_remark(**fields: object) -> Remark:
    return make_meeting(remarks=[fields]).remarks.get()


def member(name: str, unit: Unit) -> Person:
    person = Person.objects.create(name=name)
    Membership.objects.create(person=person, unit=unit)
    return person


def test_an_unknown_unit_gets_a_record_in_its_district() -> None:
    district, editor = make_district(), make_editor()
    remark = desk_remark(unit="阿城区政协党组", district=district)
    Doubt.objects.create(remark=remark, code="unknown-unit", message="单位不明")

    unit = register_unit(remark, by=editor, at=LATER)

    assert fresh(remark).unit == unit
    assert (unit.name, unit.district, unit.kind) == (
        "阿城区政协党组",
        district,
        Unit.Kind.PARTY_GROUP,
    )
    assert Doubt.objects.get().settled_by == editor
    assert acts_about(unit) == [Act.REGISTER]
    assert (last_entry(remark).act, last_entry(remark).detail) == (Act.LINK, {"unit": unit.pk})


def test_a_known_unit_or_alias_of_the_district_is_linked_instead() -> None:
    here, there = make_district(), make_district("230108", "平房区")
    known = make_unit("区工商联", here)
    make_unit("区工商联", there)
    UnitAlias.objects.create(unit=known, name="工商业联合会")

    by_name = register_unit(desk_remark(unit="区工商联", district=here), by=None, at=LATER)
    by_alias = register_unit(desk_remark(unit="工商业联合会", district=here), by=None, at=LATER)

    assert by_name == by_alias == known
    assert Unit.objects.count() == 2


def test_several_units_of_one_name_are_left_to_a_person() -> None:
    first, second = make_unit("市工商联"), make_unit("哈尔滨市工商联")
    UnitAlias.objects.create(unit=second, name="市工商联")

    remark, editor = desk_remark(unit="市工商联"), make_editor()

    with refusing("有多个单位叫“市工商联”"):
        register_unit(remark, by=editor, at=LATER)
    assert first != second


def test_a_link_made_by_hand_is_kept() -> None:
    renamed = make_unit("阿城区政协(新名)")
    remark = desk_remark(unit="阿城区政协", unit_link=renamed)

    unit = register_unit(remark, by=make_editor(), at=LATER)

    assert unit == fresh(remark).unit == renamed
    assert Unit.objects.count() == 1
    assert acts_about(remark) == []


def test_a_remark_without_a_printed_unit_gets_none() -> None:
    remark, editor = desk_remark(unit=""), make_editor()

    with refusing("没有印单位"):
        register_unit(remark, by=editor, at=LATER)


def test_a_unit_and_a_post_as_long_as_printed_fit_their_records() -> None:
    remark = desk_remark(unit="某" * 160, post="任" * 160, speakers=["名" * 60])

    unit = register_unit(remark, by=None, at=LATER)
    (person,) = register_speakers(remark, by=None, at=LATER)

    assert (len(unit.name), len(person.name)) == (160, 60)
    assert len(Membership.objects.get().post) == 160


def test_a_speaker_gets_a_record_with_the_post_held_that_day() -> None:
    unit, editor = make_unit(), make_editor()
    remark = desk_remark(unit_link=unit, post="主席", speakers=["李禾川"])
    Doubt.objects.create(remark=remark, code="unknown-person", message="不明")

    (person,) = register_speakers(remark, by=editor, at=LATER)

    membership = Membership.objects.get()
    assert (membership.person, membership.unit, membership.post) == (person, unit, "主席")
    assert remark.speakers.get().person == person
    assert Doubt.objects.get().settled_at == LATER
    assert acts_about(person) == [Act.REGISTER]


def test_a_speaker_of_the_same_unit_is_linked_and_one_of_another_is_somebody_else() -> None:
    unit, elsewhere = make_unit(), make_unit("平房区政协")
    colleague, namesake = member("李明", unit), member("王芳", elsewhere)
    remark = desk_remark(unit_link=unit, speakers=["李明", "王芳"])

    linked, opened = register_speakers(remark, by=None, at=LATER)

    assert linked == colleague
    assert opened != namesake
    assert Person.objects.filter(name="王芳").count() == 2


def test_two_speakers_of_one_name_are_two_people() -> None:
    unit = make_unit()
    remark = desk_remark(unit_link=unit, speakers=["李明", "李明"])

    first, second = register_speakers(remark, by=None, at=LATER)

    assert first != second


def test_several_people_of_one_name_in_the_unit_are_left_to_a_person() -> None:
    unit = make_unit()
    member("李明", unit)
    member("李明", unit)
    remark = desk_remark(unit_link=unit, speakers=["王芳", "李明"])

    with refusing("有多位“李明”"):
        register_speakers(remark, by=make_editor(), at=LATER)


def test_a_name_alone_identifies_nobody() -> None:
    member("李明", make_unit())

    assert people_called("李明", desk_remark(speakers=["李明"])) == []


def test_speakers_wait_for_their_unit() -> None:
    remark, editor = desk_remark(speakers=["李明"]), make_editor()

    with refusing("先为单位建档"):
        register_speakers(remark, by=editor, at=LATER)


def test_a_public_remark_is_linked_at_once_and_keeps_its_printed_names() -> None:
    meeting = publish(make_meeting(remarks=[{"speakers": ["李明"]}]))
    remark = meeting.remarks.get()

    unit = register_unit(remark, by=None, at=LATER)
    (person,) = register_speakers(remark, by=None, at=LATER)

    edition = RemarkEdition.objects.get()
    assert (edition.unit, edition.number) == (unit, 1)
    assert EditionSpeaker.objects.get().person == person
    assert (edition.unit_as_printed, edition.speakers_as_printed) == ("阿城区政协党组", "李明")


def test_a_speaker_renamed_on_the_desk_is_not_linked_in_public_before_approval() -> None:
    meeting = publish(make_meeting(remarks=[{"unit_link": make_unit(), "speakers": ["李明"]}]))
    remark = meeting.remarks.get()
    remark.speakers.update(name_as_printed="王芳")

    register_speakers(remark, by=None, at=LATER)

    assert EditionSpeaker.objects.get().person is None


def test_only_who_may_opens_records() -> None:
    remark = desk_remark(unit_link=make_unit(), speakers=["李明"])

    with refusing("不能做这项操作"):
        register_unit(remark, by=make_moderator(), at=LATER)
    with refusing("不能做这项操作"):
        register_speakers(remark, by=make_moderator(), at=LATER)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("阿城区政协党组", Unit.Kind.PARTY_GROUP),
        ("市政协提案委员会", Unit.Kind.SPECIAL_COMMITTEE),
        ("木兰县政协", Unit.Kind.COMMITTEE),
        ("民盟哈尔滨市委会", Unit.Kind.PARTY),
        ("某某科技有限公司", Unit.Kind.ENTERPRISE),
        ("哈尔滨工业大学", Unit.Kind.SCHOOL),
        ("市妇联", Unit.Kind.PEOPLE_GROUP),
        ("哈尔滨日报社", Unit.Kind.OTHER),
    ],
)
def test_a_name_tells_what_a_body_most_likely_is(name: str, kind: Unit.Kind) -> None:
    assert kind_of(name) == kind
