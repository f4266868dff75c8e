"""System check: the front caches hear of changes."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Warning
from django.db import connections
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from speeches.models import Purge

# The worker sends within a second, and what fails again after 10, 20, 40, 80 and 160 seconds.
WAITS_AT_MOST = dt.timedelta(minutes=5)


def check_outbox(
    app_configs: Any, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """Report purges that no cache has taken for minutes: readers may see what was changed.

    System check speeches.W014.
    """
    problems: list[CheckMessage] = []
    for alias in databases or ():
        executor = MigrationExecutor(connections[alias])
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            continue
        late = Purge.objects.using(alias).untold()
        late = late.filter(queued_at__lte=timezone.now() - WAITS_AT_MOST)
        number = late.count()
        if not number:
            continue
        error = late.exclude(error="").order_by("-due_at").values_list("error", flat=True).first()
        caches = ", ".join(late.order_by("cache").values_list("cache", flat=True).distinct())
        problems.append(
            Warning(
                f"{caches} may still show what was changed or withdrawn: {number} purges have "
                f"waited for more than {WAITS_AT_MOST.seconds // 60} minutes"
                + (f", the last error being {error!r}." if error else ", and were never tried."),
                hint="See that db_worker runs and that the cache can be reached, then run "
                "empty_outbox; or empty the cache.",
                id="speeches.W014",
            )
        )
    return problems
