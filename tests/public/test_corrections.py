"""Corrections on public pages: dated, both wordings, in words for whoever does not see marks."""

import datetime as dt
import re

import pytest
from django.test import Client

from speeches.models import Meeting, Remark
from speeches.moderation.reviewing import approve
from speeches.moderation.withdrawing import withdraw
from tests.admin.desk import MODERATOR, address, signed_in
from tests.factories import make_meeting, make_moderator, publish
from tests.moderation.desk import LATER, fresh, retitle, reword, seen

pytestmark = pytest.mark.django_db

STYLE = "public/corrections.css"
TAGS = re.compile(r"<[^>]+>")


def correct(text: Meeting | Remark, words: str, *, at: dt.datetime = LATER) -> None:
    """Change the text and publish the change."""
    if isinstance(text, Meeting):
        retitle(text, words)
    else:
        reword(text, words)
    approve(text, by=make_moderator(), at=at, seen=seen(text))


def shown(client: Client, path: str) -> str:
    page = client.get(path)
    assert page.status_code == 200
    return page.content.decode()


def test_a_remark_says_what_was_corrected_and_when(client: Client) -> None:
    meeting = publish(make_meeting(remarks=[{"paragraphs": ["推动<协商工作。"]}]))
    remark = meeting.remarks.get()
    correct(remark, "推动<协商试点。")

    for path in (remark_path(remark), f"/meetings/{meeting.pk}/"):
        html = shown(client, path)
        text = " ".join(TAGS.sub("", html).split())
        assert "更正 2024年6月1日" in text
        assert "原为： 推动&lt;协商（删）工作（删完）。" in text
        assert "改为： 推动&lt;协商（增）试点（增完）。" in text
        assert STYLE in html


def test_a_meeting_says_what_was_corrected_in_its_own_text(client: Client) -> None:
    meeting = publish(make_meeting(title="旧题", remarks=[{}]))
    correct(meeting, "新题")

    text = " ".join(TAGS.sub("", shown(client, f"/meetings/{meeting.pk}/")).split())

    assert "标题 原为： （删）旧（删完）题 改为： （增）新（增完）题" in text
    assert "更正" not in shown(client, remark_path(meeting.remarks.get()))


def test_earlier_corrections_stay_behind_the_latest(client: Client) -> None:
    remark = publish(make_meeting(remarks=[{"paragraphs": ["甲说。"]}])).remarks.get()
    correct(remark, "乙说。")
    correct(remark, "丙说。", at=LATER + dt.timedelta(days=1))

    html = shown(client, remark_path(remark))

    assert (
        html.index("2024年6月2日")
        < html.index("此前的更正（1 次）")
        < html.index("2024年6月1日</time>")
    )
    assert html.count("<details") == html.count("</details>") == 1


def test_pages_without_corrections_do_not_ask_for_their_style(client: Client) -> None:
    meeting = publish(make_meeting(remarks=[{}]))

    for path in (f"/meetings/{meeting.pk}/", remark_path(meeting.remarks.get())):
        html = shown(client, path)
        assert STYLE not in html
        assert "更正" not in html


def test_the_preview_shows_the_correction_that_publishing_would_show() -> None:
    meeting = publish(make_meeting(title="旧题", remarks=[{"paragraphs": ["甲说。"]}]))
    remark = meeting.remarks.get()
    retitle(meeting, "新题")
    reword(remark, "乙说。")
    desk = signed_in(MODERATOR)

    of_meeting = TAGS.sub("", shown(desk, address("meeting_preview", meeting.pk)))
    of_remark = TAGS.sub("", shown(desk, address("remark_preview", remark.pk)))

    assert "（增）新（增完）题" in of_meeting
    for text in (of_meeting, of_remark):
        assert "（删）甲（删完）说。" in text
        assert "（增）乙（增完）说。" in text
    # Nothing was published by looking.
    assert not fresh(remark).editions.current().get().corrections


def test_a_withdrawn_text_shows_no_correction(client: Client) -> None:
    remark = publish(make_meeting(remarks=[{"paragraphs": ["甲说。"]}])).remarks.get()
    correct(remark, "乙说。")
    withdraw(fresh(remark), by=make_moderator(), at=LATER, reason="有误")

    page = client.get(remark_path(remark))

    assert page.status_code == 410
    assert "甲说" not in page.content.decode()
    assert "甲说" not in shown(client, f"/meetings/{remark.meeting_id}/")


def remark_path(remark: Remark) -> str:
    return f"/remarks/{remark.pk}/"
