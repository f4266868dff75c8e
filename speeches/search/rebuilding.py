"""Rebuilding: a whole new index beside the old one, and mending the one in use.

The new index is filled slice by slice while the old one answers and follows what is published.
Then, in one transaction, it takes in what has changed meanwhile and takes the other's place. What
was interrupted goes on where it stopped, as long as the rules of folding are the same.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.db import connections, transaction

from speeches.models import RemarkEdition, SearchIndex
from speeches.models.editions import RemarkEditionQuerySet
from speeches.search.indexing import INDEXED, add_to, form_of, remove_from
from speeches.search.storage import NAME, NEXT, Storage, storage
from speeches.text.searchable import form

# Editions of one transaction.
SLICE = 500


@dataclass(frozen=True)
class Differences:
    """Editions that are public and not in the index, and those in it that are not public."""

    missing: list[int]
    superfluous: list[int]

    def __bool__(self) -> bool:
        return bool(self.missing or self.superfluous)


def rebuild(progress: Callable[[int, int], None] | None = None) -> int:
    """Make the index anew and return how many editions it holds.

    `progress` is told after every slice how many are done and how many there are.
    """
    new = storage(NEXT)
    if not new.exists() or form_of(NEXT) != form():
        _begin(new)
    total = RemarkEdition.objects.current().count()
    done = total - _after(new.last()).count()
    while editions := list(_after(new.last()).only(*INDEXED).order_by("pk")[:SLICE]):
        with transaction.atomic():
            add_to(new, editions)
        done += len(editions)
        if progress:
            progress(done, total)
    with transaction.atomic():
        new.finish()
        old = storage()
        if old.exists():
            old.hold()
            old.drop()
        _mend(new, differences(new))
        new.rename(NAME)
        SearchIndex.objects.filter(name=NEXT).delete()
        SearchIndex.objects.update_or_create(name=NAME, defaults={"form": form()})
    return RemarkEdition.objects.current().count()


def repair() -> Differences:
    """Bring the index in line with the editions and return what differed.

    Its texts must have been folded as today; `rebuild` is for all else.
    """
    with transaction.atomic():
        index = storage()
        index.hold()
        found = differences(index)
        _mend(index, found)
    return found


def differences(index: Storage) -> Differences:
    """Compare the index with the current editions by their ids: two queries."""
    current, params = RemarkEdition.objects.current().values("pk").query.sql_with_params()
    with connections[index.connection.alias].cursor() as cursor:
        cursor.execute(f"{current} EXCEPT {index.rows}", params)
        missing = [pk for (pk,) in cursor.fetchall()]
        cursor.execute(f"{index.rows} EXCEPT {current}", params)
        return Differences(missing, [pk for (pk,) in cursor.fetchall()])


def _begin(new: Storage) -> None:
    with transaction.atomic():
        new.drop()
        new.create()
        SearchIndex.objects.update_or_create(name=new.name, defaults={"form": form()})


def _after(pk: int) -> RemarkEditionQuerySet:
    return RemarkEdition.objects.current().filter(pk__gt=pk)


def _mend(index: Storage, found: Differences) -> None:
    editions = RemarkEdition.objects.only(*INDEXED)
    for start in range(0, len(found.superfluous), SLICE):
        remove_from(index, editions.filter(pk__in=found.superfluous[start : start + SLICE]))
    for start in range(0, len(found.missing), SLICE):
        add_to(index, editions.filter(pk__in=found.missing[start : start + SLICE]))
