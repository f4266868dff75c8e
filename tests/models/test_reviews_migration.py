"""Databases that were reviewed in one stage go on so; new ones begin with three."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from speeches.models import Meeting, Outcome, ReviewRound, ReviewScheme, triggers
from speeches.models.schemes import THREE_REVIEWS
from speeches.moderation.reviewing import approve
from tests.factories import NOON, make_moderator, make_user
from tests.models.rows import refused
from tests.moderation.desk import seen

BEFORE, REVIEWS = "0006_journal_chain", "0007_reviews"

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.three_reviews, pytest.mark.slow]


def test_reviews_of_released_databases_are_kept_and_new_ones_begin_with_three() -> None:
    # Every way through the migrations takes seconds: an empty database goes there and back first.
    reviewer = make_user("reviewer")
    call_command("migrate", "speeches", BEFORE, verbosity=0)
    try:
        call_command("migrate", "speeches", REVIEWS, verbosity=0)
        begun = [one.stages for one in _models(REVIEWS)("ReviewScheme").objects.all()]
        call_command("migrate", "speeches", BEFORE, verbosity=0)
        model = _models(BEFORE)
        rounds, steps = model("ReviewRound").objects, model("ReviewStep").objects
        times = {"created_at": NOON, "edited_at": NOON}
        meeting = model("Meeting").objects.create(title="会议", **times)
        for decision in ("return", "pass"):
            round = rounds.create(
                meeting=meeting, fingerprint="f", stages=["final"], opened_at=NOON, closed_at=NOON
            )
            steps.create(
                **{"round": round, "stage": "final", "reviewer_id": reviewer.pk},
                **{"decision": decision, "opinion": "x", "fingerprint": "f", "taken_at": NOON},
            )
    finally:
        call_command("migrate", "speeches", verbosity=0)

    assert begun == [THREE_REVIEWS]
    kept = list(ReviewRound.objects.order_by("pk"))
    assert [round.outcome for round in kept] == [Outcome.RETURNED, Outcome.APPROVED]
    assert [stage["name"] for stage in kept[0].stages] == ["终审"]
    assert str(ReviewScheme.objects.order_by("-pk")[0]) == "终审"
    assert triggers.check_triggers(None, databases=["default"]) == []
    with refused("frozen"):
        ReviewRound.objects.update(stages=[])
    # And the newsroom goes on as before.
    text = Meeting.objects.get()
    assert approve(text, by=make_moderator(), at=NOON, seen=seen(text)) is not None


def _models(migration: str) -> Callable[[str], Any]:
    """Return what gives a model as it was after a migration."""
    apps = MigrationExecutor(connection).loader.project_state(("speeches", migration)).apps
    return lambda name: apps.get_model("speeches", name)
