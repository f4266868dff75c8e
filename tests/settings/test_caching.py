"""The cache: each worker's memory, or a Redis that may go away."""

import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import CacheHandler

from cppcc.caches import PAUSE_SECONDS, PlainBytes, SparableRedisCache
from cppcc.settings.caching import MOST_PAGES, caches


def cache_at(url: str) -> Any:
    """The cache of a site with this REDIS_URL."""
    return CacheHandler(caches(url))["default"]


@pytest.fixture(autouse=True)
def _redis_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(SparableRedisCache, "_away_until", 0.0)


@pytest.fixture
def redis(tmp_path: Path) -> Iterator[str]:
    """The address of a Redis of this test's own, reached through a socket file."""
    program = shutil.which("redis-server")
    if program is None:
        pytest.skip("redis-server is not installed")
    path = tmp_path / "redis.sock"
    options = ["--port", "0", "--unixsocket", str(path), "--save", "", "--dir", str(tmp_path)]
    server = subprocess.Popen([program, *options], stdout=subprocess.DEVNULL)
    for _ in range(100):
        if path.exists():
            break
        time.sleep(0.05)
    yield f"unix://{path}"
    server.terminate()
    server.wait()


def test_local_memory_is_bounded() -> None:
    cache = cache_at("")

    for number in range(2 * MOST_PAGES):
        cache.set(f"page-{number}", b"page")

    kept = [number for number in range(2 * MOST_PAGES) if cache.get(f"page-{number}")]
    assert len(kept) <= MOST_PAGES
    assert kept[-1] == 2 * MOST_PAGES - 1


def test_redis_returns_what_it_was_given(redis: str) -> None:
    cache = cache_at(redis)
    cache.set("page", "协商".encode(), 60)

    assert cache.get("page") == "协商".encode()
    assert cache.get("another", b"none") == b"none"


def test_two_workers_share_one_redis(redis: str) -> None:
    cache_at(redis).set("page", b"page")

    assert cache_at(redis).get("page") == b"page"


def test_redis_holds_bytes_only() -> None:
    assert PlainBytes().loads(PlainBytes().dumps(b"page")) == b"page"
    with pytest.raises(TypeError, match="bytes, not dict"):
        PlainBytes().dumps({})  # type: ignore[arg-type]


@pytest.mark.parametrize("hanging", [False, True])
def test_without_redis_nothing_is_kept_and_nobody_waits(
    hanging: bool, caplog: pytest.LogCaptureFixture
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        # Accepted by the system and never answered, or refused.
        port = listening.getsockname()[1]
        if not hanging:
            listening.close()
        cache = cache_at(f"redis://127.0.0.1:{port}/0")
        begun = time.monotonic()

        for _ in range(20):
            cache.set("page", b"page")
            assert cache.get("page") is None

        assert time.monotonic() - begun < 3
    assert [record.message.startswith("Redis is away") for record in caplog.records] == [True]


def test_redis_is_asked_again_after_a_pause(redis: str, monkeypatch: pytest.MonkeyPatch) -> None:
    away = cache_at("redis://127.0.0.1:1/0")
    away.set("page", b"page")
    cache = cache_at(redis)
    cache.set("page", b"page")
    assert cache.get("page") is None
    later = time.monotonic() + PAUSE_SECONDS + 1
    monkeypatch.setattr("cppcc.caches.time.monotonic", lambda: later)

    cache.set("page", b"page")

    assert cache.get("page") == b"page"
