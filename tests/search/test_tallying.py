"""Tallying: the counts of followed phrases are those of a literal count over current editions.

The count here is made by code of its own, over texts folded by the rules of `test_exactness`.
"""

import re
from collections.abc import Sequence
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from speeches.models import Phrase, PhraseCount, Remark, RemarkEdition
from speeches.moderation.editing import record_edit
from speeches.moderation.phrasing import count_anew, keep_phrase
from speeches.moderation.reviewing import approve
from speeches.moderation.withdrawing import withdraw
from speeches.public.phrase_asking import followed_phrase, sought
from speeches.search import tallying
from speeches.search.concordance import places_in
from speeches.search.storage import storage
from speeches.search.tallying import hits_of_forms, occurrences, pattern
from speeches.text.markup import paragraphs_to_body
from speeches.text.searchable import fold_phrase
from tests.factories import NOON, adopt_one_review, make_meeting, make_moderator, publish
from tests.moderation.desk import LATER, fresh, seen
from tests.search.test_exactness import literally

# Few characters, so that phrases stand often, side by side, and over one another.
LETTERS = "两個个确確立四意识Ａa1"
WORDS = st.text(alphabet=LETTERS * 2 + "“”、 ·", min_size=1, max_size=14)
PHRASES = st.lists(
    st.text(alphabet="两个確立四a1", min_size=1, max_size=4),
    min_size=1,
    max_size=3,
    unique_by=fold_phrase,
)
TEXTS = st.lists(st.tuples(WORDS, st.lists(WORDS, min_size=1, max_size=3)), min_size=3, max_size=4)


def literal_count(forms: Sequence[str], heading: str, text: str) -> int:
    """Count from the left, the longest form first, every character once."""
    wanted = sorted(("".join(literally(form)) for form in forms), key=len, reverse=True)
    number = 0
    for line in (*literally(heading), *literally(text)):
        place = 0
        while place < len(line):
            found = next((one for one in wanted if line.startswith(one, place)), "")
            number += bool(found)
            place += len(found) or 1
    return number


class Counts(TestCase):
    @settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(phrases=PHRASES, texts=TEXTS)
    def test_pages_show_a_literal_count(
        self, phrases: list[str], texts: list[tuple[str, list[str]]]
    ) -> None:
        adopt_one_review()
        text, *variants = phrases
        before = keep_phrase(Phrase(text=text), variants=variants, by=None, at=NOON)
        meeting = publish(
            make_meeting(
                remarks=[
                    {"heading": heading, "paragraphs": [line or "〇" for line in lines]}
                    for heading, lines in texts[:-1]
                ]
            )
        )
        first, second, *_rest = Remark.objects.filter(meeting=meeting).in_order()
        withdraw(first, by=make_moderator(), at=LATER, reason="有误")
        row = fresh(second)
        row.body = paragraphs_to_body([*texts[-1][1], "改。"])
        row.save()
        record_edit(row, by=None, at=LATER, changed=["body"])
        approve(fresh(second), by=make_moderator(), at=LATER, seen=seen(second))

        expected = {
            edition.pk: number
            for edition in RemarkEdition.objects.current()
            if (number := literal_count(phrases, edition.heading, edition.text))
        }
        kept = dict(PhraseCount.objects.values_list("edition_id", "occurrences"))
        assert kept == expected
        for most_read in (tallying.MOST_READ, 0):
            # Counted in the texts, and by the index.
            with patch.object(tallying, "MOST_READ", most_read):
                count_anew(at=LATER)
            assert dict(PhraseCount.objects.values_list("edition_id", "occurrences")) == expected

        followed = followed_phrase(before.pk)
        assert followed is not None
        assert (followed.remarks, followed.occurrences) == (len(expected), sum(expected.values()))
        assert len(followed.lines) == sum(expected.values())

        # Asked freely, each form counts by itself; the first one leads to the followed phrase.
        for form in variants:
            (free,) = sought([form])
            alone = [
                literal_count([form], edition.heading, edition.text)
                for edition in RemarkEdition.objects.current()
            ]
            assert (free.remarks, free.occurrences) == (sum(map(bool, alone)), sum(alone))


PLACES = pytest.mark.parametrize(
    ("forms", "text", "number"),
    [
        (["两个"], "两个两个", 2),
        (["个个"], "个个个", 1),
        (["个", "个个"], "个个个", 2),
        (["两个确立", "两个"], "两个确立，两个维护", 2),
        (["四个意识", "意识四"], "四个意识四个意识", 2),
        (["四个意识"], "“四个 意识”\n四个\n意识", 1),
        (["确立"], "確立、确立", 2),
        (["立"], "确立\n立\n立起来", 3),
        (["5G"], "５Ｇ 5g 15G", 3),
        (["9.5"], "9.5、95、9.55", 2),
    ],
)


@PLACES
def test_a_place_counts_once(forms: list[str], text: str, number: int) -> None:
    places = pattern([fold_phrase(form) for form in forms])

    assert occurrences(places, "", text) == number
    assert len(list(places_in("", text, places))) == number


@PLACES
@pytest.mark.django_db
def test_the_index_counts_the_same_places(forms: list[str], text: str, number: int) -> None:
    folded = [fold_phrase(form) for form in forms]
    remark = {"heading": text.replace("\n", "。"), "unit": text[:9], "paragraphs": text.split("\n")}
    publish(make_meeting(remarks=[{}, remark, {"heading": "无关"}]))
    edition = RemarkEdition.objects.get(text=text)

    counts = storage().count(folded, hits_of_forms(folded))

    expected = literal_count(forms, edition.heading, text)
    assert counts == {edition.pk: expected}
    assert expected >= number


def test_the_heading_counts_and_no_phrase_runs_out_of_it() -> None:
    places = pattern(["两个确立"])

    assert occurrences(places, "“两个确立”", "两个确立") == 2
    assert occurrences(places, "两个", "确立") == 0


def test_a_line_shows_the_words_around_as_printed_and_stays_in_its_paragraph() -> None:
    text = "前一段。\n坚定捍卫“兩個 确立”、坚决做到。\n后一段。"

    (place,) = places_in("", text, pattern(["两个确立"]))

    assert (place.left, place.hit, place.right) == ("坚定捍卫“", "兩個 确立", "”、坚决做到。")
    assert (place.before, place.after) == ("卫捍定坚", "坚决做到")
    assert place.paragraph == 2
    assert re.fullmatch("坚定捍卫“兩個 确立”、坚决做到。", place.left + place.hit + place.right)
