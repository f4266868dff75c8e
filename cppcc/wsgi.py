"""WSGI entry for gunicorn; production settings unless the environment says otherwise."""

import gc
import os
from importlib import import_module

from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cppcc.settings.production")

application = get_wsgi_application()

# Every view is imported now, so that no reader waits for it. What is there for the life of the
# process is then kept out of the garbage collector's rounds, which took a fifth of a page's time.
import_module(settings.ROOT_URLCONF)
gc.collect()
gc.freeze()
