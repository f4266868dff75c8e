"""The history of an object and of a person's own acts, told from the journal."""

from typing import Any

from django.apps import apps
from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.core.exceptions import FieldDoesNotExist
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from speeches.admin.acting import signed_in
from speeches.models import Act, JournalEntry, User

# An object's latest acts; the whole journal is searched in its own list.
LATEST = 100
OWN_LATEST = 10
COMING_AND_GOING = (Act.SIGN_IN, Act.SIGN_OUT, Act.SECOND_FACTOR)
# What was asked for and refused: the act's function, as the journal keeps it.
ASKED = {
    "save": gettext_lazy("保存"),
    "delete": gettext_lazy("删除"),
    "approve": gettext_lazy("通过"),
    "approve_page": gettext_lazy("整版通过"),
    "send_back": gettext_lazy("退回"),
    "withdraw": gettext_lazy("撤稿"),
    "resubmit": gettext_lazy("重新送审"),
    "arrange": gettext_lazy("调整次序"),
    "confirm": gettext_lazy("确认导入"),
    "discard": gettext_lazy("放弃导入"),
    "discard_draft": gettext_lazy("删除草稿"),
    "revise": gettext_lazy("修改导入草稿"),
    "answer_sameness": gettext_lazy("判断异同"),
    "keep_apart": gettext_lazy("判断异同"),
    "link_as_reprint": gettext_lazy("关联为同一篇"),
    "claim": gettext_lazy("认领"),
    "release": gettext_lazy("放弃认领"),
    "reject": gettext_lazy("不予采用"),
    "comment": gettext_lazy("批注"),
    "settle_comment": gettext_lazy("处理批注"),
    "proofread": gettext_lazy("校对"),
    "reschedule": gettext_lazy("改期"),
    "unschedule": gettext_lazy("取消定时"),
    "restore": gettext_lazy("恢复旧稿"),
    "hand_in": gettext_lazy("交稿"),
    "hand_in_again": gettext_lazy("重新交稿"),
    "take_back": gettext_lazy("撤回来稿"),
    "invite": gettext_lazy("发送链接"),
    "close_call": gettext_lazy("提前截稿"),
    "adopt_scheme": gettext_lazy("启用审校制度"),
    "register_unit": gettext_lazy("单位建档"),
    "register_speakers": gettext_lazy("发言人建档"),
}


class WithHistory(admin.ModelAdmin):
    """Shows the journal as an object's history: every act, whoever did it from wherever."""

    object_history_template = "admin/speeches/history.html"

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Show what was done to the object, the latest first."""
        subject = self.get_object(request, unquote(object_id))
        entries = JournalEntry.objects.about(subject) if subject else JournalEntry.objects.none()
        context = {
            "entries": told(entries.select_related("actor")[:LATEST], signed_in(request)),
            "kind": self.opts.model_name,
            "pk": subject.pk if subject else None,
        }
        return super().history_view(request, object_id, {**context, **(extra_context or {})})


def told(entries: QuerySet[JournalEntry], reader: User) -> list[dict[str, Any]]:
    """Return entries for a template: when, who, which act, its particulars, the object's page.

    The page is named only to a reader who may open it.
    """
    return [
        {
            "at": entry.at,
            "who": who(entry),
            "act": entry.get_act_display(),
            "subject": entry.subject_label,
            "particulars": particulars(entry),
            "address": _address(entry, reader),
        }
        for entry in entries
    ]


def own_latest(user: User) -> list[dict[str, Any]]:
    """Return what the person did last, besides coming and going."""
    entries = user.journal_entries.exclude(act__in=COMING_AND_GOING).order_by("-number")
    return told(entries.select_related("actor")[:OWN_LATEST], user)


def who(entry: JournalEntry) -> str:
    """Return who did it, or why nobody is named."""
    if entry.actor is not None:
        return str(entry.actor)
    return _("未登录") if entry.act == Act.SIGN_IN else _("命令")


def particulars(entry: JournalEntry) -> str:
    """Return the part of an entry's detail that a person can read: fields, reasons, number."""
    detail = entry.detail
    parts = []
    if asked := detail.get("asked"):
        parts.append(str(ASKED.get(asked, asked)))
    if detail.get("changed"):
        names = [_label(entry.subject_kind, name) for name in detail["changed"]]
        parts.append("、".join(dict.fromkeys(names)))
    if detail.get("roles"):
        parts.append(_("角色：%(roles)s") % {"roles": "、".join(detail["roles"])})
    if words := detail.get("opinion") or detail.get("reason"):
        parts.append(str(words))
    if detail.get("edition"):
        parts.append(_("第 %(number)s 版") % {"number": detail["edition"]})
    if detail.get("format"):
        parts.append(" ".join(filter(None, (detail["format"], detail.get("filter")))))
    return "；".join(parts)


def _label(kind: str, name: str) -> str:
    """Return the Chinese name of a field, or of the kind of rows an inline form holds."""
    try:
        model: type[Model] = apps.get_model("speeches", kind)
        return str(getattr(model._meta.get_field(name), "verbose_name", name))
    except (LookupError, FieldDoesNotExist):
        pass
    return kind_in_words(name)


def kind_in_words(name: str) -> str:
    """Return what the rows of a model are called, or the name where there is no such model."""
    try:
        return str(apps.get_model("speeches", name)._meta.verbose_name)
    except LookupError:
        return name


def _address(entry: JournalEntry, reader: User) -> str:
    if not reader.has_perm(f"speeches.view_{entry.subject_kind}"):
        return ""
    try:
        return reverse(f"admin:speeches_{entry.subject_kind}_change", args=[entry.subject_id])
    except NoReverseMatch:
        return ""
