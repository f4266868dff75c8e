"""The engines under the pages: where each keeps the archives, and the time that it takes itself."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import urlsplit

import psycopg2

from benchmarks.serving import children, parent_of, seconds_of


class Engine:
    """SQLite: a file for each archive; its work is done inside the workers."""

    title = "SQLite"

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def make(self, sizes: Sequence[int]) -> None:
        """Make the databases; a file makes itself."""

    def database(self, size: int) -> str:
        """Return the DATABASE_URL of the archive of so many remarks."""
        return f"sqlite:///{self.folder}/archive-{size}.sqlite3"

    def seconds(self) -> float:
        """Return the processor time that processes of the engine have taken so far."""
        return 0.0


class PostgreSQL(Engine):
    """A database for each archive in the cluster that `url` names."""

    title = "PostgreSQL"

    def __init__(self, url: str, running: ExitStack) -> None:
        self.url = url
        self.connection = psycopg2.connect(url)
        running.callback(self.connection.close)
        self.connection.autocommit = True
        self.server = parent_of(int(self._value("SELECT pg_backend_pid()")))

    def make(self, sizes: Sequence[int]) -> None:
        """Make the databases; they stay when the cluster does."""
        with self.connection.cursor() as cursor:
            for size in sizes:
                cursor.execute(f"CREATE DATABASE archive_{size} TEMPLATE template0")

    def database(self, size: int) -> str:
        """Return the DATABASE_URL of the archive of so many remarks."""
        return urlsplit(self.url)._replace(path=f"/archive_{size}").geturl()

    def seconds(self) -> float:
        """Return the processor time that the processes of the server have taken so far."""
        return sum(map(seconds_of, children(self.server)))

    def _value(self, statement: str) -> str:
        with self.connection.cursor() as cursor:
            cursor.execute(statement)
            return str(cursor.fetchone()[0])


def engines_at(url: str, folder: Path, running: ExitStack) -> list[Engine]:
    """Return SQLite, and PostgreSQL where `url` names one; open until `running` ends."""
    engines: list[Engine] = [Engine(folder)]
    if url.split(":")[0] in {"postgres", "postgresql"}:
        engines.append(PostgreSQL(url, running))
    return engines
