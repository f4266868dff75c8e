"""Journeys in Debian's Chromium: a zh-CN reader at a desk (`page`) or with a phone (`phone`).

A journey fails on any error in the console, any uncaught error of a script, and any request that
leaves the site. What a journey provokes on purpose it announces: `watch.allow("410")`.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from playwright.sync_api import (
    BrowserContext,
    ConsoleMessage,
    Page,
    Request,
    ViewportSize,
    WebError,
)

NAMES_OF_CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-dev-shm-usage",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
    # Whatever a page asks for elsewhere is refused here and fails the journey below.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
]
DESK: ViewportSize = {"width": 1280, "height": 900}
PHONE: ViewportSize = {"width": 360, "height": 740}
# Schemes that fetch nothing from anywhere.
LOCAL_SCHEMES = ("about:", "blob:", "data:")

# CKEditor's format list writes a script into a frame of its own; the policy refuses it, and the
# list works without (docs/decisions/0004-ckeditor-4.md).
KNOWN_HARMLESS = [
    ("Running the JavaScript URL violates", "/ckeditor/ckeditor.js"),
    ("Executing inline script violates", "/ckeditor/ckeditor.js"),
]

OpenContext = Callable[..., BrowserContext]


def pytest_itemcollected(item: pytest.Item) -> None:
    item.add_marker("browser")


# --- The site --------------------------------------------------------------------------------


@pytest.fixture(scope="session", autouse=True)
def _allow_database_beside_event_loop() -> None:
    # Playwright keeps an event loop in the test's thread, which Django takes for async code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings: None, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Keep SQLite in a file: the server's threads cannot share one connection to a memory."""
    if connection.vendor == "sqlite":
        file = tmp_path_factory.mktemp("database") / "journeys.sqlite3"
        settings.DATABASES["default"]["TEST"]["NAME"] = str(file)


@pytest.fixture(scope="session")
def base_url(live_server: Any) -> str:
    return str(live_server.url)


# --- The browser -----------------------------------------------------------------------------


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    found = next(filter(None, map(shutil.which, NAMES_OF_CHROMIUM)), None)
    if found is None:
        pytest.fail("Chromium is missing. On Debian: apt-get install chromium", pytrace=False)
    # Chromium's sandbox refuses to run as root.
    as_root = ["--no-sandbox"] if os.geteuid() == 0 else []
    return {**browser_type_launch_args, "executable_path": found, "args": ARGUMENTS + as_root}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    return {
        **browser_context_args,
        "locale": "zh-CN",
        "timezone_id": "Asia/Shanghai",
        "viewport": DESK,
    }


# --- The watch over every journey ------------------------------------------------------------


class Watch:
    """Collects what must not happen in a browser context."""

    def __init__(self, site: str) -> None:
        self.site = site
        self.problems: list[str] = []
        self.allowed: list[tuple[str, ...]] = [*KNOWN_HARMLESS]

    def allow(self, *fragments: str) -> None:
        """Tolerate messages that contain all the fragments."""
        self.allowed.append(fragments)

    def follow(self, context: BrowserContext) -> None:
        context.on("console", self._on_console)
        context.on("weberror", self._on_error)
        context.on("request", self._on_request)

    def remaining(self) -> list[str]:
        return [
            problem
            for problem in self.problems
            if not any(all(part in problem for part in parts) for parts in self.allowed)
        ]

    def _on_console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.problems.append(f"console: {message.text} ({message.location['url']})")

    def _on_error(self, error: WebError) -> None:
        self.problems.append(f"script: {error.error}")

    def _on_request(self, request: Request) -> None:
        if not request.url.startswith((self.site + "/", *LOCAL_SCHEMES)):
            self.problems.append(f"request leaves the site: {request.url}")


@pytest.fixture
def watch(base_url: str) -> Iterator[Watch]:
    watch = Watch(base_url)
    yield watch
    if remaining := watch.remaining():
        pytest.fail("\n".join(remaining), pytrace=False)


@pytest.fixture
def new_context(new_context: OpenContext, watch: Watch) -> OpenContext:
    """Open watched contexts, with other options than `page` and `phone` have."""

    def open_context(**options: Any) -> BrowserContext:
        context = new_context(**options)
        watch.follow(context)
        return context

    return open_context


@pytest.fixture
def phone(new_context: OpenContext) -> Page:
    """A page on a phone 360 pixels wide."""
    page = new_context(is_mobile=True, has_touch=True).new_page()
    page.set_viewport_size(PHONE)
    return page
