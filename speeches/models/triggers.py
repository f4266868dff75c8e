"""Database triggers: rows that may never change, on SQLite and PostgreSQL alike.

Whoever can write SQL as the owner of the schema can drop a trigger; the system check
`check_triggers` reports that. SQLite also drops the triggers of a table that a migration
remakes: such a migration ends with `InstallTriggers()`.
"""

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Error
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

from speeches.models.guards import GUARDS
from speeches.models.trigger_kinds import FUNCTION, Trigger, append_only, forward_only, frozen

STANDING: tuple[Trigger, ...] = (
    *append_only("speeches_journalentry"),
    *forward_only("speeches_journalhead", "number"),
    *append_only("speeches_reviewscheme"),
    *append_only("speeches_wordingchange"),
    *append_only("speeches_textversion"),
    *append_only("speeches_versioneditor"),
    *frozen("speeches_reviewcomment", "id", "version_id", "part", "place", "words", "by_id", "at"),
    *append_only("speeches_reviewstep"),
    *append_only("speeches_delivery"),
    *frozen(
        "speeches_submission",
        *("id", "receipt", "call_id", "unit_id", "remark_id", "by_id", "submitted_at"),
    ),
    *frozen(
        "speeches_invitation",
        *("id", "contributor_id", "call_id", "sent_by_id", "sent_at", "expires_at"),
    ),
    *append_only("speeches_sourcedocument"),
    *frozen(
        "speeches_reviewround",
        *("id", "meeting_id", "remark_id", "version_id", "fingerprint", "stages", "opened_at"),
    ),
    *frozen(
        "speeches_publicationorder", "id", "round_id", "publish_at", "ordered_at", "ordered_by_id"
    ),
    *frozen(
        "speeches_meetingedition",
        *("id", "meeting_id", "number", "fingerprint", "round_id", "published_at"),
        *("responsibility", "corrections"),
        *("kicker", "title", "subtitle", "name", "held_from", "held_to", "held_on_text"),
        *("place", "introduction", "bylines", "pictures"),
        *("newspaper", "issue_date", "page_number"),
    ),
    *frozen(
        "speeches_remarkedition",
        *("id", "remark_id", "meeting_id", "number", "fingerprint", "round_id", "published_at"),
        *("responsibility", "corrections"),
        *("heading", "unit_as_printed", "post_as_printed", "speakers_as_printed"),
        *("paragraphs", "text"),
    ),
    *frozen("speeches_editionspeaker", "id", "edition_id", "position", "name_as_printed"),
    *GUARDS,
)


def install(connection: BaseDatabaseWrapper, triggers: Sequence[Trigger] = STANDING) -> None:
    """Create every trigger whose table exists, replacing one of the same name."""
    vendor = connection.vendor
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor))
        if vendor == "postgresql":
            cursor.execute(
                f"CREATE OR REPLACE FUNCTION {FUNCTION}() RETURNS trigger LANGUAGE plpgsql AS "
                "$$ BEGIN RAISE EXCEPTION '%', TG_ARGV[0] USING ERRCODE = "
                "'integrity_constraint_violation'; END $$"
            )
        for trigger in triggers:
            if not tables.issuperset(trigger.needs) or not trigger.exists_on(vendor):
                continue
            description = connection.introspection.get_table_description(cursor, trigger.table)
            cursor.execute(trigger.drop_sql(vendor))
            cursor.execute(trigger.create_sql(vendor, [column.name for column in description]))


def remove(connection: BaseDatabaseWrapper, triggers: Sequence[Trigger] = STANDING) -> None:
    """Drop every trigger whose table exists."""
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor))
        for trigger in triggers:
            if trigger.table in tables and trigger.exists_on(connection.vendor):
                cursor.execute(trigger.drop_sql(connection.vendor))


def standing_names(connection: BaseDatabaseWrapper) -> set[str]:
    """Return the names of the enabled triggers that the database has now."""
    if connection.vendor == "postgresql":
        # "R" fires on a replica only, "D" never.
        query = "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled IN ('O', 'A')"
    else:
        query = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    with connection.cursor() as cursor:
        cursor.execute(query)
        return {name for (name,) in cursor.fetchall()}


def check_triggers(
    app_configs: Any, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """Report every trigger that should stand and does not (system check speeches.E001)."""
    problems: list[CheckMessage] = []
    for alias in databases or ():
        connection = connections[alias]
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            continue
        there = standing_names(connection)
        missing = [t for t in STANDING if t.exists_on(connection.vendor) and t.name not in there]
        problems += [
            Error(
                f"Trigger {trigger.name} is missing in database {alias!r}: {trigger.message}.",
                hint="Find out who dropped it, then run speeches.models.triggers.install().",
                id="speeches.E001",
            )
            for trigger in missing
        ]
    return problems


class InstallTriggers(Operation):
    """Migration operation: (re)creates every standing trigger whose table exists."""

    reduces_to_sql = False
    reversible = True

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Change nothing in the models' state."""

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        """Install the triggers."""
        install(schema_editor.connection)

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        """Remove the triggers."""
        remove(schema_editor.connection)

    def describe(self) -> str:
        """Say what it does, for `migrate`'s output."""
        return "Installs the triggers that freeze approved text and the records"
