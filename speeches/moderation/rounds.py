"""Rounds: the review of one version, from its opening to its end."""

import datetime as dt
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _

from speeches.models import (
    Decision,
    Meeting,
    Outcome,
    Remark,
    ReviewRound,
    ReviewStep,
    TextVersion,
    User,
)
from speeches.models.states import AWAITING_REVIEW
from speeches.moderation.schemes import Stage, stages_of, standing_stages
from speeches.moderation.versioning import fingerprint_of, make_version, wording_by

DONE = (Decision.PASS, Decision.PROOF)
_OUTCOMES = {Decision.RETURN: Outcome.RETURNED, Decision.REJECT: Outcome.REJECTED}


@dataclass(frozen=True)
class Progress:
    """How far the review of a text has come, and who may not go on with it.

    `round` is None where nobody has begun. `done` holds (code of the stage, id of the reviewer)
    of every stage that is passed or proofread; `authors` are ids of those whose wording is in it.
    """

    text: Meeting | Remark
    round: ReviewRound | None
    stages: list[Stage]
    done: tuple[tuple[str, int], ...]
    authors: frozenset[int]

    @property
    def ahead(self) -> list[Stage]:
        """The required stages that are still to come, the next one first."""
        over = {code for code, _reviewer in self.done}
        return [stage for stage in self.stages if stage.required and stage.code not in over]

    @property
    def is_last(self) -> bool:
        """Whether the next approval is the last one."""
        return len(self.ahead) == 1

    @property
    def claimed_by(self) -> User | None:
        """Who has claimed the next stage."""
        return self.round.claimed_by if self.round else None

    def after(self, reviewer: User) -> "Progress":
        """Return the progress once this person has passed the next stage."""
        return replace(self, done=(*self.done, (self.ahead[0].code, reviewer.pk)))

    def passed_by(self, person: User) -> Stage | None:
        """Return the stage that this person has passed in the round."""
        codes = {code for code, reviewer in self.done if reviewer == person.pk}
        return next((s for s in self.stages if s.is_review and s.code in codes), None)


def progress_of(text: Meeting | Remark) -> Progress:
    """Return how far the review of the text has come: four queries, three where nobody began."""
    round = text.review_rounds.open().select_related("claimed_by").first()
    done: tuple[tuple[str, int], ...] = ()
    if round is not None:
        steps = round.steps.filter(decision__in=DONE).order_by("pk")
        done = tuple(steps.values_list("stage", "reviewer_id"))
    stages = stages_of(round.stages if round else standing_stages())
    return Progress(text, round, stages, done, frozenset(wording_by(text)))


def why_not_seen(text: Meeting | Remark, seen: str) -> str:
    """Return why nobody can decide on the text as `seen`, or ""."""
    if text.state not in AWAITING_REVIEW:
        return _("“%(text)s”没有待审的改动。") % {"text": text}
    if fingerprint_of(text) != seen:
        return _("“%(text)s”在您打开后又有改动，请重新审阅后再决定。") % {"text": text}
    return ""


def why_not_by(progress: Progress, by: User) -> str:
    """Return why this person may not pass the next stage, or ""."""
    text, ahead = progress.text, progress.ahead
    if by.pk in progress.authors:
        return _("“%(text)s”的文字经您修改，须由另一位审核人通过。") % {"text": text}
    if ahead and not ahead[0].is_review:
        return _("“%(text)s”须先完成%(stage)s。") % {"text": text, "stage": ahead[0].name}
    passed = progress.passed_by(by)
    if passed is not None:
        return _("“%(text)s”的%(stage)s由您通过，%(next)s须由另一位审核人承担。") % {
            "text": text,
            "stage": passed.name,
            "next": ahead[0].name,
        }
    return why_claimed(progress, by)


def why_claimed(progress: Progress, by: User) -> str:
    """Return that somebody else has claimed the next stage, or ""."""
    if progress.claimed_by is None or progress.claimed_by == by:
        return ""
    return _("“%(text)s”正由%(person)s审阅。") % {
        "text": progress.text,
        "person": progress.claimed_by,
    }


def begin(progress: Progress, *, by: User, at: dt.datetime) -> tuple[Progress, ReviewRound]:
    """Return the progress with its open round; one opens over the text as it stands.

    The editors hand the text over here, so this is where its version is kept.
    """
    if progress.round is not None:
        return progress, progress.round
    text = progress.text
    version = make_version(
        text, occasion=TextVersion.Occasion.REVIEW, editors=progress.authors, by=by, at=at
    )
    stages = standing_stages()
    owner: dict[str, Any] = {"meeting": text} if isinstance(text, Meeting) else {"remark": text}
    round = ReviewRound.objects.create(
        **owner,
        version=version,
        fingerprint=version.fingerprint,
        stages=stages,
        opened_at=at,
        due_at=_due(stages_of(stages)[0], at),
    )
    return replace(progress, round=round, stages=stages_of(stages)), round


def take_step(
    begun: tuple[Progress, ReviewRound],
    stage: Stage,
    decision: Decision,
    *,
    by: User,
    at: dt.datetime,
    opinion: str = "",
) -> None:
    """Record the decision; the next stage waits for somebody else, or the round ends.

    `begun` is what `begin` returned.
    """
    progress, round = begun
    ReviewStep.objects.create(
        round=round,
        stage=stage.code,
        reviewer=by,
        text_editor_id=progress.text.edited_by_id,
        decision=decision,
        opinion=opinion,
        fingerprint=round.fingerprint,
        taken_at=at,
    )
    if decision == Decision.PROOF:
        return
    ahead = [one for one in progress.ahead if one.code != stage.code]
    round.claimed_by = round.claimed_at = None
    round.due_at = _due(ahead[0], at) if decision == Decision.PASS and ahead else None
    if decision in _OUTCOMES or not ahead:
        round.closed_at = at
        round.outcome = _OUTCOMES.get(decision, Outcome.APPROVED)
    round.save(update_fields=["claimed_by", "claimed_at", "due_at", "closed_at", "outcome"])


def _due(stage: Stage, at: dt.datetime) -> dt.datetime:
    return at + dt.timedelta(hours=stage.hours)
