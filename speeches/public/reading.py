"""How a visitor reads: size, colours and contrast, remembered by a cookie of their own.

Pages are the same for everybody; the one style sheet `mode.css` is the reader's own. Why so:
docs/decisions/0011-reading-modes.md.
"""

import hashlib
from dataclasses import asdict, dataclass
from typing import Any
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.cache import get_conditional_response, patch_cache_control, patch_vary_headers
from django.utils.decorators import method_decorator
from django.utils.http import quote_etag, url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.vary import vary_on_cookie
from django.views.generic import TemplateView

from speeches.public.pages import PublicView

COOKIE = "reading"
A_YEAR = 365 * 24 * 60 * 60
# How long a shared cache may keep the style sheet of readers who have chosen nothing, in seconds.
SHARED_FOR = 300


@dataclass(frozen=True)
class Reading:
    """What a reader has chosen; the first value of each row of CHOICES where nothing was."""

    size: str = "standard"
    colours: str = "auto"
    contrast: str = "usual"

    @classmethod
    def of(cls, request: HttpRequest) -> "Reading":
        """Return what the cookie says; words it should not hold are passed over."""
        words = request.COOKIES.get(COOKIE, "").split(".")
        chosen = {name: word for name in CHOICES for word in CHOICES[name][1:] if word in words}
        return cls(**chosen)

    def with_posted(self, request: HttpRequest) -> "Reading":
        """Return this reading with the choices of a form; what it leaves out stays."""
        posted = {name: request.POST.get(name) for name in CHOICES}
        known = {name: word for name, word in posted.items() if word in CHOICES[name]}
        return Reading(**{**asdict(self), **known})

    @property
    def cookie(self) -> str:
        """What is remembered: the words that differ from the usual; "" for nothing."""
        unusual = [word for name, word in asdict(self).items() if word != CHOICES[name][0]]
        return ".".join(unusual)


CHOICES = {
    "size": ("standard", "elder"),
    "colours": ("auto", "light", "dark"),
    "contrast": ("usual", "more"),
}


class ReadingStyle(PublicView):
    """The style sheet that says how this visitor reads; without a cookie, everybody's."""

    stamped = False

    def get(self, request: HttpRequest) -> HttpResponseBase:
        """Answer with the sheet, or 304 where the browser has it."""
        reading = Reading.of(request)
        css = render_to_string("public/reading/mode.css", {"reading": reading})
        etag = quote_etag(hashlib.sha256(css.encode()).hexdigest()[:32])
        response = HttpResponse(css, content_type="text/css; charset=utf-8", headers={"ETag": etag})
        if COOKIE in request.COOKIES:
            patch_cache_control(response, private=True, no_cache=True)
        else:
            patch_cache_control(
                response, public=True, max_age=0, s_maxage=SHARED_FOR, must_revalidate=True
            )
        patch_vary_headers(response, ["Cookie"])
        return get_conditional_response(request, etag=etag, response=response) or response


# No cache may hand one visitor's choices to another.
@method_decorator([cache_control(private=True, no_cache=True), vary_on_cookie], name="dispatch")
class ReadingSettings(PublicView, TemplateView):
    """The page of the choices. Its form, and the buttons on every page, change the cookie."""

    stamped = False

    http_method_names = ["get", "head", "post"]
    template_name = "public/reading_settings.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the choices as they stand, and the page that the visitor came from."""
        reading = Reading.of(self.request)
        rows = [
            (
                name,
                title,
                [
                    (word, label, hint, getattr(reading, name) == word)
                    for word, label, hint in words
                ],
            )
            for name, title, words in choices_in_words()
        ]
        back = address_here(self.request, self.request.headers.get("Referer", ""))
        if back == self.request.path:
            back = reverse("public:home")
        return super().get_context_data(section="reading", rows=rows, back=back, **kwargs)

    def post(self, request: HttpRequest) -> HttpResponse:
        """Remember the choices and return to where the visitor was.

        A form that stands on another site changes nothing: it lands on the page of settings.
        """
        here = reverse("public:reading")
        if not from_here(request):
            return HttpResponseRedirect(here)
        asked = request.POST.get("next") or request.headers.get("Referer", "")
        response = HttpResponseRedirect(address_here(request, asked))
        reading = Reading.of(request).with_posted(request)
        if reading.cookie:
            response.set_cookie(
                COOKIE,
                reading.cookie,
                max_age=A_YEAR,
                path=here,
                secure=request.is_secure(),
                httponly=True,
                samesite="Lax",
            )
        else:
            response.delete_cookie(COOKIE, path=here, samesite="Lax")
        return response


def from_here(request: HttpRequest) -> bool:
    """Return whether a form was sent from a page of this site; browsers say so with `Origin`."""
    host = request.get_host()
    return request.headers.get("Origin") in {None, f"https://{host}", f"http://{host}"}


def address_here(request: HttpRequest, asked: str) -> str:
    """Return path and query of an address of this site; the front page for any other."""
    if not url_has_allowed_host_and_scheme(asked, {request.get_host()}, request.is_secure()):
        return reverse("public:home")
    parts = urlsplit(asked)
    # Two slashes in front, of either kind, would name another host.
    path = "/" + parts.path.lstrip("/\\")
    return f"{path}?{parts.query}" if parts.query else path


def choices_in_words() -> list[tuple[str, str, list[tuple[str, str, str]]]]:
    """Return each choice with its title and its values, each with label and hint."""
    return [
        (
            "size",
            _("版式"),
            [
                ("standard", _("标准版"), ""),
                ("elder", _("适老版"), _("大字、大按钮，只留正文；浏览器能朗读中文时可以朗读")),
            ],
        ),
        (
            "colours",
            _("颜色"),
            [
                ("auto", _("跟随设备"), ""),
                ("light", _("浅色"), ""),
                ("dark", _("深色"), ""),
            ],
        ),
        (
            "contrast",
            _("对比度"),
            [
                ("usual", _("跟随设备"), ""),
                ("more", _("高对比度"), ""),
            ],
        ),
    ]
