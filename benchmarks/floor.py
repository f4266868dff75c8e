"""The floor under every page: a view that returns a ready string, behind the same middleware.

What a page takes is given as a multiple of what this takes with as many bytes.
"""

from functools import lru_cache

from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

from cppcc.urls import handler400, handler403, handler404, handler500
from cppcc.urls import urlpatterns as site_patterns

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]


@lru_cache
def _ready(size: int) -> bytes:
    return b"x" * size


@csrf_exempt
def floor(request: HttpRequest, size: int) -> HttpResponse:
    """Return `size` bytes that are there already."""
    return HttpResponse(_ready(size))


urlpatterns = [path("floor/<int:size>/", floor), *site_patterns]
