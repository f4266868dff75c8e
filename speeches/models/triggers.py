"""Database triggers: rows that may never change, on SQLite and PostgreSQL alike.

Whoever can write SQL as the owner of the schema can drop a trigger; the system check
`check_triggers` reports that. SQLite also drops the triggers of a table that a migration
remakes: such a migration ends with `InstallTriggers()`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.checks import CheckMessage, Error
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

FUNCTION = "zhaibian_refuse"


@dataclass(frozen=True)
class Trigger:
    """One refusal: `event` is UPDATE, DELETE or TRUNCATE; no columns means the whole row."""

    table: str
    event: str
    message: str
    columns: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """Name in the database, the same on both engines."""
        return f"{self.table}_no_{self.event.lower()}"

    def exists_on(self, vendor: str) -> bool:
        """Tell whether the engine knows this kind of trigger; SQLite has no TRUNCATE."""
        return self.event != "TRUNCATE" or vendor == "postgresql"

    def create_sql(self, vendor: str, present: Iterable[str]) -> str:
        """Return the statement that creates it; `present` are the table's columns today."""
        columns = [column for column in self.columns if column in set(present)]
        if vendor == "postgresql":
            changed = " OR ".join(f"OLD.{c} IS DISTINCT FROM NEW.{c}" for c in columns)
            when = f"WHEN ({changed}) " if changed else ""
            each = "STATEMENT" if self.event == "TRUNCATE" else "ROW"
            return (
                f"CREATE TRIGGER {self.name} BEFORE {self.event} ON {self.table} "
                f"FOR EACH {each} {when}EXECUTE FUNCTION {FUNCTION}('{self.message}')"
            )
        changed = " OR ".join(f"OLD.{c} IS NOT NEW.{c}" for c in columns)
        when = f"WHEN ({changed}) " if changed else ""
        return (
            f"CREATE TRIGGER {self.name} BEFORE {self.event} ON {self.table} "
            f"FOR EACH ROW {when}BEGIN SELECT RAISE(ABORT, '{self.message}'); END"
        )

    def drop_sql(self, vendor: str) -> str:
        """Return the statement that drops it if it is there."""
        on_table = f" ON {self.table}" if vendor == "postgresql" else ""
        return f"DROP TRIGGER IF EXISTS {self.name}{on_table}"


def append_only(table: str) -> tuple[Trigger, ...]:
    """Return the triggers that let a table only grow."""
    return tuple(
        Trigger(table, event, f"{table} is append only")
        for event in ("UPDATE", "DELETE", "TRUNCATE")
    )


def frozen(table: str, *columns: str) -> tuple[Trigger, ...]:
    """Return the triggers that freeze these columns and keep every row."""
    return (
        Trigger(table, "UPDATE", f"{table}: these columns are frozen", columns),
        Trigger(table, "DELETE", f"{table}: rows are never deleted"),
        Trigger(table, "TRUNCATE", f"{table}: rows are never deleted"),
    )


STANDING: tuple[Trigger, ...] = (
    *append_only("speeches_journalentry"),
    *append_only("speeches_reviewstep"),
    *append_only("speeches_sourcedocument"),
    *frozen(
        "speeches_reviewround",
        *("id", "meeting_id", "remark_id", "fingerprint", "stages", "opened_at"),
    ),
    *frozen(
        "speeches_meetingedition",
        *("id", "meeting_id", "number", "fingerprint", "round_id", "published_at"),
        *("kicker", "title", "subtitle", "name", "held_from", "held_to", "held_on_text"),
        *("place", "introduction", "bylines", "pictures"),
        *("newspaper", "issue_date", "page_number"),
    ),
    *frozen(
        "speeches_remarkedition",
        *("id", "remark_id", "meeting_id", "number", "fingerprint", "round_id", "published_at"),
        *("heading", "unit_as_printed", "post_as_printed", "speakers_as_printed"),
        *("paragraphs", "text"),
    ),
    *frozen("speeches_editionspeaker", "id", "edition_id", "position", "name_as_printed"),
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
            if trigger.table not in tables or not trigger.exists_on(vendor):
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
