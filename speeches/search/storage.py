"""Storage: what a back end of the index can do, and the one for the database in use."""

import json
from abc import ABC, abstractmethod
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

NAME = "speeches_searchtokens"
# The table that `rebuilding` fills before it takes the other's place.
NEXT = "speeches_searchtokens_next"
# From one hit in so many texts on, reading an index of them all is quicker than looking each up:
# of editions, which are fat rows, and of their links to themes, which are slim ones.
MANY_OF, MANY_OF_LINKS = 64, 16
FIELDS = ("body", "heading", "unit", "people")
# Heading and body, what was said: no field of its own, but what a word can be looked for in.
TEXT = "text"
# What `Hits.flags` have for an edition that was found.
FOUND = b"1"


@dataclass(frozen=True)
class IndexedText:
    """What is indexed of an edition, in the form of `speeches.text.searchable`.

    Names of several speakers, and their post, stand in `people` on lines of their own.
    """

    edition: int
    body: str
    heading: str
    unit: str
    people: str


@dataclass(frozen=True)
class Word:
    """A folded phrase, never empty.

    It stands in heading, unit or people, in heading or body (TEXT), or anywhere ("").
    """

    phrase: str
    field: str = ""


@dataclass(frozen=True)
class Hits:
    """Editions that were found: how many, and their ids as one list of the engine's.

    A word may stand in every remark; ids that only go back to the database stay one string.
    `last` is the highest id in the index, which tells roughly how many texts there are.
    """

    count: int
    ids: str
    last: int

    @property
    def few(self) -> bool:
        """Whether editions are better looked up one by one than in an index of them all."""
        return self.count * MANY_OF < self.last

    @property
    def few_links(self) -> bool:
        """The same of their links to themes."""
        return self.count * MANY_OF_LINKS < self.last

    @property
    def listed(self) -> list[int]:
        """The ids, one by one."""
        # Either engine's list, in brackets of its own.
        listed: list[int] = json.loads(f"[{self.ids[1:-1]}]")
        return listed

    @cached_property
    def flags(self) -> bytes:
        """A digit for every id from 0 to `last`: 1 where it was found, 0 elsewhere."""
        flags = bytearray(b"0" * (self.last + 1))
        for pk in self.listed:
            flags[pk] = FOUND[0]
        return bytes(flags)

    @cached_property
    def bits(self) -> bytes:
        """The same as bits, from the lowest of the first byte on."""
        return int(self.flags[::-1], 2).to_bytes(self.last // 8 + 1, "little")


class Storage(ABC):
    """One index: a table of the database behind `connection`, named `name`."""

    def __init__(self, connection: BaseDatabaseWrapper, name: str = NAME) -> None:
        self.connection = connection
        self.name = name

    @property
    @abstractmethod
    def rows(self) -> str:
        """The SELECT of all ids of editions that are in the index, each once, as `id`."""

    @abstractmethod
    def create(self) -> None:
        """Make the table; adding to it may be slow to search until `finish()`."""

    @abstractmethod
    def finish(self) -> None:
        """Make ready for searching what was created and filled."""

    @abstractmethod
    def drop(self) -> None:
        """Remove the table, if it is there."""

    @abstractmethod
    def rename(self, name: str) -> None:
        """Call the table `name` from now on."""

    @abstractmethod
    def hold(self) -> None:
        """Keep every other transaction from writing until the present one ends."""

    @abstractmethod
    def add(self, texts: Sequence[IndexedText]) -> None:
        """Index texts that are not in the index."""

    @abstractmethod
    def remove(self, texts: Sequence[IndexedText], *, same_form: bool) -> None:
        """Take out texts that are in the index.

        `same_form`: they were folded as today. Otherwise a back end that needs the old tokens
        leaves them until the index is rebuilt; they lead to no public remark.
        """

    @abstractmethod
    def find(self, all_of: Sequence[Sequence[Word]], none_of: Sequence[Word]) -> Hits:
        """Return the editions in which one word of every group stands, and none of `none_of`.

        One statement, however many words. Without groups, all the others are found.
        """

    @abstractmethod
    def listed(self, hits: Hits, column: str, *, one_by_one: bool) -> tuple[str, list[Any]]:
        """Return the SQL, with its values, that an edition's id in this column is among the hits.

        It has each of the hits looked up, `one_by_one`, or a flag looked at for each row there is.
        """

    @abstractmethod
    def count(self, forms: Sequence[str], among: Hits) -> dict[int, int]:
        """Return how often folded forms stand in heading and body of each edition of `among`.

        They are looked for together, from the left, the longest first where several begin at one
        place (`tallying.pattern`). No text is read outside of the engine.
        """

    def there(self, editions: Collection[int]) -> set[int]:
        """Return which of these editions are in the index."""
        if not editions:
            return set()
        marks = ", ".join(["%s"] * len(editions))
        with self.connection.cursor() as cursor:
            cursor.execute(
                f"SELECT id FROM ({self.rows}) AS known WHERE id IN ({marks})", list(editions)
            )
            return {pk for (pk,) in cursor.fetchall()}

    def last(self) -> int:
        """Return the highest id in the index, 0 for an empty one."""
        with self.connection.cursor() as cursor:
            cursor.execute(f"SELECT max(id) FROM ({self.rows}) AS known")
            return cursor.fetchone()[0] or 0

    def exists(self) -> bool:
        """Tell whether the table is there."""
        with self.connection.cursor() as cursor:
            return self.name in self.connection.introspection.table_names(cursor)


def storage(name: str = NAME, *, using: str = "default") -> Storage:
    """Return the index called `name` in the database `using`."""
    # The back ends import this file.
    from speeches.search.postgresql import PostgresqlStorage
    from speeches.search.sqlite import SqliteStorage

    connection = connections[using]
    kinds = {"postgresql": PostgresqlStorage, "sqlite": SqliteStorage}
    return kinds[connection.vendor](connection, name)
