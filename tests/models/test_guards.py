"""What the database itself refuses of reviews: by raw SQL, as nobody in particular."""

from typing import Any

import pytest
from django.db import connection

from speeches.models import (
    Meeting,
    MeetingEdition,
    Remark,
    RemarkEdition,
    ReviewRound,
    ReviewScheme,
    ReviewStep,
    TextState,
    TextVersion,
    User,
)
from speeches.moderation.composing import compose_meeting
from speeches.moderation.reviewing import approve, send_back
from speeches.moderation.rounds import begin, progress_of
from tests.factories import NOON, make_editor, make_meeting, make_moderator, make_user, publish
from tests.models.rows import refused
from tests.moderation.desk import retitle, seen

pytestmark = [pytest.mark.django_db, pytest.mark.three_reviews]


@pytest.fixture
def author() -> User:
    return make_user("author", role="审核")


@pytest.fixture
def meeting(author: User) -> Meeting:
    return make_meeting(by=author, remarks=[])


@pytest.fixture
def round(meeting: Meeting) -> ReviewRound:
    return begin(progress_of(meeting), by=make_moderator("first"), at=NOON)[1]


def insert(model: Any, **values: Any) -> None:
    """Write a row by plain SQL, past every line of Python but the adapter's."""
    fields = {field.attname: field for field in model._meta.concrete_fields}
    columns = ", ".join(fields[name].column for name in values)
    marks = ", ".join(["%s"] * len(values))
    row = [fields[name].get_db_prep_save(value, connection) for name, value in values.items()]
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {model._meta.db_table} ({columns}) VALUES ({marks})", row)  # noqa: S608


def step(round: ReviewRound, stage: str, reviewer: User, **fields: Any) -> None:
    values = {"decision": "pass", "opinion": "", "fingerprint": round.fingerprint, **fields}
    insert(
        ReviewStep,
        round_id=round.pk,
        stage=stage,
        reviewer_id=reviewer.pk,
        taken_at=NOON,
        **values,
    )


def edition(meeting: Meeting, round: ReviewRound) -> None:
    composed = compose_meeting(meeting, at=NOON)
    composed.round, composed.number = round, 9
    names = [f.attname for f in MeetingEdition._meta.concrete_fields if f.attname != "id"]
    insert(MeetingEdition, **{name: getattr(composed, name) for name in names})


def pass_all(round: ReviewRound) -> None:
    for stage in ("first", "second", "final"):
        step(round, stage, make_moderator(stage))


def test_three_people_in_their_order_make_an_edition(meeting: Meeting, round: ReviewRound) -> None:
    pass_all(round)
    edition(meeting, round)

    assert MeetingEdition.objects.get().round == round


def test_nobody_passes_two_stages_of_one_round(round: ReviewRound) -> None:
    step(round, "first", make_moderator("first"))

    with refused("reviewer_passes_once|UNIQUE"):
        step(round, "second", make_moderator("first"))


def test_no_stage_is_passed_twice(round: ReviewRound) -> None:
    step(round, "first", make_moderator("first"))

    with refused("stage_passed_once|UNIQUE"):
        step(round, "first", make_moderator("second"))


@pytest.mark.parametrize("stage", ["second", "final"])
def test_no_stage_is_passed_before_the_one_ahead_of_it(round: ReviewRound, stage: str) -> None:
    with refused("an earlier stage has not been passed"):
        step(round, stage, make_moderator())


def test_a_returned_stage_does_not_count_as_passed(round: ReviewRound) -> None:
    step(round, "first", make_moderator(), decision="return", opinion="请核对")

    with refused("an earlier stage has not been passed"):
        step(round, "second", make_moderator("second"))


def test_nobody_passes_a_version_they_have_edited(round: ReviewRound, author: User) -> None:
    with refused("nobody passes a version that they have edited"):
        step(round, "first", author)


def test_nobody_passes_it_as_a_superuser_either(round: ReviewRound, author: User) -> None:
    User.objects.filter(pk=author.pk).update(is_superuser=True)

    with refused("nobody passes a version that they have edited"):
        step(round, "first", author)


def test_who_gave_the_wording_is_refused_under_a_version_that_names_no_editor(
    meeting: Meeting, round: ReviewRound, author: User
) -> None:
    ReviewRound.objects.filter(pk=round.pk).update(closed_at=NOON, outcome="overtaken")
    bare = TextVersion.objects.create(
        meeting=meeting,
        number=9,
        occasion="review",
        fingerprint=round.fingerprint,
        content={},
        made_at=NOON,
    )
    forged = ReviewRound.objects.create(
        meeting=meeting,
        version=bare,
        fingerprint=round.fingerprint,
        stages=round.stages,
        opened_at=NOON,
    )

    with refused("nobody passes a version that they have edited"):
        step(forged, "first", author)


def test_an_editor_before_the_last_one_is_refused_too(meeting: Meeting, author: User) -> None:
    retitle(meeting, "别人改过的标题", by=make_editor())
    round = begin(progress_of(meeting), by=make_moderator(), at=NOON)[1]

    with refused("nobody passes a version that they have edited"):
        step(round, "first", author)


def test_a_step_is_about_the_wording_of_its_round(round: ReviewRound) -> None:
    with refused("about another wording"):
        step(round, "first", make_moderator(), fingerprint="0" * 64)


def test_no_step_is_taken_in_a_closed_round(round: ReviewRound) -> None:
    ReviewRound.objects.filter(pk=round.pk).update(closed_at=NOON, outcome="overtaken")

    with refused("the round is closed"):
        step(round, "first", make_moderator())


def test_a_closed_round_is_not_opened_again(round: ReviewRound) -> None:
    ReviewRound.objects.filter(pk=round.pk).update(closed_at=NOON, outcome="returned")

    for change in ({"closed_at": None, "outcome": ""}, {"outcome": "approved"}):
        with refused("stays so"):
            ReviewRound.objects.filter(pk=round.pk).update(**change)


@pytest.mark.parametrize(
    ("stage", "decision"), [("fourth", "pass"), ("proof-1", "pass"), ("first", "proof")]
)
def test_a_stage_takes_its_own_decisions_only(
    round: ReviewRound, stage: str, decision: str
) -> None:
    with refused("the stage takes other decisions|an earlier stage"):
        step(round, stage, make_moderator(), decision=decision)


@pytest.mark.parametrize("passed", [(), ("first",), ("first", "second")])
def test_no_edition_without_every_stage(
    meeting: Meeting, round: ReviewRound, passed: tuple[str, ...]
) -> None:
    for stage in passed:
        step(round, stage, make_moderator(stage))

    with refused("has not passed every stage"):
        edition(meeting, round)


def test_no_edition_of_another_wording(meeting: Meeting, round: ReviewRound) -> None:
    pass_all(round)
    meeting.title = "没有审过的标题"

    with refused("has not passed every stage"):
        edition(meeting, round)


def test_no_edition_from_the_round_of_another_text(round: ReviewRound) -> None:
    pass_all(round)
    other = make_meeting(remarks=[])

    with refused("has not passed every stage"):
        edition(other, round)


def test_no_edition_of_a_remark_without_every_stage() -> None:
    meeting = make_meeting(remarks=[{}])
    for moderator in map(make_moderator, ("甲", "乙", "丙")):
        publish(meeting, by=moderator)
    standing = RemarkEdition.objects.get()
    remark = Remark.objects.get()
    round = ReviewRound.objects.create(
        remark=remark,
        version=TextVersion.objects.get(remark=remark),
        fingerprint=standing.fingerprint,
        stages=standing.round.stages,
        opened_at=NOON,
    )

    standing.pk, standing.number, standing.round = None, 2, round
    standing.superseded_at = NOON
    with refused("has not passed every stage"):
        standing.save(force_insert=True)


def test_no_edition_once_a_stage_has_sent_the_text_back(
    meeting: Meeting, round: ReviewRound
) -> None:
    pass_all(round)
    step(round, "final", make_moderator("fourth"), decision="return", opinion="请核对")

    with refused("has not passed every stage"):
        edition(meeting, round)


@pytest.mark.parametrize("keep", [0, 1, 2])
def test_no_round_asks_for_fewer_stages_than_are_configured(
    meeting: Meeting, round: ReviewRound, keep: int
) -> None:
    ReviewRound.objects.filter(pk=round.pk).update(closed_at=NOON, outcome="overtaken")

    with refused("as they are configured"):
        ReviewRound.objects.create(
            meeting=meeting,
            version=round.version,
            fingerprint=round.fingerprint,
            stages=round.stages[:keep],
            opened_at=NOON,
        )


def test_no_round_without_a_version_of_its_text(meeting: Meeting, round: ReviewRound) -> None:
    other = make_meeting(title="另一个会议", remarks=[])
    for fields in (
        {"meeting": other, "version": None},
        {"meeting": other, "version": round.version},
        {"meeting": meeting, "version": round.version, "fingerprint": "0" * 64},
    ):
        plain = {"fingerprint": round.fingerprint, "stages": round.stages, "opened_at": NOON}
        with refused("about a version of its text"):
            ReviewRound.objects.create(**{**plain, **fields})


def test_a_scheme_is_never_changed_so_that_every_stage_that_ever_counted_can_be_told() -> None:
    with refused("append only"):
        ReviewScheme.objects.update(stages=[])
    with refused("append only"):
        ReviewScheme.objects.all().delete()


def test_the_acts_themselves_keep_to_it(meeting: Meeting, author: User) -> None:
    first, second, final = map(make_moderator, ("first", "second", "final"))
    for moderator in (first, second, final):
        approve(meeting, by=moderator, at=NOON, seen=seen(meeting))
    retitle(meeting, "改过的标题", by=make_editor())
    approve(meeting, by=final, at=NOON, seen=seen(meeting))
    send_back(meeting, by=author, at=NOON, seen=seen(meeting), opinion="请核对")

    assert Meeting.objects.get().state == TextState.RETURNED
    assert MeetingEdition.objects.get().title != "改过的标题"
