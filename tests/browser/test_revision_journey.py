"""An editor revises a draft by keyboard, confirms it, and brings a passage back."""

import datetime as dt
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page, expect

from speeches.models import ImportRun, Remark, Unit
from speeches.moderation.intake import Issue, take_in
from speeches.moderation.revising import current_arrangement
from speeches.text.markup import plain_text
from tests.browser.conftest import OpenContext
from tests.browser.test_newsroom_journey import sign_in
from tests.factories import NOON, make_editor
from tests.importing.readers.digest import printed
from tests.importing.readers.making import make_pdf

PAGE = Path(__file__).parents[2] / "speeches" / "data" / "demo-page.txt"
WORDS = "强化组织覆盖有力度"

pytestmark = pytest.mark.django_db(transaction=True)


def waiting_run() -> ImportRun:
    issue = Issue(newspaper="示例日报", date=dt.date(2026, 3, 16), page_number="3")
    return take_in(PAGE.read_bytes(), name="demo-page.txt", issue=issue, by=None, at=NOON)[0]


def piece(run: ImportRun, words: str) -> str:
    pieces = current_arrangement(run)["pieces"]
    return next(one for one, held in pieces.items() if words in held["text"])


def open_screen(page: Page, run: ImportRun) -> None:
    sign_in(page, make_editor())
    page.goto(f"/admin/speeches/importrun/{run.pk}/change/")


def told(page: Page, words: str) -> None:
    expect(page.get_by_role("status")).to_contain_text(words)


def breaks(page: Page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [f"{one['id']}: {node['html']}" for one in found for node in one["nodes"]]


def test_an_editor_revises_a_draft_by_keyboard_and_confirms_it(page: Page) -> None:
    run = waiting_run()
    open_screen(page, run)
    number = page.locator("[data-doubt]").count()

    # Three doubts, one after another: n leads to the first, Enter settles, focus goes on.
    page.keyboard.press("n")
    page.keyboard.press("Enter")
    told(page, "将在确认导入时建档")
    page.keyboard.press("Enter")
    told(page, "核对过了")
    page.keyboard.press("Enter")
    told(page, "“依兰县政协”将在确认导入时建档")
    expect(page.locator("[data-doubt]")).to_have_count(number - 3)

    # Arrow keys choose a passage, m leads to the bar, Enter in the end comes back to it.
    moved = piece(run, WORDS)
    page.locator(f"#piece-{moved}").focus()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowDown")
    expect(page.locator(f"#piece-{moved}")).to_be_checked()
    page.keyboard.press("m")
    page.keyboard.type("2 擦亮")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    told(page, "已移到：发言 2")
    expect(page.locator(f"#piece-{moved}")).to_be_focused()
    expect(page.locator(f"#remark-2 #piece-{moved}")).to_have_count(1)
    page.keyboard.press("u")
    told(page, "已撤销上一步")
    expect(page.locator(f"#remark-1 #piece-{moved}")).to_be_focused()

    # A second way of going there and back: the source of the chosen passage.
    page.keyboard.press("o")
    expect(page.locator(f"#source-{moved}")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(f"#piece-{moved}")).to_be_focused()

    page.keyboard.press("s")
    page.keyboard.type("在9个街道")
    page.keyboard.press("Enter")
    told(page, "已完成：拆分")
    assert not Remark.objects.exists()
    assert breaks(page) == []

    page.get_by_role("button", name="确认导入").first.click()
    expect(page.get_by_text("已建立草稿，请逐篇核对。")).to_be_visible()
    assert Unit.objects.filter(name="依兰县政协").exists()

    page.goto(f"/admin/speeches/importrun/{run.pk}/change/")
    aside = page.locator("#aside .rev-piece > input").first
    text = page.locator("#aside .rev-piece > label").first.inner_text()
    aside.check()
    page.get_by_label("选中的文字取回到").select_option(index=1)
    page.get_by_role("button", name="取回").click()
    told(page, "已取回到")
    remark = Remark.objects.in_order()[1]
    assert plain_text(remark.body).endswith(text)
    assert breaks(page) == []


def test_a_selection_says_where_a_passage_is_split(page: Page) -> None:
    run = waiting_run()
    open_screen(page, run)
    one = piece(run, WORDS)

    page.evaluate(
        """name => {
            const text = document.querySelector(`label[for=${name}]`).firstChild;
            document.getSelection().setBaseAndExtent(text, 9, text, 12);
        }""",
        f"piece-{one}",
    )
    expect(page.locator(f"#piece-{one}")).to_be_checked()
    page.get_by_role("button", name="拆分").click()
    told(page, "已完成：拆分")

    assert current_arrangement(run)["pieces"][one]["text"] == WORDS


def test_single_keys_can_be_switched_off(page: Page) -> None:
    run = waiting_run()
    open_screen(page, run)
    page.get_by_text("键盘操作").click()
    page.get_by_label("使用单键操作").uncheck()

    page.locator(f"#piece-{piece(run, WORDS)}").focus()
    page.keyboard.press("j")
    page.keyboard.press("n")

    expect(page.locator(f"#piece-{piece(run, WORDS)}")).to_be_focused()
    assert not run.steps.exists()


def without_scripts(new_context: OpenContext, page: Page) -> Page:
    """Return a page of the same person in a browser that runs no scripts."""
    context: BrowserContext = new_context(java_script_enabled=False)
    context.add_cookies(page.context.cookies())  # type: ignore[arg-type]
    return context.new_page()


def test_everything_works_without_scripts(page: Page, new_context: OpenContext) -> None:
    run = waiting_run()
    open_screen(page, run)
    plain = without_scripts(new_context, page)
    one = piece(run, WORDS)
    plain.goto(f"/admin/speeches/importrun/{run.pk}/change/")

    plain.locator(f"#piece-{one}").check()
    plain.get_by_label("移到", exact=True).select_option("introduction")
    plain.get_by_role("button", name="移过去").click()

    expect(plain.get_by_role("status")).to_contain_text("已移到：导语")
    expect(plain.locator(f"#piece-{one}")).to_be_focused()
    expect(plain.locator(f"#piece-{one}")).to_be_checked()
    expect(plain.locator(f"#source-{one}")).to_be_visible()


def test_a_phone_shows_draft_and_bar_without_scrolling_sideways(phone: Page) -> None:
    run = waiting_run()
    open_screen(phone, run)

    phone.locator(f"#piece-{piece(run, WORDS)}").check()

    expect(phone.get_by_role("button", name="移过去")).to_be_attached()
    expect(phone.locator(".rev-page")).to_be_hidden()
    phone.get_by_text("原文（demo-page.txt").click()
    expect(phone.locator(".rev-page")).to_be_visible()
    width = phone.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
    assert width[0] <= width[1]
    assert breaks(phone) == []


def printed_run() -> ImportRun:
    """Return an import of a page of a newspaper with four columns, as a PDF."""
    data = make_pdf(printed())
    return take_in(data, name="page.pdf", issue=Issue(), by=None, at=NOON)[0]


def colour(page: Page, line: str) -> str:
    found: str = page.locator(f"{line} rect").first.evaluate("box => getComputedStyle(box).fill")
    return found


def test_the_printed_page_stands_beside_the_draft_and_its_lines_lead_there_and_back(
    page: Page,
) -> None:
    run = printed_run()
    open_screen(page, run)
    first, second = piece(run, "近年来，青溪县政协"), piece(run, "当前，山区老人")
    page.locator(f"#piece-{first}").check()

    page.get_by_role("link", name="版面图").click()

    # The passage is still chosen, and all its lines are marked on the picture.
    picture = page.get_by_role("img", name="第 1 页")
    expect(picture).to_be_visible()
    expect(picture).to_have_js_property("naturalWidth", 975)
    expect(page.locator(f"#piece-{first}")).to_be_checked()
    here = page.locator(".rev-sheet a.rev-here")
    assert here.count() == page.locator(f'.rev-sheet a[href="#piece-{first}"]').count() > 3
    expect(here.first).to_be_in_viewport()

    # A line is clicked: its passage is chosen.
    page.locator(f'.rev-sheet a[href="#piece-{second}"] rect').nth(2).click()
    expect(page.locator(f"#piece-{second}")).to_be_focused()
    expect(page.locator(f"#piece-{second}")).to_be_checked()
    expect(page.locator(f'.rev-sheet a.rev-here[href="#piece-{second}"]').first).to_be_visible()

    # By keyboard: to the print and back, and an act that gives the lines another colour.
    page.keyboard.press("o")
    expect(page.locator(f"#source-{second}")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(f"#piece-{second}")).to_be_focused()
    was = colour(page, f"#source-{second}")
    page.keyboard.press("d")
    page.keyboard.press("ArrowDown")
    page.get_by_role("button", name="剔除").press("Enter")
    told(page, "已剔除")
    assert colour(page, f"#source-{second}") != was
    assert breaks(page) == []

    page.get_by_label("缩到窗格宽").check()
    sides = page.locator(".rev-page").evaluate("pane => [pane.scrollWidth, pane.clientWidth]")
    assert sides[0] <= sides[1]
    page.get_by_role("link", name="文字", exact=True).click()
    expect(page.locator(".rev-chunk").first).to_contain_text("长桌摆到渠边")
    expect(page.locator(".rev-sheet")).to_have_count(0)


def test_a_phone_shows_the_printed_page_without_scrolling_sideways(phone: Page) -> None:
    run = printed_run()
    open_screen(phone, run)
    phone.get_by_text("原文（page.pdf").click()
    phone.get_by_role("link", name="版面图").click()
    phone.get_by_text("原文（page.pdf").click()

    expect(phone.get_by_role("img", name="第 1 页")).to_be_visible()
    width = phone.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
    assert width[0] <= width[1]
    assert breaks(phone) == []
