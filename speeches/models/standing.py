"""Standing statements: parsed and planned by PostgreSQL once a connection, not once a page.

Planning a join of four tables takes PostgreSQL longer than answering it (0.4 ms and 0.1 ms for a
page of a list). Behind a pool that hands out another connection with each transaction there is no
connection to prepare anything on; Django's setting DISABLE_SERVER_SIDE_CURSORS says so.
"""

from collections.abc import Callable, Sequence
from itertools import count
from typing import Any
from weakref import WeakKeyDictionary

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.utils import CursorWrapper

_numbers = count(1)


def can_stand(connection: BaseDatabaseWrapper) -> bool:
    """Say whether statements can be prepared on this connection for its whole life."""
    return (
        connection.vendor == "postgresql"
        and not connection.settings_dict["DISABLE_SERVER_SIDE_CURSORS"]
    )


class Standing:
    """A statement of which `parameters(place)` gives the values, or places where values will go.

    `place` makes of a value's number, from 0, what stands in the SQL for it.
    """

    def __init__(self, sql: str, parameters: Callable[[Callable[[int], Any]], list[Any]]) -> None:
        self._sql, self._parameters = sql, parameters
        self._name = f"zhaibian_{next(_numbers)}"
        # Connections of psycopg2, each of which has been told.
        self._told: WeakKeyDictionary[Any, bool] = WeakKeyDictionary()

    def execute(
        self, connection: BaseDatabaseWrapper, cursor: CursorWrapper, values: Sequence[int | str]
    ) -> None:
        """Run the statement with these values; its rows are the cursor's."""
        session = connection.connection
        if session not in self._told:
            self._tell(connection, session)
            self._told[session] = True
        places = ", ".join(["%s"] * len(values))
        cursor.execute(f"EXECUTE {self._name}" + (f"({places})" if places else ""), values)

    def _tell(self, connection: BaseDatabaseWrapper, session: Any) -> None:
        from psycopg2.extensions import AsIs

        parameters = self._parameters(lambda number: AsIs(f"${number + 1}"))
        with connection.wrap_database_errors, session.cursor() as cursor:
            body = cursor.mogrify(self._sql, parameters).decode()
            cursor.execute(f"PREPARE {self._name} AS {body}")
