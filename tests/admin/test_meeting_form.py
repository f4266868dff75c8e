"""Correcting a meeting's own text: bylines, pictures, adding one by hand."""

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from speeches.models import Act, Byline, JournalEntry, Meeting, Picture, TextState
from speeches.moderation.composing import meeting_fingerprint
from tests.admin.desk import EDITOR, MODERATOR, account, address, filled_in, png, save, signed_in
from tests.factories import make_meeting, publish

pytestmark = pytest.mark.django_db


def with_picture(name: str, content: bytes) -> dict[str, object]:
    return {
        "pictures-TOTAL_FORMS": 1,
        "pictures-0-image": SimpleUploadedFile(name, content),
        "pictures-0-caption": "会场",
    }


def test_a_meeting_added_by_hand_waits_for_review() -> None:
    client = signed_in(EDITOR)
    form = {**filled_in(client.get(address("meeting_add"))), "title": "补录的会议"}
    form |= {"introduction": "第一段\n\n 第二段 ", "held_from": "2024-05-23"}

    answer = client.post(address("meeting_add"), {**form, "_save": "1"})

    assert answer.status_code == 302
    meeting = Meeting.objects.get(title="补录的会议")
    assert meeting.introduction == ["第一段", "第二段"]
    assert (meeting.state, meeting.edited_by) == (TextState.DRAFT, account(EDITOR))
    assert meeting.fingerprint == meeting_fingerprint(meeting)
    assert [entry.act for entry in JournalEntry.objects.about(meeting)] == [Act.CREATE]


def test_saving_without_a_change_changes_nothing() -> None:
    meeting = publish(make_meeting())
    before = Meeting.objects.values().get(pk=meeting.pk)
    entries = JournalEntry.objects.count()

    assert save(signed_in(EDITOR), "meeting", meeting.pk).status_code == 302

    assert Meeting.objects.values().get(pk=meeting.pk) == before
    assert JournalEntry.objects.count() == entries


def test_an_edit_of_a_public_meeting_waits_for_review() -> None:
    meeting = publish(make_meeting(title="旧标题"))

    save(signed_in(EDITOR), "meeting", meeting.pk, title="新标题")

    meeting.refresh_from_db()
    assert (meeting.state, meeting.edited_by) == (TextState.CHANGED, account(EDITOR))
    assert meeting.editions.current().get().title == "旧标题"


def test_a_new_order_of_bylines_is_an_edit_of_the_text() -> None:
    meeting = make_meeting()
    Byline.objects.create(meeting=meeting, position=1, name="孟想", role="文")
    Byline.objects.create(meeting=meeting, position=2, name="程晓", role="摄")
    client = signed_in(EDITOR)

    answer = save(
        client, "meeting", meeting.pk, **{"bylines-0-position": 2, "bylines-1-position": 1}
    )

    assert answer.status_code == 302
    assert [b.name for b in meeting.bylines.order_by("position")] == ["程晓", "孟想"]
    meeting.refresh_from_db()
    assert meeting.edited_by == account(EDITOR)


def test_a_picture_is_kept_from_readers_and_shown_on_the_desk() -> None:
    meeting = make_meeting()

    answer = save(signed_in(EDITOR), "meeting", meeting.pk, **with_picture("会场.png", png()))

    assert answer.status_code == 302
    picture = Picture.objects.get(meeting=meeting)
    shown = signed_in(MODERATOR).get(address("meeting_picture", picture.pk))
    assert shown.getvalue().startswith(b"\x89PNG")
    assert shown["Content-Type"] == "image/png"
    assert shown["X-Content-Type-Options"] == "nosniff"
    page = signed_in(MODERATOR).get(address("meeting_review", meeting.pk)).content.decode()
    assert address("meeting_picture", picture.pk) in page


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"),
        ("a.png", b"<script>alert(1)</script>"),
        ("a.gif", b"GIF89a"),
        ("a.html", png()),
    ],
)
def test_a_file_that_is_no_picture_is_refused(name: str, content: bytes) -> None:
    meeting = make_meeting()

    answer = save(signed_in(EDITOR), "meeting", meeting.pk, **with_picture(name, content))

    assert answer.status_code == 200
    assert not Picture.objects.exists()


def test_an_end_before_the_beginning_is_refused_and_nothing_typed_is_lost() -> None:
    meeting = make_meeting(title="旧标题")

    answer = save(signed_in(EDITOR), "meeting", meeting.pk, title="新标题", held_to="2024-05-01")

    assert answer.status_code == 200
    page = answer.content.decode()
    assert "结束日期不能早于开始日期。" in page
    assert 'value="新标题"' in page
    meeting.refresh_from_db()
    assert meeting.title == "旧标题"


def test_a_meeting_is_never_deleted_from_the_list() -> None:
    meeting = make_meeting()

    page = signed_in(EDITOR).get(address("meeting_changelist")).content.decode()
    signed_in(EDITOR).post(
        address("meeting_changelist"),
        {"action": "delete_selected", "_selected_action": [meeting.pk], "post": "yes"},
    )

    assert "delete_selected" not in page
    assert Meeting.objects.filter(pk=meeting.pk).exists()


def test_an_embargo_is_set_in_the_time_of_the_site() -> None:
    meeting, client = make_meeting(remarks=[]), signed_in(EDITOR)

    save(client, "meeting", meeting.pk, embargo_until="2024-06-02T06:00")

    meeting.refresh_from_db()
    assert meeting.embargo_until == dt.datetime(2024, 6, 1, 22, 0, tzinfo=dt.UTC)
    page = client.get(address("meeting_change", meeting.pk)).content.decode()
    assert 'value="2024-06-02T06:00"' in page
