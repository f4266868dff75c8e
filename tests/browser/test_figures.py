"""Figures and wide tables on a narrow telephone: they keep to their frames."""

import datetime as dt
from itertools import pairwise
from typing import Any

import pytest
from playwright.sync_api import Page

from speeches.models import Unit
from tests.factories import make_district, make_meeting, make_theme, make_unit, publish

NARROW = {"width": 320, "height": 640}

pytestmark = pytest.mark.django_db(transaction=True)


def widths(page: Page) -> Any:
    return page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")


@pytest.fixture
def units(live_server: Any) -> list[Unit]:
    """Eight districts that spoke in each of twelve years."""
    districts = [make_district(f"2301{n:02}", f"第{n}个区县") for n in range(8)]
    units = [make_unit(f"{district.name}政协提案委员会", district) for district in districts]
    themes = [make_theme(f"theme-{n}", f"主题{n}") for n in range(2)]
    for year in range(2013, 2025):
        remarks = [
            {"district": unit.district, "unit_link": unit, "themes": themes} for unit in units
        ]
        publish(make_meeting(held_from=dt.date(year, 5, 1), remarks=remarks))
    return units


def test_wide_tables_and_pictures_never_widen_the_page(page: Page, units: list[Unit]) -> None:
    page.set_viewport_size(NARROW)  # type: ignore[arg-type]
    compared = "&".join(f"unit={unit.pk}" for unit in units[:4])

    for address in (
        "/matrix/",
        f"/compare/?{compared}",
        units[0].get_absolute_url(),
        "/themes/theme-0/",
        "/archive/",
    ):
        page.goto(address)

        assert widths(page) == [320, 320], address


def test_the_matrix_scrolls_by_keyboard_and_keeps_its_themes_in_sight(
    page: Page, units: list[Unit]
) -> None:
    page.set_viewport_size(NARROW)  # type: ignore[arg-type]
    page.goto("/matrix/")
    frame = page.get_by_role("region", name="各区县就各主题发言的篇数")
    theme = page.get_by_role("rowheader", name="主题0")

    frame.focus()
    before = theme.bounding_box()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    # Scrolling is smooth, so it is waited for.
    for _moment in range(50):
        page.wait_for_timeout(50)
        if frame.evaluate("frame => frame.scrollLeft") > 40:
            break

    assert frame.evaluate("frame => frame.scrollLeft") > 40
    after = theme.bounding_box()
    assert before is not None
    assert after is not None
    # The first column sticks to the frame's edge, give or take its border.
    assert abs(after["x"] - before["x"]) < 2


def test_labels_of_years_give_way_and_never_overlap(page: Page, units: list[Unit]) -> None:
    page.set_viewport_size(NARROW)  # type: ignore[arg-type]
    page.goto(units[0].get_absolute_url())

    boxes = page.eval_on_selector_all(
        ".chart-columns .chart-label",
        """labels => labels.map(label => label.getBoundingClientRect())
            .filter(box => box.width).map(box => [box.left, box.right])""",
    )

    assert 2 <= len(boxes) <= 8
    assert all(a[1] < b[0] for a, b in pairwise(boxes))
