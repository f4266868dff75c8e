"""What the database itself refuses to change, on both engines, and the check on its triggers."""

import datetime as dt
from typing import Any

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import IntegrityError, connection, models, transaction

from speeches.models import (
    EditionSpeaker,
    JournalEntry,
    MeetingEdition,
    PublicationOrder,
    RemarkEdition,
    ReviewComment,
    ReviewRound,
    ReviewScheme,
    ReviewStep,
    SourceDocument,
    TextVersion,
    VersionEditor,
    WordingChange,
    triggers,
)
from tests.factories import NOON, make_district, make_meeting, make_unit, make_user, publish
from tests.models.rows import ON_POSTGRESQL, make_source, published_page, refused

LATER = NOON + dt.timedelta(days=1)
APPEND_ONLY = (
    *(JournalEntry, ReviewScheme, ReviewStep, SourceDocument),
    *(TextVersion, VersionEditor, WordingChange),
)
CHANGEABLE: dict[type[models.Model], set[str]] = {
    PublicationOrder: {"done_at", "cancelled_at", "obstacle"},
    ReviewComment: {"settled_at", "settled_by_id"},
    ReviewRound: {"closed_at", "outcome", "due_at", "claimed_by_id", "claimed_at"},
    MeetingEdition: {"host_id", "date", "year", "superseded_at", "withdrawn_at"},
    RemarkEdition: {
        *("meeting_edition_id", "position", "district_id", "unit_id", "date", "year"),
        *("html", "excerpt", "superseded_at", "withdrawn_at"),
    },
    EditionSpeaker: {"person_id"},
}
PROTECTED: tuple[type[models.Model], ...] = (*APPEND_ONLY, *CHANGEABLE)
TABLES = [model._meta.db_table for model in PROTECTED]
EXPECTED = {t.name for t in triggers.STANDING if t.exists_on(connection.vendor)}


def columns_of(model: type[models.Model]) -> set[str]:
    return {field.attname for field in model._meta.concrete_fields}


def another_value(field: Any) -> Any:
    """Return a value that no row of these tests has in this field."""
    if isinstance(field, models.JSONField):
        return ["另一个"]
    if isinstance(field, models.DateTimeField):
        return NOON + dt.timedelta(days=400)
    if isinstance(field, models.DateField):
        return dt.date(1999, 1, 1)
    if isinstance(field, models.BinaryField):
        return b"other"
    if isinstance(field, (models.CharField, models.TextField)):
        return "另"
    return 9876


@pytest.fixture
def rows(db: None) -> None:
    """At least one row in every protected table."""
    published_page()
    make_source()
    written = make_meeting(title="改过的会议", remarks=[], by=make_user("author"))
    publish(written)
    round = ReviewRound.objects.get(meeting=written)
    assert round.version is not None
    person = make_user("somebody")
    ReviewComment.objects.create(
        version=round.version, part="title", words="请核", by=person, at=NOON
    )
    PublicationOrder.objects.create(
        round=round, publish_at=NOON, ordered_at=NOON, ordered_by=person, done_at=NOON
    )


@pytest.mark.usefixtures("rows")
def test_no_frozen_column_can_be_changed() -> None:
    for model in PROTECTED:
        for field in model._meta.concrete_fields:
            if field.attname in CHANGEABLE.get(model, set()):
                continue
            with refused(f"{model._meta.db_table}.*(frozen|append only)"):
                model._default_manager.update(**{field.name: another_value(field)})


@pytest.mark.usefixtures("rows")
def test_no_protected_row_can_be_deleted() -> None:
    for table in TABLES:
        with refused(f"{table}.*(never deleted|append only)"), connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {table}")  # noqa: S608


@pytest.mark.skipif(not ON_POSTGRESQL, reason="SQLite knows no TRUNCATE")
@pytest.mark.usefixtures("rows")
def test_no_protected_table_can_be_truncated() -> None:
    # Deferred checks that still wait would refuse it before the trigger does.
    connection.check_constraints()

    for table in TABLES:
        with refused("never deleted|append only"), connection.cursor() as cursor:
            cursor.execute(f"TRUNCATE {table} CASCADE")


@pytest.mark.skipif(ON_POSTGRESQL, reason="PostgreSQL knows no REPLACE")
@pytest.mark.usefixtures("rows")
def test_no_protected_row_can_be_replaced() -> None:
    for table in TABLES:
        # A new row that the guards refuse is refused before the old one is looked at.
        with refused(f"{table}: |{table} is"), connection.cursor() as cursor:
            cursor.execute(f"REPLACE INTO {table} SELECT * FROM {table}")  # noqa: S608


@pytest.mark.usefixtures("rows")
def test_links_and_times_of_an_edition_may_change() -> None:
    person = make_user("somebody")
    district, unit = make_district("230100", "哈尔滨市"), make_unit("市政协")
    other = publish(make_meeting(title="另一次会议", remarks=[])).editions.get()
    values: dict[type[models.Model], dict[str, Any]] = {
        PublicationOrder: {"done_at": LATER, "cancelled_at": None, "obstacle": "未公开"},
        ReviewComment: {"settled_at": NOON, "settled_by": person},
        ReviewRound: {
            **{"closed_at": LATER, "outcome": "approved", "due_at": NOON},
            **{"claimed_by": person, "claimed_at": NOON},
        },
        MeetingEdition: {"host": unit, "date": NOON.date(), "year": 2025},
        RemarkEdition: {
            **{"meeting_edition": other, "position": 9, "district": district, "unit": unit},
            **{"date": NOON.date(), "year": 2025, "html": "<p>新</p>", "excerpt": "新"},
        },
        EditionSpeaker: {"person": None},
    }
    for model in (MeetingEdition, RemarkEdition):
        values[model] |= {"superseded_at": NOON, "withdrawn_at": NOON}

    changed = {model: model._default_manager.update(**new) for model, new in values.items()}

    assert all(changed.values())
    names = {
        model: {model._meta.get_field(name).attname for name in new}  # type: ignore[union-attr]
        for model, new in values.items()
    }
    assert names == CHANGEABLE


def test_saving_an_edition_as_it_is_changes_nothing(db: None) -> None:
    published_page()
    edition = RemarkEdition.objects.order_by("id")[0]
    text = edition.text

    edition.save()

    assert RemarkEdition.objects.get(pk=edition.pk).text == text


def test_the_check_is_silent_while_every_trigger_stands(db: None) -> None:
    assert triggers.check_triggers(None, databases=["default"]) == []
    assert triggers.check_triggers(None, databases=None) == []


def test_the_check_reports_one_dropped_trigger(db: None) -> None:
    dropped = triggers.STANDING[0]
    triggers.remove(connection, [dropped])

    problems = triggers.check_triggers(None, databases=["default"])

    assert [problem.id for problem in problems] == ["speeches.E001"]
    assert dropped.name in problems[0].msg


def test_the_check_reports_every_dropped_trigger_and_install_brings_all_back(db: None) -> None:
    triggers.remove(connection)

    problems = triggers.check_triggers(None, databases=["default"])

    missing = [name for name in sorted(EXPECTED) if any(name in p.msg for p in problems)]
    assert missing == sorted(EXPECTED)
    triggers.install(connection)
    assert triggers.check_triggers(None, databases=["default"]) == []


def test_a_dropped_trigger_refuses_again_once_it_is_installed(db: None) -> None:
    published_page()
    triggers.remove(connection)
    triggers.install(connection)

    with pytest.raises(IntegrityError), transaction.atomic():
        JournalEntry.objects.update(subject_label="另")


@pytest.mark.skipif(not ON_POSTGRESQL, reason="SQLite cannot disable a trigger")
@pytest.mark.parametrize("how", ["DISABLE", "ENABLE REPLICA"])
def test_the_check_reports_a_trigger_that_is_there_but_does_not_fire(db: None, how: str) -> None:
    name = "speeches_journalentry_no_update"
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE speeches_journalentry {how} TRIGGER {name}")

    problems = triggers.check_triggers(None, databases=["default"])

    assert [name in problem.msg for problem in problems] == [True]


@pytest.mark.django_db(transaction=True)
def test_migrating_lifts_and_installs_the_triggers() -> None:
    call_command("migrate", "speeches", "0001", verbosity=0)
    try:
        lifted = triggers.standing_names(connection)
        while_unfinished = triggers.check_triggers(None, databases=["default"])
    finally:
        call_command("migrate", "speeches", verbosity=0)

    assert lifted == set()
    assert while_unfinished == []
    assert triggers.check_triggers(None, databases=["default"]) == []
    assert triggers.standing_names(connection) == EXPECTED


def test_every_frozen_column_exists() -> None:
    tables = {model._meta.db_table: columns_of(model) for model in apps.get_models()}

    unknown = [
        (trigger.table, column)
        for trigger in triggers.STANDING
        for column in trigger.columns
        if column not in tables[trigger.table]
    ]

    assert unknown == []
