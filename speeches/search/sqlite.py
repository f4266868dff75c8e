"""The index on SQLite: an FTS5 table that keeps tokens and no text.

FTS5 finds a phrase by the places of its tokens, without any limit on their number, so that the
answer is exact as it comes. The tokenizer `ascii` takes every other character for part of a token
and leaves it as it is; `unicode61` would fold, and part tokens at characters that it does not
know. The body is the first column, since the places in any further column cost two bytes each.
"""

import sys
from collections.abc import Sequence
from typing import Any

from speeches.search.storage import FIELDS, FOUND, TEXT, Hits, IndexedText, Storage, Word
from speeches.text.pairs import pairs, phrase_pairs

_COLUMNS = ", ".join(FIELDS)
# More characters than a text has.
_LONGEST = 1 << 32


class SqliteStorage(Storage):
    """The index in an FTS5 table; its list of rows is the table `…_docsize` that FTS5 keeps."""

    @property
    def rows(self) -> str:
        """See `Storage`; FTS5 does not list the rows of a table that keeps no text."""
        return f"SELECT id FROM {self.name}_docsize"

    def create(self) -> None:
        """See `Storage`."""
        self._run(
            f"CREATE VIRTUAL TABLE {self.name} USING fts5({_COLUMNS}, content='', tokenize='ascii')"
        )

    def finish(self) -> None:
        """See `Storage`; FTS5 merges its parts while it is filled."""

    def drop(self) -> None:
        """See `Storage`."""
        self._run(f"DROP TABLE IF EXISTS {self.name}")

    def rename(self, name: str) -> None:
        """See `Storage`."""
        self._run(f"ALTER TABLE {self.name} RENAME TO {name}")
        self.name = name

    def hold(self) -> None:
        """See `Storage`; every transaction takes the lock for writing when it begins."""

    def add(self, texts: Sequence[IndexedText]) -> None:
        """See `Storage`."""
        with self.connection.cursor() as cursor:
            cursor.executemany(
                f"INSERT INTO {self.name} (rowid, {_COLUMNS}) VALUES (%s, %s, %s, %s, %s)",
                [_row(text) for text in texts],
            )

    def remove(self, texts: Sequence[IndexedText], *, same_form: bool) -> None:
        """See `Storage`; FTS5 has to be told the very tokens that it was given."""
        if not same_form:
            return
        with self.connection.cursor() as cursor:
            cursor.executemany(
                f"INSERT INTO {self.name} ({self.name}, rowid, {_COLUMNS}) "
                "VALUES ('delete', %s, %s, %s, %s, %s)",
                [_row(text) for text in texts],
            )

    def find(self, all_of: Sequence[Sequence[Word]], none_of: Sequence[Word]) -> Hits:
        """See `Storage`."""
        wanted = " AND ".join(_any_of(group) for group in all_of)
        unwanted = _any_of(none_of) if none_of else ""
        if wanted:
            found = f"SELECT rowid AS id FROM {self.name} WHERE {self.name} MATCH %s"
            params = [f"({wanted}) NOT {unwanted}" if unwanted else wanted]
        elif unwanted:
            found = (
                f"{self.rows} WHERE id NOT IN "
                f"(SELECT rowid FROM {self.name} WHERE {self.name} MATCH %s)"
            )
            params = [unwanted]
        else:
            found, params = self.rows, []
        with self.connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*), json_group_array(id), "
                f"coalesce((SELECT max(id) FROM ({self.rows})), 0) FROM ({found})",
                params,
            )
            return Hits(*cursor.fetchone())

    def listed(self, hits: Hits, column: str, *, one_by_one: bool) -> tuple[str, list[Any]]:
        """See `Storage`; behind the last flag there is nothing, and no error."""
        if one_by_one:
            return f"{column} IN (SELECT value FROM json_each(%s))", [hits.ids]
        return f"substr(%s, {column} + 1, 1) = x'{FOUND.hex()}'", [hits.flags]

    def count(self, forms: Sequence[str], among: Hits) -> dict[int, int]:
        """See `Storage`; FTS5 lists every place of a token, which is the place of a character."""
        table = f"{self.name}_places"
        self._run(f"DROP TABLE IF EXISTS temp.{table}")
        self._run(
            f"CREATE VIRTUAL TABLE temp.{table} USING fts5vocab('main', '{self.name}', 'instance')"
        )
        found = [
            (start, -len(form)) for form in set(forms) for start in self._starts(table, form, among)
        ]
        self._run(f"DROP TABLE temp.{table}")
        counts: dict[int, int] = {}
        end = 0
        for start, length in sorted(found):
            if start >= end:
                edition = start // (2 * _LONGEST)
                counts[edition] = counts.get(edition, 0) + 1
                end = start - length
        return counts

    def _starts(self, table: str, form: str, among: Hits) -> set[int]:
        """Return the places where a form begins: edition, body or heading, and character in one."""
        if len(form) == 1:
            tokens = [("term >= %s AND term <= %s", [form, form + chr(sys.maxunicode)])]
        else:
            tokens = [("term = %s", [pair]) for pair in phrase_pairs(form)]
        hit, hits = self.listed(among, "doc", one_by_one=among.few)
        starts: set[int] | None = None
        for number, (condition, params) in enumerate(tokens):
            if starts == set():
                break
            with self.connection.cursor() as cursor:
                cursor.execute(
                    f"SELECT (doc * 2 + (col = 'heading')) * {_LONGEST} + offset - {number} "
                    f"FROM temp.{table} WHERE {condition} AND col IN ('body', 'heading') "
                    f"AND {hit}",
                    [*params, *hits],
                )
                places = {place for (place,) in cursor.fetchall()}
            starts = places if starts is None else starts & places
        return starts or set()

    def _run(self, statement: str) -> None:
        with self.connection.cursor() as cursor:
            cursor.execute(statement)


def _row(text: IndexedText) -> tuple[int | str, ...]:
    return (text.edition, *(" ".join(pairs(getattr(text, field))) for field in FIELDS))


def _any_of(words: Sequence[Word]) -> str:
    return "(" + " OR ".join(_match(word) for word in words) + ")"


def _match(word: Word) -> str:
    """Return the word in FTS5's language; a folded phrase holds none of its signs."""
    if len(word.phrase) == 1:
        tokens = f'"{word.phrase}" *'
    else:
        tokens = f'"{" ".join(phrase_pairs(word.phrase))}"'
    field = "{heading body}" if word.field == TEXT else word.field
    return f"{field} : {tokens}" if field else tokens
