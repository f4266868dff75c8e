"""The page of a call: its words, and the two ways to begin an answer."""

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from speeches.contribute import calls
from speeches.models import JournalEntry, Result, SourceDocument, SubmissionDraft, User
from speeches.moderation.calling import close_call
from tests.contribute.unit import (
    address,
    call_now,
    client_of,
    other_unit,
    page_of,
    word_file,
)
from tests.factories import make_contributor, make_editor

pytestmark = pytest.mark.django_db


@pytest.fixture
def unit_person() -> User:
    return make_contributor()


def upload(user: User, data: bytes, name: str) -> tuple[str, str]:
    """Upload to a call; return where it led, or "" and the page."""
    client = client_of(user)
    place = f"{address(call_now())}upload/"
    answer = client.post(place, {"file": SimpleUploadedFile(name, data)})
    return answer.get("Location", ""), answer.content.decode()


def test_the_call_says_what_is_asked_for(unit_person: User) -> None:
    call = call_now(words="请谈协商。\n一事一议。", characters_from=800)

    page = page_of(client_of(unit_person), address(call))

    assert "<p>请谈协商。<br>一事一议。</p>" in page
    assert str(call.meeting) in page
    assert "不少于800字" in page
    assert "还有9天" in page
    assert "写一篇" in page


def test_a_call_to_others_is_not_there(unit_person: User) -> None:
    call = call_now(units=[other_unit()])

    page_of(client_of(unit_person), address(call), status=404)


def test_a_closed_call_has_no_buttons_and_takes_nothing(unit_person: User) -> None:
    call = call_now()
    close_call(call, by=make_editor(), at=timezone.now())
    client = client_of(unit_person)

    page = page_of(client, address(call))
    answer = client.post(f"{address(call)}begin/", follow=True)

    assert "已截稿" in page
    assert "写一篇" not in page
    assert "已经截稿" in answer.content.decode()
    assert not SubmissionDraft.objects.exists()
    refusal = JournalEntry.objects.about(call)[0]
    assert (refusal.result, refusal.detail["asked"]) == (Result.REFUSED, "begin")


def test_writing_begins_with_the_units_own_name(unit_person: User) -> None:
    call = call_now()

    answer = client_of(unit_person).post(f"{address(call)}begin/", follow=True)

    draft = SubmissionDraft.objects.get()
    assert answer.redirect_chain == [(address(draft), 302)]
    assert 'value="阿城区政协党组"' in answer.content.decode()


def test_a_word_file_fills_the_form(unit_person: User) -> None:
    data = word_file("把协商搬到村口", "阿城区政协主席 李禾川", "第一段说明情况。", "第二段。")

    led, _page = upload(unit_person, data, "发言.docx")

    draft = SubmissionDraft.objects.get()
    assert led == address(draft)
    page = page_of(client_of(unit_person), led)
    assert 'value="把协商搬到村口"' in page
    assert "第一段说明情况。" in page
    assert "来自“发言.docx”" in page
    assert draft.source is not None


def test_plain_text_is_read_and_what_fits_nowhere_is_shown(unit_person: User) -> None:
    text = "标题很好\n\n阿城区政协主席 李禾川\n\n第一段说明情况。\n\n" + "单位名" * 60
    led, _page = upload(unit_person, text.encode(), "发言.txt")

    page = page_of(client_of(unit_person), led)

    assert "文件里没有放入表单的文字" in page
    assert "第一段说明情况。" in page


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"", "empty.docx"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 40, "picture.png"),
        (b"MZ" + b"\0" * 200, "program.docx"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_beside_the_field(
    unit_person: User, data: bytes, name: str
) -> None:
    led, page = upload(unit_person, data, name)

    assert led == ""
    assert f"{name}：" in page
    assert 'aria-invalid="true"' in page
    assert not SubmissionDraft.objects.exists()
    assert not SourceDocument.objects.exists()


def test_a_file_that_is_too_large_is_not_even_read(
    unit_person: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(calls, "LARGEST", 3)
    monkeypatch.setattr(calls, "begin_with_file", None)

    _led, page = upload(unit_person, "四个字。".encode(), "发言.txt")

    assert "超过 20 MB" in page


def test_no_file_at_all_is_said_at_the_field(unit_person: User) -> None:
    answer = client_of(unit_person).post(f"{address(call_now())}upload/")

    assert answer.status_code == 200
    assert "这个字段是必填项" in answer.content.decode()


def test_reloading_a_refused_upload_leads_back_to_the_call(unit_person: User) -> None:
    call = call_now()

    answer = client_of(unit_person).get(f"{address(call)}upload/")

    assert answer["Location"] == address(call)


def test_less_than_an_hour_is_said_so(unit_person: User) -> None:
    call = call_now(deadline=timezone.now() + dt.timedelta(minutes=40))

    assert "不到1小时" in page_of(client_of(unit_person), address(call))
