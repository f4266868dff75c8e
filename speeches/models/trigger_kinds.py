"""Kinds of trigger: rows that may never change, and rows that may not come into being."""

from collections.abc import Iterable
from dataclasses import dataclass

FUNCTION = "zhaibian_refuse"


@dataclass(frozen=True)
class Trigger:
    """One refusal: `event` is UPDATE, DELETE or TRUNCATE; no columns means the whole row.

    `unless` names a condition on OLD and NEW under which an UPDATE is let through.
    """

    table: str
    event: str
    message: str
    columns: tuple[str, ...] = ()
    unless: str = ""

    @property
    def needs(self) -> tuple[str, ...]:
        """The tables that have to be there."""
        return (self.table,)

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
            when = self._when(changed)
            each = "STATEMENT" if self.event == "TRUNCATE" else "ROW"
            return (
                f"CREATE TRIGGER {self.name} BEFORE {self.event} ON {self.table} "
                f"FOR EACH {each} {when}EXECUTE FUNCTION {FUNCTION}('{self.message}')"
            )
        changed = " OR ".join(f"OLD.{c} IS NOT NEW.{c}" for c in columns)
        when = self._when(changed)
        return (
            f"CREATE TRIGGER {self.name} BEFORE {self.event} ON {self.table} "
            f"FOR EACH ROW {when}BEGIN SELECT RAISE(ABORT, '{self.message}'); END"
        )

    def _when(self, changed: str) -> str:
        condition = changed or (f"NOT ({self.unless})" if self.unless else "")
        return f"WHEN ({condition}) " if condition else ""

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


def forward_only(table: str, column: str) -> tuple[Trigger, ...]:
    """Return the triggers that keep a table's row and let it change with a growing column only."""
    onward = f"NEW.{column} > OLD.{column} AND NEW.id = OLD.id"
    return (
        Trigger(table, "UPDATE", f"{table} only moves forward", unless=onward),
        Trigger(table, "DELETE", f"{table}: rows are never deleted"),
        Trigger(table, "TRUNCATE", f"{table}: rows are never deleted"),
    )


@dataclass(frozen=True)
class Guard(Trigger):
    """One refusal of a row, by the name of its rule: where a condition on OLD and NEW holds.

    The conditions ask other tables (`asked`), which PostgreSQL allows inside a function only.
    """

    rule: str = ""
    sqlite: str = ""
    postgresql: str = ""
    asked: tuple[str, ...] = ()

    @property
    def needs(self) -> tuple[str, ...]:
        """The tables that have to be there."""
        return (self.table, *self.asked)

    @property
    def name(self) -> str:
        """Name in the database, the same on both engines."""
        return f"{self.table}_{self.rule}"

    def create_sql(self, vendor: str, present: Iterable[str]) -> str:
        """Return the statement or statements that create it."""
        if vendor == "postgresql":
            return (
                f"CREATE OR REPLACE FUNCTION {self.name}() RETURNS trigger LANGUAGE plpgsql AS "
                f"$$ BEGIN IF {self.postgresql} THEN RAISE EXCEPTION '%', '{self.message}' "
                "USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END $$; "
                f"CREATE TRIGGER {self.name} BEFORE {self.event} ON {self.table} "
                f"FOR EACH ROW EXECUTE FUNCTION {self.name}()"
            )
        return (
            f"CREATE TRIGGER {self.name} BEFORE {self.event} ON {self.table} FOR EACH ROW "
            f"WHEN {self.sqlite} BEGIN SELECT RAISE(ABORT, '{self.message}'); END"
        )
