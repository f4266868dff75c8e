"""Search in a browser: box, suggestions, choices, passages; by keyboard and without scripts."""

import re

import pytest
from playwright.sync_api import Page, expect

from speeches.models import Person
from tests.browser.conftest import OpenContext
from tests.factories import make_district, make_meeting, make_theme, make_unit, publish

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _remarks() -> None:
    acheng, daoli = make_district(), make_district("230102", "道里区")
    publish(
        make_meeting(
            remarks=[
                {
                    "heading": "把协商的桌子摆到街巷里",
                    "paragraphs": ["第一段说明情况。", "坚持两个确立，做到两个维护。"],
                    "district": acheng,
                    "unit_link": make_unit("阿城区政协党组", acheng),
                    "speakers": [Person.objects.create(name="单国强")],
                    "themes": [make_theme()],
                },
                {
                    "heading": "守护黑土",
                    "unit": "道里区政协",
                    "paragraphs": ["保护黑土，协商先行。"],
                    "district": daoli,
                },
            ]
        )
    )


def test_a_search_by_keyboard_leads_to_the_paragraph(page: Page) -> None:
    page.goto("/units/")
    page.get_by_role("combobox", name="检索词").focus()
    page.keyboard.type("两个确立")
    page.keyboard.press("Enter")

    expect(page.get_by_text("查找含“两个确立”的发言。共 1 篇。")).to_be_visible()
    expect(page.locator(".passage mark")).to_have_text("两个确立")
    page.get_by_role("link", name="第2段").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#p2:target")).to_contain_text("坚持两个确立")


def test_suggestions_are_chosen_with_arrows_and_left_with_escape(page: Page) -> None:
    page.goto("/")
    box = page.get_by_role("combobox", name="检索词")
    box.press_sequentially("acheng")
    names = page.get_by_role("listbox", name="名录中的条目").get_by_role("option")
    expect(names).to_have_text(["阿城区 区县", "阿城区政协党组 单位"])
    expect(box).to_have_attribute("aria-expanded", "true")

    page.keyboard.press("ArrowUp")
    expect(names.nth(1)).to_have_attribute("aria-selected", "true")
    page.keyboard.press("ArrowDown")
    expect(page.locator("[aria-selected=true]")).to_have_count(0)
    page.keyboard.press("ArrowDown")
    active = names.nth(0).get_attribute("id") or ""
    expect(box).to_have_attribute("aria-activedescendant", active)

    page.keyboard.press("Escape")
    expect(box).to_have_attribute("aria-expanded", "false")
    expect(box).to_have_value("acheng")
    expect(box).to_be_focused()

    box.press_sequentially("q")
    expect(names).to_have_count(2)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page).to_have_url("/districts/230112/")


def test_a_suggestion_is_chosen_with_a_finger_and_goes_with_the_focus(phone: Page) -> None:
    phone.goto("/people/")
    box = phone.get_by_role("combobox", name="检索词")
    box.press_sequentially("单国")
    expect(phone.get_by_role("option")).to_have_count(1)
    phone.get_by_role("link", name="会议", exact=True).first.focus()
    expect(phone.get_by_role("option")).to_have_count(0)

    box.press("End")
    box.press_sequentially("强")
    phone.get_by_role("option", name="单国强").tap()
    expect(phone.get_by_role("heading", level=1)).to_have_text("单国强")


def test_letters_on_their_way_to_characters_ask_nothing(page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto("/")
    box = page.get_by_role("combobox", name="检索词")
    box.focus()
    composing = page.context.new_cdp_session(page)
    composing.send(
        "Input.imeSetComposition", {"text": "dao", "selectionStart": 3, "selectionEnd": 3}
    )
    # Longer than the pause after a letter.
    page.wait_for_timeout(400)
    assert not any("suggestions" in url for url in asked)

    composing.send("Input.insertText", {"text": "道里"})

    expect(page.get_by_role("option")).to_have_text(["道里区 区县"])
    assert sum("suggestions" in url for url in asked) == 1


def test_a_choice_narrows_and_is_taken_back_by_keyboard(page: Page) -> None:
    page.goto("/search/?q=协商")
    expect(page.get_by_role("article")).to_have_count(2)
    page.get_by_role("link", name=re.compile("^道里区")).focus()
    page.keyboard.press("Enter")

    expect(page.get_by_role("article")).to_have_count(1)
    expect(page.get_by_role("searchbox").or_(page.get_by_role("combobox"))).to_have_value("协商")
    page.get_by_role("link", name=re.compile("^移除.*道里区")).focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("article")).to_have_count(2)


def test_everything_works_without_scripts(new_context: OpenContext) -> None:
    page = new_context(java_script_enabled=False).new_page()
    page.goto("/people/")
    page.get_by_role("searchbox", name="检索词").fill("acheng qu")
    page.keyboard.press("Enter")

    page.get_by_role("navigation", name="名录中的条目").get_by_role("link").click()
    expect(page).to_have_url("/districts/230112/")
    page.get_by_role("searchbox", name="检索词").fill("协商 没有的词")
    page.get_by_role("button", name="检索").click()
    page.get_by_role("link", name="协商 OR 没有的词").click()
    expect(page.get_by_role("article")).to_have_count(2)
