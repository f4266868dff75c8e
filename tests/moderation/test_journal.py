"""The journal: one entry an act, by whom and when, in the transaction of the act."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from speeches.models import Act, JournalEntry, JournalHead, Result, Unit
from speeches.moderation import journal
from speeches.moderation.arranging import arrange
from speeches.moderation.editing import record_edit
from speeches.moderation.refusals import Refused
from speeches.moderation.reviewing import approve_page, send_back
from speeches.moderation.theming import assign_themes
from speeches.moderation.verifying import verify
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

    with journal.together():
        journal.write(Act.REGISTER, unit, by=editor, at=NOON, reason="新设")

    entry = JournalEntry.objects.get()
    assert (entry.act, entry.actor, entry.at) == (Act.REGISTER, editor, NOON)
    assert (entry.subject_kind, entry.subject_id) == ("unit", unit.pk)
    assert (entry.subject_label, entry.detail) == ("市政协", {"reason": "新设"})
    assert str(entry) == "建档 市政协"


def test_a_very_long_name_is_shortened_for_its_label() -> None:
    with journal.together():
        journal.write(Act.CREATE, Unit(pk=1, name="长" * 999), by=None, at=NOON)

    assert JournalEntry.objects.get().subject_label == "长" * 200


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
    with journal.together():
        for act in (Act.CREATE, Act.EDIT):
            journal.write(act, unit, by=None, at=NOON)
            journal.write(act, other, by=None, at=NOON)

    assert [entry.act for entry in JournalEntry.objects.about(unit)] == [Act.EDIT, Act.CREATE]
    assert last_entry(other).subject_label == "乙"


# --- Gathering and chaining ------------------------------------------------------------------


def write(subject: Any, act: Act = Act.EDIT, **detail: Any) -> None:
    journal.write(act, subject, by=None, at=NOON, **detail)


def labels() -> list[str]:
    return list(JournalEntry.objects.in_order().values_list("subject_label", flat=True))


def test_nothing_is_written_outside_of_an_act() -> None:
    with pytest.raises(RuntimeError, match="inside an act"):
        write(make_unit())


def test_an_act_that_fails_leaves_no_entry() -> None:
    unit = make_unit()

    with pytest.raises(Refused), journal.together():
        write(unit)
        raise Refused("不行。")

    assert not JournalEntry.objects.exists()
    assert JournalHead.objects.get().number == 0


def test_an_inner_act_that_is_given_up_drops_its_entries_only() -> None:
    first, second, third = make_unit("甲"), make_unit("乙"), make_unit("丙")

    with journal.together():
        write(first)
        with pytest.raises(Refused), journal.together():
            write(second)
            raise Refused("不行。")
        write(third)

    assert labels() == ["甲", "丙"]
    assert verify().fault == ""


def test_an_act_after_a_failed_one_begins_anew() -> None:
    unit = make_unit("甲")

    @journal.act
    def twice(fails: bool) -> str:
        write(unit)
        if fails:
            raise Refused("不行。")
        return "done"

    with pytest.raises(Refused):
        twice(True)

    assert twice(False) == "done"
    assert labels() == ["甲"]


def test_acts_run_in_no_transaction_but_an_acts_own() -> None:
    with (
        transaction.atomic(),
        pytest.raises(RuntimeError, match="durable"),
        journal.together(),
    ):
        write(make_unit())


def test_an_entry_tells_what_was_so_when_it_was_written() -> None:
    unit, parts = make_unit("旧名"), ["甲"]

    with journal.together():
        write(unit, Act.DELETE, parts=parts)
        parts.append("乙")
        unit.name = "新名"
        number = unit.pk
        unit.delete()

    entry = JournalEntry.objects.get()
    assert (entry.subject_label, entry.subject_id) == ("旧名", number)
    assert entry.detail == {"parts": ["甲"]}


@pytest.mark.parametrize("value", [0.5, float("nan"), float("inf"), [{"a": 1e9}]])
def test_what_databases_give_back_differently_is_refused(value: object) -> None:
    with pytest.raises(ValueError, match="whole numbers"), journal.together():
        write(make_unit(), value=value)


def test_an_entry_tells_where_it_came_from_and_a_command_comes_from_nowhere() -> None:
    unit = make_unit()
    with journal.coming_from("203.0.113.7"), journal.together():
        write(unit)
    with journal.together():
        write(unit)

    assert list(JournalEntry.objects.in_order().values_list("address", flat=True)) == [
        *("203.0.113.7", "")
    ]


def test_a_refusal_is_an_entry_of_its_own() -> None:
    unit, editor = make_unit("市政协"), make_editor()

    journal.write_refusal("withdraw", unit, by=editor, at=NOON, reason="撤稿须写明理由。")

    entry = JournalEntry.objects.get()
    assert (entry.act, entry.result, entry.actor) == (Act.ATTEMPT, Result.REFUSED, editor)
    assert entry.detail == {"asked": "withdraw", "reason": "撤稿须写明理由。"}


@pytest.mark.parametrize("number", [1, 40])
def test_chaining_costs_three_queries_however_many_entries_an_act_has(
    django_assert_num_queries: Any, number: int
) -> None:
    unit = make_unit()

    # Besides the head's two and the insert, the transaction's own two.
    with django_assert_num_queries(5), journal.together():
        for _each in range(number):
            write(unit)

    assert (verify().fault, verify().number) == ("", number)


def test_an_act_without_entries_does_not_ask_for_the_head(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(2), journal.together():
        pass


# --- Several writers -------------------------------------------------------------------------


def at_once(*works: Callable[[], None]) -> list[BaseException]:
    """Run each in a thread with a connection of its own; return what went wrong."""
    failed: list[BaseException] = []

    def run(work: Callable[[], None]) -> None:
        try:
            work()
        except BaseException as error:
            failed.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    return failed


@pytest.mark.django_db(transaction=True)
def test_writers_at_once_make_one_chain_without_gaps() -> None:
    if connection.vendor == "sqlite":
        pytest.skip("SQLite has one writer at a time")
    unit = make_unit()
    begin = threading.Barrier(4)

    def work() -> None:
        begin.wait(timeout=10)
        for _act in range(5):
            with journal.together():
                write(unit)
                write(unit)

    assert at_once(*[work] * 4) == []
    assert (verify().fault, verify().number) == ("", 40)


@pytest.mark.django_db(transaction=True)
def test_a_writer_that_still_needs_a_row_does_not_hold_the_head() -> None:
    if connection.vendor == "sqlite":
        pytest.skip("SQLite has one writer at a time")
    unit = make_unit()
    written, locked = threading.Event(), threading.Event()

    def locking() -> None:
        Unit.objects.select_for_update().get(pk=unit.pk)

    def writes_then_locks() -> None:
        with journal.together():
            write(unit)
            written.set()
            assert locked.wait(timeout=10)
            locking()

    def locks_then_writes() -> None:
        assert written.wait(timeout=10)
        with journal.together():
            locking()
            locked.set()
            write(unit)

    assert at_once(writes_then_locks, locks_then_writes) == []
    assert (verify().fault, verify().number) == ("", 2)
