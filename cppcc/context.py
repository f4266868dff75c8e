"""What every template may use."""

from django.conf import settings
from django.http import HttpRequest


def site(request: HttpRequest) -> dict[str, str]:
    """Return the name of the site, as the operator set it."""
    return {"site_name": settings.SITE_NAME}
