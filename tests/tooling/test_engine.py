"""The stages of `make test` run on the engine they are named for."""

import os
from collections.abc import Callable

import pytest
from django.db import connection

from tests.engine import engine
from tests.postgres import given_url


@pytest.mark.django_db
def test_database_url_decides_the_engine(
    record_property: Callable[[str, object], None],
) -> None:
    wanted = "PostgreSQL" if given_url(os.environ) else "SQLite"

    ran_on = engine()

    # Of this test: what belongs to the whole run is lost where several workers share it.
    record_property("ran on", ran_on)
    assert ran_on.split()[0] == wanted


@pytest.mark.django_db
def test_postgresql_takes_chinese_characters_for_letters() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("a trap of PostgreSQL's C locale")

    with connection.cursor() as cursor:
        cursor.execute("SELECT '座' ~ '[[:alpha:]]'")

        assert cursor.fetchone() == (True,)
