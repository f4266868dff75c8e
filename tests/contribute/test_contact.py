"""Contact details: kept until a day, asked for and never demanded, and never in the journal."""

import json

import pytest

from speeches.models import ContactDetails, JournalEntry
from tests.contribute.unit import call_now, client_of, page_of
from tests.factories import make_contributor

pytestmark = pytest.mark.django_db


def test_details_are_kept_with_the_day_they_end_and_not_in_the_journal() -> None:
    client = client_of(make_contributor())
    assert "留下联系方式" in page_of(client, "/contribute/")

    page = client.post(
        "/contribute/contact/",
        {"name": "李禾川", "phone": "0451-5550000", "email": "li@example.org"},
        follow=True,
    ).content.decode()

    kept = ContactDetails.objects.get()
    assert (kept.name, kept.phone, kept.email) == ("李禾川", "0451-5550000", "li@example.org")
    assert "联系方式已保存。" in page
    until = kept.keep_until
    assert f"保存到{until.year}年{until.month}月{until.day}日" in page
    written = json.dumps(list(JournalEntry.objects.values("detail", "subject_label")))
    assert "李禾川" not in json.loads(json.dumps(written, ensure_ascii=False))
    assert "0451" not in written
    assert "留下联系方式" not in page_of(client, "/contribute/")


def test_a_mistake_keeps_what_was_typed() -> None:
    client = client_of(make_contributor())

    page = client.post("/contribute/contact/", {"name": "李禾川", "email": "不是邮箱"})

    assert page.status_code == 200
    assert 'value="李禾川"' in page.content.decode()
    assert not ContactDetails.objects.exists()


def test_each_account_of_a_unit_has_its_own_details() -> None:
    first, second = make_contributor(), make_contributor("colleague")
    client_of(first).post("/contribute/contact/", {"name": "只给编辑部看的名字"})
    call_now()

    assert "只给编辑部看的名字" not in page_of(client_of(second), "/contribute/contact/")


def test_a_draft_can_be_written_without_them() -> None:
    client, call = client_of(make_contributor()), call_now()

    page = client.post(f"/contribute/calls/{call.pk}/begin/", follow=True).content.decode()

    assert "留下联系方式" in page
    assert "交稿" in page
