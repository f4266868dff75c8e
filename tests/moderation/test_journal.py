"""The journal: one entry an act, by whom and when, in the transaction of the act."""

import pytest
from django.db import IntegrityError

from speeches.models import Act, JournalEntry, Unit
from speeches.moderation import journal
from speeches.moderation.arranging import arrange
from speeches.moderation.editing import record_edit
from speeches.moderation.reviewing import approve_page, send_back
from speeches.moderation.theming import assign_themes
from speeches.moderation.withdrawing import withdraw
from tests.factories import (
    NOON,
    fingerprints,
    make_editor,
    make_meeting,
    make_moderator,
    make_theme,
    make_unit,
    publish,
)
from tests.moderation.desk import LATER, everything, last_entry, seen

pytestmark = pytest.mark.django_db


def test_an_entry_names_act_object_actor_and_time() -> None:
    unit, editor = make_unit("市政协"), make_editor()

    journal.write(Act.REGISTER, unit, by=editor, at=NOON, reason="新设")

    entry = JournalEntry.objects.get()
    assert (entry.act, entry.actor, entry.at) == (Act.REGISTER, editor, NOON)
    assert (entry.subject_kind, entry.subject_id) == ("unit", unit.pk)
    assert (entry.subject_label, entry.detail) == ("市政协", {"reason": "新设"})
    assert str(entry) == "建档 市政协"


def test_a_very_long_name_is_shortened_for_its_label() -> None:
    entry = journal.write(Act.CREATE, Unit(pk=1, name="长" * 999), by=None, at=NOON)

    assert entry.subject_label == "长" * 200


def test_an_act_whose_entry_cannot_be_written_does_not_happen(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    meeting = publish(make_meeting(remarks=[{}, {}]))
    waiting = make_meeting(remarks=[{}])
    remark, theme = meeting.remarks.in_order()[0], make_theme()
    editor, moderator = make_editor(), make_moderator()
    order = list(meeting.remarks.order_by("-position").values_list("id", flat=True))
    known, own = fingerprints(waiting), seen(waiting)
    remark.heading = "改过"
    acts = [
        lambda: assign_themes(remark, themes=[theme], by=editor, at=LATER),
        lambda: arrange(meeting, order=order, by=editor, at=LATER),
        lambda: record_edit(remark, by=editor, at=LATER, changed=["heading"]),
        lambda: approve_page(waiting, by=moderator, at=LATER, seen=known),
        lambda: send_back(waiting, by=moderator, at=LATER, seen=own, opinion="x"),
        lambda: withdraw(meeting, by=moderator, at=LATER, reason="x"),
    ]
    before = everything()

    def fail(*args: object, **kwargs: object) -> None:
        raise IntegrityError("the disk is full")

    monkeypatch.setattr(journal, "write", fail)

    for act in acts:
        with pytest.raises(IntegrityError):
            act()
        assert everything() == before


def test_entries_about_an_object_come_newest_first() -> None:
    unit, other = make_unit("甲"), make_unit("乙")
    for act in (Act.CREATE, Act.EDIT):
        journal.write(act, unit, by=None, at=NOON)
        journal.write(act, other, by=None, at=NOON)

    assert [entry.act for entry in JournalEntry.objects.about(unit)] == [Act.EDIT, Act.CREATE]
    assert last_entry(other).subject_label == "乙"
