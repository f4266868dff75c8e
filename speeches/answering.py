"""How anonymous readers are answered: GET and HEAD only, and no text behind HEAD."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.utils.decorators import method_decorator
from django.views.decorators.csrf import csrf_exempt
from django.views.generic import View


# Nothing is changed here, so a POST gets its 405 and not a complaint about a form.
@method_decorator(csrf_exempt, name="dispatch")
class ReadOnlyView(View):
    """Answers GET and HEAD; pages and feeds are made of it."""

    http_method_names = ["get", "head"]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Answer; to HEAD without the text."""
        response = self.answer(request, *args, **kwargs)
        return without_body(response) if request.method == "HEAD" else response

    def answer(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Call the method's own function."""
        return super().dispatch(request, *args, **kwargs)


def whole_addresses(request: HttpRequest) -> Callable[[str], str]:
    """Return what puts the site, as it was asked for, before a path of it.

    Paths are spelled for addresses already, so nothing is left of what `build_absolute_uri` does;
    a meeting asks for sixty.
    """
    site = f"{request.scheme}://{request.get_host()}"
    return lambda path: f"{site}{path}"


def without_body(response: HttpResponseBase) -> HttpResponseBase:
    """Return the answer to HEAD: the headers of GET, its length included, and no text.

    A server may count text behind HEAD as a fault of the application (RFC 9110, 9.3.2).
    """
    if isinstance(response, TemplateResponse):
        response.render()
    if isinstance(response, HttpResponse):
        response.headers.setdefault("Content-Length", str(len(response.content)))
        response.content = b""
    return response
