"""Several reviewers at the same time: no double decision, no dead end, nothing lost."""

import threading
from collections.abc import Callable
from functools import partial

import pytest
from django.db import DatabaseError, IntegrityError, connection, connections

from speeches.models import (
    Meeting,
    MeetingEdition,
    Remark,
    RemarkEdition,
    ReviewRound,
    ReviewStep,
    TextState,
    User,
)
from speeches.moderation.refusals import Refused
from speeches.moderation.reviewing import approve, send_back
from speeches.moderation.rounds import begin, progress_of
from speeches.moderation.scheduling import publish_due
from speeches.moderation.verifying import verify
from tests.factories import (
    NOON,
    adopt_one_review,
    adopt_three_reviews,
    fingerprints,
    make_meeting,
    make_moderator,
)
from tests.moderation.desk import LATER, fresh, seen

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.three_reviews,
    pytest.mark.skipif(
        connection.vendor != "postgresql", reason="SQLite has one writer at a time anyway"
    ),
]

REVIEWERS = 8
TEXTS = 50


def at_once(acts: list[Callable[[], object]]) -> list[BaseException | None]:
    """Do every act in a thread and on a connection of its own; return what each raised."""
    raised: list[BaseException | None] = [None] * len(acts)
    start = threading.Barrier(len(acts))

    def do(place: int, act: Callable[[], object]) -> None:
        try:
            start.wait()
            act()
        except (Refused, DatabaseError) as error:
            raised[place] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=do, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return raised


@pytest.mark.slow
def test_eight_reviewers_take_fifty_texts_through_three_stages() -> None:
    adopt_three_reviews()
    people = [make_moderator(f"m{number}") for number in range(REVIEWERS)]
    meeting = make_meeting(remarks=[{"heading": f"第{n}篇"} for n in range(TEXTS - 1)])
    known = fingerprints(meeting)
    texts: list[Meeting | Remark] = [meeting, *meeting.remarks.in_order()]
    refusals: list[str] = []

    def work_off(person: User, first: int) -> Callable[[], None]:
        def act() -> None:
            for _round in range(3):
                for place in range(TEXTS):
                    text = texts[(first + place) % TEXTS]
                    key = f"{text._meta.model_name}-{text.pk}"
                    try:
                        approve(text, by=person, at=LATER, seen=known[key])
                    except Refused as refusal:
                        refusals.append(str(refusal))

        return act

    raised = at_once(
        [work_off(person, place * TEXTS // REVIEWERS) for place, person in enumerate(people)]
    )

    assert raised == [None] * REVIEWERS
    reasons = ("须由另一位审核人承担", "没有待审的改动", "所属会议尚未发布")
    assert all(any(reason in refusal for reason in reasons) for refusal in refusals)
    assert MeetingEdition.objects.count() == 1
    # What came before its meeting was refused then, and is passed by whoever comes again.
    left = Remark.objects.exclude(state=TextState.PUBLISHED)
    for remark in left:
        passed = set(remark.review_rounds.values_list("steps__reviewer", flat=True))
        person = next(one for one in people if one.pk not in passed)
        approve(remark, by=person, at=LATER, seen=seen(remark))
    assert RemarkEdition.objects.current().count() == TEXTS - 1
    for round in ReviewRound.objects.all():
        steps = list(round.steps.order_by("pk"))
        assert [step.stage for step in steps] == ["first", "second", "final"]
        assert len({step.reviewer_id for step in steps}) == 3
    assert ReviewRound.objects.count() == TEXTS
    assert verify().fault == ""


def test_two_requests_of_one_person_for_two_stages_give_one() -> None:
    adopt_three_reviews()
    meeting, person = make_meeting(remarks=[]), make_moderator()
    approve(meeting, by=make_moderator("before"), at=LATER, seen=seen(meeting))
    known = seen(meeting)

    raised = at_once([lambda: approve(meeting, by=person, at=LATER, seen=known)] * 4)

    assert [error is None for error in raised].count(True) == 1
    assert ReviewStep.objects.filter(reviewer=person).count() == 1


def test_two_people_for_one_stage_take_two_stages_one_after_the_other() -> None:
    adopt_three_reviews()
    meeting = make_meeting(remarks=[])
    known, people = seen(meeting), [make_moderator("甲"), make_moderator("乙")]

    raised = at_once(
        [partial(approve, meeting, by=person, at=LATER, seen=known) for person in people]
    )

    assert raised == [None, None]
    assert set(ReviewStep.objects.values_list("stage", flat=True)) == {"first", "second"}


def test_rows_written_past_the_acts_at_the_same_time_give_one_pass() -> None:
    adopt_three_reviews()
    meeting = make_meeting(remarks=[])
    round = begin(progress_of(meeting), by=make_moderator(), at=NOON)[1]
    people = [make_moderator(f"m{number}") for number in range(4)]

    def write(person: User) -> Callable[[], object]:
        return lambda: ReviewStep.objects.create(
            round=round,
            stage="first",
            reviewer=person,
            decision="pass",
            fingerprint=round.fingerprint,
            taken_at=NOON,
        )

    raised = at_once([write(person) for person in people])

    assert sum(error is None for error in raised) == 1
    assert sum(isinstance(error, IntegrityError) for error in raised) == 3


def test_an_approval_and_a_return_at_the_same_time_are_decided_one_after_the_other() -> None:
    adopt_one_review()
    meeting = make_meeting(remarks=[])
    known, first, second = seen(meeting), make_moderator("甲"), make_moderator("乙")

    raised = at_once(
        [
            lambda: approve(meeting, by=first, at=LATER, seen=known),
            lambda: send_back(meeting, by=second, at=LATER, seen=known, opinion="请核对"),
        ]
    )

    assert [error is None for error in raised].count(True) == 1
    assert ReviewStep.objects.count() == 1
    public = MeetingEdition.objects.current().exists()
    assert (fresh(meeting).state == TextState.PUBLISHED) == public


def test_two_workers_publish_what_is_due_once() -> None:
    adopt_one_review()
    meeting, moderator = make_meeting(remarks=[]), make_moderator()
    approve(meeting, by=moderator, at=NOON, seen=seen(meeting), publish_at=LATER)

    raised = at_once([lambda: publish_due(at=LATER)] * 4)

    assert raised == [None] * 4
    assert MeetingEdition.objects.count() == 1
