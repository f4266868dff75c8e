"""Two people at one remark, and its marked copy on screen, on a phone and in print."""

import pytest
from playwright.sync_api import Page, expect

from speeches.models import Remark
from speeches.moderation.reviewing import send_back
from tests.browser.conftest import OpenContext
from tests.browser.test_desk import must_pass_axe
from tests.browser.test_newsroom_journey import editable, sign_in
from tests.factories import NOON, make_editor, make_meeting, make_moderator
from tests.moderation.desk import fresh, reword, seen

pytestmark = pytest.mark.django_db(transaction=True)

WORDS = "推动基层协商工作向纵深发展走实走好。"


def handed_over() -> Remark:
    """Return a remark with a version and another wording on the desk."""
    remark = make_meeting(remarks=[{"paragraphs": [WORDS], "speakers": ["王某"]}]).remarks.get()
    send_back(
        fresh(remark), by=make_moderator(), at=NOON, opinion="请核实提法。", seen=seen(remark)
    )
    reword(remark, WORDS.replace("工作", "试点"), by=make_editor("first"))
    return fresh(remark)


def write(page: Page, words: str) -> None:
    """Put other words in the place of the body, as somebody at the keyboard does."""
    page.locator(editable(page)).locator("p").first.click()
    page.keyboard.press("Control+A")
    page.keyboard.insert_text(words)


def test_of_two_who_edit_the_second_sees_both_wordings_and_loses_nothing(
    page: Page, new_context: OpenContext
) -> None:
    remark = make_meeting(remarks=[{"paragraphs": [WORDS], "speakers": ["王某"]}]).remarks.get()
    path = f"/admin/speeches/remark/{remark.pk}/change/"
    other = new_context().new_page()
    sign_in(page, make_editor("first"))
    sign_in(other, make_editor("second"))
    page.goto(path)
    other.goto(path)
    write(page, WORDS.replace("工作", "试点"))
    page.locator("#id_heading").fill("甲的标题")
    page.get_by_role("button", name="保存", exact=True).click()
    expect(page.get_by_text("成功")).to_be_visible()

    write(other, WORDS.replace("发展", "拓展"))
    other.locator("#id_speakers-0-name_as_printed").fill("李某")
    other.get_by_text("添加另一个").first.click()
    other.locator("#id_speakers-1-name_as_printed").fill("赵某")
    other.get_by_role("button", name="保存", exact=True).click()

    expect(other.get_by_role("heading", name="还没有保存：两边的文字")).to_be_visible()
    expect(other.get_by_text("现在的文字由 first某 ")).to_be_visible()
    both = other.locator(".overtaken .marked")
    expect(both.locator("div", has_text="正文").locator("dd > p").nth(1)).to_have_text(
        "推动基层协商试点工作向纵深发拓展走实走好。"
    )
    assert both.locator("dd del").all_text_contents().count("试点") == 1
    expect(other.locator("#id_heading")).to_have_value("甲的标题")
    expect(other.locator(editable(other))).to_have_text(WORDS.replace("发展", "拓展"))
    expect(other.locator("#id_speakers-0-name_as_printed")).to_have_value("李某")
    expect(other.locator("#id_speakers-1-name_as_printed")).to_have_value("赵某")
    assert fresh(remark).body == [f"<p>{WORDS.replace('工作', '试点')}</p>"]

    other.get_by_role("button", name="按下面的表单保存").click()

    expect(other.get_by_text("成功")).to_be_visible()
    after = fresh(remark)
    assert (after.heading, after.body) == ("甲的标题", [f"<p>{WORDS.replace('发展', '拓展')}</p>"])
    names = remark.speakers.order_by("position").values_list("name_as_printed", flat=True)
    assert list(names) == ["李某", "赵某"]


def test_one_part_is_taken_from_the_other_without_losing_the_rest(page: Page) -> None:
    remark = handed_over()
    sign_in(page, make_editor())
    page.goto(f"/admin/speeches/remark/{remark.pk}/change/")
    Remark.objects.filter(pk=remark.pk).update(heading="甲的标题")
    page.locator("#id_heading").fill("乙的标题")
    page.locator("#id_post_as_printed").fill("副主席")
    page.get_by_role("button", name="保存", exact=True).click()

    page.get_by_role("button", name="“标题”改用现在的文字").click()

    expect(page.locator("#id_heading")).to_have_value("甲的标题")
    expect(page.locator("#id_post_as_printed")).to_have_value("副主席")
    page.get_by_role("button", name="按下面的表单保存").click()
    expect(page.get_by_text("成功")).to_be_visible()
    after = fresh(remark)
    assert (after.heading, after.post_as_printed) == ("甲的标题", "副主席")


def test_the_marked_copy_passes_axe_and_fits_a_phone_and_restores(page: Page, phone: Page) -> None:
    remark = handed_over()
    sign_in(page, make_editor())
    path = f"/admin/speeches/remark/{remark.pk}/versions/"
    for address in (path, f"{path}?how=all&old=1&new=desk", f"{path}1/restore/"):
        must_pass_axe(page, address)
    sign_in(phone, make_editor())
    for address in (path, f"{path}?how=all&old=1&new=desk", f"{path}1/restore/"):
        phone.goto(address)
        width = phone.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        assert width <= 0, address

    page.goto(path)
    expect(page.locator(".marked del")).to_have_text(["工作"])
    expect(page.locator(".marked ins")).to_have_text(["试点"])
    page.get_by_role("link", name="恢复第1稿").click()
    page.get_by_role("button", name="恢复第1稿").click()

    expect(page.get_by_text("已恢复第1稿的文字，成为新的一稿。")).to_be_visible()
    assert fresh(remark).body == [f"<p>{WORDS}</p>"]


def test_in_print_only_the_marked_copy_is_left(page: Page) -> None:
    remark = handed_over()
    sign_in(page, make_editor())
    page.goto(f"/admin/speeches/remark/{remark.pk}/versions/")

    page.emulate_media(media="print")

    for gone in ("#header", ".breadcrumbs", "#nav-sidebar", ".versions-choice", ".object-tools"):
        expect(page.locator(gone).first).to_be_hidden()
    expect(page.locator(".marked-copy h2")).to_be_visible()
    expect(page.locator(".marked-printed")).to_be_visible()
    width = page.locator(".marked-copy").evaluate("e => e.offsetWidth / document.body.offsetWidth")
    assert width == 1
    strokes = page.locator(".marked del, .marked ins").evaluate_all(
        "all => all.map(one => getComputedStyle(one).textDecorationLine)"
    )
    assert strokes == ["line-through", "underline"]
