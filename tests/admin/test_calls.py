"""Calls, links and submissions on the desk."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from speeches.models import Call, Invitation, JournalEntry
from speeches.moderation.corresponding import keep_contact
from tests.admin.desk import ADMINISTRATOR, EDITOR, MODERATOR, address, save, signed_in
from tests.factories import (
    make_call,
    make_contributor,
    make_district,
    make_meeting,
    make_submission,
    make_unit,
    make_user,
)

pytestmark = pytest.mark.django_db


def soon() -> dt.datetime:
    return timezone.localtime() + dt.timedelta(days=3)


def filled(**fields: object) -> dict[str, object]:
    deadline = soon()
    return {
        "meeting": make_meeting(remarks=[]).pk,
        "title": "基层协商座谈会征稿",
        "words": "请围绕基层协商撰写。",
        "deadline_0": f"{deadline:%Y-%m-%d}",
        "deadline_1": f"{deadline:%H:%M:%S}",
        "characters_from": "800",
        "characters_to": "1500",
        **fields,
    }


def standing_call(**fields: Any) -> Call:
    return make_call(deadline=soon(), **fields)


def test_an_editor_sends_a_call_out() -> None:
    unit = make_unit()

    answer = signed_in(EDITOR).post(address("call_add"), filled(units=[unit.pk]))

    assert answer.status_code == 302
    call = Call.objects.get()
    assert (call.opened_by.username, list(call.units.all())) == ("ed", [unit])
    assert [entry.act for entry in JournalEntry.objects.about(call)] == ["call"]


def test_a_call_whose_deadline_has_passed_is_shown_again_with_the_reason() -> None:
    fields = filled(deadline_0="2024-01-01", deadline_1="09:00:00")

    page = signed_in(EDITOR).post(address("call_add"), fields).content.decode()

    assert "截稿时间须在现在之后。" in page
    assert "请围绕基层协商撰写。" in page
    assert not Call.objects.exists()


def test_a_length_the_wrong_way_round_is_refused_in_words() -> None:
    fields = filled(characters_from="1500", characters_to="800")

    page = signed_in(EDITOR).post(address("call_add"), fields).content.decode()

    assert "“字数不少于”不能大于“字数不多于”。" in page


def test_an_editor_ends_a_call_and_a_later_deadline_opens_it_again() -> None:
    call = standing_call()
    client = signed_in(EDITOR)
    assert "提前截稿" in client.get(address("call_change", call.pk)).content.decode()

    client.post(address("call_close", call.pk))

    call.refresh_from_db()
    assert call.closed_at is not None
    assert "已提前截稿" in client.get(address("call_change", call.pk)).content.decode()
    later = soon() + dt.timedelta(days=1)
    save(client, "call", call.pk, deadline_0=f"{later:%Y-%m-%d}", deadline_1="09:00:00")
    call.refresh_from_db()
    assert call.closed_at is None


def test_a_call_cannot_be_moved_to_another_meeting() -> None:
    call = standing_call()
    other = make_meeting(title="另一个会议", remarks=[])

    day = {"deadline_0": f"{soon():%Y-%m-%d}", "deadline_1": "09:00:00"}
    save(signed_in(EDITOR), "call", call.pk, meeting=other.pk, title="改过的标题", **day)

    meeting = call.meeting
    call.refresh_from_db()
    assert (call.meeting, call.title) == (meeting, "改过的标题")


def test_a_moderator_sends_a_link_to_the_accounts_that_are_asked() -> None:
    unit = make_unit()
    asked = make_contributor("asked", unit=unit, email="asked@example.org")
    make_contributor("other", unit=make_unit("另一单位"), email="other@example.org")
    call = standing_call(units=[unit])
    client = signed_in(MODERATOR)

    page = client.get(address("call_invite", call.pk)).content.decode()
    assert "asked某" in page
    assert "other某" not in page
    client.post(address("call_invite", call.pk), {"contributor": [asked.contributor.pk]})

    invitation = Invitation.objects.get()
    assert (invitation.contributor.user, invitation.call) == (asked, call)


def test_choosing_nobody_is_told(client: Client) -> None:
    call = standing_call()

    answer = signed_in(MODERATOR).post(address("call_invite", call.pk), follow=True)

    assert "请选择要发送链接的帐号。" in answer.content.decode()


def test_nobody_outside_the_call_gets_a_link_by_a_forged_form() -> None:
    other = make_contributor("other", unit=make_unit("另一单位"), email="other@example.org")
    call = standing_call(units=[make_unit()])

    signed_in(MODERATOR).post(
        address("call_invite", call.pk), {"contributor": [other.contributor.pk]}
    )

    assert not Invitation.objects.exists()


def test_the_receipt_stands_beside_the_text_with_the_words_of_the_unit() -> None:
    call = make_call()
    submission = make_submission(call, by=make_contributor(), note="数据截至五月底。")
    client = signed_in(MODERATOR)

    for page in (
        address("remark_change", submission.remark_id),
        address("meeting_review", call.meeting_id),
    ):
        shown = client.get(page).content.decode()
        assert submission.receipt in shown, page
        assert "数据截至五月底。" in shown, page


def test_contact_details_stand_with_the_submission_for_the_newsroom() -> None:
    by = make_contributor()
    keep_contact(by=by, at=timezone.now(), name="赵禾川", phone="0451-00000000", email="")
    submission = make_submission(make_call(), by=by)

    page = signed_in(EDITOR).get(address("submission_change", submission.pk)).content.decode()

    assert "赵禾川，0451-00000000" in page


def test_an_administrator_says_which_unit_an_account_writes_for() -> None:
    user = make_user("writer", role="投稿单位", staff=False)
    unit = make_unit(district=make_district())
    client = signed_in(ADMINISTRATOR)

    save(client, "user", user.pk, **{"contributor-0-unit": unit.pk})

    user.refresh_from_db()
    assert user.contributor.unit == unit
    entry = JournalEntry.objects.about(user)[0]
    assert entry.detail["changed"] == ["contributor"]


def test_submissions_that_wait_are_counted_on_the_first_page() -> None:
    make_submission(make_call(), by=make_contributor())

    page = signed_in(EDITOR).get("/admin/").content.decode()

    assert "待审的来稿" in page


@pytest.mark.parametrize("number", [2, 7])
def test_the_list_asks_the_database_as_often_for_many_as_for_few(
    number: int, django_assert_num_queries: object
) -> None:
    call, by = make_call(), make_contributor()
    for _one in range(number):
        make_submission(call, by=by)
    client = signed_in(EDITOR)
    client.get(address("submission_changelist"))

    with django_assert_num_queries(12):  # type: ignore[operator]
        client.get(address("submission_changelist"))
