"""Reference records: saved by the admin's own forms, journalled by moderation/."""

from typing import Any

from django.db import models
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse

from speeches.admin.acting import WholeOrNothing, as_one_act, now, signed_in
from speeches.admin.history import WithHistory
from speeches.models import Act, District, Person, Theme, Unit
from speeches.moderation import journal
from speeches.moderation.watching import watch


def changed_parts(form: ModelForm, formsets: Any) -> list[str]:
    """Return the names of the changed fields, and of the models of changed inline forms."""
    return list(form.changed_data) + [
        formset.model._meta.model_name for formset in formsets if formset.has_changed()
    ]


class KeptAdmin(WithHistory, WholeOrNothing):
    """A page of records whose changes are journalled."""

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Say what is about to change, for the pages that show it."""
        _watch(obj)
        super().save_model(request, obj, form, change)

    def save_related(
        self, request: HttpRequest, form: ModelForm, formsets: Any, change: bool
    ) -> None:
        """Write the rows that belong to the record, then the journal."""
        super().save_related(request, form, formsets, change)
        changed = changed_parts(form, formsets)
        act = Act.EDIT if change else Act.CREATE
        if changed:
            journal.write(act, form.instance, by=signed_in(request), at=now(), changed=changed)

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Show the list; what is changed in its rows is saved with its entries."""
        with as_one_act(request):
            return super().changelist_view(request, extra_context)

    def delete_model(self, request: HttpRequest, obj: models.Model) -> None:
        """Write the journal, then delete."""
        _watch(obj)
        journal.write(Act.DELETE, obj, by=signed_in(request), at=now())
        super().delete_model(request, obj)

    @journal.act
    def delete_queryset(self, request: HttpRequest, queryset: models.QuerySet[Any]) -> None:
        """Delete one by one, so that every deletion is journalled."""
        for obj in queryset:
            self.delete_model(request, obj)


def _watch(row: models.Model) -> None:
    """Watch a record that public pages name."""
    if isinstance(row, District | Theme | Unit | Person):
        watch(row)
