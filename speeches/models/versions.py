"""Versions: what a text said at each hand-over, who had changed its wording, and remarks on it."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from speeches.models.meetings import Meeting
from speeches.models.remarks import Remark

_OF_ONE_TEXT = models.Q(meeting__isnull=True, remark__isnull=False) | models.Q(
    meeting__isnull=False, remark__isnull=True
)


class WordingChange(models.Model):
    """Somebody changed the wording of a text: they may not review what came of it.

    It outlives a draft that is thrown away, so nothing binds it to the text's row.
    """

    meeting = models.ForeignKey(
        Meeting,
        verbose_name=_("会议"),
        on_delete=models.DO_NOTHING,
        null=True,
        db_constraint=False,
        related_name="wording_changes",
    )
    remark = models.ForeignKey(
        Remark,
        verbose_name=_("发言"),
        on_delete=models.DO_NOTHING,
        null=True,
        db_constraint=False,
        related_name="wording_changes",
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("修改人"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    at = models.DateTimeField(_("时间"))
    fingerprint = models.CharField(_("文本指纹"), max_length=64)

    class Meta:
        verbose_name = _("文字改动")
        verbose_name_plural = _("文字改动")
        constraints = (
            models.CheckConstraint(condition=_OF_ONE_TEXT, name="wording_change_of_one_text"),
        )

    def __str__(self) -> str:
        return f"{self.by} {self.fingerprint[:8]}"


class TextVersion(models.Model):
    """What a text said when it was handed over. Never changed; restoring makes a new one."""

    class Occasion(models.TextChoices):
        """Why it was kept."""

        REVIEW = "review", _("送审")
        SUBMISSION = "submission", _("来稿")
        RESTORED = "restored", _("恢复旧稿")
        REPLACED = "replaced", _("被恢复的旧稿替换")

    meeting = models.ForeignKey(
        Meeting,
        verbose_name=_("会议"),
        on_delete=models.PROTECT,
        null=True,
        related_name="versions",
    )
    remark = models.ForeignKey(
        Remark,
        verbose_name=_("发言"),
        on_delete=models.PROTECT,
        null=True,
        related_name="versions",
    )
    number = models.PositiveIntegerField(_("稿次"))
    occasion = models.CharField(_("缘由"), max_length=12, choices=Occasion.choices)
    fingerprint = models.CharField(_("文本指纹"), max_length=64)
    # The words alone, as `moderation.versioning.content_of` gives them.
    content = models.JSONField(_("内容"))
    # The id of the last WordingChange of the text that is in it.
    changes_until = models.PositiveBigIntegerField(_("改动止于"), default=0)
    made_at = models.DateTimeField(_("时间"))
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("经手"),
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
    )

    class Meta:
        verbose_name = _("稿次")
        verbose_name_plural = _("稿次")
        constraints = (
            models.CheckConstraint(condition=_OF_ONE_TEXT, name="text_version_of_one_text"),
            models.UniqueConstraint(
                fields=["meeting", "number"], name="text_version_number_once_a_meeting"
            ),
            models.UniqueConstraint(
                fields=["remark", "number"], name="text_version_number_once_a_remark"
            ),
        )

    def __str__(self) -> str:
        return str(_("第%(number)d稿")) % {"number": self.number}

    @property
    def subject(self) -> Meeting | Remark:
        """The text it is a version of."""
        text = self.meeting or self.remark
        if text is None:
            raise ValueError("A version of no text.")
        return text


class VersionEditor(models.Model):
    """Somebody whose wording is in a version and on no published page yet."""

    version = models.ForeignKey(
        TextVersion, verbose_name=_("稿次"), on_delete=models.PROTECT, related_name="editors"
    )
    editor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("修改人"),
        on_delete=models.PROTECT,
        related_name="+",
    )

    class Meta:
        verbose_name = _("稿次修改人")
        verbose_name_plural = _("稿次修改人")
        constraints = (
            models.UniqueConstraint(fields=["version", "editor"], name="version_editor_once"),
        )

    def __str__(self) -> str:
        return str(self.editor)


class ReviewComment(models.Model):
    """A reviewer's word on one paragraph of a version; settled, never changed or deleted."""

    version = models.ForeignKey(
        TextVersion, verbose_name=_("稿次"), on_delete=models.PROTECT, related_name="comments"
    )
    # A name of `content_of`: "heading", "body"; and the place in it where it is a list.
    part = models.CharField(_("位置"), max_length=20)
    place = models.PositiveIntegerField(_("第几段"), null=True)
    words = models.TextField(_("意见"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("提出人"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    at = models.DateTimeField(_("时间"))
    settled_at = models.DateTimeField(_("处理时间"), null=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("处理人"),
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
    )

    class Meta:
        verbose_name = _("段落意见")
        verbose_name_plural = _("段落意见")
        constraints = (
            models.CheckConstraint(
                condition=~models.Q(words=""), name="review_comment_says_something"
            ),
        )

    def __str__(self) -> str:
        return self.words
