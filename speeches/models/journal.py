"""The journal: who did what to which object, when and from where. Append only, by trigger."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Act(models.TextChoices):
    """What can be done to a text or a record."""

    IMPORT = "import", _("导入")
    CONFIRM_IMPORT = "confirm-import", _("确认导入")
    DISCARD_IMPORT = "discard-import", _("放弃导入")
    CREATE = "create", _("新建")
    EDIT = "edit", _("修改")
    DELETE = "delete", _("删除")
    ARRANGE = "arrange", _("调整次序")
    ASSIGN_THEMES = "assign-themes", _("标注主题")
    LINK = "link", _("关联")
    REGISTER = "register", _("建档")
    SETTLE_DOUBT = "settle-doubt", _("核对疑点")
    APPROVE = "approve", _("审核通过")
    RETURN = "return", _("退回")
    RESUBMIT = "resubmit", _("重新送审")
    PUBLISH = "publish", _("发布")
    WITHDRAW = "withdraw", _("撤稿")


class JournalEntryQuerySet(models.QuerySet["JournalEntry"]):
    """Journal entries, in newsroom words."""

    def about(self, subject: models.Model) -> "JournalEntryQuerySet":
        """Keep the entries about one object, the newest first."""
        return self.filter(subject_kind=subject._meta.model_name, subject_id=subject.pk).order_by(
            "-id"
        )


class JournalEntry(models.Model):
    """One act. Written in the transaction of the act itself, never changed or deleted."""

    at = models.DateTimeField(_("时间"))
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("操作人"),
        on_delete=models.PROTECT,
        null=True,
        related_name="journal_entries",
        help_text=_("空白表示由命令执行。"),
    )
    act = models.CharField(_("操作"), max_length=20, choices=Act.choices)
    subject_kind = models.CharField(_("对象类别"), max_length=40)
    subject_id = models.BigIntegerField(_("对象编号"))
    subject_label = models.CharField(_("对象"), max_length=200)
    detail = models.JSONField(_("详情"), default=dict)

    objects = JournalEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("日志")
        verbose_name_plural = _("日志")
        indexes = (models.Index(fields=["subject_kind", "subject_id"], name="journal_subject"),)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(act__in=Act.values), name="journal_act_known"
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_act_display()} {self.subject_label}"
