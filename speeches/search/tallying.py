"""Tallying: how often followed phrases stand in what is public, kept beside the index.

What is counted is literal: the folded phrase in the folded heading and body. The forms of one
phrase are looked for together, from the left, the longest first, so that a place counts once.
"""

import json
import re
from collections.abc import Iterable, Sequence

from django.db import connection

from speeches.models import Phrase, PhraseCount, PhraseForm, RemarkEdition
from speeches.search.finding import listed
from speeches.search.storage import TEXT, Hits, Storage, Word, storage
from speeches.text.searchable import fold, fold_phrase

# So many texts are read; of a phrase that stands in more, the index counts the places.
MOST_READ = 500


def pattern(forms: Iterable[str]) -> re.Pattern[str]:
    """Return what finds the places of folded forms in a folded text, each place once."""
    longest_first = sorted(set(forms), key=lambda one: (-len(one), one))
    return re.compile("|".join(re.escape(one) for one in longest_first))


def occurrences(places: re.Pattern[str], heading: str, text: str) -> int:
    """Return in how many places of heading and text, as printed, the pattern stands."""
    parts = (fold_phrase(heading), fold(text))
    return sum(1 for part in parts for _place in places.finditer(part))


def hits_of_forms(forms: Sequence[str], *, index: Storage | None = None) -> Hits:
    """Return the editions in whose heading or body any of the folded forms stands."""
    return (index or storage()).find([[Word(one, TEXT) for one in forms]], [])


def add(editions: Iterable[RemarkEdition]) -> None:
    """Count every phrase in editions that have just become public: three statements."""
    hold(shared=True)
    patterns = {phrase: pattern(forms) for phrase, forms in forms_by_phrase().items()}
    counted = []
    for edition in editions if patterns else ():
        parts = (fold_phrase(edition.heading), fold(edition.text))
        for phrase, places in patterns.items():
            number = sum(1 for part in parts for _place in places.finditer(part))
            if number:
                counted.append(PhraseCount(phrase_id=phrase, edition=edition, occurrences=number))
    # A remark that is withdrawn and comes back has a new edition; a repeated call adds nothing.
    PhraseCount.objects.bulk_create(counted, ignore_conflicts=True)


def remove(editions: Iterable[RemarkEdition]) -> None:
    """Forget the counts of editions that are public no more."""
    hold(shared=True)
    PhraseCount.objects.filter(edition__in=list(editions)).delete()


def tally(phrase: Phrase) -> int:
    """Count one phrase in everything public; returns in how many remarks it stands.

    Nothing is published meanwhile.
    """
    hold(shared=False)
    PhraseCount.objects.filter(phrase=phrase).delete()
    forms = list(PhraseForm.objects.filter(phrase=phrase).values_list("folded", flat=True))
    found = hits_of_forms(forms)
    editions = RemarkEdition.objects.current().filter(listed(found))
    if found.count > MOST_READ:
        counted = storage().count(forms, found)
        # What the index still has of older rules is public no more.
        counts = {pk: counted[pk] for pk in editions.values_list("pk", flat=True)}
    else:
        places = pattern(forms)
        counts = {
            pk: occurrences(places, heading, text)
            for pk, heading, text in editions.values_list("pk", "heading", "text")
        }
    _keep(phrase, counts)
    return len(counts)


def forms_by_phrase() -> dict[int, list[str]]:
    """Return the folded forms of every followed phrase, by its id."""
    found: dict[int, list[str]] = {}
    for phrase, folded in PhraseForm.objects.order_by("phrase", "position").values_list(
        "phrase_id", "folded"
    ):
        found.setdefault(phrase, []).append(folded)
    return found


def differing(*, using: str) -> list[str]:
    """Return the phrases that are counted in other remarks than the index finds them in.

    A phrase that today's rules fold otherwise than it was is one of them.
    """
    found = []
    for phrase in Phrase.objects.using(using).in_order().with_forms():
        forms = [one.folded for one in phrase.forms.all()]
        hits = hits_of_forms(forms, index=storage(using=using))
        counts = PhraseCount.objects.using(using).filter(phrase=phrase)
        elsewhere = counts.exclude(listed(hits, "edition_id"))
        folded = all(fold_phrase(one.text) == one.folded for one in phrase.forms.all())
        if not folded or counts.count() != hits.count or elsewhere.exists():
            found.append(phrase.text)
    return found


def _keep(phrase: Phrase, counts: dict[int, int]) -> None:
    """Write the counts, by edition, in one statement: a hundred thousand in a second."""
    table = PhraseCount._meta.db_table
    pairs = {"sqlite": "json_each(%s)", "postgresql": "json_each_text(%s::json)"}
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} (phrase_id, edition_id, occurrences) "
            "SELECT CAST(%s AS bigint), CAST(key AS bigint), CAST(value AS integer) "
            f"FROM {pairs[connection.vendor]}",
            [phrase.pk, json.dumps(counts)],
        )


def hold(*, shared: bool) -> None:
    """Keep the counting of one phrase and the publishing of texts from passing each other.

    Publications do not wait for one another. SQLite has one writer at a time anyway.
    """
    if connection.vendor == "postgresql":
        lock = "pg_advisory_xact_lock_shared" if shared else "pg_advisory_xact_lock"
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {lock}(hashtext('phrases'))")
