"""What the pages of meetings and of remarks have in common: saving, standing, sending again."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from speeches.admin.acting import WholeOrNothing, attempt, now, signed_in
from speeches.admin.began import CARRIED, carry, state_of, text_of
from speeches.admin.history import WithHistory
from speeches.admin.keeping import changed_parts
from speeches.admin.overtaken import Overtaken, TakenOver, both_versions, must_still_stand
from speeches.admin.restoring import restore_page
from speeches.admin.review_comments import comments_of, settle_ticked
from speeches.admin.review_sheet_page import review_sheet_page
from speeches.admin.versions import versions_page
from speeches.models import Act, Meeting, Remark, TextState
from speeches.moderation import journal
from speeches.moderation.editing import record_edit, resubmit
from speeches.moderation.locking import locked
from speeches.moderation.refusals import Refused

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
        """Write the rows that belong to the text, then record the edit and what was settled."""
        super().save_related(request, form, formsets, change)
        changed = changed_parts(form, formsets)
        if not change:
            journal.write(
                Act.CREATE, form.instance, by=signed_in(request), at=now(), changed=changed
            )
            changed = []
        record_edit(form.instance, by=signed_in(request), at=now(), changed=changed)
        settle_ticked(request, form.instance)

    # -- two people at one text -----------------------------------------------------------------

    def look_first(self, request: HttpRequest, object_id: str | None) -> None:
        """Refuse a form whose text somebody else has changed since; the text is held."""
        text = text_of(self, request, object_id)
        if text is not None and self.has_change_permission(request, text):
            must_still_stand(self, request, text)

    def show_again(
        self,
        request: HttpRequest,
        object_id: str | None,
        form_url: str,
        extra_context: dict[str, Any] | None,
        refusal: Refused,
    ) -> Any:
        """Show both versions above the form when somebody else was faster."""
        text = text_of(self, request, object_id)
        both = {}
        if text is not None and isinstance(refusal, Overtaken | TakenOver):
            both = both_versions(self, request, text)
        context = {**(extra_context or {}), **both}
        return super().show_again(request, object_id, form_url, context, refusal)

    def _note(
        self, request: HttpRequest, object_id: str | None, asked: str, refusal: Refused
    ) -> None:
        if not isinstance(refusal, TakenOver):
            super()._note(request, object_id, asked, refusal)

    # -- standing -------------------------------------------------------------------------------

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Say above the form whether readers see the text, why it came back, what was said."""
        text = self.model.objects.filter(pk=object_id).first() if object_id.isdecimal() else None
        context: dict[str, Any] = {}
        if text is not None:
            context = {
                "public": text.editions.current().exists(),
                "returned": reasons_of_return(text),
                "comments": comments_of(text),
            }
            if self.has_change_permission(request, text):
                # Before the form is made: a change in between makes it too old, never too new.
                context[CARRIED] = carry(state_of(self, request, text))
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

    # -- versions -------------------------------------------------------------------------------

    def get_urls(self) -> list[URLPattern]:
        """Add the versions, the restoring of one, and the review sheet."""
        wrap, name = self.admin_site.admin_view, f"speeches_{self.opts.model_name}"
        return [
            path("<int:pk>/versions/", wrap(self.versions), name=f"{name}_versions"),
            path("<int:pk>/review-sheet.pdf", wrap(self.review_sheet), name=f"{name}_review_sheet"),
            path(
                "<int:pk>/versions/<int:number>/restore/",
                wrap(self.restore),
                name=f"{name}_restore",
            ),
            *super().get_urls(),
        ]

    def versions(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show the versions, and two of them or all compared."""
        text = get_object_or_404(self.model, pk=pk)
        self.must_see(request, text)
        return versions_page(self, request, text)

    def restore(self, request: HttpRequest, pk: int, number: int) -> HttpResponse:
        """Ask, showing what would change, and put an earlier version back."""
        text = get_object_or_404(self.model, pk=pk)
        if not self.has_change_permission(request, text):
            raise PermissionDenied
        return restore_page(self, request, text, number)

    def review_sheet(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Hand out the review sheet (审签单)."""
        text = get_object_or_404(self.model, pk=pk)
        self.must_see(request, text)
        return review_sheet_page(self, request, text)

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
