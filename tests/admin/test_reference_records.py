"""Units, people, districts and themes: kept by hand, every change in the journal."""

from typing import Any

import pytest

from speeches.models import (
    Act,
    CuePhrase,
    District,
    JournalEntry,
    Membership,
    OldAddress,
    Person,
    RemarkEdition,
    Unit,
)
from tests.admin.desk import ADMINISTRATOR, EDITOR, account, address, filled_in, save, signed_in
from tests.factories import make_district, make_meeting, make_theme, make_unit, publish

pytestmark = pytest.mark.django_db


def latest() -> tuple[str, Any, Any]:
    entry = JournalEntry.objects.order_by("-id")[0]
    return entry.act, entry.actor, entry.detail.get("changed")


def test_a_position_typed_in_the_list_of_themes_is_journalled() -> None:
    first = make_theme("a", "甲", position=1)
    second = make_theme("b", "乙", position=2)
    client = signed_in(ADMINISTRATOR)
    formset = client.get(address("theme_changelist")).context["cl"].formset
    data: dict[str, Any] = {"form-TOTAL_FORMS": "2", "form-INITIAL_FORMS": "2", "_save": "1"}
    for form in formset.forms:
        data[form["id"].html_name] = form.instance.pk
        data[form["position"].html_name] = 9 if form.instance == first else 2

    client.post(address("theme_changelist"), data)

    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.position, second.position) == (9, 2)
    assert [entry.subject_id for entry in JournalEntry.objects.all()] == [first.pk]
    assert latest() == (Act.EDIT, account(ADMINISTRATOR), ["position"])


@pytest.mark.parametrize(
    ("kind", "record", "field"),
    [("theme", make_theme, "slug"), ("district", make_district, "code")],
)
def test_an_address_that_is_given_up_is_kept(kind: str, record: Any, field: str) -> None:
    kept = record("230112", "旧地址")

    save(signed_in(ADMINISTRATOR), kind, kept.pk, **{field: "230113"})

    old = OldAddress.objects.get()
    assert (old.word, getattr(old, kind)) == ("230112", kept)
    entries = JournalEntry.objects.order_by("id").values_list("act", "actor", "detail")
    by = account(ADMINISTRATOR).pk
    assert list(entries) == [
        (Act.EDIT, by, {"old_address": "230112"}),
        (Act.EDIT, by, {"changed": [field]}),
    ]


def test_another_name_alone_leaves_the_address() -> None:
    theme = make_theme("a", "甲")

    save(signed_in(ADMINISTRATOR), "theme", theme.pk, name="乙")

    theme.refresh_from_db()
    assert theme.name == "乙"
    assert not OldAddress.objects.exists()


def test_an_editor_changes_no_position_from_the_list() -> None:
    theme = make_theme("a", "甲", position=1)
    data = {
        "form-TOTAL_FORMS": "1",
        "form-INITIAL_FORMS": "1",
        "form-0-id": theme.pk,
        "form-0-position": "9",
        "_save": "1",
    }

    signed_in(EDITOR).post(address("theme_changelist"), data)

    theme.refresh_from_db()
    assert theme.position == 1


def test_a_theme_moved_in_the_tree_takes_public_remarks_with_it() -> None:
    parent, child = make_theme("parent", "上级"), make_theme("child", "下级")
    publish(make_meeting(remarks=[{"themes": [child]}]))

    save(signed_in(ADMINISTRATOR), "theme", child.pk, parent=parent.pk)

    assert RemarkEdition.objects.current().about("parent").count() == 1


def test_a_theme_never_stands_below_itself() -> None:
    parent = make_theme("parent", "上级")
    child = make_theme("child", "下级", parent=parent)
    client = signed_in(ADMINISTRATOR)

    for wrong in (parent, child):
        assert save(client, "theme", parent.pk, parent=wrong.pk).status_code == 200

    parent.refresh_from_db()
    assert parent.parent is None


def test_new_cue_phrases_are_journalled() -> None:
    theme = make_theme()

    save(
        signed_in(ADMINISTRATOR),
        "theme",
        theme.pk,
        **{"cue_phrases-TOTAL_FORMS": 1, "cue_phrases-0-phrase": "协商"},
    )

    assert CuePhrase.objects.get().phrase == "协商"
    assert latest() == (Act.EDIT, account(ADMINISTRATOR), ["cuephrase"])


def test_a_unit_and_a_person_are_added_by_an_editor() -> None:
    client = signed_in(EDITOR)
    district = make_district()
    form = filled_in(client.get(address("unit_add")))

    client.post(address("unit_add"), {**form, "name": "某单位", "district": district.pk})
    unit = Unit.objects.get(name="某单位")
    assert latest()[:2] == (Act.CREATE, account(EDITOR))
    form = filled_in(client.get(address("person_add")))
    client.post(
        address("person_add"),
        {
            **form,
            "name": "王某",
            "memberships-TOTAL_FORMS": 1,
            "memberships-0-unit": unit.pk,
            "memberships-0-post": "主席",
        },
    )

    person = Person.objects.get(name="王某")
    assert Membership.objects.get(person=person).unit == unit
    assert latest() == (Act.CREATE, account(EDITOR), ["name", "membership"])


def test_two_units_of_one_name_need_two_districts() -> None:
    unit = make_unit("某单位", make_district())
    client = signed_in(EDITOR)
    form = filled_in(client.get(address("unit_add")))

    answer = client.post(
        address("unit_add"), {**form, "name": "某单位", "district": unit.district_id}
    )

    assert "这个区县已有同名单位。" in answer.content.decode()
    assert Unit.objects.count() == 1


def test_renaming_a_unit_leaves_printed_names() -> None:
    unit = make_unit("旧名")
    publish(make_meeting(remarks=[{"unit": "旧名", "unit_link": unit}]))

    save(signed_in(EDITOR), "unit", unit.pk, name="新名")

    assert RemarkEdition.objects.current().get().unit_as_printed == "旧名"
    assert latest() == (Act.EDIT, account(EDITOR), ["name"])


def test_a_district_with_a_successor_is_kept() -> None:
    old, new = make_district("230106", "旧区"), make_district("230110", "新区")

    save(signed_in(ADMINISTRATOR), "district", old.pk, successor=new.pk)

    assert District.objects.get(pk=old.pk).successor == new
