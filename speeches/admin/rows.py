"""Rows of a table inside a form: cells with names, and rows in an order the editor types."""

from typing import Any

from django import forms
from django.db.models import F
from django.forms.models import BaseInlineFormSet

# Positions are unique and every row is written by its own UPDATE: rows that move wait up here.
BEYOND = 1_000_000


class OrderedForm(forms.ModelForm):
    """A row whose number is judged together with the others, by the formset."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "position" in self.fields:
            self.fields["position"].required = False
            self.fields["position"].widget.attrs["min"] = 1

    def validate_unique(self) -> None:
        """Leave it to the formset: in the database the other rows still have old numbers."""

    def validate_constraints(self) -> None:
        """Leave it to the formset and the fields."""


class LabelledFormSet(BaseInlineFormSet):
    """Rows whose cells say what they are to those who cannot see the head of the table."""

    def add_fields(self, form: forms.ModelForm, index: int | None) -> None:
        """Name every cell, the one that deletes the row included."""
        super().add_fields(form, index)
        for field in form.fields.values():
            if field.widget.is_hidden or not field.label:
                continue
            field.widget.attrs["aria-label"] = field.label


class OrderedFormSet(LabelledFormSet):
    """Rows with numbers of which none may stand twice: bylines, pictures, speakers.

    Numbers may be swapped freely, and a new row without a number goes to the end.
    """

    def clean(self) -> None:
        """Number the rows that have none, then look for numbers that stand twice."""
        rows = [form for form in self._kept() if "position" in form.cleaned_data]
        last = max((form.cleaned_data["position"] or 0 for form in rows), default=0)
        for form in rows:
            if form.cleaned_data["position"] is None:
                last += 1
                form.cleaned_data["position"] = form.instance.position = last
        super().clean()

    def save(self, commit: bool = True) -> Any:
        """Lift every row that moves or goes out of the way, then write."""
        moving = [
            form.instance.pk
            for form in self.initial_forms
            if form in self.deleted_forms or "position" in form.changed_data
        ]
        self.get_queryset().filter(pk__in=moving).update(position=F("position") + BEYOND)
        return super().save(commit=commit)

    def _kept(self) -> list[forms.ModelForm]:
        return [
            form
            for form in self.forms
            if hasattr(form, "cleaned_data")
            and form not in self.deleted_forms
            and (form.instance.pk or form.has_changed())
        ]
