"""Deleting: what was never reviewed may go, and the journal knows; what was reviewed stays."""

import pytest
from django.test import Client

from speeches.models import Act, District, JournalEntry, Meeting, Person, Remark, Theme, Unit
from tests.admin.desk import (
    ADMINISTRATOR,
    EDITOR,
    SUPERUSER,
    account,
    address,
    everything,
    everything_but_the_journal,
    make_newsroom,
    signed_in,
)
from tests.factories import make_meeting, publish

pytestmark = pytest.mark.django_db


def delete_selected(client: Client, model: str, *pks: int) -> int:
    data = {"action": "delete_selected", "_selected_action": list(pks), "post": "yes"}
    return client.post(address(f"{model}_changelist"), data).status_code


def deletions() -> list[tuple[str, int, str]]:
    found = JournalEntry.objects.filter(act=Act.DELETE).order_by("id")
    return [(e.subject_kind, e.subject_id, str(e.actor)) for e in found]


def test_a_remark_never_reviewed_is_deleted_and_the_others_move_up() -> None:
    meeting = make_meeting(remarks=[{"heading": "甲"}, {"heading": "乙"}, {"heading": "丙"}])
    first = meeting.remarks.in_order()[0]
    client = signed_in(EDITOR)

    assert "乙" not in client.get(address("remark_delete", first.pk)).content.decode()
    answer = client.post(address("remark_delete", first.pk), {"post": "yes"})

    assert answer.status_code == 302
    rows = meeting.remarks.in_order().values_list("position", "heading")
    assert list(rows) == [(1, "乙"), (2, "丙")]
    assert deletions() == [("remark", first.pk, str(account(EDITOR)))]


@pytest.mark.parametrize("role", [EDITOR, SUPERUSER])
def test_a_reviewed_remark_is_not_deleted(role: str) -> None:
    remark = publish(make_meeting()).remarks.get()
    client = signed_in(role)
    before = everything()

    assert client.post(address("remark_delete", remark.pk), {"post": "yes"}).status_code == 403
    delete_selected(client, "remark", remark.pk)

    assert everything() == before


def test_the_action_of_the_list_keeps_to_the_same_rules_and_the_journal() -> None:
    meeting = make_meeting(remarks=[{"heading": "甲"}, {"heading": "乙"}, {"heading": "丙"}])
    first, second, third = meeting.remarks.in_order()

    assert delete_selected(signed_in(EDITOR), "remark", first.pk, third.pk) == 302

    assert list(meeting.remarks.values_list("pk", "position")) == [(second.pk, 1)]
    who = str(account(EDITOR))
    assert sorted(deletions()) == [("remark", first.pk, who), ("remark", third.pk, who)]


def test_one_reviewed_remark_among_the_selected_keeps_them_all() -> None:
    reviewed = publish(make_meeting()).remarks.get()
    other = make_meeting(title="另一个会议").remarks.get()

    delete_selected(signed_in(EDITOR), "remark", reviewed.pk, other.pk)

    assert Remark.objects.filter(pk__in=[reviewed.pk, other.pk]).count() == 2
    assert deletions() == []


@pytest.mark.parametrize("one_by_one", [True, False])
def test_deleted_reference_records_are_journalled(one_by_one: bool) -> None:
    room = make_newsroom()
    district = District.objects.create(code="230199", name="误录区", kind=District.Kind.DISTRICT)
    client = signed_in(ADMINISTRATOR)
    rows = {"unit": room.unit, "person": room.person, "theme": room.theme, "district": district}

    for model, row in rows.items():
        if one_by_one:
            answer = client.post(address(f"{model}_delete", row.pk), {"post": "yes"})
            assert answer.status_code == 302
        else:
            assert delete_selected(client, model, row.pk) == 302

    who = str(account(ADMINISTRATOR))
    assert deletions() == [(model, row.pk, who) for model, row in rows.items()]


def test_a_record_that_remarks_are_linked_to_is_not_deleted() -> None:
    make_newsroom()
    client = signed_in(ADMINISTRATOR)
    unit = Unit.objects.get(name="阿城区政协党组")
    person = Person.objects.get(name="王某")
    theme = Theme.objects.get(slug="organisation")

    for model, row in {"unit": unit, "person": person, "theme": theme}.items():
        client.post(address(f"{model}_delete", row.pk), {"post": "yes"})
        delete_selected(client, model, row.pk)

    assert deletions() == []
    assert Unit.objects.filter(pk=unit.pk).exists()
    assert Person.objects.filter(pk=person.pk).exists()
    assert Theme.objects.filter(pk=theme.pk).exists()


def test_a_draft_is_discarded_after_asking() -> None:
    meeting = make_meeting(remarks=[{}, {}])
    client = signed_in(EDITOR)

    asked = client.get(address("meeting_discard", meeting.pk)).content.decode()
    assert "2 篇发言" in asked
    assert Meeting.objects.filter(pk=meeting.pk).exists()
    client.post(address("meeting_discard", meeting.pk))

    assert not Meeting.objects.filter(pk=meeting.pk).exists()
    assert not Remark.objects.exists()
    assert deletions() == [("meeting", meeting.pk, str(account(EDITOR)))]


def test_a_published_meeting_is_not_discarded() -> None:
    meeting = publish(make_meeting())
    client = signed_in(SUPERUSER)
    before = everything_but_the_journal()

    answer = client.post(address("meeting_discard", meeting.pk), follow=True)

    assert "不能删除" in answer.content.decode()
    assert everything_but_the_journal() == before
