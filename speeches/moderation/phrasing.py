"""Phrasing: the newsroom keeps its list of followed phrases (提法), each with its counts."""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Max
from django.utils.translation import gettext as _

from speeches.models import Act, Phrase, PhraseCount, PhraseForm, User
from speeches.models.phrases import LONGEST_PHRASE
from speeches.moderation import journal
from speeches.moderation.locking import one_after_another
from speeches.moderation.refusals import Refused, require
from speeches.moderation.watching import watch
from speeches.search.tallying import tally
from speeches.text.searchable import fold_phrase

# A feed's address names every form, and a question holds 200 characters (search/asking.py).
MOST_VARIANTS = 5


@journal.act
def keep_phrase(
    phrase: Phrase, *, variants: Iterable[str], by: User | None, at: dt.datetime
) -> Phrase:
    """Save a new or changed phrase with exactly these variants, and count it in what is public.

    Counting reads every public remark in which it stands. Refused are forms without a letter,
    too long or too many, and forms that another phrase has already.
    """
    new = phrase.pk is None
    require(by, "speeches.add_phrase" if new else "speeches.change_phrase")
    texts = [phrase.text.strip(), *(text.strip() for text in variants)]
    texts = [texts[0], *(text for text in texts[1:] if text)]
    forms = _forms(texts)
    one_after_another("phrases-kept")
    _refuse_taken(phrase, forms)
    watch(phrase)
    was = Phrase.objects.filter(pk=phrase.pk).values("text", "note", "position").first()
    phrase.text = texts[0]
    if new and not phrase.position:
        last = Phrase.objects.aggregate(last=Max("position"))["last"] or 0
        phrase.position = last + 1
    phrase.save()
    there = list(phrase.forms.order_by("position").values_list("text", "folded"))
    if there != list(forms.items()):
        _write_forms(phrase, forms)
        if {folded for _text, folded in there} != set(forms.values()):
            tally(phrase)
    kept = {"text": phrase.text, "note": phrase.note, "position": phrase.position}
    if was != kept or there != list(forms.items()):
        act = Act.CREATE if new else Act.EDIT
        journal.write(act, phrase, by=by, at=at, forms=list(forms), note=phrase.note)
    return phrase


@journal.act
def drop_phrase(phrase: Phrase, *, by: User | None, at: dt.datetime) -> None:
    """Follow a phrase no longer: its page goes, with its counts."""
    require(by, "speeches.delete_phrase")
    watch(phrase)
    journal.write(Act.DELETE, phrase, by=by, at=at)
    phrase.delete()


@journal.act
def add_phrases(rows: Sequence[dict[str, Any]], *, at: dt.datetime) -> int:
    """Add the phrases of which no form is followed yet; returns how many.

    Each row: text, variants (a list of other forms).
    """
    added = 0
    for row in rows:
        folded = [fold_phrase(form) for form in (row["text"], *row["variants"])]
        if not PhraseForm.objects.filter(folded__in=folded).exists():
            keep_phrase(Phrase(text=row["text"]), variants=row["variants"], by=None, at=at)
            added += 1
    return added


@journal.act
def count_anew(*, at: dt.datetime) -> int:
    """Fold and count every phrase again, for the operator; returns how many there are.

    For a newer edition of the folding rules, and for counts that the system check reports.
    Refused where two phrases have become one.
    """
    phrases = list(Phrase.objects.in_order().with_forms())
    owners: dict[str, Phrase] = {}
    for phrase in phrases:
        for folded in {fold_phrase(form.text) for form in phrase.forms.all()}:
            other = owners.setdefault(folded, phrase)
            if other != phrase:
                raise Refused(
                    _("提法“%(one)s”和“%(other)s”按现行归一规则是同一个，请先在后台删去其中一个。")
                    % {"one": other, "other": phrase}
                )
    for phrase in phrases:
        watch(phrase)
        before = _counts(phrase)
        was = {form.text: form.folded for form in phrase.forms.all()}
        forms = _forms(list(was))
        if forms != was:
            _write_forms(phrase, forms)
        tally(phrase)
        changed = before ^ _counts(phrase)
        if changed:
            # Forms with ids of their own tell that the page shows something else.
            _write_forms(phrase, forms)
            journal.write(Act.EDIT, phrase, by=None, at=at, counted_anew=len(changed))
    return len(phrases)


def _counts(phrase: Phrase) -> set[tuple[int, int]]:
    counts = PhraseCount.objects.filter(phrase=phrase)
    return set(counts.values_list("edition_id", "occurrences"))


def _write_forms(phrase: Phrase, forms: dict[str, str]) -> None:
    phrase.forms.all().delete()
    PhraseForm.objects.bulk_create(
        PhraseForm(phrase=phrase, position=place, text=text, folded=folded)
        for place, (text, folded) in enumerate(forms.items())
    )


def _forms(texts: Sequence[str]) -> dict[str, str]:
    """Return each form with what it folds to; what folds to the same is kept once."""
    forms: dict[str, str] = {}
    for text in texts:
        folded = fold_phrase(text)
        if not folded:
            raise Refused(_("“%(text)s”里没有字母、数字或汉字，不能作为提法。") % {"text": text})
        if len(text) > LONGEST_PHRASE:
            raise Refused(
                _("“%(text)s”太长，一个写法最多%(most)d个字。")
                % {"text": f"{text[:10]}……", "most": LONGEST_PHRASE}
            )
        if folded not in forms.values():
            forms[text] = folded
    if len(forms) > MOST_VARIANTS + 1:
        raise Refused(_("其他写法最多%(most)d个，请删去一些。") % {"most": MOST_VARIANTS})
    return forms


def _refuse_taken(phrase: Phrase, forms: dict[str, str]) -> None:
    taken = PhraseForm.objects.filter(folded__in=forms.values()).exclude(phrase=phrase.pk)
    for other in taken.select_related("phrase")[:1]:
        raise Refused(
            _("“%(form)s”已经属于提法“%(phrase)s”，请改用那一个，或先把它从那里删去。")
            % {"form": other.text, "phrase": other.phrase}
        )
