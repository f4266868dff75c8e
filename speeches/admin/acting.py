"""Acting on the desk: forms saved whole or not at all, records that nobody edits."""

from contextlib import AbstractContextManager, nullcontext
from contextvars import ContextVar
from typing import Any

from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.contrib.admin.utils import unquote
from django.db import models
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from speeches.doors.acting import attempt, now, signed_in, tell
from speeches.moderation import journal
from speeches.moderation.refusals import Refused

# What the desk shares with the contributing units' pages; its own rooms take it from here.
__all__ = ["ReadOnlyAdmin", "WholeOrNothing", "as_one_act", "attempt", "now", "signed_in", "tell"]


def as_one_act(request: HttpRequest) -> AbstractContextManager[None]:
    """Hold what a form posts together, around Django's own transaction; looking needs none."""
    return journal.together() if request.method == "POST" else nullcontext()


# Why the form that is shown once more was not saved; "" for any other form.
_unsaved: ContextVar[str] = ContextVar("unsaved", default="")


class WholeOrNothing(ModelAdmin):
    """A form that is saved with everything it entails, or not at all.

    Django saves a form in one transaction; a refusal inside leaves it, so that nothing is half
    saved, and is caught only here.
    """

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> Any:
        """Show or save the form; after a refused save it says why and holds what was typed."""
        try:
            with as_one_act(request):
                if request.method == "POST":
                    self.look_first(request, object_id)
                return super().changeform_view(request, object_id, form_url, extra_context)
        except Refused as refusal:
            shown = self.show_again(request, object_id, form_url, extra_context, refusal)
            self._note(request, object_id, "save", refusal)
            return shown

    def look_first(self, request: HttpRequest, object_id: str | None) -> None:
        """Refuse what need not even be read, before anything is written."""

    def show_again(
        self,
        request: HttpRequest,
        object_id: str | None,
        form_url: str,
        extra_context: dict[str, Any] | None,
        refusal: Refused,
    ) -> Any:
        """Show the form as it was sent, with the reason above it; files must be chosen again."""
        if request.FILES:
            files = [file for name in request.FILES for file in request.FILES.getlist(name)]
            names = "、".join(str(file.name) for file in files)
            messages.warning(request, _("文件“%(names)s”没有保存，请重新选择。") % {"names": names})
            request.FILES.clear()
        token = _unsaved.set(str(refusal))
        try:
            with as_one_act(request):
                return super().changeform_view(request, object_id, form_url, extra_context)
        finally:
            _unsaved.reset(token)

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> type[ModelForm]:
        """Return the form; one that is shown once more cannot be saved."""
        form = super().get_form(request, obj, change=change, **kwargs)
        return _that_says(_unsaved.get(), form) if _unsaved.get() else form

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Ask and delete; a refused deletion changes nothing and says why."""
        try:
            with as_one_act(request):
                return super().delete_view(request, object_id, extra_context)
        except Refused as refusal:
            tell(request, refusal)
            self._note(request, object_id, "delete", refusal)
            return redirect(request.get_full_path())

    def _note(
        self, request: HttpRequest, object_id: str | None, asked: str, refusal: Refused
    ) -> None:
        """Tell the journal, where there is an object already."""
        subject = self.get_object(request, unquote(object_id)) if object_id else None
        if subject is not None:
            journal.write_refusal(
                asked, subject, by=signed_in(request), at=now(), reason=str(refusal)
            )


def _that_says(reason: str, form: type[ModelForm]) -> type[ModelForm]:
    """Return the form with a mistake that no typing mends: the reason, one a line."""

    def clean(self: ModelForm) -> Any:
        cleaned = form.clean(self)
        self.add_error(None, reason.split("\n"))
        return cleaned

    return type(form.__name__, (form,), {"clean": clean})


class ReadOnlyAdmin(ModelAdmin):
    """Shows records that nobody edits by hand."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Nobody adds one by hand."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        """Nobody changes one."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        """Nobody deletes one."""
        return False
