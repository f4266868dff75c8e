"""Form fields of the desk: a remark's body as restricted HTML, lists of paragraphs as lines."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from speeches.text.markup import clean_body


class BodyField(forms.Field):
    """A remark's body: HTML in the editor, a list of clean block elements in the database.

    Whatever arrives is cleaned with the server's allow list, whoever sent it.
    """

    def __init__(self, **kwargs: Any) -> None:
        """Use the editor that the settings name."""
        kwargs.setdefault("widget", import_string(settings.RICH_TEXT_WIDGET))
        super().__init__(**kwargs)

    def prepare_value(self, value: Any) -> Any:
        """Return HTML for the editor."""
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> list[str]:
        """Return clean elements."""
        return clean_body(value or "")

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compare what would be stored, not how the editor wraps it."""
        return (initial or []) != self.to_python(data)


class ParagraphsField(forms.CharField):
    """A list of plain paragraphs, one a line."""

    widget = forms.Textarea

    def __init__(self, **kwargs: Any) -> None:
        """Explain the form of the input."""
        kwargs.setdefault("help_text", _("每行一段。"))
        super().__init__(**kwargs)

    def prepare_value(self, value: Any) -> Any:
        """Return one paragraph a line."""
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        """Return the paragraphs without empty ones."""
        text = super().to_python(value) or ""
        return [line.strip() for line in text.splitlines() if line.strip()]

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compare the paragraphs."""
        return (initial or []) != self.to_python(data)
