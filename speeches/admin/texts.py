"""What the pages of meetings and of remarks have in common: saving, standing, sending again."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from speeches.admin.acting import WholeOrNothing, attempt, now, signed_in
from speeches.admin.history import WithHistory
from speeches.admin.keeping import changed_parts
from speeches.models import Act, Meeting, Remark, TextState
from speeches.moderation import journal
from speeches.moderation.editing import record_edit, resubmit
from speeches.moderation.locking import locked

# What the desk itself keeps of a row: never written from a form.
KEPT = ("state", "fingerprint", "edited_at", "edited_by")


class TextAdmin(WithHistory, WholeOrNothing):
    """A text that is edited, reviewed and published.

    Only what the form holds is written, on the row as it stands: a decision that a moderator took
    a moment ago is not undone by an editor's save.
    """

    actions: tuple[str, ...] = ("send_again",)

    # -- saving ---------------------------------------------------------------------------------

    def save_model(
        self, request: HttpRequest, obj: Any, form: forms.ModelForm, change: bool
    ) -> None:
        """Write the fields; `save_related` draws the consequences once everything is written."""
        if not change:
            obj.created_at = obj.edited_at = now()
            obj.save()
            return
        standing = locked(obj)
        for name in KEPT:
            setattr(obj, name, getattr(standing, name))
        columns = {field.name for field in obj._meta.concrete_fields}
        obj.save(update_fields=columns & set(form.cleaned_data))

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Write the rows that belong to the text, then record the edit."""
        super().save_related(request, form, formsets, change)
        changed = changed_parts(form, formsets)
        if not change:
            journal.write(
                Act.CREATE, form.instance, by=signed_in(request), at=now(), changed=changed
            )
            changed = []
        record_edit(form.instance, by=signed_in(request), at=now(), changed=changed)

    # -- standing -------------------------------------------------------------------------------

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Say above the form whether readers see the text, and why it came back."""
        text = self.model.objects.filter(pk=object_id).first() if object_id.isdecimal() else None
        context: dict[str, Any] = {}
        if text is not None:
            context = {
                "public": text.editions.current().exists(),
                "returned": reasons_of_return(text),
            }
        return super().change_view(
            request, object_id, form_url, {**context, **(extra_context or {})}
        )

    @admin.display(description=gettext_lazy("状态"))
    def standing(self, text: Meeting | Remark) -> str:
        """Show the state of the text."""
        return text.get_state_display()

    @admin.display(description=gettext_lazy("最后修改"))
    def edited(self, text: Meeting | Remark) -> str:
        """Show who changed the text last, and when."""
        if text._state.adding:
            return ""
        return f"{text.edited_by or _('导入命令')} {localtime(text.edited_at):%Y-%m-%d %H:%M}"

    def must_see(self, request: HttpRequest, text: Meeting | Remark) -> None:
        """Refuse whoever may not look at the text."""
        if not self.has_view_permission(request, text):
            raise PermissionDenied

    # -- actions --------------------------------------------------------------------------------

    @admin.action(
        description=gettext_lazy("将所选退回或撤下的稿件重新送审"), permissions=["change"]
    )
    def send_again(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        """Hand returned or withdrawn texts to the moderators again."""
        done = sum(attempt(request, resubmit, text) for text in queryset)
        if done:
            messages.success(request, _("已送审 %(number)d 篇。") % {"number": done})


def reasons_of_return(text: Meeting | Remark) -> str:
    """Return why the text was last sent back, or "" when it does not lie with the editors."""
    if text.state != TextState.RETURNED:
        return ""
    opinions = text.review_rounds.filter(steps__decision="return").order_by("-id")
    return opinions.values_list("steps__opinion", flat=True).first() or ""
