"""What a form was made from: it carries that along, and a save finds out whether it still stands.

A form overwrites what it shows: its own fields, and the rows that may be added to it. Exactly
these are its state, so that any change of them is noticed, of the wording or of a link, whichever
act made it; and nothing else is, so that a decision taken meanwhile stops nobody.
"""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from django import forms
from django.contrib.admin import ModelAdmin
from django.contrib.admin.utils import unquote
from django.core import signing
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.forms.models import BaseInlineFormSet
from django.http import HttpRequest

from speeches.models import Meeting, Remark

CARRIED = "began"
_SALT = "speeches.admin.began"

# A value as JSON: a string, a number, or a list of strings.
Value = Any
Row = dict[str, Value]


@dataclass(frozen=True)
class State:
    """Values of the fields by name; of the rows by prefix of their formset, and by id."""

    fields: Row
    rows: dict[str, dict[str, Row]]


def settled(field: forms.Field, value: Any) -> Value:
    """Return a field's value the same whether it comes from the database or from a browser."""
    if isinstance(field, forms.ModelMultipleChoiceField):
        return sorted(str(getattr(one, "pk", one)) for one in value or ())
    if isinstance(field, forms.ModelChoiceField):
        return str(getattr(value, "pk", value) or "")
    if isinstance(field, forms.FileField):
        return str(value or "")
    try:
        value = field.to_python(field.prepare_value(value))
    except ValidationError:
        # What makes no sense stands as it was typed.
        return str(value)
    if value is None or isinstance(value, (int, list)):
        return value
    # Browsers end lines in their own way.
    return str(value).replace("\r\n", "\n")


def formsets_of(
    admin: ModelAdmin, request: HttpRequest, text: Meeting | Remark
) -> Iterator[tuple[str, BaseInlineFormSet]]:
    """Yield the formsets of the text's own rows, as they are stored, each with its prefix."""
    for made, inline in admin.get_formsets_with_inlines(request, text):
        if inline.has_add_permission(request, text):
            prefix = made.get_default_prefix()
            rows = inline.get_queryset(request)
            yield prefix, made(instance=text, prefix=prefix, queryset=rows)


def cells_of(row: forms.BaseForm) -> dict[str, forms.Field]:
    """Return the fields of a row that hold something of its own."""
    return {
        name: field
        for name, field in row.fields.items()
        if name != "DELETE" and not field.widget.is_hidden
    }


def state_of(admin: ModelAdmin, request: HttpRequest, text: Meeting | Remark) -> State:
    """Return what the form of this text would show now; queries do not grow with the rows."""
    return State(
        _values(admin.get_form(request, text, change=True)(instance=text)),
        {
            prefix: {
                str(form.instance.pk): _values(form)
                for form in formset.initial_forms
                if isinstance(form.instance, Model)
            }
            for prefix, formset in formsets_of(admin, request, text)
        },
    )


def carry(state: State) -> str:
    """Return the state as a form carries it, signed."""
    return signing.dumps(asdict(state), salt=_SALT, compress=True)


def carried(request: HttpRequest) -> State | None:
    """Return what a form that was sent was made from; None where it does not say."""
    try:
        return State(**signing.loads(request.POST.get(CARRIED, ""), salt=_SALT))
    except signing.BadSignature:
        return None


def text_of(admin: ModelAdmin, request: HttpRequest, object_id: str | None) -> Any:
    """Return the text that a form is about; None for a new one, and where there is none."""
    return admin.get_object(request, unquote(object_id)) if object_id else None


def _values(form: forms.BaseForm) -> Row:
    return {
        name: settled(field, form.get_initial_for_field(field, name))
        for name, field in cells_of(form).items()
    }
