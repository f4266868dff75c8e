"""Where a submission stands, in words for its unit: no reviewer's name, no word of the desk."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from speeches.models import RemarkEdition, ReviewRound, ReviewStep, Submission, TextState
from speeches.moderation.rounds import DONE, Progress
from speeches.moderation.schemes import stages_of, standing_stages

# States of a text whose last round tells how far it came.
_ENDED = (TextState.RETURNED, TextState.REJECTED, TextState.SCHEDULED, TextState.PUBLISHED)


@dataclass(frozen=True)
class Step:
    """One step of the way; `mark` is done, now, stopped or ahead."""

    name: str
    mark: str


@dataclass(frozen=True)
class Standing:
    """A submission with its state in words; `public` is the address readers have, or ""."""

    submission: Submission
    state: str
    words: str
    public: str

    @property
    def returned(self) -> bool:
        """Whether it is the unit's turn."""
        return self.state == TextState.RETURNED


def with_rounds(submissions: QuerySet[Submission]) -> QuerySet[Submission]:
    """Load what `standing_of` looks at: four queries, however many there are."""
    steps = ReviewStep.objects.filter(decision__in=DONE).order_by("pk")
    rounds = ReviewRound.objects.order_by("-pk").prefetch_related(Prefetch("steps", steps))
    editions = RemarkEdition.objects.current().only("remark_id")
    return submissions.select_related("remark", "call").prefetch_related(
        Prefetch("remark__review_rounds", rounds), Prefetch("remark__editions", editions)
    )


def standing_of(submission: Submission) -> Standing:
    """Return where a submission stands; it comes from `with_rounds`."""
    remark = submission.remark
    public = reverse("public:remark-detail", args=[remark.pk]) if remark.editions.all() else ""
    return Standing(submission, remark.state, _in_words(submission), public)


def way_of(submission: Submission) -> list[Step]:
    """Return the steps from receipt to publication; none for what was taken back or withdrawn."""
    state = submission.remark.state
    if state in (TextState.TAKEN_BACK, TextState.WITHDRAWN):
        return []
    progress = _progress(submission)
    ahead = [stage.code for stage in progress.ahead]
    stopped = state in (TextState.RETURNED, TextState.REJECTED)
    way = [Step(_("收到"), "done")]
    for stage in progress.stages:
        if stage.required:
            mark = "done" if stage.code not in ahead else "ahead"
            if ahead and stage.code == ahead[0]:
                mark = "stopped" if stopped else "now"
            way.append(Step(stage.name, mark))
    over = {TextState.PUBLISHED: "done", TextState.SCHEDULED: "now"}
    return [*way, Step(_("发布"), over.get(TextState(state), "ahead"))]


def _progress(submission: Submission) -> Progress:
    remark = submission.remark
    round: Any = next(iter(remark.review_rounds.all()), None)
    if round is not None and round.closed_at is not None and remark.state not in _ENDED:
        round = None
    done = tuple((step.stage, step.reviewer_id) for step in round.steps.all()) if round else ()
    stages = stages_of(round.stages if round else standing_stages())
    return Progress(remark, round, stages, done, frozenset())


def _in_words(submission: Submission) -> str:
    state = submission.remark.state
    open_round = any(one.closed_at is None for one in submission.remark.review_rounds.all())
    if state == TextState.DRAFT and open_round:
        ahead = _progress(submission).ahead
        return _("审阅中（%(stage)s）") % {"stage": ahead[0].name} if ahead else _("审阅中")
    words = {
        TextState.DRAFT: _("已收到，等待审阅"),
        TextState.RETURNED: _("已退回，请修改后重新交稿"),
        TextState.REJECTED: _("不予采用"),
        TextState.SCHEDULED: _("已通过终审，待发布"),
        TextState.PUBLISHED: _("已发布"),
        TextState.CHANGED: _("修改稿审阅中"),
        TextState.WITHDRAWN: _("已撤稿"),
        TextState.TAKEN_BACK: _("您已撤回"),
    }
    return words[TextState(state)]
