"""What every test has: the room to empty tables that triggers protect, and the engine's name."""

from collections.abc import Iterator

import pytest
from django.db import connections
from django.test import TransactionTestCase

from speeches.models import triggers


@pytest.fixture(autouse=True, scope="session")
def _lift_triggers_for_teardown() -> Iterator[None]:
    """Let tests that commit empty their tables afterwards: journal and editions refuse it else."""
    plain = TransactionTestCase._fixture_teardown  # type: ignore[attr-defined]

    def lifted(self: TransactionTestCase) -> None:
        aliases = list(self._databases_names(include_mirrors=False))  # type: ignore[attr-defined]
        for alias in aliases:
            triggers.remove(connections[alias])
        try:
            plain(self)
        finally:
            for alias in aliases:
                triggers.install(connections[alias])

    TransactionTestCase._fixture_teardown = lifted  # type: ignore[attr-defined]
    yield
    TransactionTestCase._fixture_teardown = plain  # type: ignore[attr-defined]
