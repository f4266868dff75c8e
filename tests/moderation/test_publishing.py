"""Editions: numbered, one standing, corrections supersede at the same address."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.db import IntegrityError

from speeches.models import (
    EditionSpeaker,
    JournalEntry,
    Meeting,
    MeetingEdition,
    Person,
    RemarkEdition,
    ReviewRound,
)
from speeches.moderation import publishing
from speeches.moderation.reviewing import approve
from tests.factories import NOON, make_meeting, make_moderator, publish
from tests.moderation.desk import LATER, everything, retitle, reword, seen

pytestmark = pytest.mark.django_db


def test_a_correction_is_a_new_edition_and_the_old_one_is_superseded() -> None:
    meeting = publish(make_meeting(remarks=[{"paragraphs": ["原文。"]}]))
    remark = meeting.remarks.get()
    reword(remark, "改正。")

    approve(remark, by=make_moderator(), at=LATER, seen=seen(remark))

    old, new = remark.editions.order_by("number")
    assert (old.number, old.text, old.superseded_at) == (1, "原文。", LATER)
    assert (new.number, new.text, new.superseded_at) == (2, "改正。", None)
    assert old.get_absolute_url() == new.get_absolute_url()


def test_an_edition_carries_what_the_page_prints() -> None:
    person = Person.objects.create(name="李禾川")

    publish(make_meeting(remarks=[{"post": "主席", "speakers": [person, "王明"]}]))

    edition = RemarkEdition.objects.get()
    assert edition.speakers_as_printed == "李禾川、王明"
    assert edition.paragraphs == ["<p>第一段说明情况。</p>", "<p>第二段提出建议。</p>"]
    assert edition.text == "第一段说明情况。\n第二段提出建议。"
    assert 'id="p2"' in edition.html
    assert edition.excerpt == "第一段说明情况。第二段提出建议。"
    assert list(edition.speakers.order_by("position").values_list("person", flat=True)) == [
        person.pk,
        None,
    ]


def test_a_joint_remark_of_very_many_speakers_can_be_published() -> None:
    names = [f"委员{number:03}" for number in range(120)]

    publish(make_meeting(remarks=[{"speakers": names}]))

    assert RemarkEdition.objects.get().speakers_as_printed == "、".join(names)
    assert EditionSpeaker.objects.count() == 120


def test_a_corrected_meeting_takes_its_remarks_along() -> None:
    meeting = publish(make_meeting(remarks=[{}], held_from=dt.date(2024, 5, 23)))
    Meeting.objects.update(held_from=dt.date(2023, 5, 23))
    retitle(meeting, "改过的标题")

    approve(meeting, by=make_moderator(), at=LATER, seen=seen(meeting))

    edition = RemarkEdition.objects.current().get()
    assert edition.meeting_edition == MeetingEdition.objects.current().get()
    assert (edition.date, edition.year) == (dt.date(2023, 5, 23), 2023)
    assert edition.number == 1


def test_a_superseded_remark_keeps_the_meeting_it_was_published_with() -> None:
    meeting = publish(make_meeting(remarks=[{}]))
    first = MeetingEdition.objects.get()
    remark, moderator = meeting.remarks.get(), make_moderator()
    reword(remark, "改正。")
    approve(remark, by=moderator, at=LATER, seen=seen(remark))
    retitle(meeting, "改过的标题")

    approve(meeting, by=moderator, at=LATER, seen=seen(meeting))

    old, new = remark.editions.order_by("number")
    assert old.meeting_edition == first
    assert new.meeting_edition == MeetingEdition.objects.current().get() != first


@pytest.mark.parametrize("failing", ["set_themes", "_mark_published"])
def test_a_failing_publication_leaves_nothing_behind(
    monkeypatch: pytest.MonkeyPatch, failing: str
) -> None:
    meeting = publish(make_meeting(remarks=[{}]))
    remark, moderator = meeting.remarks.get(), make_moderator()
    reword(remark, "改正。")
    known, before = seen(remark), everything()
    fail: Callable[..., None] = _raise
    monkeypatch.setattr(publishing, failing, fail)

    with pytest.raises(IntegrityError):
        approve(remark, by=moderator, at=LATER, seen=known)

    assert everything() == before


def _raise(*args: object) -> None:
    raise IntegrityError("the disk is full")


def test_every_edition_answers_to_the_round_that_passed_it() -> None:
    publish(make_meeting(remarks=[{}, {"heading": "另一篇"}]), at=NOON)

    for edition in (*MeetingEdition.objects.all(), *RemarkEdition.objects.all()):
        round = ReviewRound.objects.get(pk=edition.round_id)
        assert round.fingerprint == edition.fingerprint
        assert round.steps.get().decision == "pass"
        entry = JournalEntry.objects.filter(act="publish", detail__edition=edition.number)
        assert entry.exists()
