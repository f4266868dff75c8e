"""Indexing: the index follows what is public, in the very transaction that changes it."""

from collections.abc import Iterable
from typing import Protocol

from speeches.models import RemarkEdition, SearchIndex
from speeches.search import tallying
from speeches.search.storage import FIELDS, NAME, IndexedText, Storage, storage
from speeches.text.searchable import fold, fold_phrase, form

# What of an edition is indexed; triggers freeze all of it.
INDEXED = (
    "heading",
    "unit_as_printed",
    "post_as_printed",
    "speakers_as_printed",
    "text",
)


class Printed(Protocol):
    """What of an edition is indexed, whether it was loaded whole or not."""

    heading: str
    unit_as_printed: str
    post_as_printed: str
    speakers_as_printed: str
    text: str


def add(editions: Iterable[RemarkEdition]) -> None:
    """Index editions that have just become public; those that are in the index stay."""
    editions = list(editions)
    add_to(storage(), editions)
    tallying.add(editions)


def remove(editions: Iterable[RemarkEdition]) -> None:
    """Take out editions that are public no more; those that are not in the index are passed by."""
    editions = list(editions)
    remove_from(storage(), editions)
    tallying.remove(editions)


def add_to(index: Storage, editions: Iterable[RemarkEdition]) -> None:
    """Add to the index what it has not yet, in two statements."""
    editions = list(editions)
    there = index.there([edition.pk for edition in editions])
    index.add([indexed_text(edition) for edition in editions if edition.pk not in there])


def remove_from(index: Storage, editions: Iterable[RemarkEdition]) -> None:
    """Remove from the index what it has, in three statements."""
    editions = list(editions)
    there = index.there([edition.pk for edition in editions])
    if there:
        index.remove(
            [indexed_text(edition) for edition in editions if edition.pk in there],
            same_form=form_of(index.name) == form(),
        )


def form_of(name: str = NAME) -> str:
    """Return the form in which the texts of an index were folded; "" if that is not known."""
    return SearchIndex.objects.filter(name=name).values_list("form", flat=True).first() or ""


def indexed_text(edition: RemarkEdition) -> IndexedText:
    """Return what is indexed of an edition."""
    return IndexedText(edition.pk, **{field: indexed(edition, field) for field in FIELDS})


def indexed(edition: Printed, field: str) -> str:
    """Return one of FIELDS as it is indexed; no phrase runs from one name into the next."""
    if field == "body":
        return fold(edition.text)
    if field == "heading":
        return fold_phrase(edition.heading)
    if field == "unit":
        return fold_phrase(edition.unit_as_printed)
    names = (*edition.speakers_as_printed.split("、"), edition.post_as_printed)
    return "\n".join(map(fold_phrase, names))
