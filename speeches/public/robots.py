"""robots.txt: where the sitemap is, and which addresses are without number.

A list with two restrictions may be read but not indexed (its page says `noindex,follow`); of
those with three or more parameters there are millions, so crawlers are asked to stay out.
"""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse

from speeches.public.pages import PublicView

# Desk, accounts and contributors' pages are for people who sign in.
SIGNED_IN_ONLY = ("/admin/", "/account/", "/contribute/")
MANY_PARAMETERS = "/*?*&*&"


class Robots(PublicView):
    """robots.txt (RFC 9309)."""

    stamped = False

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        """Return the rules for every crawler."""
        lines = [
            "User-agent: *",
            *(f"Disallow: {path}" for path in (*SIGNED_IN_ONLY, MANY_PARAMETERS)),
            "",
            f"Sitemap: {request.build_absolute_uri(reverse('public:sitemap'))}",
            "",
        ]
        return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")
