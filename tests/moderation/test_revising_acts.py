"""Steps on an import's draft: kept, undone, and confirmed as revised."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from speeches.models import (
    Act,
    Doubt,
    ImportRun,
    ImportStep,
    Meeting,
    Membership,
    Person,
    Remark,
    TextState,
    Unit,
)
from speeches.moderation.discarding import discard
from speeches.moderation.intake import confirm, take_in
from speeches.moderation.revising import bring_back, current_arrangement, revise, undo
from speeches.moderation.unknown_names import unknown_names
from speeches.text.markup import plain_text
from tests.factories import (
    NOON,
    make_district,
    make_editor,
    make_meeting,
    make_moderator,
    make_unit,
    publish,
)
from tests.moderation.desk import LATER, acts_about, fresh, last_entry, refusing
from tests.moderation.pages import ISSUE, PAGE

pytestmark = pytest.mark.django_db

BYTES = f"{PAGE}\n责任编辑：王越\n".encode()


def waiting(data: bytes = BYTES) -> ImportRun:
    return take_in(data, name="page.txt", issue=ISSUE, by=make_editor(), at=NOON)[0]


def piece(run: ImportRun, words: str) -> str:
    pieces = current_arrangement(run)["pieces"]
    return next(one for one, held in pieces.items() if words in held["text"])


def step(run: ImportRun, do: str, words: str, **rest: Any) -> dict[str, Any]:
    return {"do": do, "piece": piece(run, words), **rest}


def name(kind: str, printed: str, decision: str, record: int = 0) -> dict[str, Any]:
    one = {"remark": 2, "kind": kind, "name": printed, "decision": decision, "id": record}
    return {"do": "names", "names": [one]}


def test_a_step_is_kept_with_who_and_when_and_revises_the_draft() -> None:
    run, editor = waiting(), make_editor()

    done = revise(run, step(run, "drop", "去年共开展", reason="repeat"), by=editor, at=LATER)

    assert (done.number, done.by, done.at, done.undone) == (1, editor, LATER, False)
    assert [entry["reason"] for entry in current_arrangement(run)["aside"]] == [
        "repeat",
        "page-furniture",
    ]
    assert not Meeting.objects.exists()
    entry = last_entry(run)
    assert (entry.act, entry.actor, entry.detail["number"]) == (Act.EDIT, editor, 1)


def test_undoing_takes_back_the_last_standing_step_and_marks_it() -> None:
    run, editor = waiting(), make_editor()
    first = current_arrangement(run)
    revise(run, step(run, "drop", "去年共开展", reason="repeat"), by=editor, at=NOON)
    once = current_arrangement(run)
    revise(run, step(run, "drop", "各级工商联", reason="repeat"), by=editor, at=NOON)

    undo(run, by=editor, at=LATER)
    assert current_arrangement(run) == once
    undo(run, by=editor, at=LATER)
    assert current_arrangement(run) == first

    assert list(run.steps.values_list("number", "undone")) == [(1, True), (2, True)]
    with refusing("没有可以撤销"):
        undo(run, by=editor, at=LATER)
    assert revise(run, step(run, "join", "我们坚持"), by=editor, at=LATER).number == 3


def test_a_step_that_does_not_fit_is_refused_and_nothing_is_kept() -> None:
    run = waiting()

    with refusing("缘由"):
        revise(run, step(run, "drop", "去年共开展", reason=""), by=make_editor(), at=NOON)
    assert not ImportStep.objects.exists()


def test_a_step_on_a_draft_that_somebody_changed_is_refused() -> None:
    run, editor = waiting(), make_editor()
    revise(run, step(run, "join", "我们坚持"), by=editor, at=NOON, seen=0)

    with refusing("刚刚改动过"):
        revise(run, step(run, "join", "民营企业"), by=editor, at=NOON, seen=0)
    with refusing("刚刚改动过"):
        undo(run, by=editor, at=NOON, seen=0)
    undo(run, by=editor, at=NOON, seen=1)


def test_only_who_imports_revises_and_only_while_the_run_waits() -> None:
    run = waiting()
    join = step(run, "join", "我们坚持")
    with refusing("不能做这项操作"):
        revise(run, join, by=make_moderator(), at=NOON)
    with refusing("不能做这项操作"):
        undo(run, by=make_moderator(), at=NOON)
    discard(run, by=make_editor(), at=NOON)

    with refusing("已经处理过"):
        revise(run, join, by=make_editor(), at=NOON)
    with refusing("已经处理过"):
        undo(run, by=make_editor(), at=NOON)


def test_two_steps_of_a_run_never_share_a_number() -> None:
    run = waiting()
    revise(run, step(run, "join", "我们坚持"), by=None, at=NOON)

    with pytest.raises(IntegrityError), transaction.atomic():
        ImportStep.objects.create(run=run, number=1, step={}, at=NOON)


def test_confirming_writes_what_the_editor_made_of_the_draft() -> None:
    run, editor = waiting(), make_editor()
    moved = step(run, "move", "去年共开展", to="body-2", before=piece(run, "民营企业"))
    revise(run, moved, by=editor, at=NOON)
    revise(run, {"do": "describe", "remark": 2, "heading": "搭建平台"}, by=editor, at=NOON)

    meeting = confirm(run, by=editor, at=LATER)

    first, second = meeting.remarks.in_order()
    assert "去年共开展" not in plain_text(first.body)
    assert plain_text(second.body).startswith("去年共开展")
    assert second.heading == "搭建平台"


def test_a_run_whose_arrangement_was_not_kept_is_read_again() -> None:
    run = waiting()
    kept = run.arrangement
    ImportRun.objects.update(arrangement={})
    run = fresh(run)

    assert current_arrangement(run) == kept
    revise(run, step(run, "drop", "去年共开展", reason="repeat"), by=None, at=NOON)
    meeting = confirm(run, by=None, at=NOON)
    assert "去年共开展" not in plain_text(meeting.remarks.in_order()[0].body)


def test_settled_notices_are_no_doubts_after_confirmation() -> None:
    run = waiting(PAGE.replace("我们坚持", "的办法，我们坚持").encode())
    codes = [one["code"] for one in current_arrangement(run)["remarks"][0]["notices"]]
    assert codes == ["starts-mid-sentence"]

    revise(run, {"do": "settle", "remark": 1, "notice": 0}, by=None, at=NOON)
    confirm(run, by=None, at=NOON)

    assert not Doubt.objects.filter(code="starts-mid-sentence").exists()


def test_new_names_are_registered_and_linked_on_confirmation() -> None:
    run, editor = waiting(), make_editor()
    revise(run, name("unit", "市工商联", "new"), by=editor, at=NOON)
    revise(run, name("person", "李明", "new"), by=editor, at=NOON)
    assert not Unit.objects.exists()

    remark = confirm(run, by=editor, at=LATER).remarks.in_order()[1]

    assert remark.unit == Unit.objects.get(name="市工商联")
    membership = Membership.objects.get()
    assert (membership.person.name, membership.unit, membership.post) == (
        "李明",
        remark.unit,
        "副主席",
    )
    assert remark.speakers.get().person == membership.person
    assert not remark.doubts.exists()
    assert acts_about(membership.person) == [Act.REGISTER]


def test_chosen_records_are_linked_on_confirmation() -> None:
    unit, person = make_unit("哈尔滨市工商业联合会"), Person.objects.create(name="李明")
    run = waiting()
    revise(run, name("unit", "市工商联", "link", unit.pk), by=None, at=NOON)
    revise(run, name("person", "李明", "link", person.pk), by=None, at=NOON)

    remark = confirm(run, by=None, at=NOON).remarks.in_order()[1]

    assert (remark.unit, remark.speakers.get().person) == (unit, person)
    assert not remark.doubts.exists()
    assert Person.objects.count() == 1


def test_a_new_person_of_an_unknown_unit_stays_a_doubt() -> None:
    run = waiting()
    revise(run, name("person", "李明", "new"), by=None, at=NOON)

    remark = confirm(run, by=None, at=NOON).remarks.in_order()[1]

    assert remark.speakers.get().person is None
    assert set(remark.doubts.values_list("code", flat=True)) == {"unknown-unit", "unknown-person"}


def new_person_of(unit: int) -> dict[str, Any]:
    one = {"remark": 2, "kind": "person", "name": "李明", "decision": "new", "id": 0, "unit": unit}
    return {"do": "names", "names": [one]}


def test_a_new_person_belongs_to_the_unit_that_was_named() -> None:
    unit = make_unit("哈尔滨市工商业联合会")
    run = waiting()
    revise(run, new_person_of(unit.pk), by=None, at=NOON)

    remark = confirm(run, by=None, at=NOON).remarks.in_order()[1]

    membership = Membership.objects.get()
    assert (membership.person.name, membership.unit) == ("李明", unit)
    assert remark.speakers.get().person == membership.person
    assert remark.unit is None
    assert set(remark.doubts.values_list("code", flat=True)) == {"unknown-unit"}


def test_a_person_of_that_name_in_the_named_unit_is_not_opened_twice() -> None:
    unit, person = make_unit("哈尔滨市工商业联合会"), Person.objects.create(name="李明")
    Membership.objects.create(person=person, unit=unit)
    run = waiting()
    revise(run, new_person_of(unit.pk), by=None, at=NOON)

    remark = confirm(run, by=None, at=NOON).remarks.in_order()[1]

    assert remark.speakers.get().person == person
    assert Person.objects.count() == 1


def test_a_new_person_whose_named_unit_is_gone_stays_a_doubt() -> None:
    run = waiting()
    revise(run, new_person_of(999), by=None, at=NOON)

    remark = confirm(run, by=None, at=NOON).remarks.in_order()[1]

    assert remark.speakers.get().person is None
    assert not Person.objects.exists()


def test_a_chosen_record_that_is_gone_stays_a_doubt() -> None:
    run = waiting()
    revise(run, name("unit", "市工商联", "link", 999), by=None, at=NOON)

    remark = confirm(run, by=None, at=NOON).remarks.in_order()[1]

    assert remark.unit is None
    assert remark.doubts.filter(code="unknown-unit").exists()


def test_unknown_names_come_with_those_that_may_be_meant() -> None:
    district = make_district()
    known = make_unit("阿城区政协党组", district)
    near = make_unit("市工商联合会")
    person = Person.objects.create(name="李明", note="教师")
    run = waiting()

    found = unknown_names(current_arrangement(run))

    assert [(one.remark, one.kind, one.name) for one in found] == [
        (2, "unit", "市工商联"),
        (2, "person", "李明"),
    ]
    assert [one.id for one in found[0].candidates] == [near.pk]
    assert [(one.id, one.label) for one in found[1].candidates] == [(person.pk, "李明（教师）")]
    assert known.pk not in [one.id for one in found[0].candidates]


def test_a_member_of_the_unit_is_known() -> None:
    unit, person = make_unit("市工商联"), Person.objects.create(name="李明")
    Membership.objects.create(person=person, unit=unit)
    make_unit("阿城区政协党组", make_district())

    assert unknown_names(current_arrangement(waiting())) == []


def confirmed() -> tuple[ImportRun, Remark]:
    run = waiting()
    revise(run, step(run, "drop", "去年共开展", reason="unplaced"), by=None, at=NOON)
    return run, confirm(run, by=None, at=NOON).remarks.in_order()[0]


def test_a_passage_comes_back_after_confirmation_as_an_edit() -> None:
    run, remark = confirmed()
    meeting = publish(remark.meeting)
    back, editor = piece(run, "去年共开展"), make_editor()

    bring_back(run, piece=back, remark=remark, place=0, by=editor, at=LATER)

    remark = fresh(remark)
    assert plain_text(remark.body).startswith("去年共开展")
    assert (remark.state, remark.edited_by) == (TextState.CHANGED, editor)
    assert meeting.pk == remark.meeting_id
    arrangement = current_arrangement(run)
    assert arrangement["brought_back"] == [{"piece": back, "remark": remark.pk}]
    assert last_entry(remark).detail["changed"] == ["body"]
    with refusing("已经取回"):
        bring_back(run, piece=back, remark=remark, place=0, by=editor, at=LATER)


def test_bringing_back_is_refused_elsewhere_and_to_others() -> None:
    run, remark = confirmed()
    back, other = piece(run, "去年共开展"), make_meeting(remarks=[{}]).remarks.get()

    with refusing("不能做这项操作"):
        bring_back(run, piece=back, remark=remark, place=0, by=make_moderator(), at=LATER)
    with refusing("不是由这次导入"):
        bring_back(run, piece=back, remark=other, place=0, by=None, at=LATER)
    with refusing("重选位置"):
        bring_back(run, piece=back, remark=remark, place=99, by=None, at=LATER)
    with refusing("已经取回"):
        standing = piece(run, "我们坚持")
        bring_back(run, piece=standing, remark=remark, place=0, by=None, at=LATER)


def test_a_waiting_run_has_no_working_row_to_bring_back_to() -> None:
    run, other = waiting(), make_meeting(remarks=[{}]).remarks.get()

    with refusing("还没有确认"):
        bring_back(run, piece=piece(run, "责任编辑"), remark=other, place=0, by=None, at=LATER)
