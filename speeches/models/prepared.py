"""Prepared queries: SQL that Django makes once a process, run with other values each time.

Of the time that a page of a list took, four fifths went into making the same SQL anew and into
filling model instances field by field; the database answered in the rest. Figures and what was
tried beside it: docs/decisions/0021-prepared-queries.md.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import islice, repeat
from typing import Any, Generic, TypeVar

from django.db import connections, router
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Expression, Model, QuerySet
from django.db.models.base import ModelState
from django.db.models.sql import Query

from speeches.models.standing import Standing, can_stand

M = TypeVar("M", bound=Model)
Value = int | str

# How many values a list of them may have, so that a few statements serve lists of any length.
LENGTHS = (1, 8, 20, 50, 100)


class Slot(Expression):
    """The place in a prepared query of one of its values."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self.number = number

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, list[Slot]]:  # type: ignore[override]
        """Return a placeholder, and the slot itself where its value will stand."""
        return "%s", [self]


class Prepared(Generic[M]):
    """A query over instances of a model, with places for values.

    `make` gets a `Slot` for each value and returns the query. The instances are those that the
    query itself would give: its loaded fields, related rows of `select_related()`, annotations;
    other fields are deferred. It can prefetch nothing, and its models are filled without
    `__init__()`, so that nobody who listens to `pre_init` or `post_init` hears of them.
    """

    def __init__(self, model: type[M], make: Callable[..., QuerySet[M]]) -> None:
        self._model, self._make = model, make
        # By kind of database and number of values.
        self._statements: dict[tuple[str, int], _Statement] = {}

    def __call__(self, *values: Value) -> list[M]:
        """Return the instances for these values; one query."""
        connection = connections[router.db_for_read(self._model)]
        key = connection.vendor, len(values)
        if key not in self._statements:
            query = self._make(*map(Slot, range(len(values)))).query
            self._statements[key] = _Statement(query, connection)
        return self._statements[key].run(connection, values)

    def among(self, values: Iterable[Value]) -> list[M]:
        """Return the instances for any of these values, of which the query asks by `in`.

        One query for up to 100 values, one more for each 100 further, none without a value. What
        comes from different queries is not in one order.
        """
        found: list[M] = []
        rest = iter(values)
        while some := list(islice(rest, LENGTHS[-1])):
            length = next(length for length in LENGTHS if length >= len(some))
            found += self(*some, *repeat(some[0], length - len(some)))
        return found


class _Statement:
    """The SQL of a query for one kind of database, and how its columns become instances."""

    def __init__(self, query: Query, connection: BaseDatabaseWrapper) -> None:
        compiler = query.get_compiler(connection=connection)
        self._query = query
        self._sql, self._given = compiler.as_sql()
        self._standing = Standing(self._sql, self._parameters)
        columns = [column for column, _sql, _alias in compiler.select]
        self._converters = compiler.get_converters(columns)
        self._filling = _filling(compiler.klass_info, columns)
        self._annotations = tuple(compiler.annotation_col_map.items())

    def run(self, connection: BaseDatabaseWrapper, values: Sequence[Value]) -> list[Any]:
        """Return the instances for these values."""
        with connection.cursor() as cursor:
            if can_stand(connection):
                self._standing.execute(connection, cursor, values)
            else:
                cursor.execute(self._sql, self._parameters(values.__getitem__))
            rows: Iterable[Sequence[Any]] = cursor.fetchall()
        if self._converters:
            compiler = self._query.get_compiler(connection=connection)
            rows = compiler.apply_converters(rows, self._converters)
        return [self._instance(row, connection.alias) for row in rows]

    def _parameters(self, place: Callable[[int], Any]) -> list[Any]:
        return [place(one.number) if isinstance(one, Slot) else one for one in self._given]

    def _instance(self, row: Sequence[Any], alias: str) -> Any:
        instance = self._filling.instance(row, alias)
        for name, place in self._annotations:
            instance.__dict__[name] = row[place]
        return instance


@dataclass(frozen=True, kw_only=True, slots=True)
class _Filling:
    """Which columns of a row are which fields of a model, and whose related rows stand in it."""

    model: type[Model]
    names: tuple[str, ...]
    columns: slice
    key: int
    related: tuple[tuple[Callable[..., None], Callable[..., None], _Filling], ...]

    def instance(self, row: Sequence[Any], alias: str) -> Any:
        """Return what stands in the row; None where an outer join found nothing."""
        if row[self.key] is None:
            return None
        instance = self.model.__new__(self.model)
        state = ModelState()
        state.adding, state.db = False, alias
        instance.__dict__.update(zip(self.names, row[self.columns], strict=True), _state=state)
        for keep_here, keep_there, filling in self.related:
            other = filling.instance(row, alias)
            keep_here(instance, other)
            if other is not None:
                keep_there(other, instance)
        return instance


def _filling(described: dict[str, Any], columns: list[Any]) -> _Filling:
    """Return how a model and its related ones are filled, from the compiler's `klass_info`."""
    places = described["select_fields"]
    names = tuple(columns[place].target.attname for place in places)
    model = described["model"]
    return _Filling(
        model=model,
        names=names,
        # Django selects the fields of one model one behind the other.
        columns=slice(places[0], places[-1] + 1),
        key=places[names.index(model._meta.pk.attname)],
        related=tuple(
            (other["local_setter"], other["remote_setter"], _filling(other, columns))
            for other in described.get("related_klass_infos", ())
        ),
    )
