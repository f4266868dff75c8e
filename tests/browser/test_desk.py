"""The newsroom's desk in a browser: readable to assistive technology, narrow screens, the dark."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from speeches.models import Doubt, Meeting
from tests.browser.conftest import OpenContext
from tests.browser.test_newsroom_journey import editable, sign_in
from tests.factories import make_editor, make_meeting, make_moderator, publish

pytestmark = pytest.mark.django_db(transaction=True)

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]}


def room() -> tuple[Meeting, Meeting]:
    """Return a published meeting and one that waits, with a doubt."""
    public = publish(make_meeting(title="已发布的会议"))
    waiting = make_meeting(title="待审的会议", remarks=[{"speakers": ["王某"]}, {"heading": "乙"}])
    Doubt.objects.create(
        remark=waiting.remarks.in_order()[0], code="no-heading", message="缺标题。"
    )
    return public, waiting


def own_pages(public: Meeting, waiting: Meeting) -> list[str]:
    """Return the pages whose templates are the newsroom's own, for a moderator."""
    remark = public.remarks.get()
    return [
        "/admin/",
        f"/admin/speeches/meeting/{waiting.pk}/review/",
        f"/admin/speeches/meeting/{waiting.pk}/preview/",
        f"/admin/speeches/meeting/{public.pk}/withdraw/",
        f"/admin/speeches/remark/{remark.pk}/withdraw/",
        f"/admin/speeches/remark/{remark.pk}/history/",
    ]


def must_pass_axe(page: Page, path: str) -> None:
    page.goto(path)
    violations = Axe().run(page, options=RULES).response["violations"]
    assert [(v["id"], [node["html"] for node in v["nodes"]]) for v in violations] == [], path


def test_the_newsrooms_own_pages_pass_axe(page: Page) -> None:
    public, waiting = room()
    must_pass_axe(page, "/admin/login/")
    sign_in(page, make_moderator())
    for path in own_pages(public, waiting):
        must_pass_axe(page, path)


def test_the_editors_own_pages_pass_axe(page: Page) -> None:
    _public, waiting = room()
    sign_in(page, make_editor())
    for path in (
        "/admin/",
        "/admin/speeches/importrun/add/",
        f"/admin/speeches/meeting/{waiting.pk}/discard/",
    ):
        must_pass_axe(page, path)


def test_no_page_of_the_desk_is_wider_than_a_phone(phone: Page) -> None:
    public, waiting = room()
    sign_in(phone, make_moderator())
    lists = [
        f"/admin/speeches/{model}/"
        for model in ("importrun", "meeting", "remark", "reviewstep", "reviewscheme")
    ]
    forms = [
        f"/admin/speeches/meeting/{waiting.pk}/change/",
        f"/admin/speeches/remark/{public.remarks.get().pk}/change/",
    ]

    for path in (*own_pages(public, waiting), *lists, *forms):
        phone.goto(path)
        width = phone.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        assert width <= 0, path


def test_what_was_typed_for_other_texts_is_still_there_after_a_decision(page: Page) -> None:
    _public, waiting = room()
    first, second = waiting.remarks.in_order()
    sign_in(page, make_moderator())
    page.goto(f"/admin/speeches/meeting/{waiting.pk}/review/")
    page.locator(f"#opinion-remark-{first.pk}").fill("请补标题。")
    page.locator(f"#opinion-remark-{second.pk}").fill("第二段请核实。")

    page.locator(f"button[value='return:remark-{first.pk}']").press("Enter")

    expect(page.get_by_text("已退回。")).to_be_visible()
    expect(page.locator(f"#opinion-remark-{second.pk}")).to_have_value("第二段请核实。")


def test_in_the_dark_the_text_in_the_editor_can_be_read(new_context: OpenContext) -> None:
    _public, waiting = room()
    page = new_context(color_scheme="dark").new_page()
    sign_in(page, make_editor())
    page.goto(f"/admin/speeches/remark/{waiting.remarks.in_order()[0].pk}/change/")

    colours = page.locator(editable(page)).evaluate(
        "e => [getComputedStyle(e).color, getComputedStyle(e).backgroundColor]"
    )

    assert colours == ["rgb(238, 238, 238)", "rgb(18, 18, 18)"]


def test_an_order_typed_by_keyboard_is_saved_and_a_new_speaker_needs_no_number(page: Page) -> None:
    _public, waiting = room()
    first = waiting.remarks.in_order()[0]
    sign_in(page, make_editor())
    page.goto(f"/admin/speeches/remark/{first.pk}/change/")

    page.get_by_role("button", name="添加另一个").or_(page.get_by_text("添加另一个")).first.click()
    page.locator("#id_speakers-1-name_as_printed").fill("李某")
    page.get_by_role("checkbox", name="已核对").check()
    page.get_by_role("button", name="保存", exact=True).press("Enter")

    expect(page.get_by_text("成功")).to_be_visible()
    names = first.speakers.order_by("position").values_list("name_as_printed", flat=True)
    assert list(names) == ["王某", "李某"]
    assert first.doubts.get().settled_at is not None
