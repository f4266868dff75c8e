"""A unit's way: a link of the newsroom, a call, a Word file, its form, the receipt, a return."""

import datetime as dt
import re
import time
from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone
from playwright.sync_api import Page, expect

from speeches.models import Call, Contributor, Submission, SubmissionDraft, TextState, User
from speeches.moderation.inviting import invite, token_of
from speeches.moderation.writing import save
from speeches.text.counting import count_characters
from tests.browser.conftest import PHONE, OpenContext, Watch
from tests.browser.test_desk import RULES
from tests.contribute.unit import (
    address,
    begun,
    call_now,
    handed_in,
    returned,
    word_file,
)
from tests.factories import make_contributor, make_manuscript, make_moderator

PASSWORD = "correct horse 8"
ADDED = "这一句是在网页上补的，共 12 件\u3000𠮷。"
LENGTH = count_characters([f"<p>第一段说明情况。第二段提出建议。{ADDED}</p>"])

pytestmark = pytest.mark.django_db(transaction=True)


def sign_in(page: Page, user: User) -> None:
    page.goto("/admin/login/")
    page.get_by_label("用户名").fill(user.username)
    page.get_by_label("密码").fill(PASSWORD)
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/contribute/$"))


def body_of(page: Page) -> str:
    expect(page.locator(".cke_wysiwyg_div")).to_be_visible()
    return ".cke_wysiwyg_div"


def type_at_the_end(page: Page, words: str) -> None:
    page.locator(body_of(page)).locator("p").last.click()
    page.keyboard.press("Control+End")
    page.keyboard.insert_text(words)


def eventually(true: Callable[[], bool]) -> None:
    """Wait for what a page that was left has sent."""
    until = time.monotonic() + 10
    while not true():
        assert time.monotonic() < until
        time.sleep(0.1)


def must_pass_axe(page: Page, path: str) -> None:
    """Look at all of a page but the editor, which its maker answers for."""
    page.goto(path)
    results = Axe().run(page, context={"exclude": [[".cke"]]}, options=RULES)
    violations = results.response["violations"]
    assert [(v["id"], [node["html"] for node in v["nodes"]]) for v in violations] == [], path


def fits(page: Page) -> None:
    width = page.viewport_size["width"] if page.viewport_size else 0
    assert page.evaluate("document.documentElement.scrollWidth") == width


def test_a_unit_uploads_a_word_file_writes_on_and_hands_it_in(page: Page) -> None:
    unit_person = make_contributor()
    call_now(characters_from=10, characters_to=900)
    sign_in(page, unit_person)
    page.get_by_role("link", name="基层协商座谈会征稿").click()
    file = word_file(
        "把协商搬到村口", "阿城区政协主席 李禾川", "第一段说明情况。", "第二段提出建议。"
    )
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    page.get_by_label("稿件文件").set_input_files(
        {"name": "发言.docx", "mimeType": kind, "buffer": file}
    )
    page.get_by_role("button", name="上传并读取").click()

    expect(page.get_by_label("标题")).to_have_value("把协商搬到村口")
    expect(page.get_by_label("发言人")).to_have_value("李禾川")
    expect(page.get_by_text("来自“发言.docx”")).to_be_visible()
    type_at_the_end(page, ADDED)
    expect(page.get_by_text("有未保存的改动")).to_be_visible()
    # The script counts as the server does: no white space, and 𠮷 is one character.
    expect(page.locator("#length-now")).to_have_text(f"现有{LENGTH}字")
    expect(page.locator("#saved")).to_have_text(re.compile("已自动保存 [0-9]{2}:[0-9]{2}"))

    page.reload()
    expect(page.locator(body_of(page))).to_contain_text(ADDED)
    expect(page.locator("#length-now")).to_have_text(f"现有{LENGTH}字")
    page.get_by_label("附言").fill("请核对数字。")
    page.get_by_role("button", name="交稿", exact=True).click()

    expect(page.get_by_text("已收到您的稿件，收稿编号")).to_be_visible()
    submission = Submission.objects.get()
    expect(page.locator(".units-receipt b")).to_have_text(submission.receipt)
    expect(page.get_by_text("请核对数字。")).to_be_visible()
    assert submission.remark.body[-1] == f"<p>第二段提出建议。{ADDED}</p>"
    page.get_by_role("link", name="返回").click()
    expect(page.get_by_text("已收到，等待审阅")).to_be_visible()


def test_two_windows_lose_nothing(page: Page, watch: Watch) -> None:
    watch.allow("409")
    unit_person = make_contributor()
    draft = begun(call_now(), unit_person)
    sign_in(page, unit_person)
    page.goto(address(draft))
    body_of(page)
    save(
        draft,
        manuscript=make_manuscript(body=["<p>另一个窗口的文字。</p>"]),
        seen=0,
        by=unit_person,
        at=timezone.now(),
    )

    type_at_the_end(page, "这个窗口的文字。")
    expect(page.locator("#saved")).to_contain_text("已在另一个窗口保存过")
    page.get_by_role("button", name="保存", exact=True).click()

    expect(page.get_by_role("heading", name="还没有保存：两个窗口的文字")).to_be_visible()
    expect(page.locator(body_of(page))).to_contain_text("这个窗口的文字。")
    expect(page.locator(".marked del", has_text="另一")).to_be_visible()
    page.get_by_role("button", name="保存", exact=True).click()
    expect(page.get_by_text("已保存。")).to_be_visible()
    assert SubmissionDraft.objects.get().body == ["<p>这个窗口的文字。</p>"]


def test_what_was_typed_is_saved_when_the_page_is_left(page: Page) -> None:
    unit_person = make_contributor()
    draft = begun(call_now(), unit_person)
    sign_in(page, unit_person)
    page.goto(address(draft))
    body_of(page)
    page.get_by_label("标题").fill("离开前打的字")
    page.on("dialog", lambda dialog: dialog.accept())
    page.get_by_role("link", name="返回").click()

    expect(page.get_by_role("heading", name="正在征稿")).to_be_visible()
    eventually(lambda: SubmissionDraft.objects.get().heading == "离开前打的字")


def test_a_link_signs_in_with_one_click(page: Page, watch: Watch) -> None:
    watch.allow("410")
    unit_person = make_contributor(email="unit@example.org")
    call = call_now()
    invitation = invite(
        Contributor.objects.get(user=unit_person),
        call=call,
        by=make_moderator(),
        at=timezone.now(),
    )
    link = f"/contribute/links/{token_of(invitation)}/"
    must_pass_axe(page, link)
    page.get_by_role("button", name="登录").click()

    expect(page.get_by_role("heading", level=1)).to_have_text(str(call))
    page.goto(link)
    expect(page.get_by_role("heading", level=1)).to_have_text("这个链接不能用了")


def test_a_returned_remark_is_revised_without_scripts(new_context: OpenContext) -> None:
    unit_person = make_contributor()
    submission = handed_in(call_now(), unit_person)
    returned(submission, opinion="请补充数据。", words="这一段请写明出处。")
    page = new_context(java_script_enabled=False).new_page()
    sign_in(page, unit_person)

    page.get_by_role("link", name="把协商搬到村口").click()
    expect(page.get_by_text("请补充数据。")).to_be_visible()
    expect(page.locator(".units-part", has_text="第二段")).to_contain_text("这一段请写明出处。")
    page.get_by_role("button", name="修改后重新交稿").click()
    page.get_by_role("textbox", name="正文").fill("第一段说明情况。\n据年报，共办成 217 件。")
    page.get_by_label("附言").fill("已写明出处。")
    page.get_by_role("button", name="重新交稿").click()

    expect(page.get_by_text("已收到，等待审阅")).to_be_visible()
    submission.remark.refresh_from_db()
    assert submission.remark.state == TextState.DRAFT
    assert submission.remark.body[1] == "<p>据年报，共办成 217 件。</p>"


@pytest.fixture
def room() -> tuple[User, list[str]]:
    """A unit with something on every page, and the pages' addresses."""
    person = make_contributor()
    call: Call = call_now(
        title="“推进基层协商、服务乡村振兴”座谈会发言征稿",
        words="请谈做法，谈问题，提建议。",
        characters_from=800,
        characters_to=1200,
        deadline=timezone.now() + dt.timedelta(days=3),
    )
    draft = begun(call, person)
    came_back = handed_in(call, person, heading="退回的稿子" * 6)
    returned(came_back, words="请写明出处。")
    waiting = handed_in(call, person)
    pages = ["/contribute/", "/contribute/contact/", address(call), address(draft)]
    pages += [address(came_back), address(waiting)]
    pages += [f"{address(draft)}delete/", f"{address(waiting)}take-back/"]
    return person, pages


def test_every_page_passes_axe_at_a_desk(page: Page, room: tuple[User, list[str]]) -> None:
    person, pages = room
    sign_in(page, person)
    for place in pages:
        must_pass_axe(page, place)
        fits(page)


def test_every_page_passes_axe_and_fits_a_phone(phone: Page, room: tuple[User, list[str]]) -> None:
    person, pages = room
    sign_in(phone, person)
    for place in pages:
        must_pass_axe(phone, place)
        fits(phone)
        assert phone.viewport_size == PHONE
