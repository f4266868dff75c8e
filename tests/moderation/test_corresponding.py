"""How the newsroom reaches whoever writes: apart, never in the journal, cleared in time."""

import datetime as dt
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone

from speeches.models import ContactDetails, JournalEntry, User
from speeches.moderation.corresponding import clear_contacts, keep_contact
from tests.factories import NOON, make_call, make_contributor, make_submission, make_user
from tests.moderation.desk import LATER, refusing

pytestmark = pytest.mark.django_db

KEPT = dt.timedelta(days=180)


@pytest.fixture
def account() -> User:
    user = make_contributor()
    keep_contact(by=user, at=NOON, name="赵禾川", phone="0451-00000000", email="zhao@example.org")
    return user


def test_contact_details_are_kept_for_half_a_year(account: User) -> None:
    contact = ContactDetails.objects.get()

    assert contact.contributor.user == account
    assert contact.keep_until == timezone.localdate(NOON) + KEPT


def test_the_journal_says_that_they_were_kept_and_not_what_they_are(account: User) -> None:
    told = str(list(JournalEntry.objects.values()))

    assert "contact" in told
    for value in ("赵禾川", "0451-00000000", "zhao@example.org"):
        assert value not in told


def test_handing_in_begins_the_time_anew(account: User) -> None:
    later = NOON + dt.timedelta(days=9)

    make_submission(make_call(), by=account, at=later)

    assert ContactDetails.objects.get().keep_until == timezone.localdate(later) + KEPT


def test_on_their_day_they_are_still_there_and_on_the_next_they_are_gone(account: User) -> None:
    assert clear_contacts(at=NOON + KEPT) == 0
    assert clear_contacts(at=NOON + KEPT + dt.timedelta(days=1)) == 1
    assert clear_contacts(at=NOON + KEPT + dt.timedelta(days=1)) == 0
    assert not ContactDetails.objects.exists()
    last = JournalEntry.objects.in_order().last()
    assert last is not None
    assert (last.act, last.detail, last.subject_label) == (
        "delete",
        {"cleared": ["contact"]},
        "阿城区政协党组",
    )


def test_the_operator_clears_them_with_a_command(account: User) -> None:
    out = StringIO()

    call_command("clear_contact_details", stdout=out)

    assert out.getvalue() == "已清除 1 份联系方式。\n"


def test_an_account_of_no_unit_keeps_none() -> None:
    by = make_user("lonely")

    with refusing("还没有关联投稿单位"):
        keep_contact(by=by, at=LATER, name="某", phone="", email="")
