"""System checks: index, counts of phrases and editions agree."""

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Warning
from django.db import connections
from django.db.migrations.executor import MigrationExecutor

from speeches.search import tallying
from speeches.search.indexing import form_of
from speeches.search.rebuilding import differences
from speeches.search.storage import storage
from speeches.text.searchable import form


def check_index(
    app_configs: Any, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """Report an index that is missing, differs from the editions, or was folded otherwise.

    System checks speeches.W010 and speeches.W011; comparing costs two queries over ids. With an
    index that is right, the counts of phrases are compared with it (W013).
    """
    problems: list[CheckMessage] = []
    for alias in databases or ():
        executor = MigrationExecutor(connections[alias])
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            continue
        index = storage(using=alias)
        if not index.exists():
            found = f"The search index of database {alias!r} is missing."
            problems.append(Warning(found, hint="Run rebuild_search.", id="speeches.W010"))
            continue
        differing = differences(index)
        if differing:
            found = (
                f"The search index of database {alias!r} lacks {len(differing.missing)} public "
                f"remarks and holds {len(differing.superfluous)} that are not public."
            )
            hint = "Run rebuild_search, or rebuild_search --repair."
            problems.append(Warning(found, hint=hint, id="speeches.W010"))
        if form_of() != form():
            found = f"The search index of database {alias!r} was made by other rules of folding."
            problems.append(Warning(found, hint="Run rebuild_search.", id="speeches.W011"))
        elif not differing:
            problems += _check_phrases(alias)
    return problems


def _check_phrases(alias: str) -> list[CheckMessage]:
    """Compare in which remarks each phrase is counted with the index: three queries a phrase."""
    differing = tallying.differing(using=alias)
    if not differing:
        return []
    names = ", ".join(repr(text) for text in differing)
    found = f"The counts of phrases in database {alias!r} are not those of the index: {names}."
    return [Warning(found, hint="Run rebuild_phrases.", id="speeches.W013")]
