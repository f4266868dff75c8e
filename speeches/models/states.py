"""Where a text stands between the editor's desk and the reader, and who touched it last."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class TextState(models.TextChoices):
    """State of a meeting's own text or of one remark."""

    DRAFT = "draft", _("待审")
    RETURNED = "returned", _("已退回")
    PUBLISHED = "published", _("已发布")
    CHANGED = "changed", _("已修改待审")
    WITHDRAWN = "withdrawn", _("已撤稿")
    SCHEDULED = "scheduled", _("待发布")
    REJECTED = "rejected", _("不予采用")
    TAKEN_BACK = "taken-back", _("已撤回")


# Texts a moderator can decide on: not yet public, or public in an older wording.
AWAITING_REVIEW = (TextState.DRAFT, TextState.CHANGED)


class DeskText(models.Model):
    """What every text on the desk carries beside its words; kept by moderation/ alone."""

    state = models.CharField(
        _("状态"),
        max_length=10,
        choices=TextState.choices,
        default=TextState.DRAFT,
        editable=False,
        db_index=True,
    )
    # Of the text as it stands now: tells an edit of the text from one of its links, and binds
    # an approval to the wording that was seen.
    fingerprint = models.CharField(_("文本指纹"), max_length=64, blank=True, editable=False)
    created_at = models.DateTimeField(_("建立时间"), editable=False)
    edited_at = models.DateTimeField(_("修改时间"), editable=False)
    edited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("最后修改"),
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
    )

    class Meta:
        abstract = True
