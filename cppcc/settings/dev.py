"""Settings for one's own machine: embedded database, no secret to set, static files as they are."""

import secrets

from cppcc.settings import environment
from cppcc.settings.base import *  # noqa: F403
from cppcc.settings.base import SECOND_FACTORS, STORAGES, VAR_DIR


def _own_secret_key() -> str:
    """Return this checkout's secret key, made by the first call: sessions outlive a restart."""
    file = VAR_DIR / "secret-key"
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch(mode=0o600)
        file.write_text(secrets.token_urlsafe(50), encoding="ascii")
    return file.read_text(encoding="ascii").strip()


DEBUG = environment.flag("DEBUG", default=True)
if DEBUG:
    # A template that is being worked on must show at once: no ETag.
    RELEASE = ""
SECRET_KEY = environment.text("SECRET_KEY") or _own_secret_key()
ALLOWED_HOSTS = environment.words("ALLOWED_HOSTS") or ["127.0.0.1", "localhost", "[::1]"]
# No phone is needed for a first look.
SECOND_FACTOR = environment.one_of("SECOND_FACTOR", SECOND_FACTORS, default="optional")

# Served straight from the source folders: no collectstatic before the first look.
STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
