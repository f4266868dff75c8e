"""The reading site in a browser: every mode, narrow screens, the keyboard, axe.

A new type of page is one line in PAGES.
"""

import re
from collections.abc import Iterator
from itertools import product

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page, ViewportSize, expect

from speeches.models import Byline, Person, Phrase, Picture
from speeches.moderation.editing import record_edit
from speeches.moderation.phrasing import keep_phrase
from speeches.moderation.withdrawing import withdraw
from tests.browser.conftest import DESK, PHONE, OpenContext, Watch
from tests.factories import (
    NOON,
    make_district,
    make_meeting,
    make_moderator,
    make_theme,
    make_unit,
    publish,
)
from tests.public.many import publish_many

pytestmark = pytest.mark.django_db(transaction=True)

PAGES = {
    "home": "/",
    "meetings": "/meetings/",
    "meetings of no year": "/meetings/?year=1999",
    "meeting": "/meetings/{meeting}/",
    "meeting in full": "/meetings/{meeting}/?view=full",
    "remarks": "/remarks/",
    "remarks, filtered": "/remarks/?district=230112&theme=organisation&year=2024",
    "remarks, none": "/remarks/?district=230112&year=1999",
    "search": "/search/",
    "search, found": "/search/?q=协商 OR 抓引领",
    "search, nothing": "/search/?q=协商 没有这个词&district=230112",
    "remark": "/remarks/{remark}/",
    "remark, corrected": "/remarks/{corrected}/",
    "units": "/units/",
    "unit": "/units/{unit}/",
    "people": "/people/",
    "person": "/people/{person}/",
    "districts": "/districts/",
    "district": "/districts/230112/",
    "themes": "/themes/",
    "theme": "/themes/organisation/",
    "phrases": "/phrases/",
    "phrase": "/phrases/{phrase}/?sort=right",
    "phrase, asked freely": "/phrases/?p=协商",
    "phrases compared": "/phrases/?p=同心圆&p=理论武装",
    "matrix": "/matrix/",
    "comparison": "/compare/?unit={unit}&theme=organisation",
    "archive": "/archive/",
    "archive of a year": "/archive/2024/",
    "archive of a month": "/archive/2024/05/",
    "reading settings": "/reading/",
    "nothing": "/remarks/999999/",
    "withdrawn": "/meetings/{withdrawn}/",
}
MODES = {"light": "light", "dark": "dark", "high contrast": "more.dark", "elder": "elder"}
SCREENS = {"1280": DESK, "360": PHONE}
# Every mode on both screens; high contrast differs from light and dark in its colours alone.
SIGHTS = [*product(("light", "dark", "elder"), SCREENS), ("high contrast", "1280")]
RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"],
    # What passes is not written down, which takes half the time.
    "resultTypes": ["violations"],
}
# Narrower than any phone, and what 1,280 pixels are at 200 % and 400 %.
WIDTHS = (1280, 768, 640, 360, 320)
# Links within a line of text may be as high as the line (WCAG 2.2, 2.5.8).
PRESSED = "a:not(.prose a):not(.skip-link), button, summary, label:not(.visually-hidden)"
REST = "全年召开协商会十一次，提出建议四十二条，大多已经落实，群众看得见、摸得着。"
PARAGRAPHS = (
    "近年来，阿城区政协党组坚持把协商的桌子摆到街巷里，把履职的脚步放到庭院中。" * 3,
    "强化理论武装有态度，把牢履职“方向盘”抓站位。" + REST * 3,
    "强化政治建设有高度，画好凝聚“同心圆”抓引领。" + REST * 3,
)


@pytest.fixture
def addresses() -> dict[str, str]:
    """Return the address of every type of page; each has something to show."""
    district, host = make_district(), make_unit("哈尔滨市政协")
    unit = make_unit(district=district)
    theme = make_theme()
    person = Person.objects.create(name="祁砚禾")
    remark = {
        "paragraphs": PARAGRAPHS,
        "district": district,
        "unit_link": unit,
        "post": "主席",
        "speakers": [person],
        "themes": [theme, make_theme("consultation", "协商议政")],
    }
    meeting = make_meeting(
        kicker="市政协大会发言",
        host=host,
        remarks=[{**remark, "heading": f"把好事办实 {n}"} for n in "甲乙丙"],
    )
    Byline.objects.create(meeting=meeting, position=1, name="王越", role="文")
    Picture.objects.create(meeting=meeting, position=1, caption="图为会场。", credit="刘达齐")
    record_edit(meeting, by=None, at=NOON, changed=["bylines"])
    publish(meeting)
    corrected = meeting.remarks.in_order()[2]
    corrected.heading = "把好事办实 把实事办好"
    corrected.save()
    record_edit(corrected, by=None, at=NOON, changed=["heading"])
    publish(meeting)
    # More than one page of remarks.
    publish_many(21)
    gone = publish(make_meeting(title="撤下的会议"))
    withdraw(gone, by=make_moderator(), at=NOON, reason="有误")
    ids = {
        "meeting": meeting.pk,
        "remark": meeting.remarks.in_order()[1].pk,
        "corrected": corrected.pk,
        "unit": unit.pk,
        "person": person.pk,
        "withdrawn": gone.pk,
        "phrase": keep_phrase(Phrase(text="同心圆"), variants=[], by=None, at=NOON).pk,
    }
    return {name: address.format(**ids) for name, address in PAGES.items()}


@pytest.fixture
def tolerant(watch: Watch) -> Watch:
    """Let the browser report the pages that are missing on purpose."""
    watch.allow("status of 404")
    watch.allow("status of 410")
    return watch


def reads_in(context: BrowserContext, mode: str, site: str) -> None:
    context.add_cookies([{"name": "reading", "value": mode, "url": f"{site}/reading/"}])


def page_in(new_context: OpenContext, mode: str, screen: ViewportSize, site: str) -> Page:
    # Contrast is what a reader sees once nothing moves.
    context = new_context(reduced_motion="reduce")
    reads_in(context, MODES[mode], site)
    page = context.new_page()
    page.set_viewport_size(screen)
    return page


@pytest.mark.parametrize(("mode", "screen"), SIGHTS)
def test_axe_finds_nothing_on_any_page(
    new_context: OpenContext,
    base_url: str,
    tolerant: Watch,
    addresses: dict[str, str],
    mode: str,
    screen: str,
) -> None:
    page = page_in(new_context, mode, SCREENS[screen], base_url)
    found = []
    for name, address in addresses.items():
        page.goto(address)
        for fold in page.locator("details:not([open]) > summary:visible").all()[:1]:
            fold.click()
        found += [
            (name, violation["id"], node["html"], node["failureSummary"])
            for violation in Axe().run(page, options=RULES).response["violations"]
            for node in violation["nodes"]
        ]

    assert found == []


@pytest.mark.parametrize("mode", MODES)
def test_no_page_is_wider_than_its_screen(
    new_context: OpenContext,
    base_url: str,
    tolerant: Watch,
    addresses: dict[str, str],
    mode: str,
) -> None:
    page = page_in(new_context, mode, DESK, base_url)
    wide = []
    for name, address in addresses.items():
        page.goto(address)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 800})
            if page.evaluate("document.documentElement.scrollWidth") > width:
                wide.append((name, width))

    assert wide == []


def test_elder_mode_has_large_type_and_large_targets(
    new_context: OpenContext, base_url: str, tolerant: Watch, addresses: dict[str, str]
) -> None:
    page = page_in(new_context, "elder", PHONE, base_url)
    small = []
    for name, address in addresses.items():
        page.goto(address)
        for target in page.locator(PRESSED).all():
            box = target.bounding_box() if target.is_visible() else None
            if box and (box["height"] < 44 or box["width"] < 44):
                small.append((name, target.inner_text(), box["width"], box["height"]))

    assert small == []
    page.goto(addresses["remark"])
    size = page.locator(".part p").first.evaluate("e => parseFloat(getComputedStyle(e).fontSize)")
    assert size >= 24


def test_lines_of_a_remark_hold_thirty_to_thirty_eight_characters(
    page: Page, addresses: dict[str, str]
) -> None:
    page.goto(addresses["remark"])

    characters = page.locator(".part p").first.evaluate(
        "e => e.getBoundingClientRect().width / parseFloat(getComputedStyle(e).fontSize)"
    )

    assert 30 <= characters <= 38


# --- By keyboard -----------------------------------------------------------------------------


def reach(page: Page, name: str) -> None:
    """Press Tab until the element of that name has the focus, and see that the focus shows."""
    for _press in range(60):
        page.keyboard.press("Tab")
        focused = page.evaluate(
            "() => document.activeElement.getAttribute('aria-label')"
            " || document.activeElement.textContent.trim().split(/\\s/)[0]"
        )
        if focused == name:
            outline = page.evaluate("() => getComputedStyle(document.activeElement).outlineStyle")
            assert outline == "solid"
            return
    pytest.fail(f"Tab never reaches {name!r}")


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_reader_with_a_keyboard_goes_from_the_front_page_to_a_paragraph(
    new_context: OpenContext, addresses: dict[str, str], scripts: bool
) -> None:
    page = new_context(java_script_enabled=scripts).new_page()
    page.goto(addresses["home"])
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="跳到正文")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_be_focused()

    page.goto(addresses["meetings"])
    link = page.get_by_role("link", name="深化协商议事 服务百姓民生")
    link.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("深化协商议事 服务百姓民生")

    # A folded remark opens in place, and leads to its own page.
    body = page.get_by_text("强化理论武装有态度").nth(1)
    expect(body).not_to_be_visible()
    page.locator("summary").nth(1).focus()
    page.keyboard.press("Enter")
    expect(body).to_be_visible()
    page.get_by_role("link", name="单独查看“把好事办实 乙”").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("把好事办实 乙")

    address = page.get_by_role("link", name="第2段的地址")
    address.focus()
    expect(address).to_have_css("opacity", "1")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("#p2$"))


def test_tab_reaches_navigation_and_tools_with_a_visible_focus(
    page: Page, addresses: dict[str, str]
) -> None:
    page.goto(addresses["home"])
    for name in ("跳到正文", "摘编", "适老版", "阅读设置", "会议", "主题"):
        reach(page, name)


def test_an_address_of_a_remark_on_its_meetings_page_opens_it(
    page: Page, addresses: dict[str, str]
) -> None:
    page.goto(addresses["remark"])

    page.get_by_role("link", name="在会议版面中查看").click()

    expect(page.get_by_text("强化理论武装有态度").nth(1)).to_be_visible()
    expect(page.get_by_role("heading", name="把好事办实 乙")).to_be_in_viewport()
    expect(page.get_by_text("强化理论武装有态度").first).not_to_be_visible()


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_mode_is_chosen_by_keyboard_and_remembered_on_the_next_page(
    new_context: OpenContext, addresses: dict[str, str], scripts: bool
) -> None:
    page = new_context(java_script_enabled=scripts, color_scheme="light").new_page()
    page.goto(addresses["remarks, filtered"])
    button = page.get_by_role("button", name="适老版", exact=True)
    button.focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(addresses["remarks, filtered"])
    leave = page.get_by_role("button", name="退出适老版")
    expect(leave).to_be_visible()
    page.goto(addresses["remark"])
    expect(page.locator("html")).to_have_css("font-size", "22px")

    page.goto(addresses["people"])
    page.get_by_role("navigation", name="更多").get_by_role("link", name="阅读设置").focus()
    page.keyboard.press("Enter")
    page.get_by_label("深色").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    expect(page).to_have_url(addresses["people"])
    expect(page.locator("body")).to_have_css("background-color", "rgb(0, 0, 0)")

    leave.focus()
    page.keyboard.press("Enter")
    expect(page.locator("html")).to_have_css("font-size", "16px")
    expect(page.locator("body")).to_have_css("background-color", "rgb(24, 22, 20)")


def test_the_device_decides_where_the_reader_has_not(
    new_context: OpenContext, addresses: dict[str, str]
) -> None:
    page = new_context(color_scheme="dark", contrast="no-preference").new_page()
    page.goto(addresses["home"])
    expect(page.locator("body")).to_have_css("background-color", "rgb(24, 22, 20)")

    page.emulate_media(color_scheme="light", contrast="more")
    expect(page.locator("body")).to_have_css("color", "rgb(0, 0, 0)")

    page.emulate_media(reduced_motion="reduce", forced_colors="active")
    expect(page.locator("html")).to_have_css("scroll-behavior", "auto")


def test_paper_shows_what_is_folded_and_nothing_to_press(
    page: Page, addresses: dict[str, str]
) -> None:
    page.goto(addresses["meeting"])
    page.emulate_media(media="print")

    expect(page.get_by_text("强化理论武装有态度").first).to_be_visible()
    for pressed in (page.get_by_role("navigation"), page.get_by_role("button")):
        expect(pressed).to_have_count(0)


# --- What scripts add ------------------------------------------------------------------------


CITATION = "王越. 把好事办实[N]. 示例日报, 2024-05-24(3)."
CITE = f"""
    const cite = document.createElement("p");
    cite.dataset.citation = "";
    cite.textContent = "{CITATION}";
    document.querySelector("main").append(cite);
"""
COPY = """(text) => {
    const range = document.createRange();
    range.selectNodeContents(document.querySelector(text));
    getSelection().removeAllRanges();
    getSelection().addRange(range);
    const data = new DataTransfer();
    const event = new ClipboardEvent("copy", {clipboardData: data, bubbles: true});
    document.activeElement.dispatchEvent(event);
    return data.getData("text/plain");
}"""


def test_a_copied_passage_brings_its_citation(page: Page, addresses: dict[str, str]) -> None:
    page.goto(addresses["remark"])
    if page.locator("[data-citation]").count() == 0:
        page.evaluate(CITE)
    citation = page.locator("[data-citation]").first.inner_text()

    passage = page.evaluate(COPY, "#p2 p")
    heading = page.evaluate(COPY, "h1")

    assert passage.startswith("强化理论武装有态度，把牢履职“方向盘”抓站位。")
    assert passage.endswith(f"\n\n{citation}")
    assert heading == ""


VOICES = """
    const spoken = [];
    window.spoken = spoken;
    const voice = {lang: "zh-CN", name: "made up"};
    Object.defineProperty(window, "SpeechSynthesisUtterance", {value: function (text) {
        this.text = text;
    }});
    Object.defineProperty(window, "speechSynthesis", {value: {
        getVoices: () => LIST,
        addEventListener: () => {},
        cancel: () => {},
        speak: (utterance) => { spoken.push(utterance); },
    }});
"""


@pytest.fixture
def elder_page(new_context: OpenContext, base_url: str) -> Iterator[Page]:
    yield page_in(new_context, "elder", DESK, base_url)


def test_elder_mode_reads_aloud_paragraph_by_paragraph(
    elder_page: Page, addresses: dict[str, str]
) -> None:
    elder_page.add_init_script(VOICES.replace("LIST", "[voice]"))
    elder_page.goto(addresses["remark"])
    elder_page.get_by_role("button", name="朗读全文").click()
    assert elder_page.evaluate("spoken.length") == 1
    expect(elder_page.locator("#p1")).to_have_class("part speaking")

    elder_page.evaluate("spoken[0].onend()")

    assert elder_page.evaluate("spoken[1].text").startswith("强化理论武装有态度")
    expect(elder_page.locator("#p2")).to_have_class("part speaking")
    elder_page.get_by_role("button", name="停止朗读").click()
    expect(elder_page.locator(".speaking")).to_have_count(0)


def test_without_a_chinese_voice_or_in_the_usual_mode_nothing_offers_to_read(
    page: Page, elder_page: Page, addresses: dict[str, str]
) -> None:
    elder_page.add_init_script(VOICES.replace("LIST", "[{lang: 'en-GB'}]"))
    elder_page.goto(addresses["remark"])
    expect(elder_page.locator(".aloud")).to_have_count(0)

    page.add_init_script(VOICES.replace("LIST", "[voice]"))
    page.goto(addresses["remark"])
    expect(page.locator(".aloud")).to_be_hidden()
