"""Form fields of the desk: lists of paragraphs as lines."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


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
