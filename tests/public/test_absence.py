"""Withdrawn texts leave a dated notice; what was never public is not there at all."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django.fixtures import Settings

from speeches.models import Meeting, Person, Picture
from speeches.moderation.editing import record_edit
from speeches.moderation.withdrawing import withdraw
from tests.factories import NOON, make_meeting, make_moderator, make_unit, publish

pytestmark = pytest.mark.django_db

# One minute before midnight in universal time is the next morning in Harbin.
LATE = dt.datetime(2024, 5, 31, 23, 59, tzinfo=dt.UTC)
PIXEL = (
    b"GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff!\xf9\x04\x01\x00\x00\x00\x00,"
    b"\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;"
)


@pytest.fixture
def _media(settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


def with_picture(name: str = "会场.gif", content: bytes = PIXEL) -> Meeting:
    meeting = make_meeting()
    image = SimpleUploadedFile(name, content, "image/gif")
    Picture.objects.create(meeting=meeting, position=1, image=image, caption="会场")
    Picture.objects.create(meeting=meeting, position=2, caption="只有说明")
    record_edit(meeting, by=None, at=NOON, changed=["pictures"])
    return meeting


def content_of(answer: Any) -> bytes:
    """Read a streamed answer to its end, which closes the file."""
    return b"".join(answer.streaming_content)


def test_a_withdrawn_remark_is_gone_with_the_local_day_and_without_its_text(
    client: Client,
) -> None:
    meeting = publish(make_meeting(remarks=[{"heading": "标题甲", "paragraphs": ["正文甲"]}, {}]))
    remark = meeting.remarks.first()
    assert remark is not None
    withdraw(remark, by=make_moderator(), at=LATE, reason="有误")

    page = client.get(f"/remarks/{remark.pk}/")

    html = page.content.decode()
    assert page.status_code == 410
    assert "本文已于2024年6月1日撤下" in html
    assert html.count("<h1") == 1
    for text in ("标题甲", "正文甲", "阿城区政协党组", "有误", meeting.title):
        assert text not in html


@pytest.mark.usefixtures("_media")
def test_a_withdrawn_meeting_is_gone_with_its_remarks(client: Client) -> None:
    meeting = publish(with_picture())
    remark = meeting.remarks.get()
    withdraw(meeting, by=make_moderator(), at=NOON, reason="有误")

    assert client.get(f"/meetings/{meeting.pk}/").status_code == 410
    assert client.get(f"/remarks/{remark.pk}/").status_code == 410
    assert client.get(f"/meetings/{meeting.pk}/pictures/1/").status_code == 410
    assert client.get(f"/meetings/{meeting.pk}/pictures/2/").status_code == 404
    assert meeting.title not in client.get("/meetings/").content.decode()


def test_a_text_that_is_published_again_is_no_longer_gone(client: Client) -> None:
    meeting = publish(make_meeting())
    remark = meeting.remarks.get()
    withdraw(remark, by=make_moderator(), at=NOON, reason="有误")
    remark.refresh_from_db()
    remark.heading = "改过的标题"
    remark.save()
    record_edit(remark, by=None, at=NOON, changed=["heading"])
    publish(meeting)

    page = client.get(f"/remarks/{remark.pk}/")

    assert page.status_code == 200
    assert "改过的标题" in page.content.decode()


def test_a_draft_is_not_found(client: Client) -> None:
    meeting = make_meeting()

    assert client.get(f"/meetings/{meeting.pk}/").status_code == 404
    assert client.get(f"/remarks/{meeting.remarks.get().pk}/").status_code == 404


def test_units_and_people_have_pages_only_while_a_current_edition_names_them(
    client: Client,
) -> None:
    unit, host = make_unit(), make_unit("哈尔滨市政协")
    person = Person.objects.create(name="王一")
    meeting = make_meeting(remarks=[{"unit_link": unit, "speakers": [person]}], host=host)
    pages = [row.get_absolute_url() for row in (unit, host, person)]

    assert [client.get(page).status_code for page in pages] == [404, 404, 404]
    publish(meeting)
    assert [client.get(page).status_code for page in pages] == [200, 200, 200]
    withdraw(Meeting.objects.get(), by=make_moderator(), at=NOON, reason="有误")
    assert [client.get(page).status_code for page in pages] == [404, 404, 404]


@pytest.mark.usefixtures("_media")
def test_a_picture_is_served_as_what_it_is(client: Client) -> None:
    meeting = publish(with_picture())

    picture = client.get(f"/meetings/{meeting.pk}/pictures/1/")

    assert picture.status_code == 200
    assert content_of(picture) == PIXEL
    assert picture["Content-Type"] == "image/gif"
    assert picture["X-Content-Type-Options"] == "nosniff"
    assert client.get(f"/meetings/{meeting.pk}/pictures/2/").status_code == 404
    assert client.get(f"/meetings/{meeting.pk}/pictures/3/").status_code == 404


@pytest.mark.usefixtures("_media")
def test_a_picture_of_a_draft_or_of_an_unapproved_edit_is_not_served(client: Client) -> None:
    meeting = with_picture()
    assert client.get(f"/meetings/{meeting.pk}/pictures/1/").status_code == 404
    publish(meeting)
    Picture.objects.filter(position=2).update(image=meeting.pictures.get(position=1).image.name)
    record_edit(meeting, by=None, at=NOON, changed=["pictures"])

    assert content_of(client.get(f"/meetings/{meeting.pk}/pictures/1/")) == PIXEL
    assert client.get(f"/meetings/{meeting.pk}/pictures/2/").status_code == 404


@pytest.mark.usefixtures("_media")
def test_what_a_browser_might_run_is_not_served_as_a_picture(client: Client) -> None:
    meeting = publish(with_picture("会场.svg", b"<svg onload='alert(1)'/>"))

    assert client.get(f"/meetings/{meeting.pk}/pictures/1/").status_code == 404


@pytest.mark.usefixtures("_media")
def test_a_picture_whose_file_is_lost_is_not_found(client: Client) -> None:
    meeting = publish(with_picture())
    image = meeting.pictures.get(position=1).image
    image.storage.delete(str(image.name))

    assert client.get(f"/meetings/{meeting.pk}/pictures/1/").status_code == 404
