"""A first look: accounts for every role and one page taken all the way."""

import pytest

from speeches.models import Call, Doubt, JournalEntry, Meeting, Remark, RemarkEdition, User
from speeches.moderation.demonstration import (
    ACCOUNTS,
    call_for_remarks,
    open_accounts,
    publish_page,
)
from tests.factories import NOON
from tests.moderation.desk import everything
from tests.moderation.pages import BYTES, ISSUE

pytestmark = pytest.mark.django_db


def test_accounts_are_opened_once_each_with_a_password_of_its_own() -> None:
    opened = open_accounts(at=NOON)
    again = open_accounts(at=NOON)

    assert [account.username for account in opened] == list(ACCOUNTS)
    assert again == []
    assert len({account.password for account in opened}) == len(ACCOUNTS)
    for account in opened:
        user = User.objects.get(username=account.username)
        assert user.check_password(account.password)
        assert [group.name for group in user.groups.all()] == [account.role]
        assert (user.is_staff, user.is_superuser) == (account.username != "contributor", False)


def test_an_account_that_is_there_keeps_its_password() -> None:
    User.objects.create_user("editor", password="my own words")

    opened = open_accounts(at=NOON)

    assert "editor" not in {account.username for account in opened}
    assert User.objects.get(username="editor").check_password("my own words")


@pytest.mark.three_reviews
def test_the_page_is_published_by_the_ordinary_acts() -> None:
    open_accounts(at=NOON)

    meeting = publish_page(BYTES, name="page.txt", issue=ISSUE, at=NOON)

    assert meeting == Meeting.objects.get()
    assert RemarkEdition.objects.current().count() == Remark.objects.count() == 2
    assert not Doubt.objects.filter(settled_at__isnull=True).exists()
    actors = JournalEntry.objects.values_list("actor__username", flat=True).distinct()
    assert set(actors) == {"editor", "moderator", "moderator2", "moderator3", None}
    edition = RemarkEdition.objects.order_by("pk")[0]
    assert edition.responsibility == [
        {"role": "责任编辑", "names": ["示例编辑"]},
        {"role": "初审", "names": ["示例审核甲"]},
        {"role": "复审", "names": ["示例审核乙"]},
        {"role": "终审", "names": ["示例审核丙"]},
    ]


def test_the_page_is_published_once() -> None:
    open_accounts(at=NOON)
    publish_page(BYTES, name="page.txt", issue=ISSUE, at=NOON)
    before = everything()

    assert publish_page(BYTES, name="page.txt", issue=ISSUE, at=NOON) is None
    assert everything() == before


def test_the_contributing_account_is_asked_for_a_remark() -> None:
    open_accounts(at=NOON)
    meeting = publish_page(BYTES, name="page.txt", issue=ISSUE, at=NOON)
    assert meeting is not None

    call = call_for_remarks(meeting, at=NOON)

    writer = User.objects.get(username="contributor")
    assert writer.contributor.unit == meeting.remarks.in_order()[0].unit
    assert list(Call.objects.open(NOON).asking(writer.contributor.unit)) == [call]
