"""A page's whole way, as the newsroom walks it: upload, correct, three reviews, withdraw."""

import datetime as dt
import re
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from speeches.models import Remark, RemarkEdition, ReviewComment, ReviewStep, User
from speeches.moderation.scheduling import publish_due
from tests.browser.conftest import PHONE, OpenContext, Watch
from tests.factories import make_editor, make_meeting, make_moderator, make_user, publish

PAGE = Path(__file__).parents[2] / "speeches" / "data" / "demo-page.txt"
PASSWORD = "correct horse 8"
CORRECTION = "这一句由编辑更正：“协商”就是好好商量。"

pytestmark = pytest.mark.django_db(transaction=True)


def sign_in(page: Page, user: User) -> None:
    page.goto("/admin/login/")
    page.get_by_label("用户名").fill(user.username)
    page.get_by_label("密码").fill(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="注销")).to_be_visible()


def sign_out(page: Page) -> None:
    page.get_by_role("button", name="注销").click()
    page.goto("/admin/")
    expect(page.get_by_label("用户名")).to_be_visible()


def editable(page: Page) -> str:
    expect(page.locator(".cke_wysiwyg_div")).to_be_visible()
    return ".cke_wysiwyg_div"


def pass_whole_page(page: Page, texts: int, **filled: str) -> None:
    """Press the button of the whole page and confirm what it lists."""
    page.get_by_role("button", name=f"整版通过（{texts} 篇）").click()
    expect(page.locator(".review-steps li")).to_have_count(texts)
    for label, value in filled.items():
        page.get_by_label(label).fill(value)
    page.get_by_role("button", name=f"确认通过 {texts} 篇").click()


@pytest.mark.three_reviews
def test_a_page_passes_three_reviewers_and_is_published_at_its_time_and_withdrawn(
    page: Page, watch: Watch
) -> None:
    editor = make_editor()
    first, second, third = (make_moderator(name) for name in ("first", "second", "third"))

    sign_in(page, editor)
    page.get_by_role("link", name="导入版面").click()
    page.get_by_label("版面文件").set_input_files(str(PAGE))
    page.get_by_label("出版日期").fill("2026-03-16")
    page.get_by_role("button", name="上传并读取").click()
    expect(page.get_by_role("heading", name="另列的文字")).to_be_visible()
    expect(page.get_by_text("版面上缺少这篇发言的开头").first).to_be_visible()
    assert not Remark.objects.exists()

    page.get_by_role("button", name="确认导入").first.click()
    expect(page.get_by_text("已建立草稿，请逐篇核对。")).to_be_visible()
    remark = Remark.objects.in_order()[0]
    texts = 1 + remark.meeting.remarks.count()
    page.get_by_role("link", name=remark.heading).click()

    body = page.locator(editable(page))
    body.locator("p").first.click()
    page.keyboard.press("End")
    page.keyboard.press("Enter")
    page.keyboard.insert_text(CORRECTION)
    page.get_by_role("button", name="保存", exact=True).click()
    expect(page.get_by_text("已成功修改").or_(page.get_by_text("成功"))).to_be_visible()
    remark.refresh_from_db()
    assert f"<p>{CORRECTION}</p>" in remark.body
    assert remark.edited_by == editor
    assert page.request.get(f"/remarks/{remark.pk}/").status == 404
    sign_out(page)

    # The first reviewer finds it on the desk, comments on a paragraph and sends the text back.
    sign_in(page, first)
    page.get_by_role("region", name="待我审").get_by_role("link", name=remark.heading).click()
    text = page.locator(f"#remark-{remark.pk}")
    expect(text).to_be_focused()
    expect(text.get_by_text(CORRECTION)).to_be_visible()
    paragraph = text.locator(".review-part", has_text=CORRECTION)
    paragraph.locator(".review-add summary").click()
    paragraph.get_by_label("对正文第2段的批注").fill("“协商”一句请写明出处。")
    paragraph.get_by_role("button", name="写下批注").click()
    expect(text.get_by_text("“协商”一句请写明出处。")).to_be_visible()
    text.get_by_label("意见").fill("见批注。")
    text.get_by_role("button", name="退回").click()
    expect(page.get_by_text(f"“{remark.heading}”已退回。")).to_be_visible()
    sign_out(page)

    # The editor reads both, settles the comment while changing the text, and it waits again.
    sign_in(page, editor)
    returned = page.get_by_role("region", name="退回给我的")
    expect(returned.get_by_text("见批注。")).to_be_visible()
    returned.get_by_role("link", name=remark.heading).click()
    expect(page.locator("blockquote", has_text=CORRECTION)).to_be_visible()
    page.get_by_label("已处理").check()
    body = page.locator(editable(page))
    body.locator("p").nth(1).click()
    page.keyboard.press("End")
    page.keyboard.insert_text("（据发言稿）")
    page.get_by_role("button", name="保存", exact=True).click()
    expect(page.get_by_text("成功")).to_be_visible()
    assert ReviewComment.objects.get().settled_by == editor
    sign_out(page)

    review = f"/admin/speeches/meeting/{remark.meeting_id}/review/"
    sign_in(page, first)
    page.goto(review)
    pass_whole_page(page, texts)
    expect(page.get_by_text("的初审已通过，接着是复审。").first).to_be_visible()
    # Nobody goes on with what they have passed.
    expect(page.get_by_text("复审须由另一位审核人承担").first).to_be_visible()
    sign_out(page)

    # The second reviewer has hands for the keyboard only.
    sign_in(page, second)
    page.goto(review)
    page.keyboard.press("j")
    expect(page.locator(".desk-review section").first).to_be_focused()
    for number in range(1, texts):
        page.keyboard.press("p")
        expect(page.get_by_text("的复审已通过，接着是终审。")).to_be_visible()
        expect(page.locator(".desk-review section").nth(number)).to_be_focused()
    page.keyboard.press("r")
    page.keyboard.type("p 不是决定，是理由里的字母。")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_text("的复审已通过，接着是终审。")).to_be_visible()
    assert ReviewStep.objects.filter(stage="second", decision="pass").count() == texts
    assert ReviewStep.objects.latest("pk").opinion == "p 不是决定，是理由里的字母。"
    sign_out(page)

    sign_in(page, third)
    page.goto(review)
    tomorrow = timezone.localtime() + dt.timedelta(days=1)
    pass_whole_page(page, texts, 发布时间=f"{tomorrow:%Y-%m-%dT%H:%M}")
    expect(page.get_by_text(f"定于 {tomorrow:%Y-%m-%d %H:%M} 发布").first).to_be_visible()
    assert page.request.get(f"/remarks/{remark.pk}/").status == 404
    publish_due(at=tomorrow)

    page.goto(f"/remarks/{remark.pk}/")
    expect(page.get_by_role("heading", level=1)).to_have_text(remark.heading)
    expect(page.get_by_text(CORRECTION)).to_be_visible()

    page.goto(f"/admin/speeches/remark/{remark.pk}/withdraw/")
    page.get_by_label("撤稿理由").fill("单位要求更换稿件。")
    page.get_by_role("button", name="撤稿").click()
    expect(page.get_by_text(re.compile("已撤下"))).to_be_visible()
    watch.allow("410")
    response = page.goto(f"/remarks/{remark.pk}/")
    assert response is not None
    assert response.status == 410
    expect(page.get_by_text(CORRECTION)).not_to_be_visible()


def test_single_keys_can_be_switched_off_and_stay_off(page: Page) -> None:
    meeting = make_meeting(remarks=[{"heading": "甲"}])
    sign_in(page, make_moderator())
    page.goto(f"/admin/speeches/meeting/{meeting.pk}/review/")
    page.get_by_label("使用单键操作").uncheck()
    page.keyboard.press("j")
    page.keyboard.press("p")
    page.reload()

    expect(page.get_by_label("使用单键操作")).not_to_be_checked()
    page.keyboard.press("j")
    expect(page.locator(".desk-review section").first).not_to_be_focused()
    assert not ReviewStep.objects.exists()


def test_a_page_is_reviewed_without_scripts(new_context: OpenContext) -> None:
    meeting = make_meeting(remarks=[{"heading": "甲"}])
    page = new_context(java_script_enabled=False).new_page()
    sign_in(page, make_moderator())
    page.goto(f"/admin/speeches/meeting/{meeting.pk}/review/")
    expect(page.get_by_text("使用单键操作")).not_to_be_visible()

    pass_whole_page(page, 2)

    expect(page.get_by_text("整版已通过并发布。")).to_be_visible()


def test_the_review_page_and_the_desk_fit_a_phone(phone: Page) -> None:
    meeting = make_meeting(remarks=[{"heading": "一个相当长的发言标题" * 4}])
    sign_in(phone, make_moderator())
    for address in ("/admin/", f"/admin/speeches/meeting/{meeting.pk}/review/"):
        phone.goto(address)
        assert phone.evaluate("document.documentElement.scrollWidth") == PHONE["width"]


def test_the_editor_formats_text_and_only_allowed_html_is_kept(page: Page) -> None:
    meeting = make_meeting(remarks=[{"paragraphs": ["原来的句子。"]}])
    remark = meeting.remarks.get()
    sign_in(page, make_editor())
    page.goto(f"/admin/speeches/remark/{remark.pk}/change/")

    body = page.locator(editable(page))
    body.locator("p").first.click()
    page.keyboard.press("Control+a")
    page.get_by_role("button", name="加粗").click()
    page.keyboard.press("End")
    page.get_by_role("button", name="保存", exact=True).click()
    expect(page.get_by_text("成功")).to_be_visible()

    remark.refresh_from_db()
    assert remark.body == ["<p><strong>原来的句子。</strong></p>"]


def test_remarks_are_rearranged_with_the_keyboard_and_readers_see_it(page: Page) -> None:
    meeting = publish(make_meeting(remarks=[{"heading": "第一篇"}, {"heading": "第二篇"}]))
    sign_in(page, make_editor())
    page.goto(f"/admin/speeches/meeting/{meeting.pk}/change/")

    page.get_by_role("button", name="下移“第一篇”").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("次序已保存。")).to_be_visible()

    assert [e.heading for e in RemarkEdition.objects.current().in_order()] == ["第二篇", "第一篇"]


def test_a_moderator_returns_a_text_with_reasons_and_the_editor_reads_them(page: Page) -> None:
    meeting = make_meeting(remarks=[{"heading": "待改的稿子"}])
    remark = meeting.remarks.get()
    sign_in(page, make_moderator())
    page.goto(f"/admin/speeches/meeting/{meeting.pk}/review/")
    page.locator(f"#opinion-remark-{remark.pk}").fill("第二段的数字请核实。")
    page.locator(f"button[value='return:remark-{remark.pk}']").click()
    expect(page.get_by_text("“待改的稿子”已退回。")).to_be_visible()
    sign_out(page)

    sign_in(page, make_editor())
    page.get_by_role("link", name="退回的发言").click()
    page.get_by_role("link", name="待改的稿子").first.click()
    expect(page.get_by_text("第二段的数字请核实。")).to_be_visible()


def test_a_contributor_signs_in_at_the_same_door_and_never_enters_the_admin(page: Page) -> None:
    contributor = make_user("contributor", role="投稿单位", staff=False)
    page.goto("/admin/login/")
    page.get_by_label("用户名").fill(contributor.username)
    page.get_by_label("密码").fill(PASSWORD)
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/contribute/$"))
    page.goto("/admin/")
    expect(page).to_have_url(re.compile("/contribute/$"))
    page.get_by_role("button", name="退出登录").click()
    expect(page.get_by_label("用户名")).to_be_visible()
