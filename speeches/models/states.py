"""Where a text stands between the editor's desk and the reader."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class TextState(models.TextChoices):
    """State of a meeting's own text or of one remark."""

    DRAFT = "draft", _("待审")
    RETURNED = "returned", _("已退回")
    PUBLISHED = "published", _("已发布")
    CHANGED = "changed", _("已修改待审")
    WITHDRAWN = "withdrawn", _("已撤稿")


# Texts a moderator can decide on: not yet public, or public in an older wording.
AWAITING_REVIEW = (TextState.DRAFT, TextState.CHANGED)
