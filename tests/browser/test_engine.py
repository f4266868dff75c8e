"""The journeys run in the browser that the stage is named for."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser

from tests.engine import engine


@pytest.mark.django_db
def test_journeys_run_in_chromium(
    browser: Browser, record_property: Callable[[str, object], None]
) -> None:
    # Of this test: what belongs to the whole run is lost where several workers share it.
    record_property("ran on", f"Chromium {browser.version} over {engine()}")

    assert browser.browser_type.name == "chromium"
