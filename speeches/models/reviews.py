"""The review record: rounds over one wording of one text, and the steps taken in them."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from speeches.models.accounts import User
from speeches.models.meetings import Meeting
from speeches.models.remarks import Remark
from speeches.models.versions import TextVersion


class Decision(models.TextChoices):
    """What a reviewer decided."""

    PASS = "pass", _("通过")
    RETURN = "return", _("退回")
    REJECT = "reject", _("不予采用")
    PROOF = "proof", _("校对")


class ReviewRoundQuerySet(models.QuerySet["ReviewRound"]):
    """Rounds, in newsroom words."""

    def open(self) -> "ReviewRoundQuerySet":
        """Keep the rounds that still wait for a decision."""
        return self.filter(closed_at__isnull=True)

    def claimed_by(self, person: User) -> "ReviewRoundQuerySet":
        """Keep the open rounds whose next stage this person has claimed, the most urgent first."""
        return self.open().filter(claimed_by=person).order_by("due_at", "pk")


class Outcome(models.TextChoices):
    """How a round came to its end."""

    APPROVED = "approved", _("通过")
    RETURNED = "returned", _("退回")
    REJECTED = "rejected", _("不予采用")
    OVERTAKEN = "overtaken", _("稿件又有改动")


class ReviewRound(models.Model):
    """The review of one version of one text; it copies the configured stages when it opens.

    `due_at`, `claimed_by` and `claimed_at` speak of the stage that is next.
    """

    meeting = models.ForeignKey(
        Meeting,
        verbose_name=_("会议"),
        on_delete=models.PROTECT,
        null=True,
        related_name="review_rounds",
    )
    remark = models.ForeignKey(
        Remark,
        verbose_name=_("发言"),
        on_delete=models.PROTECT,
        null=True,
        related_name="review_rounds",
    )
    # Rounds from before versions were kept have none.
    version = models.ForeignKey(
        TextVersion,
        verbose_name=_("稿次"),
        on_delete=models.PROTECT,
        null=True,
        related_name="rounds",
    )
    fingerprint = models.CharField(_("文本指纹"), max_length=64)
    stages = models.JSONField(_("审次"))
    opened_at = models.DateTimeField(_("开始时间"))
    closed_at = models.DateTimeField(_("结束时间"), null=True)
    outcome = models.CharField(_("结果"), max_length=10, choices=Outcome.choices, blank=True)
    due_at = models.DateTimeField(_("应审结时间"), null=True)
    claimed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("认领人"),
        on_delete=models.PROTECT,
        null=True,
        related_name="claimed_rounds",
    )
    claimed_at = models.DateTimeField(_("认领时间"), null=True)

    objects = ReviewRoundQuerySet.as_manager()

    class Meta:
        verbose_name = _("审稿轮次")
        verbose_name_plural = _("审稿轮次")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(meeting__isnull=True, remark__isnull=False)
                | models.Q(meeting__isnull=False, remark__isnull=True),
                name="review_round_of_one_text",
            ),
            models.UniqueConstraint(
                fields=["meeting"],
                condition=models.Q(closed_at__isnull=True),
                name="review_round_one_open_a_meeting",
            ),
            models.UniqueConstraint(
                fields=["remark"],
                condition=models.Q(closed_at__isnull=True),
                name="review_round_one_open_a_remark",
            ),
            models.CheckConstraint(
                condition=models.Q(closed_at__isnull=True, outcome="")
                | models.Q(closed_at__isnull=False, outcome__in=Outcome.values),
                name="review_round_closed_with_outcome",
            ),
            models.CheckConstraint(
                condition=models.Q(claimed_by__isnull=True, claimed_at__isnull=True)
                | models.Q(claimed_by__isnull=False, claimed_at__isnull=False),
                name="review_round_claimed_with_time",
            ),
        )

    def __str__(self) -> str:
        return str(self.subject)

    @property
    def subject(self) -> Meeting | Remark:
        """The text under review."""
        text = self.meeting or self.remark
        if text is None:
            raise ValueError("A round of no text.")
        return text


class ReviewStep(models.Model):
    """One decision of one reviewer. Never changed or deleted, by trigger on both engines."""

    round = models.ForeignKey(
        ReviewRound, verbose_name=_("轮次"), on_delete=models.PROTECT, related_name="steps"
    )
    stage = models.CharField(_("审次"), max_length=20)
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("审稿人"),
        on_delete=models.PROTECT,
        related_name="review_steps",
    )
    # Copied from the text when the step is taken, so that the database itself can refuse a
    # reviewer who passes their own wording.
    text_editor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("最后修改"),
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
    )
    decision = models.CharField(_("决定"), max_length=10, choices=Decision.choices)
    opinion = models.TextField(_("意见"), blank=True)
    fingerprint = models.CharField(_("文本指纹"), max_length=64)
    taken_at = models.DateTimeField(_("时间"))

    class Meta:
        verbose_name = _("审稿记录")
        verbose_name_plural = _("审稿记录")
        constraints = (
            models.UniqueConstraint(
                fields=["round", "stage"],
                condition=models.Q(decision="pass"),
                name="review_step_stage_passed_once",
            ),
            models.UniqueConstraint(
                fields=["round", "reviewer"],
                condition=models.Q(decision="pass"),
                name="review_step_reviewer_passes_once",
            ),
            models.CheckConstraint(
                condition=models.Q(decision__in=Decision.values),
                name="review_step_decision_known",
            ),
            models.CheckConstraint(
                condition=~models.Q(decision="pass")
                | models.Q(text_editor__isnull=True)
                | ~models.Q(reviewer=models.F("text_editor")),
                name="review_step_not_by_the_editor",
            ),
            models.CheckConstraint(
                condition=~models.Q(decision__in=["return", "reject"]) | ~models.Q(opinion=""),
                name="review_step_return_has_reasons",
            ),
        )

    def __str__(self) -> str:
        return f"{self.stage} {self.get_decision_display()}"
