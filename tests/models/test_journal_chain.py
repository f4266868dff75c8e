"""The journal's table: gapless numbers, fingerprints, a head that only moves forward."""

import datetime as dt
import hashlib
import json
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from speeches.models import Act, JournalEntry, JournalHead, Unit
from speeches.models.chain import BEGINNING, as_json, canonical, fingerprint
from speeches.moderation import journal
from speeches.moderation.verifying import verify
from tests.factories import NOON, make_unit
from tests.models.rows import ON_POSTGRESQL, refused

BEFORE, CHAINED = "0005_source_readings", "0006_journal_chain"


def some_entries(number: int = 3) -> None:
    unit = make_unit("市政协")
    for _each in range(number):
        with journal.together():
            journal.write(Act.EDIT, unit, by=None, at=NOON, changed=["name"])


def test_the_canonical_form_is_what_the_documentation_says() -> None:
    entry = {
        "number": 2,
        "at": dt.datetime(2026, 3, 16, 9, 30, tzinfo=dt.timezone(dt.timedelta(hours=8))),
        "actor_id": None,
        "address": "203.0.113.7",
        "act": "withdraw",
        "result": "done",
        "subject_kind": "remark",
        "subject_id": 7,
        "subject_label": "把好事办实",
        "detail": {"reason": "单位“要求”。"},
        "previous": BEGINNING,
    }

    written = (
        '{"act":"withdraw","actor_id":null,"address":"203.0.113.7",'
        '"at":"2026-03-16T01:30:00.000000Z","detail":{"reason":"单位“要求”。"},"number":2,'
        f'"previous":"{BEGINNING}","result":"done","subject_id":7,"subject_kind":"remark",'
        '"subject_label":"把好事办实"}'
    )
    assert as_json(canonical(entry)) == written
    assert fingerprint(entry) == hashlib.sha256(written.encode("utf-8")).hexdigest()


def test_what_is_hashed_is_what_the_database_gives_back(db: None) -> None:
    unit = make_unit("市政协")
    detail: dict[str, Any] = {"z": [1, {"b": None, "a": True}], "字": "“𠮷”\n", "大": 2**60, "": ""}
    at = dt.datetime(2026, 1, 1, 0, 0, 0, 123456, tzinfo=dt.UTC)
    with journal.together():
        journal.write(Act.EDIT, unit, by=None, at=at, **detail)

    entry = JournalEntry.objects.get()

    assert json.dumps(entry.detail, sort_keys=True) == json.dumps(detail, sort_keys=True)
    assert fingerprint(entry.chained()) == entry.hash


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE speeches_journalhead SET number = number - 1",
        "UPDATE speeches_journalhead SET hash = 'x'",
        "UPDATE speeches_journalhead SET number = number + 1, id = 2",
        "DELETE FROM speeches_journalhead",
        "INSERT INTO speeches_journalhead (id, number, hash) VALUES (2, 9, 'x')",
        pytest.param(
            "TRUNCATE speeches_journalhead",
            marks=pytest.mark.skipif(not ON_POSTGRESQL, reason="SQLite knows no TRUNCATE"),
        ),
    ],
)
def test_the_head_stays_and_only_moves_forward(db: None, change: str) -> None:
    some_entries()
    words = "only moves forward|never deleted|journal_head_only_one"

    with refused(words), connection.cursor() as cursor:
        cursor.execute(change)

    head = JournalHead.objects.get()
    assert (head.number, head.hash) == (3, JournalEntry.objects.get(number=3).hash)


@pytest.mark.django_db(transaction=True)
def test_entries_of_released_databases_are_numbered_and_chained_in_their_order() -> None:
    call_command("migrate", "speeches", BEFORE, verbosity=0)
    try:
        state = MigrationExecutor(connection).loader.project_state(("speeches", BEFORE))
        entries = state.apps.get_model("speeches", "JournalEntry").objects
        for label in ("甲", "乙", "丙"):
            entries.create(
                **{"at": NOON, "act": "edit", "subject_kind": "unit", "subject_id": 1},
                **{"subject_label": label, "detail": {"changed": ["name"]}},
            )
        with connection.cursor() as cursor:
            # Sequences leave gaps behind.
            cursor.execute("SELECT MAX(id) FROM speeches_journalentry")
            last = cursor.fetchone()[0]
        entries.create(
            **{"id": last + 700, "at": NOON - dt.timedelta(days=9), "act": "delete"},
            **{"subject_kind": "unit", "subject_id": 1, "subject_label": "丁", "detail": {}},
        )
    finally:
        call_command("migrate", "speeches", verbosity=0)

    told = list(JournalEntry.objects.in_order().values_list("number", "subject_label", "result"))
    assert told == [(1, "甲", "done"), (2, "乙", "done"), (3, "丙", "done"), (4, "丁", "done")]
    verdict = verify()
    assert (verdict.fault, verdict.number) == ("", 4)
    with refused("append only"):
        JournalEntry.objects.update(number=9)
    with journal.together():
        journal.write(Act.CREATE, Unit(pk=1, name="戊"), by=None, at=NOON)
    assert (verify().fault, verify().number) == ("", 5)
