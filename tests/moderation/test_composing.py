"""Composing: the fingerprint stands for the printed text, no more and no less."""

import datetime as dt
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from speeches.models import Byline, Meeting, MeetingEdition, Picture, Remark, Speaker
from speeches.moderation.composing import (
    EXCERPT_CHARACTERS,
    compose_meeting,
    compose_remark,
    excerpt_of,
    meeting_fingerprint,
    remark_fingerprint,
)
from speeches.text.markup import paragraphs_to_body
from tests.factories import NOON, make_district, make_meeting, make_theme, make_unit
from tests.moderation.desk import LATER

# Few different words, so that two texts are often equal or equal but for where a word stands.
WORDS = st.sampled_from(("", "甲", "乙", "甲乙", '甲","乙'))
PRINTED = st.fixed_dictionaries(
    {
        "heading": WORDS,
        "unit_as_printed": WORDS,
        "post_as_printed": WORDS,
        "speakers": st.lists(WORDS.filter(bool), max_size=2),
        "paragraphs": st.lists(WORDS.filter(bool), max_size=2),
    }
)
HEAD = st.fixed_dictionaries(
    {
        **dict.fromkeys(("kicker", "title", "subtitle", "name", "place"), WORDS),
        "held_from": st.none() | st.just(dt.date(2024, 5, 23)),
        "issue_date": st.none() | st.just(dt.date(2024, 5, 23)),
        "introduction": st.lists(WORDS, max_size=2),
        "bylines": st.lists(st.tuples(WORDS, WORDS), max_size=2),
        "captions": st.lists(st.tuples(WORDS, WORDS), max_size=2),
    }
)
LAWS = settings(max_examples=30, deadline=None)


def stored_remark(meeting: Meeting, place: int, printed: dict[str, Any]) -> Remark:
    words = {name: printed[name] for name in ("heading", "unit_as_printed", "post_as_printed")}
    body = paragraphs_to_body(printed["paragraphs"])
    remark = Remark.objects.create(
        meeting=meeting, position=place, body=body, created_at=NOON, edited_at=NOON, **words
    )
    Speaker.objects.bulk_create(
        Speaker(remark=remark, position=number, name_as_printed=name)
        for number, name in enumerate(printed["speakers"])
    )
    return remark


def stored_meeting(printed: dict[str, Any]) -> Meeting:
    words = {name: value for name, value in printed.items() if name not in {"bylines", "captions"}}
    meeting = Meeting.objects.create(created_at=NOON, edited_at=NOON, **words)
    Byline.objects.bulk_create(
        Byline(meeting=meeting, position=number, name=name, role=role)
        for number, (name, role) in enumerate(printed["bylines"])
    )
    Picture.objects.bulk_create(
        Picture(meeting=meeting, position=number, caption=caption, credit=credit)
        for number, (caption, credit) in enumerate(printed["captions"])
    )
    return meeting


class TestFingerprints(TestCase):
    """Equal text, equal fingerprint; another text, another fingerprint."""

    @LAWS
    @given(PRINTED, PRINTED)
    def test_remarks(self, one: dict[str, Any], other: dict[str, Any]) -> None:
        meeting = stored_meeting({"title": "会", "bylines": [], "captions": []})

        prints = [
            remark_fingerprint(stored_remark(meeting, place, printed))
            for place, printed in enumerate((one, other, one))
        ]

        assert prints[0] == prints[2]
        assert (prints[0] == prints[1]) == (one == other)

    @LAWS
    @given(HEAD, HEAD)
    def test_meetings(self, one: dict[str, Any], other: dict[str, Any]) -> None:
        prints = [meeting_fingerprint(stored_meeting(printed)) for printed in (one, other, one)]

        assert prints[0] == prints[2]
        assert (prints[0] == prints[1]) == (one == other)

    @LAWS
    @given(PRINTED)
    def test_the_fingerprint_is_that_of_the_composed_edition(self, one: dict[str, Any]) -> None:
        meeting = stored_meeting({"title": "会", "bylines": [], "captions": []})
        remark = stored_remark(meeting, 1, one)
        edition = compose_meeting(meeting, at=NOON)

        composed = compose_remark(remark, at=NOON, meeting_edition=edition)

        assert composed.edition.fingerprint == remark_fingerprint(remark)
        assert edition.fingerprint == meeting_fingerprint(meeting)


@pytest.mark.django_db
def test_links_and_times_do_not_enter_the_fingerprint() -> None:
    remark = make_meeting(remarks=[{}]).remarks.get()
    before = remark_fingerprint(remark)

    remark.district, remark.unit, remark.position = make_district(), make_unit(), 7
    remark.themes.add(make_theme())
    remark.edited_at = LATER
    remark.save()

    assert remark_fingerprint(remark) == before


@pytest.mark.django_db
def test_a_preview_composes_without_storing_anything() -> None:
    remark = make_meeting(remarks=[{"speakers": ["李明"], "themes": [make_theme()]}]).remarks.get()

    composed = compose_remark(
        remark, at=NOON, meeting_edition=compose_meeting(remark.meeting, at=NOON)
    )

    assert not composed.edition.pk
    assert [speaker.name_as_printed for speaker in composed.speakers] == ["李明"]
    assert [theme.slug for theme in composed.themes] == ["organisation"]
    assert not MeetingEdition.objects.exists()


@pytest.mark.parametrize("length", [0, 1, EXCERPT_CHARACTERS, EXCERPT_CHARACTERS + 1, 500])
def test_an_excerpt_is_the_beginning_and_says_where_it_was_cut(length: int) -> None:
    text = "字" * length

    excerpt = excerpt_of(text)

    assert excerpt == (text if length <= EXCERPT_CHARACTERS else "字" * 120 + "……")
    assert len(excerpt) <= 160
