"""Phrases in a browser: a concordance put in another order by keyboard, two phrases compared."""

import datetime as dt
from typing import Any

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from speeches.models import Phrase
from speeches.moderation.phrasing import keep_phrase
from tests.browser.conftest import OpenContext
from tests.factories import NOON, adopt_one_review, make_meeting, publish

NARROW: ViewportSize = {"width": 320, "height": 640}

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def followed(live_server: Any) -> Phrase:
    """A phrase of three remarks in two months, another one beside it."""
    adopt_one_review()
    paragraphs = ["增强同心圆作用，凝聚共识。", "把同心圆，大家一起画好。", "爱同心圆、四个意识。"]
    publish(make_meeting(held_from=dt.date(2024, 3, 1), remarks=[{"paragraphs": paragraphs}]))
    publish(make_meeting(held_from=dt.date(2024, 5, 1), remarks=[{"paragraphs": paragraphs[2:]}]))
    return keep_phrase(Phrase(text="同心圆"), variants=[], by=None, at=NOON)


def rights(page: Page) -> list[str]:
    return [text.strip("，、。")[:2] for text in page.locator(".kwic-right").all_inner_texts()]


def tab_to(page: Page, name: str) -> None:
    """Press Tab until the link or button of this name has the focus."""
    for _press in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent.trim()") == name:
            return
    raise AssertionError(f"{name} is not reached by keyboard")


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_reader_sorts_a_concordance_and_compares_two_phrases(
    new_context: OpenContext, followed: Phrase, scripts: bool
) -> None:
    page = new_context(java_script_enabled=scripts).new_page()
    page.goto("/phrases/")
    page.get_by_label("提法", exact=True).fill("同心圆")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("同心圆")
    by_date = rights(page)

    if scripts:
        tab_to(page, "按右邻")
        page.keyboard.press("Enter")
    else:
        page.get_by_role("link", name="按右邻").click()

    expect(page.get_by_role("link", name="按右邻")).to_have_attribute("aria-current", "true")
    expect(page.get_by_role("region", name="逐处对照")).to_be_visible()
    assert rights(page) == ["大家", "四个", "四个", "作用"]
    assert sorted(by_date) == sorted(rights(page))
    assert by_date != rights(page)

    page.get_by_label("与另一个提法对照").fill("四个意识")
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", level=1)).to_have_text("提法对照")
    picture = page.get_by_role("img", name="各月使用篇数")
    expect(picture).to_be_visible()
    expect(picture.locator(".trend-name")).to_have_text(["同心圆", "四个意识"])
    page.get_by_text("数据表：各月使用篇数").click()
    expect(page.get_by_role("rowheader", name="2024年3月")).to_be_visible()


def test_the_phrase_stands_in_one_column_on_a_desk_and_lines_wrap_on_a_telephone(
    page: Page, followed: Phrase
) -> None:
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(followed.get_absolute_url())
    boxes = [mark.bounding_box() for mark in page.locator(".kwic mark").all()]

    assert len({round(box["x"]) for box in boxes if box}) == 1

    page.set_viewport_size(NARROW)
    for address in (followed.get_absolute_url(), "/phrases/", "/phrases/?p=同心圆&p=四个意识"):
        page.goto(address)
        widths = page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
        assert widths == [320, 320], address
