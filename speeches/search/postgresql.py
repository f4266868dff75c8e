"""The index on PostgreSQL: a slim table with the folded text, its tokens, and a GIN index.

The tokens are a `tsvector` without places, which would be limited to 16,383 and to 256 of one
token. A word of one or two characters is one token, so that the GIN index alone answers exactly.
A longer one is found by all of its tokens and then looked for in the folded text. Tokens of
heading, unit and people stand there twice, once with a sign of their own, for questions to one
field.

A `tsvector` holds a megabyte of tokens. A text with more, which no newspaper prints, has the one
token OVERLONG: every question finds it, and all words are looked for in its text.
"""

from collections.abc import Sequence
from typing import Any

from django.db import transaction

from speeches.search.storage import FIELDS, TEXT, Hits, IndexedText, Storage, Word
from speeches.text.pairs import pairs, phrase_pairs

# No sign is ever part of a folded text.
_SIGNS = {"": "", TEXT: "", "heading": "/", "unit": "@", "people": "+"}
_LOOKED_THROUGH = {"": FIELDS, TEXT: ("heading", "body")}
OVERLONG = "…"
# Bytes; each token takes two more where its length is odd, and some for the head.
_MOST_BYTES = 900_000


class PostgresqlStorage(Storage):
    """The index in a table of its own; both long columns are kept apart from the rows."""

    @property
    def rows(self) -> str:
        """See `Storage`."""
        return f"SELECT id FROM {self.name}"

    def create(self) -> None:
        """See `Storage`."""
        columns = ", ".join(f'{field} text COLLATE "C" NOT NULL' for field in FIELDS)
        with self.connection.cursor() as cursor:
            cursor.execute(
                f"CREATE TABLE {self.name} (id bigint CONSTRAINT {self.name}_id PRIMARY KEY, "
                f"{columns}, overlong boolean NOT NULL, tokens tsvector NOT NULL) "
                # Rows without their long columns, so that listing what a common word finds
                # reads few pages.
                "WITH (toast_tuple_target = 128)"
            )
            cursor.execute(
                "SELECT 'lz4' = ANY(enumvals) FROM pg_settings "
                "WHERE name = 'default_toast_compression'"
            )
            # Unpacks twice as fast as what PostgreSQL takes otherwise.
            if cursor.fetchone() == (True,):
                cursor.execute(
                    f"ALTER TABLE {self.name} ALTER body SET COMPRESSION lz4, "
                    "ALTER tokens SET COMPRESSION lz4"
                )

    def finish(self) -> None:
        """See `Storage`."""
        with self.connection.cursor() as cursor:
            cursor.execute(f"CREATE INDEX {self.name}_gin ON {self.name} USING gin (tokens)")
            cursor.execute(f"ANALYZE {self.name}")

    def drop(self) -> None:
        """See `Storage`."""
        with self.connection.cursor() as cursor:
            cursor.execute(f"DROP TABLE IF EXISTS {self.name}")

    def rename(self, name: str) -> None:
        """See `Storage`."""
        with self.connection.cursor() as cursor:
            cursor.execute(f"ALTER TABLE {self.name} RENAME TO {name}")
            for ending in ("id", "gin"):
                cursor.execute(f"ALTER INDEX {self.name}_{ending} RENAME TO {name}_{ending}")
        self.name = name

    def hold(self) -> None:
        """See `Storage`."""
        with self.connection.cursor() as cursor:
            cursor.execute(f"LOCK TABLE {self.name} IN ACCESS EXCLUSIVE MODE")

    def add(self, texts: Sequence[IndexedText]) -> None:
        """See `Storage`."""
        if not texts:
            return
        marks = ", ".join(["(%s, %s, %s, %s, %s, %s, %s::tsvector)"] * len(texts))
        columns = ", ".join(FIELDS)
        with self.connection.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO {self.name} (id, {columns}, overlong, tokens) VALUES {marks}",
                [value for text in texts for value in _row(text)],
            )

    def remove(self, texts: Sequence[IndexedText], *, same_form: bool) -> None:
        """See `Storage`."""
        with self.connection.cursor() as cursor:
            cursor.execute(
                f"DELETE FROM {self.name} WHERE id = ANY(%s)", [[text.edition for text in texts]]
            )

    def find(self, all_of: Sequence[Sequence[Word]], none_of: Sequence[Word]) -> Hits:
        """See `Storage`."""
        condition, params = self._standing(all_of)
        if none_of:
            without, more = self._standing([none_of])
            condition = f"{condition} AND id NOT IN ({self.rows} WHERE {without})"
            params = [*params, *more]
        with transaction.atomic(self.connection.alias), self.connection.cursor() as cursor:
            # The planner takes rows for cheap to look at and would unpack the tokens of all.
            cursor.execute(
                "SET LOCAL enable_seqscan = off; "
                "SELECT count(*), coalesce(array_agg(id), '{}')::text, "
                f"coalesce((SELECT max(id) FROM {self.name}), 0) "
                f"FROM {self.name} WHERE {condition}",
                params,
            )
            found = Hits(*cursor.fetchone())
            cursor.execute("SET LOCAL enable_seqscan TO DEFAULT")
        return found

    def listed(self, hits: Hits, column: str, *, one_by_one: bool) -> tuple[str, list[Any]]:
        """See `Storage`; looking behind the last flag would be an error.

        The planner takes every second row for a hit, and does not sort what an index has in order.
        """
        if one_by_one:
            return f"{column} IN (SELECT unnest(%s::bigint[]))", [hits.ids]
        bits = hits.bits
        flag = f"CASE WHEN {column} < %s THEN get_bit(%s, {column})::boolean ELSE false END"
        return flag, [8 * len(bits), bits]

    def count(self, forms: Sequence[str], among: Hits) -> dict[int, int]:
        """See `Storage`; the folded texts are counted where they are."""
        wanted = sorted(set(forms))
        if len(wanted) == 1:
            number = "(length({0}) - length(replace({0}, %s, ''))) / length(%s)"
            params = wanted * 4
        else:
            # Of several beginnings the first is taken, of several endings the last: POSIX.
            number = "length(regexp_replace({0}, %s, '\\&/', 'g')) - length({0})"
            params = ["|".join(wanted)] * 2
        counted = " + ".join(number.format(field) for field in _LOOKED_THROUGH[TEXT])
        condition, hits = self.listed(among, "id", one_by_one=among.few)
        with self.connection.cursor() as cursor:
            cursor.execute(
                f"SELECT id, {counted} FROM {self.name} WHERE {condition}", [*params, *hits]
            )
            return {pk: number for pk, number in cursor.fetchall() if number}

    def _standing(self, groups: Sequence[Sequence[Word]]) -> tuple[str, list[str]]:
        """Return the condition, with its values, that a word of every group stands in a row."""
        if not groups:
            return "TRUE", []
        tokens = " & ".join(f"({' | '.join(map(_tokens_of, group))})" for group in groups)
        sure = [group for group in groups if all(_is_sure(word) for word in group)]
        unsure = [group for group in groups if group not in sure]
        parts, params = ["tokens @@ %s::tsquery"], [f"({tokens}) | '{OVERLONG}'"]
        for group in unsure:
            literal, values = _literally(group)
            parts.append(literal)
            params += values
        for group in sure:
            literal, values = _literally(group)
            parts.append(f"(NOT overlong OR {literal})")
            params += values
        return " AND ".join(parts), params


def _row(text: IndexedText) -> list[int | str | bool]:
    values = [getattr(text, field) for field in FIELDS]
    tokens = set(pairs("\n".join(values)))
    for field in FIELDS[1:]:
        tokens |= {_SIGNS[field] + pair for pair in pairs(getattr(text, field))}
    overlong = sum(len(token.encode()) + 2 for token in tokens) > _MOST_BYTES
    return [text.edition, *values, overlong, OVERLONG if overlong else " ".join(tokens)]


def _tokens_of(word: Word) -> str:
    """Return the word in PostgreSQL's language; a folded phrase holds none of its signs."""
    sign = _SIGNS[word.field]
    if len(word.phrase) == 1:
        return f"'{sign}{word.phrase}':*"
    return " & ".join(f"'{sign}{pair}'" for pair in dict.fromkeys(phrase_pairs(word.phrase)))


def _is_sure(word: Word) -> bool:
    """Tell whether the tokens alone answer; the body has none that tell it from the rest."""
    return len(word.phrase) <= 2 and word.field != TEXT


def _literally(group: Sequence[Word]) -> tuple[str, list[str]]:
    parts, params = [], []
    for word in group:
        for field in _LOOKED_THROUGH.get(word.field, (word.field,)):
            parts.append(f"strpos({field}, %s) > 0")
            params.append(word.phrase)
    return f"({' OR '.join(parts)})", params
