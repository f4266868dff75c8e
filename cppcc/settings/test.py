"""Settings for the tests: cheap passwords, plain static files, either engine."""

import tempfile
from pathlib import Path

from cppcc.settings.base import *  # noqa: F403
from cppcc.settings.base import STORAGES

SECRET_KEY = "only-for-tests"  # noqa: S105
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
SECOND_FACTOR = "optional"
# Tests look at how pages are made; those of copies turn this on.
KEEP_PAGES = False
STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
MEDIA_ROOT = Path(tempfile.gettempdir()) / "zhaibian-test-media"
