"""Verifying: the first entry that was altered, removed or inserted is named."""

import datetime as dt
from typing import Any

import pytest
from django.db import connection

from speeches.models import Act, JournalEntry, JournalHead, triggers
from speeches.models.chain import BEGINNING, COLUMNS, fingerprint
from speeches.moderation import journal
from speeches.moderation.verifying import Noted, Verdict, verify
from tests.factories import NOON, make_editor, make_unit

pytestmark = pytest.mark.django_db

ENTRIES, HEAD = "speeches_journalentry", "speeches_journalhead"
OTHER: dict[str, Any] = {
    "number": 70,
    "at": NOON + dt.timedelta(seconds=1),
    "actor_id": None,
    "address": "198.51.100.1",
    "act": "create",
    "result": "refused",
    "subject_kind": "person",
    "subject_id": 999,
    "subject_label": "另一个",
    "detail": {"changed": ["name", "kind"]},
    "previous": "f" * 64,
    "hash": "f" * 64,
}


@pytest.fixture(autouse=True)
def _unprotected() -> None:
    """Four entries, and whoever owns the schema has dropped the triggers."""
    unit, editor = make_unit("市政协"), make_editor()
    with journal.coming_from("203.0.113.7"):
        for place in range(4):
            with journal.together():
                journal.write(Act.EDIT, unit, by=editor, at=NOON, changed=["name"], place=place)
    # Checks that still wait would keep the triggers from being dropped.
    connection.check_constraints()
    mine = [one for one in triggers.STANDING if one.table in (ENTRIES, HEAD)]
    triggers.remove(connection, mine)


def alter(number: int, /, **values: Any) -> None:
    assert JournalEntry.objects.filter(number=number).update(**values) == 1


def rehash(number: int) -> str:
    entry = JournalEntry.objects.get(number=number)
    alter(number, hash=fingerprint(entry.chained()))
    return fingerprint(entry.chained())


def rewrite_from(number: int) -> None:
    """Chain everything anew from `number` on, the head included, as a clever forger does."""
    previous = JournalEntry.objects.get(number=number - 1).hash if number > 1 else BEGINNING
    for each in JournalEntry.objects.in_order().filter(number__gte=number):
        alter(each.number, previous=previous)
        previous = rehash(each.number)
    JournalHead.objects.update(hash=previous)


def noted(number: int) -> Noted:
    return Noted(number, JournalEntry.objects.get(number=number).hash)


def test_an_untouched_journal_is_in_order() -> None:
    last = JournalEntry.objects.get(number=4)

    assert verify() == Verdict(4, last.hash)
    assert verify(noted=noted(2)) == Verdict(4, last.hash)


def test_an_empty_journal_is_in_order() -> None:
    JournalEntry.objects.all().delete()
    JournalHead.objects.update(number=0, hash=BEGINNING)

    assert verify() == Verdict(0, BEGINNING)


@pytest.mark.parametrize("number", [1, 2, 4])
@pytest.mark.parametrize("column", [*COLUMNS, "hash"])
def test_an_entry_with_one_altered_column_is_named(number: int, column: str) -> None:
    alter(number, **{column: OTHER[column]})

    verdict = verify()

    what = "删去" if column == "number" else "改动过"
    assert verdict.number == number - 1
    assert f"第 {number} 条被{what}" in verdict.fault


def test_every_column_is_covered_but_the_key_without_meaning() -> None:
    columns = {field.attname for field in JournalEntry._meta.concrete_fields}

    assert columns == {*COLUMNS, "hash", "id"}
    assert set(OTHER) == {*COLUMNS, "hash"}


def test_an_altered_entry_whose_fingerprint_was_made_anew_is_named() -> None:
    alter(2, subject_label="另一个")
    rehash(2)

    assert "第 2 条被改动过，指纹也重算过" in verify().fault


def test_the_last_entry_altered_with_its_fingerprint_does_not_fit_the_head() -> None:
    alter(4, subject_label="另一个")
    rehash(4)

    assert "第 4 条与末条记录不符" in verify().fault


def test_an_altered_first_entry_whose_fingerprint_was_made_anew_is_named() -> None:
    alter(1, previous="f" * 64)
    rehash(1)

    assert "第 1 条被改动过" in verify().fault


@pytest.mark.parametrize("number", [1, 2, 4])
def test_a_removed_entry_is_named(number: int) -> None:
    JournalEntry.objects.filter(number=number).delete()

    assert verify().fault == f"第 {number} 条被删去了。"


def test_several_entries_removed_at_the_end_are_missed() -> None:
    JournalEntry.objects.filter(number__gte=2).delete()

    assert verify().fault == "第 2 条被删去了。"


def test_a_removed_entry_whose_followers_moved_up_is_noticed() -> None:
    JournalEntry.objects.filter(number=2).delete()
    alter(3, number=2)
    alter(4, number=3)

    assert "第 2 条被改动过" in verify().fault


def test_an_inserted_entry_is_named() -> None:
    last = JournalEntry.objects.get(number=4)
    entry = JournalEntry.objects.get(number=4)
    entry.pk, entry.number, entry.previous = None, 5, last.hash
    entry.hash = fingerprint(entry.chained())
    entry.save(force_insert=True)

    assert verify().fault == "第 5 条是插入的。"


def test_an_entry_inserted_in_the_middle_is_noticed() -> None:
    for number in (4, 3):
        alter(number, number=number + 1)
    entry = JournalEntry.objects.get(number=2)
    entry.pk, entry.number = None, 3
    entry.save(force_insert=True)

    assert "第 3 条被改动过" in verify().fault


@pytest.mark.parametrize(
    ("values", "fault"),
    [
        ({"number": 3}, "第 4 条是插入的"),
        ({"number": 6}, "第 5 条被删去了"),
        ({"hash": "f" * 64}, "第 4 条与末条记录不符"),
    ],
)
def test_a_head_that_was_altered_is_noticed(values: dict[str, Any], fault: str) -> None:
    JournalHead.objects.update(**values)

    assert fault in verify().fault


def test_a_head_that_is_gone_is_noticed() -> None:
    JournalHead.objects.all().delete()

    assert "末条记录不见了" in verify().fault


def test_a_journal_chained_anew_as_a_whole_differs_from_what_was_noted() -> None:
    before, early = noted(3), noted(1)
    alter(2, subject_label="另一个")
    rewrite_from(2)

    assert verify().fault == ""
    assert "第 3 条的指纹与所记的不同" in verify(noted=before).fault
    assert verify(noted=early).fault == ""


def test_a_journal_cut_short_with_its_head_is_shorter_than_what_was_noted() -> None:
    before = noted(4)
    JournalEntry.objects.filter(number=4).delete()
    third = JournalEntry.objects.get(number=3)
    JournalHead.objects.update(number=3, hash=third.hash)

    assert verify().fault == ""
    assert verify(noted=before).fault == "第 4 条被删去了。"


def test_what_is_written_while_the_pass_runs_is_no_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("speeches.moderation.verifying.ENTRIES_AT_ONCE", 4)
    unit = make_unit("另一个单位")

    def meanwhile(number: int) -> None:
        if number == 4:
            with journal.together():
                journal.write(Act.EDIT, unit, by=None, at=NOON)

    verdict = verify(progress=meanwhile)

    assert (verdict.fault, verdict.number) == ("", 5)


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL keeps such values out")
def test_a_value_that_is_none_of_its_kind_is_named() -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {ENTRIES} SET at = '2026-13-45 00:00:00' WHERE number = 3")  # noqa: S608

    assert verify().fault == "第 3 条被改动过。"
