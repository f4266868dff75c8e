"""A remark's whole way from its unit to readers: handed in, returned, reviewed, published at its
time, corrected, withdrawn."""

import datetime as dt
import io
import re
from pathlib import Path

import docx
import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from speeches.models import RemarkEdition, Submission, User
from speeches.moderation.scheduling import publish_due
from tests.browser.conftest import PHONE, OpenContext, Watch
from tests.browser.test_newsroom_journey import (
    PASSWORD,
    editable,
    pass_whole_page,
    sign_in,
    sign_out,
)
from tests.factories import (
    make_call,
    make_contributor,
    make_editor,
    make_meeting,
    make_moderator,
    publish,
)

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.three_reviews]

HEADING = "把协商搬到村口"
FIRST = "近年来，我们把协商的桌子搬到村口，听群众说话，替群众办事，办成了一批看得见的事。"
SECOND = "一年来共开展协商活动多次，解决了不少问题，群众的满意度有了明显的提高和改善。"


def word_file(folder: Path) -> Path:
    document = docx.Document()
    for paragraph in (HEADING, "阿城区政协党组", FIRST, SECOND):
        document.add_paragraph(paragraph)
    data = io.BytesIO()
    document.save(data)
    file = folder / "发言.docx"
    file.write_bytes(data.getvalue())
    return file


def enter(page: Page, user: User) -> None:
    """Sign a unit's account in."""
    page.goto("/admin/login/")
    page.get_by_label("用户名").fill(user.username)
    page.get_by_label("密码").fill(PASSWORD)
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/contribute/$"))


def leave(page: Page) -> None:
    page.get_by_role("button", name="退出登录").click()
    expect(page.get_by_label("用户名")).to_be_visible()


def three_pass(page: Page, reviewers: list[User], review: str, texts: int, **last: str) -> None:
    """Have three people pass everything that waits, the last one with what is filled in."""
    for reviewer in reviewers:
        sign_in(page, reviewer)
        page.goto(review)
        pass_whole_page(page, texts, **(last if reviewer == reviewers[-1] else {}))
        sign_out(page)


def test_a_remark_goes_from_its_unit_to_readers_and_back(
    page: Page, watch: Watch, tmp_path: Path
) -> None:
    unit_person, editor = make_contributor(), make_editor()
    reviewers = [make_moderator(name) for name in ("first", "second", "third")]
    meeting = make_meeting(title="协商搬到家门口", remarks=[])
    for reviewer in reviewers:
        publish(meeting, by=reviewer)
    make_call(meeting, deadline=timezone.now() + dt.timedelta(days=9))

    # The unit sends a Word file in.
    enter(page, unit_person)
    page.get_by_role("link", name="基层协商座谈会征稿").click()
    page.locator("input[type=file]").set_input_files(str(word_file(tmp_path)))
    page.get_by_role("button", name="上传并读取").click()
    expect(page.get_by_label("标题")).to_have_value(HEADING)
    expect(page.locator(editable(page))).to_contain_text(SECOND)
    page.get_by_role("button", name="交稿", exact=True).click()
    submission = Submission.objects.get()
    expect(page.get_by_text(submission.receipt).first).to_be_visible()
    remark, review = submission.remark, f"/admin/speeches/meeting/{meeting.pk}/review/"
    leave(page)

    # The first reviewer comments on the second paragraph and sends it back.
    sign_in(page, reviewers[0])
    page.goto(review)
    text = page.locator(f"#remark-{remark.pk}")
    paragraph = text.locator(".review-part", has_text=SECOND)
    paragraph.locator(".review-add summary").click()
    paragraph.get_by_label("对正文第2段的批注").fill("请写明活动次数。")
    paragraph.get_by_role("button", name="写下批注").click()
    expect(text.get_by_text("请写明活动次数。")).to_be_visible()
    text.get_by_label("意见").fill("请补充数据。")
    text.get_by_role("button", name="退回").click()
    expect(page.get_by_text(f"“{HEADING}”已退回。")).to_be_visible()
    sign_out(page)

    # The unit reads both, mends the paragraph and hands it in again.
    enter(page, unit_person)
    expect(page.get_by_text("已退回，请修改后重新交稿").first).to_be_visible()
    page.get_by_role("link", name=HEADING).click()
    expect(page.get_by_text("请补充数据。").first).to_be_visible()
    expect(page.get_by_text("请写明活动次数。").first).to_be_visible()
    page.get_by_role("button", name="修改后重新交稿").click()
    page.locator(editable(page)).locator("p").nth(1).click()
    page.keyboard.press("End")
    page.keyboard.insert_text("（全年23次）")
    page.get_by_label("附言").fill("已补充次数。")
    page.get_by_role("button", name="重新交稿", exact=True).click()
    expect(page.get_by_text("已收到，等待审阅").first).to_be_visible()
    leave(page)

    # Three reviewers pass it, the last one for tomorrow.
    tomorrow = timezone.localtime() + dt.timedelta(days=1)
    three_pass(page, reviewers, review, 1, 发布时间=f"{tomorrow:%Y-%m-%dT%H:%M}")
    address = f"/remarks/{remark.pk}/"
    assert page.request.get(address).status == 404
    enter(page, unit_person)
    expect(page.get_by_text("已通过终审，待发布").first).to_be_visible()
    leave(page)
    publish_due(at=tomorrow)
    page.goto(address)
    expect(page.get_by_role("heading", level=1)).to_have_text(HEADING)
    expect(page.get_by_text("（全年23次）")).to_be_visible()

    # A wrong figure is corrected through the same reviews, with a note for readers.
    sign_in(page, editor)
    page.goto(f"/admin/speeches/remark/{remark.pk}/change/")
    page.locator(editable(page)).locator("p").nth(1).click()
    page.keyboard.press("End")
    for _character in "23次）":
        page.keyboard.press("Backspace")
    page.keyboard.insert_text("32次）")
    page.get_by_role("button", name="保存", exact=True).click()
    expect(page.get_by_text("成功")).to_be_visible()
    sign_out(page)
    page.goto(address)
    expect(page.get_by_text("（全年23次）")).to_be_visible()
    three_pass(page, reviewers, review, 1)
    page.goto(address)
    expect(page.locator(".prose").get_by_text("（全年32次）")).to_be_visible()
    expect(page.get_by_text("更正").first).to_be_visible()
    assert RemarkEdition.objects.filter(remark=remark).count() == 2

    # It is withdrawn, and the unit sees what became of it.
    sign_in(page, reviewers[0])
    page.goto(f"/admin/speeches/remark/{remark.pk}/withdraw/")
    page.get_by_label("撤稿理由").fill("单位要求更换稿件。")
    page.get_by_role("button", name="撤稿").click()
    expect(page.get_by_text(re.compile("已撤下"))).to_be_visible()
    sign_out(page)
    watch.allow("410")
    response = page.goto(address)
    assert response is not None
    assert response.status == 410
    expect(page.get_by_text("（全年32次）")).not_to_be_visible()
    enter(page, unit_person)
    expect(page.get_by_text("已撤稿").first).to_be_visible()


def test_a_unit_works_on_a_phone(phone: Page) -> None:
    call = make_call(deadline=timezone.now() + dt.timedelta(days=9))
    enter(phone, make_contributor())
    pages = ["/contribute/", f"/contribute/calls/{call.pk}/", "/contribute/contact/"]

    phone.goto(pages[1])
    phone.get_by_role("button", name="写一篇").click()
    expect(phone.get_by_label("标题")).to_be_visible()

    for address in (*pages, phone.url):
        phone.goto(address)
        assert phone.evaluate("document.documentElement.scrollWidth") == PHONE["width"], address


def test_a_unit_hands_in_without_scripts(new_context: OpenContext) -> None:
    make_call(deadline=timezone.now() + dt.timedelta(days=9))
    page = new_context(java_script_enabled=False).new_page()
    enter(page, make_contributor())
    page.get_by_role("link", name="基层协商座谈会征稿").click()
    page.get_by_role("button", name="写一篇").click()
    page.get_by_label("标题").fill(HEADING)
    page.get_by_label("正文").fill(f"{FIRST}\n\n{SECOND}")
    page.get_by_role("button", name="交稿", exact=True).click()

    expect(page.get_by_text(Submission.objects.get().receipt).first).to_be_visible()
