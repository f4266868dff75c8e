"""The order of a meeting's remarks: 1, 2, 3… on the desk and in public at once."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from speeches.models import Act, JournalEntry, Meeting, RemarkEdition
from speeches.moderation.arranging import arrange
from speeches.moderation.discarding import discard_remark
from tests.factories import make_editor, make_meeting, make_moderator, publish
from tests.moderation.desk import LATER, acts_about, fresh, last_entry, refusing


def order_of(meeting: Meeting) -> list[tuple[int, int]]:
    return list(meeting.remarks.in_order().values_list("position", "id"))


class TestArranging(TestCase):
    """Every example begins with the same empty database."""

    @settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(st.data(), st.lists(st.integers(1, 9), min_size=1, max_size=5, unique=True))
    def test_any_order_ends_with_consecutive_numbers(
        self, data: st.DataObject, positions: list[int]
    ) -> None:
        meeting = make_meeting(remarks=[{"position": position} for position in positions])
        ids = [pk for _position, pk in order_of(meeting)]
        order = data.draw(st.permutations(ids))

        arrange(meeting, order=order, by=None, at=LATER)

        assert order_of(meeting) == list(enumerate(order, start=1))


@pytest.mark.django_db
def test_a_gap_closes_even_when_the_order_stays() -> None:
    meeting = make_meeting(remarks=[{"position": 2}, {"position": 5}])
    ids = [pk for _position, pk in order_of(meeting)]

    arrange(meeting, order=ids, by=make_editor(), at=LATER)

    assert order_of(meeting) == [(1, ids[0]), (2, ids[1])]


@pytest.mark.django_db
def test_public_remarks_follow_at_once_without_a_new_edition() -> None:
    meeting = publish(make_meeting(remarks=[{"heading": "甲"}, {"heading": "乙"}]))
    first, second = meeting.remarks.in_order()
    editor = make_editor()

    arrange(meeting, order=[second.pk, first.pk], by=editor, at=LATER)

    editions = RemarkEdition.objects.current().in_order()
    assert [(e.position, e.heading, e.number) for e in editions] == [(1, "乙", 1), (2, "甲", 1)]
    entry = last_entry(meeting)
    assert (entry.act, entry.actor) == (Act.ARRANGE, editor)
    assert entry.detail == {"order": [second.pk, first.pk]}


@pytest.mark.django_db
def test_another_meeting_is_left_alone() -> None:
    other = publish(make_meeting(remarks=[{}, {}]))
    meeting = publish(make_meeting(remarks=[{}, {}]))
    before = order_of(other)
    ids = [pk for _position, pk in order_of(meeting)]

    arrange(meeting, order=ids[::-1], by=None, at=LATER)

    assert order_of(other) == before
    places = other.remark_editions.order_by("position").values_list("position", flat=True)
    assert list(places) == [1, 2]


@pytest.mark.django_db
def test_an_order_that_stays_writes_nothing() -> None:
    meeting = make_meeting(remarks=[{}, {}])

    arrange(meeting, order=[pk for _position, pk in order_of(meeting)], by=None, at=LATER)
    arrange(make_meeting(remarks=[]), order=[], by=None, at=LATER)

    assert acts_about(meeting) == []


@pytest.mark.django_db
@pytest.mark.parametrize("change", ["missing", "twice", "foreign"])
def test_every_remark_is_named_once(change: str) -> None:
    meeting, other = make_meeting(remarks=[{}, {}]), make_meeting(remarks=[{}])
    first, second = (pk for _position, pk in order_of(meeting))
    orders = {
        "missing": [first],
        "twice": [first, second, second],
        "foreign": [first, other.remarks.get().pk],
    }

    with refusing("刷新后重排"):
        arrange(meeting, order=orders[change], by=make_editor(), at=LATER)


@pytest.mark.django_db
def test_a_moderator_does_not_arrange() -> None:
    meeting = make_meeting(remarks=[{}, {}])

    with refusing("不能做这项操作"):
        arrange(meeting, order=[], by=make_moderator(), at=LATER)


@pytest.mark.django_db
def test_arranging_costs_the_same_however_many_remarks_there_are() -> None:
    def queries(number: int) -> int:
        meeting = publish(make_meeting(remarks=[{}] * number))
        ids = [pk for _position, pk in order_of(meeting)]
        with CaptureQueriesContext(connection) as captured:
            arrange(meeting, order=ids[::-1], by=None, at=LATER)
        return len(captured)

    assert queries(2) == queries(8)


@pytest.mark.django_db
def test_discarding_a_draft_remark_closes_the_gap_and_is_recorded() -> None:
    meeting = make_meeting(remarks=[{"heading": "甲"}, {"heading": "乙"}, {"heading": "丙"}])
    editor, second = make_editor(), meeting.remarks.get(heading="乙")
    label = str(second)

    discard_remark(second, by=editor, at=LATER)

    rows = meeting.remarks.in_order().values_list("position", "heading")
    assert list(rows) == [(1, "甲"), (2, "丙")]
    entry = JournalEntry.objects.get(act=Act.DELETE)
    assert (entry.actor, entry.subject_label) == (editor, label)
    assert last_entry(meeting).actor == editor


@pytest.mark.django_db
def test_a_reviewed_remark_is_not_discarded() -> None:
    remark = publish(make_meeting(remarks=[{}])).remarks.get()

    with refusing("已进入审核"):
        discard_remark(remark, by=make_editor(), at=LATER)
    with refusing("不能做这项操作"):
        discard_remark(fresh(remark), by=make_moderator(), at=LATER)
