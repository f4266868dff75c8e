"""Compiled templates: what those under templates/jinja2/ may use, and how they are read.

Why the pages that readers see are compiled: docs/decisions/0020-compiled-templates.md.
"""

from functools import cache
from typing import Any

from django.conf import settings
from django.templatetags.static import static
from django.utils.translation import gettext, ngettext
from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from cppcc.compiling import Compiler, put_out
from speeches.models.addressing import path_to
from speeches.templatetags import describing, reading

# What the frame takes for granted where a page says nothing: an error page has only its words.
UNSAID: dict[str, Any] = {
    "canonical": "",
    "citation": None,
    "described": None,
    "feeds": (),
    "linked_data": (),
    "noindex": False,
    "preview": False,
    "section": "",
    "typed": "",
}


class Templates(Environment):
    """Jinja2, strict: a name that nobody handed in is an error and never an empty place."""

    put_out = staticmethod(put_out)

    def getattr(self, obj: Any, attribute: str) -> Any:
        """Return what `obj.attribute` is in a template; a dictionary's own keys come first."""
        # A page asks a thousand times; what is missing is left to Jinja2.
        try:
            return obj[attribute] if type(obj) is dict else getattr(obj, attribute)
        except (AttributeError, KeyError):
            return super().getattr(obj, attribute)


def interface_text(text: str) -> Markup:
    """Return a text of the interface, which is the project's own and may hold elements.

    What `{% trans %}` does for texts with values in them, at a third of its cost.
    """
    return Markup(gettext(text))  # noqa: S704


def environment(**options: Any) -> Environment:
    """Return the environment of all compiled templates, made once a process.

    `options` are Django's, automatic escaping among them. The filters are those of
    `speeches/templatetags/`, so that both languages have the same.
    """
    options["undefined"] = StrictUndefined
    templates = Templates(
        **options, extensions=["jinja2.ext.i18n"], trim_blocks=True, lstrip_blocks=True
    )
    # With a second language, which one is asked for would be known with each request only.
    if len(settings.LANGUAGES) == 1:
        templates.code_generator_class = Compiler
    templates.install_gettext_callables(gettext, ngettext, newstyle=True)  # type: ignore[attr-defined]
    templates.filters.update(reading.register.filters)
    templates.filters.update(describing.register.filters)
    templates.globals.update(
        **UNSAID,
        _=interface_text,
        site_name=settings.SITE_NAME,
        # The name of a file with its hash stands for as long as the process.
        static=cache(static),
        url=path_to,
    )
    return templates
