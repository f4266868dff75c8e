"""Compiling: what is known beforehand is written into a template's code, not asked for each time.

A page has a hundred texts of the interface and ten names of static files. While the site speaks
one language they are the same in every page of a process.
"""

import re
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.templatetags.static import static
from django.utils.translation import gettext, override
from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame
from markupsafe import escape

# A place of `{% trans %}`, or its way to write a percent sign.
_PLACE = re.compile(r"%(?:\((\w+)\)s|(%))")


def put_out(value: Any) -> str:
    """Return a value as it stands in the page: escaped, unless it is known to be HTML.

    As `escape()`, which makes a `Markup` of every string, though nearly none has anything to be
    escaped; a list puts out six hundred.
    """
    if type(value) is str:
        if "&" in value or "<" in value or ">" in value or '"' in value or "'" in value:
            return escape(value)
        return value
    return str(value) if type(value) is int else escape(value)


class Compiler(CodeGenerator):
    """Writes `_("…")`, `{% trans %}` without plurals and `static("…")` as the text they stand for.

    Only where they are put out: in an expression they stay calls.
    """

    def write_commons(self) -> None:
        """Write what every part of a template begins with."""
        super().write_commons()
        self.writeline("escape = environment.put_out")

    def visit_Output(self, node: nodes.Output, frame: Frame) -> None:  # noqa: N802
        """Write what is put out."""
        node.nodes = [part for one in node.nodes for part in _known(one)]
        super().visit_Output(node, frame)


def _known(node: nodes.Expr) -> Iterator[nodes.Expr]:
    if not (isinstance(node, nodes.Call) and isinstance(node.node, nodes.Name)):
        yield node
        return
    name, words = node.node.name, [one for one in node.args if isinstance(one, nodes.Const)]
    if len(words) != 1 or len(node.args) != 1:
        yield node
    elif name == "_":
        yield _data(_text(words[0].value), node)
    elif name == "gettext":
        values = {pair.key: pair.value for pair in node.kwargs}
        text, end = _text(words[0].value), 0
        for place in _PLACE.finditer(text):
            yield _data(text[end : place.start()], node)
            yield values[place[1]] if place[1] else _data("%", node)
            end = place.end()
        yield _data(text[end:], node)
    elif name == "static":
        yield _data(str(escape(static(words[0].value))), node)
    else:
        yield node


def _text(msgid: str) -> str:
    with override(settings.LANGUAGE_CODE):
        return gettext(msgid)


def _data(text: str, node: nodes.Node) -> nodes.Expr:
    return nodes.TemplateData(text, lineno=node.lineno)
