"""A page's whole way, as the newsroom walks it: upload, confirm, correct, approve, withdraw."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from speeches.models import Remark, RemarkEdition, User
from tests.browser.conftest import Watch
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


def test_a_page_goes_from_upload_to_readers_and_is_withdrawn(page: Page, watch: Watch) -> None:
    editor, moderator = make_editor(), make_moderator()

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

    sign_in(page, moderator)
    page.goto(f"/admin/speeches/meeting/{remark.meeting_id}/review/")
    expect(page.get_by_text(CORRECTION)).to_be_visible()
    page.get_by_role("button", name="整版通过并发布").click()
    expect(page.get_by_text("整版已通过并发布。")).to_be_visible()

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
