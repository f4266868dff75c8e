"""The review page: what is shown is what is approved, and what was typed is not lost."""

import re
from typing import Any

import pytest
from django.test import Client

from speeches.models import Meeting, RemarkEdition, ReviewRound, ReviewStep, TextState
from speeches.moderation.reviewing import text_key, texts_awaiting_review
from tests.admin.desk import EDITOR, MODERATOR, account, address, save, signed_in
from tests.factories import (
    adopt_three_reviews,
    fingerprints,
    make_meeting,
    make_theme,
    make_unit,
    publish,
)

pytestmark = pytest.mark.django_db


def shown(client: Client, meeting: Meeting) -> dict[str, str]:
    """Return the hidden fields of the page: the fingerprint of each wording that is shown."""
    entries = client.get(address("meeting_review", meeting.pk)).context["entries"]
    return {f"seen-{entry['key']}": entry["fingerprint"] for entry in entries}


def decide(client: Client, meeting: Meeting, seen: dict[str, str], **form: str) -> Any:
    return client.post(address("meeting_review", meeting.pk), {**seen, **form})


def pass_page(client: Client, meeting: Meeting, seen: dict[str, str], **form: str) -> Any:
    """Press the button of the whole page, then the one of the page that asks."""
    asked = decide(client, meeting, seen, decision="pass-page")
    assert asked.status_code == 200
    return decide(client, meeting, seen, decision="confirm-page", **form)


def said(client: Client, answer: Any) -> str:
    page = client.get(answer["Location"]) if answer.status_code == 302 else answer
    return "\n".join(str(message) for message in page.context["messages"])


def test_the_page_shows_text_links_and_the_fingerprint_of_just_this_wording() -> None:
    theme, unit = make_theme(), make_unit()
    meeting = make_meeting(
        remarks=[
            {
                "paragraphs": ["只此一句。"],
                "speakers": ["王某"],
                "unit_link": unit,
                "themes": [theme],
            }
        ]
    )
    client = signed_in(MODERATOR)

    page = client.get(address("meeting_review", meeting.pk)).content.decode()

    for expected in ("只此一句。", unit.name, theme.name, "王某（未关联）", meeting.title):
        assert expected in page
    seen = {name.removeprefix("seen-"): value for name, value in shown(client, meeting).items()}
    assert seen == fingerprints(meeting)


def test_a_link_in_the_text_leads_where_the_moderator_can_read_it() -> None:
    meeting = make_meeting()
    remark = meeting.remarks.get()
    save(signed_in(EDITOR), "remark", remark.pk, body='<p><a href="https://a.cn/x">看</a></p>')

    page = signed_in(MODERATOR).get(address("meeting_review", meeting.pk)).content.decode()

    assert 'href="https://a.cn/x"' in page


def test_one_text_is_passed_and_the_moderator_comes_back_to_the_rest() -> None:
    meeting = make_meeting(remarks=[{"heading": "甲"}, {"heading": "乙"}])
    client = signed_in(MODERATOR)

    answer = decide(client, meeting, shown(client, meeting), decision=f"pass:meeting-{meeting.pk}")

    assert answer.status_code == 302
    meeting.refresh_from_db()
    assert meeting.state == TextState.PUBLISHED
    assert len(texts_awaiting_review(meeting)) == 2


def test_the_whole_page_is_passed_at_once() -> None:
    meeting = make_meeting(remarks=[{"heading": "甲"}, {"heading": "乙"}])
    client = signed_in(MODERATOR)

    answer = pass_page(client, meeting, shown(client, meeting))

    assert said(client, answer) == "整版已通过并发布。"
    assert RemarkEdition.objects.current().count() == 2
    assert client.get(address("meeting_review", meeting.pk)).context["entries"] == []


def test_a_wording_changed_since_it_was_shown_is_not_passed() -> None:
    meeting = make_meeting()
    remark = meeting.remarks.get()
    client = signed_in(MODERATOR)
    seen = shown(client, meeting)
    save(signed_in(EDITOR), "remark", remark.pk, body="<p>刚刚改了。</p>")

    answer = pass_page(client, meeting, seen)

    assert "又有改动" in said(client, answer)
    assert not ReviewStep.objects.exists()
    assert not RemarkEdition.objects.exists()


def test_a_decision_without_the_fingerprint_is_refused() -> None:
    meeting = make_meeting()
    client = signed_in(MODERATOR)

    decide(client, meeting, {}, decision="confirm-page")
    decide(client, meeting, {}, decision=f"pass:meeting-{meeting.pk}")

    assert not ReviewStep.objects.exists()


def test_nobody_passes_their_own_wording() -> None:
    editor = account(MODERATOR)
    meeting = make_meeting(by=editor)
    client = signed_in(MODERATOR)
    page = client.get(address("meeting_review", meeting.pk)).content.decode()

    answer = pass_page(client, meeting, shown(client, meeting))

    assert "须由另一位审核人通过" in page
    assert f'value="pass:meeting-{meeting.pk}"' not in page
    assert "须由另一位审核人通过" in said(client, answer)
    assert not ReviewStep.objects.exists()


def test_returning_needs_reasons() -> None:
    meeting = make_meeting()
    client = signed_in(MODERATOR)

    answer = decide(
        client, meeting, shown(client, meeting), decision=f"return:meeting-{meeting.pk}"
    )

    assert said(client, answer) == "退回须写明理由。"
    assert not ReviewStep.objects.exists()


def test_opinions_on_other_texts_come_back_with_the_page() -> None:
    meeting = make_meeting(remarks=[{"heading": "甲"}, {"heading": "乙"}])
    first, second = meeting.remarks.in_order()
    client = signed_in(MODERATOR)

    answer = decide(
        client,
        meeting,
        shown(client, meeting),
        **{
            "decision": f"return:{text_key(first)}",
            f"opinion-{text_key(first)}": "缺数字出处。",
            f"opinion-{text_key(second)}": "第二段<请>核实。",
        },
    )

    assert answer.status_code == 200
    page = answer.content.decode()
    assert "第二段&lt;请&gt;核实。</textarea>" in page
    assert "缺数字出处。</textarea>" not in page
    first.refresh_from_db()
    assert first.state == TextState.RETURNED


def test_a_refused_decision_keeps_the_opinion() -> None:
    meeting = make_meeting()
    client = signed_in(MODERATOR)
    key = text_key(meeting.remarks.get())

    answer = decide(
        client,
        meeting,
        {f"seen-{key}": "0" * 64},
        **{"decision": f"return:{key}", f"opinion-{key}": "写了很久的意见。"},
    )

    assert "写了很久的意见。</textarea>" in answer.content.decode()
    assert not ReviewStep.objects.exists()


def test_the_page_is_not_passed_over_a_written_opinion() -> None:
    meeting = make_meeting()
    client = signed_in(MODERATOR)
    key = text_key(meeting.remarks.get())

    answer = decide(
        client,
        meeting,
        shown(client, meeting),
        **{"decision": "pass-page", f"opinion-{key}": "这篇不能发。"},
    )

    assert "请先逐篇通过或退回" in said(client, answer)
    assert "这篇不能发。</textarea>" in answer.content.decode()
    assert not ReviewStep.objects.exists()


def test_a_text_decided_by_somebody_else_meanwhile_is_said_to_be_gone() -> None:
    meeting = make_meeting()
    client = signed_in(MODERATOR)
    seen = shown(client, meeting)
    publish(meeting)

    answer = decide(client, meeting, seen, decision=f"pass:meeting-{meeting.pk}")

    assert "已不在待审之列" in said(client, answer)


@pytest.mark.parametrize("decision", ["", "pass", "burn:meeting-1", "pass:remark-99999"])
def test_nonsense_decides_nothing(decision: str) -> None:
    meeting = make_meeting()
    client = signed_in(MODERATOR)

    assert decide(client, meeting, shown(client, meeting), decision=decision).status_code == 302

    assert not ReviewStep.objects.exists()


def test_an_editor_finds_no_button_but_that_of_the_proof_reading() -> None:
    adopt_three_reviews()
    meeting = make_meeting(remarks=[])

    page = signed_in(EDITOR).get(address("meeting_review", meeting.pk)).content.decode()

    decisions = re.findall(r'name="decision" value="([^"]*)"', page)
    assert decisions == [f"proofread:meeting-{meeting.pk}"]


@pytest.mark.parametrize(
    "decision",
    [
        *("pass", "return", "reject", "claim", "release", "comment", "pass-page", "confirm-page"),
        *("reschedule", "unschedule", "confirm-unschedule", "nonsense"),
    ],
)
def test_an_editor_who_forges_a_reviewers_button_is_turned_away(decision: str) -> None:
    meeting = make_meeting(remarks=[])
    client = signed_in(EDITOR)
    seen = shown(client, meeting)

    answer = decide(client, meeting, seen, decision=f"{decision}:meeting-{meeting.pk}:title")

    assert answer.status_code == 403
    assert not ReviewRound.objects.exists()
