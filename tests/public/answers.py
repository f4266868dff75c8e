"""What readers get at addresses; a page that can only be as it was is not rendered again."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import connection
from django.test import Client

# How a statement begins that changes nothing; only queries are prepared (`models/prepared.py`).
READS = ("SELECT", "WITH", "EXECUTE")
# SQL with its parameters.
Query = tuple[str, Any]


@dataclass(frozen=True)
class Read:
    """What a page has read: its queries, and the rows that each of them gave."""

    queries: tuple[Query, ...]
    rows: tuple[Any, ...]

    def stands(self) -> bool:
        """Tell whether the database would answer every one of the queries with the same rows."""
        return all(map(_gives, self.queries, self.rows))


@dataclass(frozen=True)
class Answer:
    """What a reader gets; `read` is None for a page that does more than read."""

    status: int
    body: bytes
    tag: str
    read: Read | None = field(default=None, compare=False, repr=False)


def answers(
    paths: Iterable[str], *, before: Mapping[str, Answer] | None = None
) -> dict[str, Answer]:
    """Ask for every address as a reader without any copy.

    What a page shows comes from the answers of the database and from nothing else that changes
    here, and so does each of its queries from the answers to those before it. Where all of them
    stand, so does the answer in `before`, and the page is not rendered.
    """
    known, client = before or {}, Client()
    found = {}
    for path in paths:
        was = known.get(path)
        found[path] = was if was and was.read and was.read.stands() else _ask(client, path)
    return found


def _ask(client: Client, path: str) -> Answer:
    queries: list[Query] = []

    def listen(execute: Callable[..., Any], sql: str, params: Any, *rest: Any) -> Any:
        # The statement that is prepared is kept by the connection, and executed next.
        if not sql.startswith("PREPARE"):
            queries.append((sql, params))
        return execute(sql, params, *rest)

    with connection.execute_wrapper(listen):
        response = client.get(path)
        body = b"".join(response) if response.streaming else response.content
    only_reads = all(sql.lstrip().startswith(READS) for sql, _params in queries)
    read = Read(tuple(queries), tuple(map(_rows, queries))) if only_reads else None
    return Answer(response.status_code, body, response.headers.get("ETag", ""), read)


def _gives(query: Query, rows: Any) -> bool:
    return bool(_rows(query) == rows)


def _rows(query: Query) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(*query)
        return cursor.fetchall()
