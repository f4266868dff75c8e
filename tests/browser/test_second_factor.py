"""The second step of signing in, walked through in a browser: set up, used, lost, given up."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django_otp.plugins.otp_totp.models import TOTPDevice
from playwright.sync_api import Page, expect

from speeches.models import JournalEntry, RecoveryCode, User
from tests.browser.conftest import OpenContext
from tests.browser.test_desk import RULES
from tests.browser.test_newsroom_journey import PASSWORD, sign_out
from tests.factories import make_moderator, make_user
from tests.phone import code_of, wrong_code

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _required(settings: Any) -> None:
    settings.SECOND_FACTOR = "required"


def give_password(page: Page, user: User) -> None:
    page.goto("/admin/login/")
    page.get_by_label("用户名").fill(user.username)
    page.get_by_label("密码").fill(PASSWORD)
    page.keyboard.press("Enter")


def give(page: Page, code: str) -> None:
    page.get_by_label("验证码").fill(code)
    page.keyboard.press("Enter")


def set_up(page: Page, user: User) -> tuple[str, list[str]]:
    """Sign in for the first time; return the secret and the recovery codes as they are shown."""
    give_password(page, user)
    expect(page.get_by_role("heading", level=1)).to_have_text("设置两步验证")
    page.get_by_role("button", name="开始设置").click()
    secret = "".join(page.locator(".factor-secret span").all_inner_texts())
    give(page, code_of(secret))
    expect(page.get_by_role("heading", level=1)).to_have_text("两步验证已开启")
    return secret, page.locator(".factor-codes code").all_inner_texts()


def later() -> None:
    """Let the codes that were used be long over."""
    TOTPDevice.objects.update(last_t=-1, throttling_failure_timestamp=None)


def must_fit_and_pass_axe(page: Page, heading: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(heading)
    width = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    assert width <= 0, page.url
    violations = Axe().run(page, options=RULES).response["violations"]
    assert [(v["id"], [node["html"] for node in v["nodes"]]) for v in violations] == [], page.url


def test_a_moderator_sets_it_up_and_signs_in_with_code_and_recovery_code(page: Page) -> None:
    moderator = make_moderator()

    secret, codes = set_up(page, moderator)
    assert len(codes) == 10
    page.get_by_role("link", name="已经记下，继续").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("工作台")
    sign_out(page)

    # A wrong code, then the right one.
    later()
    give_password(page, moderator)
    expect(page.get_by_label("验证码")).to_be_focused()
    give(page, wrong_code(secret))
    expect(page.get_by_text("验证码不对，或已经用过。")).to_be_visible()
    page.goto("/admin/")
    expect(page.get_by_role("heading", level=1)).to_have_text("两步验证")
    later()
    give(page, code_of(secret))
    expect(page.get_by_role("heading", level=1)).to_have_text("工作台")
    sign_out(page)

    # Without the phone.
    give_password(page, moderator)
    page.get_by_text("手机不在身边？用恢复码").click()
    page.get_by_label("恢复码").fill(codes[0])
    page.get_by_role("button", name="登录", exact=True).click()
    expect(page.get_by_text("您用掉了一个恢复码，还剩 9 个。")).to_be_visible()
    sign_out(page)

    # The same one again.
    give_password(page, moderator)
    page.get_by_text("手机不在身边？用恢复码").click()
    page.get_by_label("恢复码").fill(codes[0])
    page.get_by_role("button", name="登录", exact=True).click()
    expect(page.get_by_text("恢复码不对，或已经用过。")).to_be_visible()
    expect(page.get_by_label("恢复码")).to_be_focused()
    assert RecoveryCode.objects.filter(used_at=None).count() == 9
    assert JournalEntry.objects.filter(act="second-factor", result="refused").count() == 2


def test_a_new_phone_takes_the_place_of_the_old_one(page: Page) -> None:
    moderator = make_moderator()
    secret, _codes = set_up(page, moderator)
    page.goto("/admin/")
    page.get_by_role("link", name="我的帐号").click()
    later()

    giving_up = page.get_by_role("region", name="换手机")
    giving_up.get_by_label("验证码").fill(code_of(secret))
    giving_up.get_by_role("button", name="停用两步验证").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("设置两步验证")
    page.get_by_role("button", name="开始设置").click()
    new = "".join(page.locator(".factor-secret span").all_inner_texts())
    assert new != secret
    give(page, code_of(new))
    expect(page.get_by_role("heading", level=1)).to_have_text("两步验证已开启")


def test_a_contributor_may_set_it_up_without_scripts(new_context: OpenContext) -> None:
    page = new_context(java_script_enabled=False).new_page()
    contributor = make_user("contributor", role="投稿单位", staff=False)
    give_password(page, contributor)
    expect(page.get_by_role("heading", level=1)).to_contain_text("您好")
    page.goto("/account/")
    page.get_by_role("link", name="设置两步验证").click()
    page.get_by_role("button", name="开始设置").click()
    secret = "".join(page.locator(".factor-secret span").all_inner_texts())
    give(page, code_of(secret))
    page.get_by_role("link", name="已经记下，继续").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("您好")
    page.goto("/account/")
    page.get_by_role("button", name="退出登录").click()

    later()
    give_password(page, contributor)
    give(page, code_of(secret))

    expect(page.get_by_role("heading", level=1)).to_contain_text("您好")
    assert page.url.endswith("/contribute/")


@pytest.mark.parametrize("narrow", [False, True], ids=["desk", "phone"])
def test_its_pages_fit_and_pass_axe(page: Page, phone: Page, narrow: bool) -> None:
    screen = phone if narrow else page
    moderator = make_moderator()
    give_password(screen, moderator)
    must_fit_and_pass_axe(screen, "设置两步验证")
    screen.get_by_role("button", name="开始设置").click()
    expect(screen.get_by_role("heading", name="扫描二维码")).to_be_visible()
    must_fit_and_pass_axe(screen, "设置两步验证")
    secret = "".join(screen.locator(".factor-secret span").all_inner_texts())
    give(screen, code_of(secret))
    must_fit_and_pass_axe(screen, "两步验证已开启")
    screen.goto("/account/")
    must_fit_and_pass_axe(screen, "我的帐号")
    sign_out(screen)
    give_password(screen, moderator)
    must_fit_and_pass_axe(screen, "两步验证")
    screen.get_by_text("手机不在身边？用恢复码").click()
    give(screen, wrong_code(secret))
    expect(screen.get_by_text("验证码不对，或已经用过。")).to_be_visible()
    must_fit_and_pass_axe(screen, "两步验证")
