"""Counting: which questions readers ask, without anything that tells who asks.

A count is worth less than a page: whatever stands in its way, it is not made. Why it is kept so:
docs/decisions/0019-counted-searches.md.
"""

import datetime as dt
import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import DatabaseError, connection, transaction

from speeches.models import SearchCount
from speeches.models.searches import LONGEST_QUESTION
from speeches.search.asking import Asked
from speeches.search.rephrasing import in_one_form
from speeches.text.searchable import GAP

# A day's questions beyond these many different ones are not counted: somebody is making them up.
MOST_A_DAY = 5_000
# Questions that were asked fewer times than that are forgotten after RARE_KEPT days, all others
# after KEPT.
RARE, RARE_KEPT, KEPT = 3, dt.timedelta(days=30), dt.timedelta(days=400)
# How long a count waits for whoever is writing to SQLite, in milliseconds.
PATIENCE = 50

# Telephone numbers, identity cards, bank cards and accounts have as many digits, or more.
_NUMBER_OF_SOMEBODY = re.compile(r"\d{7}")
_ADDRESS_OF_SOMEBODY = re.compile(r"[@＠]")

# One statement, so that two searches at once are two. `WHERE` keeps SQLite from taking
# `ON CONFLICT` for a join.
_COUNT = """
INSERT INTO speeches_searchcount (question, day, searches, results)
SELECT %s, %s, 1, %s
WHERE EXISTS (SELECT 1 FROM speeches_searchcount WHERE question = %s AND day = %s)
   OR (SELECT count(*) FROM speeches_searchcount WHERE day = %s) < %s
ON CONFLICT (question, day) DO UPDATE
SET searches = speeches_searchcount.searches + 1, results = excluded.results
"""


def countable(asked: Asked) -> str:
    """Return the one form of a question that is counted; "" for what is not.

    Not counted is what is long, and what may be somebody's number or address.
    """
    terms = [*(term for group in asked.groups for term in group), *asked.without]
    # People write such numbers in one, or in several parts.
    digits = "".join(term.phrase for term in terms if not term.years).replace(GAP, "")
    if _NUMBER_OF_SOMEBODY.search(digits):
        return ""
    if any(_ADDRESS_OF_SOMEBODY.search(term.said) for term in terms):
        return ""
    form = in_one_form(asked)
    return form if len(form) <= LONGEST_QUESTION else ""


def count(question: str, *, results: int, day: dt.date) -> None:
    """Count a search; a database that is busy or only for reading is left in peace."""
    values = (question, day, results, question, day, day, MOST_A_DAY)
    try:
        with _impatiently(), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(_COUNT, values)
    except DatabaseError as error:
        logging.getLogger(__name__).warning("A search was not counted: %s", error)


def forget(*, on: dt.date) -> int:
    """Delete the counts whose time has passed on this day; return how many rows."""
    rare = SearchCount.objects.rare(fewer_than=RARE).filter(day__lt=on - RARE_KEPT)
    old = SearchCount.objects.filter(day__lt=on - KEPT)
    return sum(rows.delete()[0] for rows in (rare, old))


@contextmanager
def _impatiently() -> Iterator[None]:
    """Wait no longer than PATIENCE for another writer of SQLite, which has but one at a time."""
    if connection.vendor != "sqlite":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout")
        usual = int(cursor.fetchone()[0])
        cursor.execute(f"PRAGMA busy_timeout = {PATIENCE}")
        try:
            yield
        finally:
            cursor.execute(f"PRAGMA busy_timeout = {usual}")
