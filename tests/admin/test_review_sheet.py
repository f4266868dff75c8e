"""The review sheet (审签单): every step's words on paper, noted in the journal, fetched nowhere."""

import datetime as dt
import hashlib
import re
import socket
import sys
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pypdfium2 import raw

from speeches.admin.printing import pdf_of
from speeches.models import JournalEntry, Meeting, Remark, User
from speeches.moderation.claiming import claim
from speeches.moderation.commenting import comment, settle_comment
from speeches.moderation.proofreading import proofread
from speeches.moderation.reviewing import approve, reject, send_back
from speeches.moderation.scheduling import publish_due, reschedule
from speeches.moderation.withdrawing import withdraw
from tests.admin.desk import EDITOR, MODERATOR, SUPERUSER, address, png, signed_in
from tests.factories import (
    make_call,
    make_contributor,
    make_editor,
    make_meeting,
    make_moderator,
    make_submission,
    make_unit,
    make_user,
    publish,
)
from tests.moderation.desk import LATER, fresh, reword, seen

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

DAY = dt.timedelta(days=1)


def words_of(pdf: bytes) -> str:
    """Return the text of every page without spaces and ends of lines."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return "".join("".join(page.get_textpage().get_text_bounded().split()) for page in document)
    finally:
        document.close()


def printed(client: Client, text: Meeting | Remark) -> Any:
    return client.get(address(f"{text._meta.model_name}_review_sheet", text.pk))


def reviewers() -> list[User]:
    return [make_moderator(name) for name in ("first", "second", "third")]


def pass_on(text: Meeting | Remark, *, at: dt.datetime = LATER, **order: Any) -> None:
    """Pass the three stages, each with words of its own."""
    for number, person in enumerate(reviewers(), start=1):
        opinion = f"第{number}审意见：同意。"
        approve(text, by=person, at=at, seen=seen(text), opinion=opinion, **order)


@pytest.mark.three_reviews
def test_the_sheet_says_every_step_of_a_remarks_way() -> None:
    editor, (first, second, third) = make_editor(), reviewers()
    remark = make_meeting(
        title="座谈会", by=editor, remarks=[{"heading": "协商有方", "paragraphs": ["初稿。"]}]
    ).remarks.get()
    pass_on(remark.meeting)
    comment(remark, by=first, at=LATER, seen=seen(remark), part="body", place=0, words="此处欠妥。")
    settle_comment(remark.versions.get().comments.get(), by=editor, at=LATER)
    send_back(remark, by=first, at=LATER, seen=seen(remark), opinion="数字请核对。")
    reword(remark, "第二稿更长。", by=editor)
    reject(remark, by=second, at=LATER, seen=seen(remark), opinion="与主题不符。")
    reword(remark, "第三稿。", by=editor)
    proofread(remark, by=make_editor("reader"), at=LATER, seen=seen(remark), opinion="标点已改。")
    pass_on(remark, publish_at=LATER + DAY)
    reschedule(fresh(remark), publish_at=LATER + 2 * DAY, by=third, at=LATER)
    publish_due(at=LATER + 2 * DAY)
    withdraw(fresh(remark), by=third, at=LATER + 3 * DAY, reason="有误")

    answer = printed(signed_in(SUPERUSER), remark)

    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    assert answer["Content-Disposition"] == (
        f'inline; filename="review-sheet-remark-{remark.pk}.pdf"'
    )
    text = words_of(answer.content)
    for words in (
        *("审签单", "示例日报", "2024年5月24日", "座谈会", "协商有方", "阿城区政协党组"),
        # Receipt, versions with their length, who had edited.
        *("收稿时间2024-06-0112:00", "第1稿送审2024-06-0113:00first某editor某3"),
        *("第2稿送审2024-06-0113:00second某editor某6", "第3稿送审2024-06-0113:00reader某editor某4"),
        # Rounds, steps of every kind with who, when and the opinion.
        *("第1轮审校", "初审退回first某2024-06-0113:00数字请核对。", "结束：退回"),
        *("第2轮审校", "初审不予采用second某2024-06-0113:00与主题不符。", "结束：不予采用"),
        *("第3轮审校", "一校校对reader某2024-06-0113:00标点已改。", "结束：通过"),
        *("初审通过first某2024-06-0113:00第1审意见：同意。", "复审通过second某", "终审通过third某"),
        "第1稿正文第1段此处欠妥。first某2024-06-0113:00editor某2024-06-0113:00",
        # Publication at a set time, the edition, its end.
        "定于2024-06-0213:00发布（third某2024-06-0113:00下达）：2024-06-0113:00已取消。",
        "定于2024-06-0313:00发布（third某2024-06-0113:00下达）：2024-06-0313:00已发布。",
        *("第1版，2024-06-0313:00发布，已撤稿（2024-06-0413:00）", fresh(remark).fingerprint),
        *("签发人", "年月日", "superuser某打印于", "第1页，共"),
    ):
        assert words in text, words


@pytest.mark.three_reviews
def test_a_round_that_goes_on_leaves_room_for_the_stages_to_come() -> None:
    first, second, _third = reviewers()
    remark = make_meeting(by=make_editor(), remarks=[{}]).remarks.get()
    approve(remark, by=first, at=LATER, seen=seen(remark))
    claim(remark, by=second, at=LATER, seen=seen(remark))

    text = words_of(printed(signed_in(EDITOR), remark).content)

    assert "尚未结束" in text
    assert "复审待审second某已认领" in text
    assert "终审待审" in text
    assert "尚未发布。" in text


def test_what_a_unit_handed_in_has_its_receipt_on_the_sheet() -> None:
    unit = make_unit("阿城区政协")
    submission = make_submission(
        make_call(units=[unit]), by=make_contributor("li", unit=unit), heading="来稿题目"
    )

    text = words_of(printed(signed_in(EDITOR), submission.remark).content)

    assert f"来稿收稿编号{submission.receipt}，阿城区政协，li某，2024-06-0113:00" in text
    assert "第1稿来稿" in text


def test_the_sheet_of_a_page_lists_its_texts_and_gives_each_a_page() -> None:
    meeting = publish(make_meeting(title="座谈会", remarks=[{"heading": "甲"}, {"heading": "乙"}]))

    answer = printed(signed_in(MODERATOR), meeting)

    document = pypdfium2.PdfDocument(answer.content)
    pages = [page.get_textpage().get_text_bounded() for page in document]
    document.close()
    assert len(pages) == 4
    assert "本版稿件（3 篇）" in pages[0]
    for page, heading in zip(pages[1:], ("座谈会", "甲", "乙"), strict=True):
        assert heading in page
        assert "签发人" in page
    assert "发言 2" in pages[3]


def test_printing_is_noted_with_the_fingerprint_of_the_file() -> None:
    remark = publish(make_meeting(remarks=[{}])).remarks.get()

    pdf = printed(signed_in(MODERATOR), remark).content

    entry = JournalEntry.objects.about(remark)[0]
    assert (entry.act, str(entry.actor)) == ("export", "mod某")
    assert entry.detail == {
        "format": "审签单 PDF",
        "sha256": hashlib.sha256(pdf).hexdigest(),
    }


def test_the_sheet_is_only_asked_for() -> None:
    remark = publish(make_meeting(remarks=[{}])).remarks.get()
    entries = JournalEntry.objects.count()

    answer = signed_in(MODERATOR).post(address("remark_review_sheet", remark.pk))

    assert (answer.status_code, answer["Allow"]) == (405, "GET")
    assert JournalEntry.objects.count() == entries


def test_whoever_may_not_see_the_steps_gets_no_sheet() -> None:
    remark = publish(make_meeting(remarks=[{}])).remarks.get()
    user = make_user("looker")
    user.user_permissions.add(
        *Permission.objects.filter(codename__in=("view_remark", "view_meeting"))
    )
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")

    assert client.get(address("remark_preview", remark.pk)).status_code == 200
    assert printed(client, remark).status_code == 403
    assert "审签单" not in client.get(address("remark_versions", remark.pk)).content.decode()


def test_the_desk_leads_to_the_sheet() -> None:
    meeting = publish(make_meeting(remarks=[{}]))
    remark, client = meeting.remarks.get(), signed_in(EDITOR)

    for page, text in (
        (address("meeting_review", meeting.pk), meeting),
        (address("meeting_versions", meeting.pk), meeting),
        (address("remark_versions", remark.pk), remark),
    ):
        sheet = address(f"{text._meta.model_name}_review_sheet", text.pk)
        assert f'href="{sheet}"' in client.get(page).content.decode()


@pytest.mark.parametrize("failing", ["import nothing_of_this_name", 'raise OSError("no pango")'])
def test_a_server_without_the_libraries_says_what_is_missing(
    failing: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    remark = publish(make_meeting(remarks=[{}])).remarks.get()
    (tmp_path / "weasyprint.py").write_text(failing, encoding="utf-8")
    for name in [name for name in sys.modules if re.match(r"weasyprint(\.|$)", name)]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.syspath_prepend(tmp_path)

    client = signed_in(MODERATOR)
    page = client.get(address("remark_review_sheet", remark.pk), follow=True)

    assert page.status_code == 200
    assert "这台服务器还不能制作 PDF" in page.content.decode()
    assert "libpango-1.0-0" in page.content.decode()
    assert not JournalEntry.objects.filter(act="export").exists()


def test_the_sheet_costs_the_same_however_many_texts_there_are() -> None:
    small = publish(make_meeting(remarks=[{"speakers": ["王明"]}]))
    large = publish(make_meeting(remarks=[{"speakers": ["王明"]} for _number in range(6)]))
    for remark in large.remarks.all():
        reword(remark, f"改写{remark.pk}。", by=make_editor())
    publish(large)

    client = signed_in(MODERATOR)

    numbers = []
    for meeting in (small, large):
        with CaptureQueriesContext(connection) as queries:
            assert printed(client, meeting).status_code == 200
        numbers.append(len(queries))

    assert numbers[0] == numbers[1] < 30


def test_whatever_stands_in_a_text_is_printed_as_text() -> None:
    remark = publish(make_meeting(remarks=[{"heading": "<img src=x>与<b>粗</b>"}])).remarks.get()

    assert "<imgsrc=x>与<b>粗</b>" in words_of(printed(signed_in(EDITOR), remark).content)


def test_the_renderer_fetches_nothing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    picture = tmp_path / "picture.png"
    picture.write_bytes(png())
    asked = []
    monkeypatch.setattr(socket.socket, "connect", lambda _self, where: asked.append(where))
    html = (
        f'<p>字</p><img src="{picture.as_uri()}"><img src="http://127.0.0.1:9/a.png">'
        f'<link rel="stylesheet" href="{picture.as_uri()}"><object data="{picture.as_uri()}">'
    )

    pdf = pdf_of(html, style=f"@import url({picture.as_uri()}); p {{ color: #000 }}")

    document = pypdfium2.PdfDocument(pdf)
    kinds = {thing.type for page in document for thing in page.get_objects()}
    document.close()
    assert kinds == {raw.FPDF_PAGEOBJ_TEXT}
    assert asked == []
