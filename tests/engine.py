"""The name of the database engine that the tests run on."""

from django.db import connection


def engine() -> str:
    """Return for example "SQLite 3.40.1" or "PostgreSQL 15.18", as the engine itself says it."""
    if connection.vendor == "postgresql":
        query = "SELECT split_part(current_setting('server_version'), ' ', 1)"
    else:
        query = "SELECT sqlite_version()"
    with connection.cursor() as cursor:
        cursor.execute(query)
        return f"{connection.display_name} {cursor.fetchone()[0]}"
