"""Phrase asking: what a reader typed or an address names, as phrases to be looked for."""

from collections.abc import Collection, Sequence
from dataclasses import replace

from speeches.models import PhraseForm
from speeches.models.phrases import LONGEST_PHRASE
from speeches.public.phrase_counts import MOST_READ, Sought
from speeches.text.searchable import fold_phrase

# Phrases of one question.
MOST_PHRASES = 5


def sought(values: Sequence[str]) -> list[Sought]:
    """Return the phrases that were typed, each once; what has no letter is left out: two queries.

    Typed in the form under which it is followed, a phrase counts with its variants.
    """
    typed: dict[str, str] = {}
    for value in values:
        label = " ".join(value.split())[:LONGEST_PHRASE]
        if folded := fold_phrase(label):
            typed.setdefault(folded, label)
    chosen = dict(list(typed.items())[:MOST_PHRASES])
    followed = {form.folded: form.phrase_id for form in _own_forms(chosen)}
    known = {one.phrase.pk: one for one in _followed(followed.values()) if one.phrase}
    found = [
        known[followed[folded]] if folded in followed else Sought(label, (label,), (folded,))
        for folded, label in chosen.items()
    ]
    return [replace(one, most_read=MOST_READ // len(found)) for one in found]


def followed_phrase(pk: int) -> Sought | None:
    """Return a followed phrase, None where there is none: one query."""
    return next(iter(_followed([pk])), None)


def _own_forms(folded: dict[str, str]) -> list[PhraseForm]:
    return list(PhraseForm.objects.filter(folded__in=list(folded), position=0)) if folded else []


def _followed(ids: Collection[int]) -> list[Sought]:
    wanted = list(ids)
    forms = PhraseForm.objects.filter(phrase__in=wanted).select_related("phrase")
    by_phrase: dict[int, list[PhraseForm]] = {}
    for form in forms.order_by("phrase", "position") if wanted else ():
        by_phrase.setdefault(form.phrase_id, []).append(form)
    return [
        Sought(
            label=rows[0].phrase.text,
            forms=tuple(row.text for row in rows),
            folded=tuple(row.folded for row in rows),
            phrase=rows[0].phrase,
        )
        for rows in by_phrase.values()
    ]
