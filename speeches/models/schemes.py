"""The stages of review as the newsroom has configured them."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

# 三审三校: three reviews by three people, three proof readings beside them that hold nothing up.
THREE_REVIEWS: list[dict[str, Any]] = [
    {"code": "first", "name": "初审", "kind": "review", "required": True, "hours": 24},
    {"code": "second", "name": "复审", "kind": "review", "required": True, "hours": 24},
    {"code": "final", "name": "终审", "kind": "review", "required": True, "hours": 24},
    {"code": "proof-1", "name": "一校", "kind": "proof", "required": False, "hours": 24},
    {"code": "proof-2", "name": "二校", "kind": "proof", "required": False, "hours": 24},
    {"code": "proof-3", "name": "三校", "kind": "proof", "required": False, "hours": 24},
]


class ReviewScheme(models.Model):
    """Stages in their order; the latest row counts, and none is ever changed.

    Each stage is {"code", "name", "kind": "review" | "proof", "required", "hours" until it is
    due}. Every round copies them when it opens, and the database refuses another copy.
    """

    stages = models.JSONField(_("审次"))
    adopted_at = models.DateTimeField(_("启用时间"))
    adopted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("启用人"),
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
    )

    class Meta:
        verbose_name = _("审校制度")
        verbose_name_plural = _("审校制度")

    def __str__(self) -> str:
        return "、".join(stage["name"] for stage in self.stages)
