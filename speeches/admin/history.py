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

from speeches.models import JournalEntry, User

# An object's latest acts; the whole journal is searched in its own list.
LATEST = 100
OWN_LATEST = 10


class WithHistory(admin.ModelAdmin):
    """Shows the journal as an object's history: every act, whoever did it from wherever."""

    object_history_template = "admin/speeches/history.html"

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Show what was done to the object, the latest first."""
        subject = self.get_object(request, unquote(object_id))
        entries = JournalEntry.objects.about(subject) if subject else JournalEntry.objects.none()
        context = {"entries": told(entries.select_related("actor")[:LATEST])}
        return super().history_view(request, object_id, {**context, **(extra_context or {})})


def told(entries: QuerySet[JournalEntry]) -> list[dict[str, Any]]:
    """Return entries for a template: when, who, which act, its particulars, the address."""
    return [
        {
            "at": entry.at,
            "who": entry.actor or _("命令"),
            "act": entry.get_act_display(),
            "subject": entry.subject_label,
            "particulars": particulars(entry),
            "address": _address(entry),
        }
        for entry in entries
    ]


def own_latest(user: User) -> list[dict[str, Any]]:
    """Return what the person did last."""
    return told(user.journal_entries.order_by("-id").select_related("actor")[:OWN_LATEST])


def particulars(entry: JournalEntry) -> str:
    """Return the part of an entry's detail that a person can read: fields, reasons, number."""
    detail = entry.detail
    parts = []
    if detail.get("changed"):
        names = [_label(entry.subject_kind, name) for name in detail["changed"]]
        parts.append("、".join(dict.fromkeys(names)))
    if detail.get("roles"):
        parts.append(_("角色：%(roles)s") % {"roles": "、".join(detail["roles"])})
    if words := detail.get("opinion") or detail.get("reason"):
        parts.append(str(words))
    if detail.get("edition"):
        parts.append(_("第 %(number)s 版") % {"number": detail["edition"]})
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


def _address(entry: JournalEntry) -> str:
    try:
        return reverse(f"admin:speeches_{entry.subject_kind}_change", args=[entry.subject_id])
    except NoReverseMatch:
        return ""
