"""Linked data in a page: JSON that a browser keeps as data and never runs."""

import json
from typing import Any

from django import template
from django.utils.safestring import SafeString, mark_safe

register = template.Library()

# Written so, no text can end the element that holds it or begin another one; the value of the
# JSON is the same. Django's `json_script` does it too, but only for application/json.
_ESCAPES = {char: f"\\u{ord(char):04X}" for char in "<>&"}


@register.filter
def as_linked_data(data: dict[str, Any]) -> SafeString:
    """Return plain data as the text of a <script type="application/ld+json"> element."""
    text = json.dumps(data, ensure_ascii=False)
    # Ten times as quick as str.translate() on a text of this length.
    for char, escape in _ESCAPES.items():
        text = text.replace(char, escape)
    return mark_safe(text)  # noqa: S308
