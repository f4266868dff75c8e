"""What every test has: the room to empty tables that triggers protect, and the engine's name."""

from collections.abc import Iterator

import pytest
from django.db import connections
from django.test import TransactionTestCase
from django.utils import timezone

from speeches.models import JournalHead, ReviewScheme, SearchIndex, triggers
from speeches.models.schemes import THREE_REVIEWS
from speeches.public.names import names_under
from speeches.search.storage import storage
from speeches.text.searchable import form
from tests.factories import adopt_one_review


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
            for alias in aliases:
                # The index is no model's table. Rows that the migrations made.
                index = storage(using=alias)
                index.drop()
                index.create()
                index.finish()
                SearchIndex.objects.using(alias).create(name=index.name, form=form())
                JournalHead.objects.using(alias).get_or_create(pk=1)
                ReviewScheme.objects.using(alias).create(
                    stages=THREE_REVIEWS, adopted_at=timezone.now()
                )
        finally:
            for alias in aliases:
                triggers.install(connections[alias])

    TransactionTestCase._fixture_teardown = lifted  # type: ignore[attr-defined]
    yield
    TransactionTestCase._fixture_teardown = plain  # type: ignore[attr-defined]


@pytest.fixture(autouse=True)
def _no_names() -> None:
    """Forget the public names: each test has a database, with stamps, of its own."""
    names_under.cache_clear()


@pytest.fixture(autouse=True)
def _one_review(request: pytest.FixtureRequest) -> None:
    """Review in one stage, as small newsrooms do, so that one approval publishes.

    Tests of the three reviews are marked `three_reviews`.
    """
    stored = request.node.get_closest_marker("django_db") or "db" in request.fixturenames
    if stored and not request.node.get_closest_marker("three_reviews"):
        request.getfixturevalue("_django_db_helper")
        adopt_one_review()
