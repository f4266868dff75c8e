"""Withdrawing from the desk, and sending again what was withdrawn or returned."""

from typing import Any

import pytest
from django.test import Client

from speeches.models import TextState
from tests.admin.desk import EDITOR, MODERATOR, address, signed_in
from tests.factories import make_meeting, publish

pytestmark = pytest.mark.django_db


def said(client: Client, answer: Any) -> str:
    return "\n".join(str(message) for message in client.get(answer["Location"]).context["messages"])


def test_a_text_is_withdrawn_with_a_reason_and_readers_find_a_notice() -> None:
    meeting = publish(make_meeting())
    remark = meeting.remarks.get()
    client = signed_in(MODERATOR)
    path = address("remark_withdraw", remark.pk)

    without = client.post(path, {"reason": "  "})
    assert "撤稿须写明理由。" in without.content.decode()
    assert client.get(f"/remarks/{remark.pk}/").status_code == 200
    answer = client.post(path, {"reason": "单位要求。"})

    assert answer["Location"] == address("remark_change", remark.pk)
    assert Client().get(f"/remarks/{remark.pk}/").status_code == 410
    remark.refresh_from_db()
    assert remark.state == TextState.WITHDRAWN


def test_withdrawing_what_is_not_public_keeps_the_reason_and_says_why() -> None:
    meeting = make_meeting()

    answer = signed_in(MODERATOR).post(
        address("meeting_withdraw", meeting.pk), {"reason": "长长的理由。"}
    )

    page = answer.content.decode()
    assert "无须撤稿" in page
    assert "长长的理由。</textarea>" in page


def test_only_what_readers_see_offers_withdrawal_and_the_public_page() -> None:
    client = signed_in(MODERATOR)
    draft = make_meeting(title="待审的会议")
    public = publish(make_meeting(title="公开的会议"))

    for model, row, there in (
        ("meeting", draft, False),
        ("remark", draft.remarks.get(), False),
        ("meeting", public, True),
        ("remark", public.remarks.get(), True),
    ):
        page = client.get(address(f"{model}_change", row.pk)).content.decode()
        assert (address(f"{model}_withdraw", row.pk) in page) is there
        assert ("公开页面" in page) is there


def test_a_withdrawn_text_is_sent_again_from_the_list() -> None:
    meeting = publish(make_meeting())
    remark = meeting.remarks.get()
    signed_in(MODERATOR).post(address("remark_withdraw", remark.pk), {"reason": "更换。"})
    client = signed_in(EDITOR)

    answer = client.post(
        address("remark_changelist"), {"action": "send_again", "_selected_action": [remark.pk]}
    )

    assert said(client, answer) == "已送审 1 篇。"
    remark.refresh_from_db()
    assert remark.state == TextState.DRAFT


def test_an_action_that_did_nothing_does_not_claim_success() -> None:
    remark = make_meeting().remarks.get()
    client = signed_in(EDITOR)

    answer = client.post(
        address("remark_changelist"), {"action": "send_again", "_selected_action": [remark.pk]}
    )

    messages = said(client, answer)
    assert "已送审" not in messages
    assert "不是已退回、不予采用或已撤稿的稿件" in messages


def test_a_moderator_has_no_editors_actions() -> None:
    remark = make_meeting().remarks.get()
    client = signed_in(MODERATOR)

    for action in ("send_again", "register_names", "delete_selected"):
        data = {"action": action, "_selected_action": [remark.pk], "post": "yes"}
        client.post(address("remark_changelist"), data)
        assert action not in client.get(address("remark_changelist")).content.decode()

    remark.refresh_from_db()
    assert remark.unit is None
