"""Templates that others render: error pages, the lock-out page, the desk's preview."""

import datetime as dt

import pytest
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.test import Client, RequestFactory

from cppcc import errors
from speeches.moderation.composing import compose_meeting, compose_remark
from speeches.records import meeting_page, remark_page
from speeches.templatetags.reading import minutes
from tests.factories import NOON, make_meeting, make_user


@pytest.fixture
def request_at(rf: RequestFactory) -> HttpRequest:
    request = rf.get("/somewhere/")
    request.user = AnonymousUser()
    return request


# No database fixture: a query would fail these tests.
def test_error_pages_ask_the_database_nothing(request_at: HttpRequest) -> None:
    answers = [
        errors.bad_request(request_at, ValueError()),
        errors.permission_denied(request_at, PermissionError()),
        errors.page_not_found(request_at, LookupError()),
        errors.server_error(request_at),
        errors.csrf_failure(request_at),
    ]

    assert [answer.status_code for answer in answers] == [400, 403, 404, 500, 403]
    for answer in answers:
        html = answer.content.decode()
        assert html.count("<h1>") == 1
        assert "摘编" in html
        assert 'rel="canonical"' not in html


def test_an_error_page_needs_nothing_but_its_words() -> None:
    html = render_to_string("errors/error.html", {"title": "出错", "advice": "请稍后再试。"})

    assert "<h1>出错</h1>" in html
    assert "请稍后再试。" in html


def test_the_lock_out_page_says_for_how_long(request_at: HttpRequest) -> None:
    context = {"cooloff_timedelta": dt.timedelta(minutes=30), "failure_limit": 5}

    html = render_to_string("registration/locked_out.html", context, request_at)

    assert "锁定 30 分钟" in html
    assert html.count("<h1>") == 1


@pytest.mark.django_db
def test_who_keeps_failing_to_sign_in_is_told_to_wait(client: Client) -> None:
    make_user("editor")
    wrong = {"username": "editor", "password": "wrong"}

    for _attempt in range(settings.AXES_FAILURE_LIMIT):
        answer = client.post("/admin/login/", wrong)

    assert answer.status_code == 429
    assert "此帐号已锁定 30 分钟" in answer.content.decode()


def test_a_part_of_a_minute_counts_as_one() -> None:
    assert minutes(dt.timedelta(seconds=61)) == 2


@pytest.mark.django_db
def test_the_desk_previews_a_draft_in_the_public_templates(request_at: HttpRequest) -> None:
    meeting = make_meeting(title="未发布的会", remarks=[{"heading": "未发布的发言"}])
    edition = compose_meeting(meeting, at=NOON)
    composed = compose_remark(meeting.remarks.get(), at=NOON, meeting_edition=edition)
    remark = remark_page(composed.edition, speakers=composed.speakers, themes=composed.themes)

    of_remark = render_to_string(
        "public/remark_detail.html",
        {"remark": remark, "previous": None, "next": None, "preview": True},
        request_at,
    )
    of_meeting = render_to_string(
        "public/meeting_detail.html",
        {"meeting": meeting_page(edition), "remarks": [remark], "full": True, "preview": True},
        request_at,
    )

    for html in (of_remark, of_meeting):
        assert "预览：未发布" in html
        assert "未发布的发言" in html
        assert "第一段说明情况。" in html
        assert html.count("<h1>") == 1
        assert 'rel="canonical"' not in html
