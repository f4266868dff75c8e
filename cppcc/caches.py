"""Redis as Django's cache, without which the site goes on."""

import logging
import time
from collections.abc import Callable
from typing import Any, TypeVar

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

T = TypeVar("T")

# How long a worker leaves a Redis alone that did not answer.
PAUSE_SECONDS = 10.0

logger = logging.getLogger(__name__)


class PlainBytes:
    """Stores bytes as they are.

    Django's usual way, pickle, would let whoever can write to Redis run code in the site.
    """

    def dumps(self, value: bytes) -> bytes:
        """Return what is stored; TypeError for anything but bytes."""
        if not isinstance(value, bytes):
            raise TypeError(f"The cache holds bytes, not {type(value).__name__}.")
        return value

    def loads(self, stored: bytes) -> bytes:
        """Return what was stored."""
        return stored


class SparableRedisCache(RedisCache):
    """Finds nothing and keeps nothing while Redis is away; says so once a pause in the log.

    Only what the site uses, `get` and `set`, is spared; anything else fails as Django's own does.
    """

    # All threads of a worker wait together.
    _away_until = 0.0

    def get(self, key: Any, default: Any = None, version: int | None = None) -> Any:
        """Return what is kept, or `default`."""
        get = super().get
        return self._spared(lambda: get(key, default, version), default)

    def set(
        self,
        key: Any,
        value: Any,
        timeout: float | None = DEFAULT_TIMEOUT,
        version: int | None = None,
    ) -> None:
        """Keep a value."""
        keep = super().set
        self._spared(lambda: keep(key, value, timeout, version), None)

    def _spared(self, act: Callable[[], T], otherwise: T) -> T:
        if time.monotonic() < SparableRedisCache._away_until:
            return otherwise
        try:
            return act()
        except RedisError as error:
            SparableRedisCache._away_until = time.monotonic() + PAUSE_SECONDS
            logger.warning("Redis is away, pages are rendered anew: %s", error)
            return otherwise
