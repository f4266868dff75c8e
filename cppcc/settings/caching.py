"""Turns REDIS_URL into Django's cache settings."""

from typing import Any

# Pages that one worker keeps; each has at most 128 KB (speeches/public/copies.py), most a third.
MOST_PAGES = 256
# Longer than any answer of a cache that is well, shorter than a reader notices.
PATIENCE_SECONDS = 0.25


def caches(url: str) -> dict[str, Any]:
    """Return the settings of the one cache.

    `url` is a REDIS_URL such as redis://127.0.0.1:6379/0 or unix:///run/redis/redis.sock; empty
    means the local memory of each worker.
    """
    if not url:
        memory = "django.core.cache.backends.locmem.LocMemCache"
        return {"default": {"BACKEND": memory, "OPTIONS": {"MAX_ENTRIES": MOST_PAGES}}}
    return {
        "default": {
            "BACKEND": "cppcc.caches.SparableRedisCache",
            "LOCATION": url,
            "KEY_PREFIX": "zhaibian",
            "OPTIONS": {
                "serializer": "cppcc.caches.PlainBytes",
                "socket_connect_timeout": PATIENCE_SECONDS,
                "socket_timeout": PATIENCE_SECONDS,
            },
        }
    }
