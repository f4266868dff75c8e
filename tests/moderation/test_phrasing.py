"""Phrasing: the list of followed phrases, its rules and its counts."""

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction

from speeches.models import Act, JournalEntry, Phrase, PhraseCount, PhraseForm
from speeches.moderation.phrasing import (
    MOST_VARIANTS,
    add_phrases,
    count_anew,
    drop_phrase,
    keep_phrase,
)
from speeches.moderation.refusals import Refused
from speeches.search.checks import check_index
from tests.factories import NOON, make_editor, make_meeting, make_moderator, publish

pytestmark = pytest.mark.django_db


def follow(text: str, *variants: str) -> Phrase:
    return keep_phrase(Phrase(text=text), variants=variants, by=None, at=NOON)


def warned() -> list[str]:
    return [str(problem.id) for problem in check_index(None, ["default"])]


@pytest.mark.parametrize(
    ("text", "variants", "reason"),
    [
        ("“”", [], "里没有字母"),
        ("同心圆", ["……"], "里没有字母"),
        ("字" * 41, [], "太长"),
        ("同心圆", [f"写法{n}" for n in range(MOST_VARIANTS + 1)], "最多5个"),
        ("两個確立", [], "已经属于提法“两个确立”"),
        ("同心圆", ["“两确立”"], "已经属于提法“两个确立”"),
    ],
)
def test_what_cannot_be_followed_is_refused(text: str, variants: list[str], reason: str) -> None:
    follow("两个确立", "两确立")

    with pytest.raises(Refused, match=reason):
        follow(text, *variants)

    assert Phrase.objects.count() == 1


def test_forms_that_are_one_are_kept_once() -> None:
    phrase = follow(" 两个确立 ", "兩個確立", "", "两确立")

    assert phrase.text == "两个确立"
    kept = phrase.forms.order_by("position").values_list("position", "text", "folded")
    assert list(kept) == [(0, "两个确立", "两个确立"), (1, "两确立", "两确立")]


def test_the_database_keeps_forms_apart_and_never_empty() -> None:
    phrase, other = follow("两个确立"), follow("同心圆")

    for folded in ("", "同心圆"):
        with pytest.raises(IntegrityError), transaction.atomic():
            PhraseForm.objects.create(phrase=phrase, position=1, text="x", folded=folded)
    with pytest.raises(IntegrityError), transaction.atomic():
        PhraseForm.objects.create(phrase=other, position=0, text="x", folded="x")


def test_editors_follow_phrases_and_only_administrators_drop_them() -> None:
    editor, moderator = make_editor(), make_moderator()

    phrase = keep_phrase(Phrase(text="同心圆"), variants=[], by=editor, at=NOON)

    with pytest.raises(Refused):
        keep_phrase(Phrase(text="四个意识"), variants=[], by=moderator, at=NOON)
    with pytest.raises(Refused):
        drop_phrase(phrase, by=editor, at=NOON)
    acts = JournalEntry.objects.about(phrase).values_list("act", flat=True)
    assert list(acts) == [Act.CREATE]


def test_saving_without_a_change_leaves_no_entry() -> None:
    phrase = follow("同心圆", "同心之圆")

    keep_phrase(phrase, variants=["同心之圆"], by=None, at=NOON)

    assert JournalEntry.objects.about(phrase).count() == 1


def test_starter_phrases_never_overwrite() -> None:
    follow("统一战线", "同心圆")
    rows = [{"text": "同心圆", "variants": []}, {"text": "两个确立", "variants": []}]

    assert add_phrases(rows, at=NOON) == 1
    assert add_phrases(rows, at=NOON) == 0
    assert set(Phrase.objects.values_list("text", flat=True)) == {"统一战线", "两个确立"}


def test_counts_that_were_lost_are_reported_and_made_anew() -> None:
    phrase = follow("同心圆")
    publish(make_meeting(remarks=[{"paragraphs": ["同心圆。"]}]))
    assert warned() == []
    PhraseCount.objects.all().delete()

    assert warned() == ["speeches.W013"]
    call_command("rebuild_phrases")

    assert warned() == []
    assert PhraseCount.objects.get().phrase == phrase


def test_forms_of_older_rules_are_folded_anew() -> None:
    follow("两个确立")
    PhraseForm.objects.update(folded="兩個確立")
    assert warned() == ["speeches.W013"]

    count_anew(at=NOON)

    assert PhraseForm.objects.get().folded == "两个确立"
    assert warned() == []


def test_dropping_a_phrase_drops_its_counts() -> None:
    publish(make_meeting(remarks=[{"paragraphs": ["同心圆。"]}]))
    phrase = follow("同心圆")
    assert PhraseCount.objects.count() == 1

    drop_phrase(phrase, by=None, at=NOON)

    assert not PhraseCount.objects.exists()
    assert not PhraseForm.objects.exists()
