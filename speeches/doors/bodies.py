"""A remark's body in a form: the editor that the settings name, and what it needs of the policy."""

from typing import Any

from csp.constants import UNSAFE_INLINE
from django import forms
from django.conf import settings
from django.utils.module_loading import import_string

from speeches.text.markup import clean_body, paragraphs_to_body

# What the editor needs beyond the site's strict policy; only pages with a body to edit get it.
EDITOR_POLICY = {"style-src": [UNSAFE_INLINE], "script-src-attr": [UNSAFE_INLINE]}


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
        """Return clean elements; text without any tag was typed without the editor."""
        html = value or ""
        if "<" not in html:
            html = "".join(paragraphs_to_body(html.splitlines()))
        return clean_body(html)

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compare what would be stored, not how the editor wraps it."""
        return (initial or []) != self.to_python(data)
