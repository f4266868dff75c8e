"""The journal: who did what to which object, when, from where and with what result.

Append only, by trigger; every entry carries the fingerprint of the one before (`chain`).
"""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from speeches.models.chain import BEGINNING, COLUMNS


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
    CLAIM = "claim", _("认领")
    RELEASE = "release", _("放弃认领")
    REJECT = "reject", _("不予采用")
    PROOFREAD = "proofread", _("校对")
    COMMENT = "comment", _("批注")
    SETTLE_COMMENT = "settle-comment", _("处理批注")
    SCHEDULE = "schedule", _("定时发布")
    UNSCHEDULE = "unschedule", _("取消定时")
    RESTORE = "restore", _("恢复旧稿")
    ADOPT_SCHEME = "adopt-scheme", _("启用审校制度")
    CALL = "call", _("征稿")
    INVITE = "invite", _("发送链接")
    SUBMIT = "submit", _("来稿")
    TAKE_BACK = "take-back", _("撤回来稿")
    SECOND_FACTOR = "second-factor", _("两步验证")
    ATTEMPT = "attempt", _("未获准的操作")
    SIGN_IN = "sign-in", _("登录")
    SIGN_OUT = "sign-out", _("退出")
    EXPORT = "export", _("导出")


class Result(models.TextChoices):
    """What came of it."""

    DONE = "done", _("完成")
    REFUSED = "refused", _("被拒")


class JournalEntryQuerySet(models.QuerySet["JournalEntry"]):
    """Journal entries, in newsroom words."""

    def about(self, subject: models.Model) -> "JournalEntryQuerySet":
        """Keep the entries about one object, the newest first."""
        return self.filter(subject_kind=subject._meta.model_name, subject_id=subject.pk).order_by(
            "-number"
        )

    def in_order(self) -> "JournalEntryQuerySet":
        """Order as they were written."""
        return self.order_by("number")


class JournalEntry(models.Model):
    """One act. Written in the transaction of the act itself, never changed or deleted."""

    number = models.PositiveBigIntegerField(_("编号"), unique=True)
    at = models.DateTimeField(_("时间"))
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("操作人"),
        on_delete=models.PROTECT,
        null=True,
        related_name="journal_entries",
        help_text=_("空白表示由命令执行，或登录未成功。"),
    )
    address = models.CharField(
        _("来源地址"), max_length=45, blank=True, help_text=_("空白表示不是从网络来的。")
    )
    act = models.CharField(_("操作"), max_length=20, choices=Act.choices)
    result = models.CharField(_("结果"), max_length=10, choices=Result.choices, default=Result.DONE)
    subject_kind = models.CharField(_("对象类别"), max_length=40)
    subject_id = models.BigIntegerField(_("对象编号"))
    subject_label = models.CharField(_("对象"), max_length=200)
    detail = models.JSONField(_("详情"), default=dict)
    previous = models.CharField(_("前一条的指纹"), max_length=64)
    hash = models.CharField(_("指纹"), max_length=64)

    objects = JournalEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("日志")
        verbose_name_plural = _("日志")
        permissions = [("export_journal", _("可以导出日志"))]
        indexes = (
            models.Index(fields=["subject_kind", "subject_id"], name="journal_subject"),
            models.Index(fields=["at"], name="journal_at"),
        )
        constraints = (
            models.CheckConstraint(
                condition=models.Q(act__in=Act.values), name="journal_act_known"
            ),
            models.CheckConstraint(
                condition=models.Q(result__in=Result.values), name="journal_result_known"
            ),
            models.CheckConstraint(
                condition=models.Q(number__gte=1), name="journal_number_from_one"
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_act_display()} {self.subject_label}"

    def chained(self) -> dict[str, Any]:
        """Return the columns the fingerprint covers."""
        return {name: getattr(self, name) for name in COLUMNS}


class JournalHead(models.Model):
    """The end of the chain: number and fingerprint of the last entry.

    One row, locked by whoever writes; by trigger it only moves forward. It tells when the last
    entries are missing, which the entries themselves cannot.
    """

    number = models.PositiveBigIntegerField(_("末条编号"), default=0)
    hash = models.CharField(_("末条指纹"), max_length=64, default=BEGINNING)

    class Meta:
        verbose_name = _("全部日志")
        verbose_name_plural = _("全部日志")
        constraints = (
            models.CheckConstraint(condition=models.Q(id=1), name="journal_head_only_one"),
        )

    def __str__(self) -> str:
        return str(_("日志"))
