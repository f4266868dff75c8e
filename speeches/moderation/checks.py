"""System check: kept counts and editions agree."""

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Warning
from django.db import connections
from django.db.migrations.executor import MigrationExecutor

from speeches.moderation.counting import miscounted


def check_counts(
    app_configs: Any, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """Report cells of the kept counts that differ from the editions (speeches.W012)."""
    problems: list[CheckMessage] = []
    for alias in databases or ():
        executor = MigrationExecutor(connections[alias])
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            continue
        if wrong := miscounted(using=alias):
            found = f"{wrong} of the kept counts of database {alias!r} differ from the editions."
            problems.append(Warning(found, hint="Run recount.", id="speeches.W012"))
    return problems
