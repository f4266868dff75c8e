"""The review page in three reviews: who passes what, claims, comments, proof readings, times."""

import datetime as dt
import re
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from speeches.admin.review_comments import SETTLED, comments_of, settle_ticked
from speeches.models import (
    Decision,
    JournalEntry,
    Meeting,
    PublicationOrder,
    Remark,
    ReviewComment,
    ReviewRound,
    ReviewStep,
    TextState,
    User,
)
from speeches.moderation.editing import record_edit
from speeches.moderation.reviewing import text_key
from speeches.moderation.rounds import progress_of
from tests.admin.desk import EDITOR, address, signed_in
from tests.factories import make_editor, make_meeting, make_moderator

pytestmark = [pytest.mark.django_db, pytest.mark.three_reviews]


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def page_of(user: User, meeting: Meeting) -> str:
    return client_of(user).get(address("meeting_review", meeting.pk)).content.decode()


def press(user: User, meeting: Meeting, decision: str, **form: str) -> str:
    """Press a button of the page as it is shown; return what the newsroom is told."""
    client = client_of(user)
    path = address("meeting_review", meeting.pk)
    entries = client.get(path).context["entries"]
    seen = {f"seen-{entry['key']}": entry["fingerprint"] for entry in entries}
    answer = client.post(path, {**seen, **form, "decision": decision})
    page = client.get(answer["Location"]) if answer.status_code == 302 else answer
    if page.status_code == 400:
        # What cannot be read at all gets the site's own page.
        return ""
    return "\n".join(str(message) for message in page.context["messages"])


def moderators() -> tuple[User, User, User]:
    return make_moderator("first"), make_moderator("second"), make_moderator("third")


def alone(**fields: Any) -> tuple[Meeting, str]:
    """Return a meeting without remarks and its key on the page."""
    meeting = make_meeting(remarks=[], by=make_editor(), **fields)
    return meeting, text_key(meeting)


def in_an_hour(hours: int = 1) -> str:
    return f"{timezone.localtime(timezone.now() + dt.timedelta(hours=hours)):%Y-%m-%dT%H:%M}"


# --- Stages ----------------------------------------------------------------------------------


def test_three_people_pass_one_stage_each_and_the_third_publishes() -> None:
    meeting, key = alone()
    first, second, third = moderators()

    assert "的初审已通过，接着是复审" in press(first, meeting, f"pass:{key}")
    assert "的复审已通过，接着是终审" in press(second, meeting, f"pass:{key}")
    assert not meeting.editions.exists()
    assert "已通过并发布" in press(third, meeting, f"pass:{key}")

    assert meeting.editions.current().exists()
    stages = ReviewStep.objects.order_by("pk").values_list("stage", "reviewer__username")
    assert list(stages) == [("first", "first"), ("second", "second"), ("final", "third")]


def test_whoever_passed_a_stage_reads_why_the_next_is_another_persons() -> None:
    meeting, key = alone()
    first, second, _third = moderators()
    press(first, meeting, f"pass:{key}")

    page = page_of(first, meeting)

    assert "的初审由您通过，复审须由另一位审核人承担" in page
    assert f'value="pass:{key}"' not in page
    assert f'value="pass:{key}"' in page_of(second, meeting)


def test_the_line_of_stages_says_who_passed_when_and_what_is_due() -> None:
    meeting, key = alone()
    first, second, _third = moderators()
    press(first, meeting, f"pass:{key}", **{f"opinion-{key}": "写得实在。"})
    press(second, meeting, f"claim:{key}")

    page = page_of(first, meeting)

    line = re.sub(r"<[^>]*>|\s+", "", page[page.index('class="review-stages"') :])
    due = timezone.localtime(ReviewRound.objects.get().due_at)
    assert line.startswith('class="review-stages">审次初审✓已完成first某')
    assert f"→复审（待审，second某认领，应于{due.month}月{due.day}日" in line
    assert "→终审校对一校→二校→三校" in line
    assert "初审意见：写得实在。" in line


def test_the_whole_page_is_passed_after_a_list_of_every_text_and_its_stage() -> None:
    meeting = make_meeting(remarks=[{"heading": "甲"}, {"heading": "乙"}], by=make_editor())
    first, second, _third = moderators()
    press(first, meeting, f"pass:{text_key(meeting)}")
    client = client_of(second)
    path = address("meeting_review", meeting.pk)
    entries = client.get(path).context["entries"]
    seen = {f"seen-{entry['key']}": entry["fingerprint"] for entry in entries}

    asked = client.post(path, {**seen, "decision": "pass-page"})

    assert not ReviewStep.objects.filter(reviewer=second).exists()
    listed = [(str(step["text"]), step["stage"]) for step in asked.context["steps"]]
    assert listed == [(str(meeting), "复审"), ("甲", "初审"), ("乙", "初审")]
    page = asked.content.decode()
    assert 'value="confirm-page"' in page
    assert 'name="publish_at"' not in page
    client.post(path, {**seen, "decision": "confirm-page", "opinion": "同意。"})
    steps = ReviewStep.objects.filter(reviewer=second).order_by("pk")
    assert list(steps.values_list("stage", "opinion")) == [
        ("second", "同意。"),
        ("first", "同意。"),
        ("first", "同意。"),
    ]


def test_the_list_names_what_stands_in_the_way_and_offers_no_button() -> None:
    meeting = make_meeting(remarks=[{"heading": "甲"}], by=make_editor())
    first, _second, _third = moderators()
    press(first, meeting, f"pass:{text_key(meeting)}")
    client = client_of(first)
    path = address("meeting_review", meeting.pk)

    asked = client.post(path, {"decision": "pass-page"})

    page = asked.content.decode()
    assert "又有改动" in page
    assert 'value="confirm-page"' not in page


def test_a_text_that_is_turned_down_leaves_the_page_with_its_reasons_kept() -> None:
    meeting, key = alone()
    first, _second, _third = moderators()

    assert "须写明理由" in press(first, meeting, f"reject:{key}")
    press(first, meeting, f"reject:{key}", **{f"opinion-{key}": "与主题无关。"})

    meeting.refresh_from_db()
    assert meeting.state == TextState.REJECTED
    assert ReviewStep.objects.get().opinion == "与主题无关。"


def test_a_decision_goes_on_to_the_next_text_and_a_refused_one_stays() -> None:
    meeting = make_meeting(remarks=[{"heading": "甲"}, {"heading": "乙"}], by=make_editor())
    first, second = (text_key(remark) for remark in meeting.remarks.in_order())
    client = client_of(make_moderator())
    path = address("meeting_review", meeting.pk)
    entries = client.get(path).context["entries"]
    seen = {f"seen-{entry['key']}": entry["fingerprint"] for entry in entries}

    passed = client.post(path, {**seen, "decision": f"pass:{first}"})
    refused = client.post(path, {**seen, "decision": f"return:{second}"})

    assert passed["Location"] == f"{path}#{second}"
    assert refused["Location"] == f"{path}#{second}"


# --- Claims ----------------------------------------------------------------------------------


def test_what_one_has_claimed_the_others_cannot_pass_until_it_is_released() -> None:
    meeting, key = alone()
    first, second, _third = moderators()

    assert "您已认领" in press(first, meeting, f"claim:{key}")
    page = page_of(second, meeting)
    assert "正由first某审阅" in page
    assert f'value="pass:{key}"' not in page
    for decision in ("claim", "return", "reject"):
        assert f'value="{decision}:{key}"' not in page
    assert "您已放弃认领" in press(first, meeting, f"release:{key}")

    assert f'value="claim:{key}"' in page_of(second, meeting)


def test_an_overdue_claim_is_offered_to_others() -> None:
    meeting, key = alone()
    first, second, _third = moderators()
    press(first, meeting, f"claim:{key}")
    ReviewRound.objects.update(due_at=timezone.now() - dt.timedelta(hours=2))

    page = page_of(second, meeting)

    assert "接手认领" in page
    assert "已超时" in page
    press(second, meeting, f"claim:{key}")
    assert ReviewRound.objects.get().claimed_by == second


def test_an_overdue_claim_is_not_offered_to_whoever_wrote_the_text() -> None:
    author = make_moderator("author")
    meeting = make_meeting(remarks=[], by=author)
    key = text_key(meeting)
    press(make_moderator("first"), meeting, f"claim:{key}")
    ReviewRound.objects.update(due_at=timezone.now() - dt.timedelta(hours=2))

    assert f'value="claim:{key}"' not in page_of(author, meeting)


# --- Comments --------------------------------------------------------------------------------


def remark_in_review() -> tuple[Meeting, Remark, str]:
    meeting = make_meeting(
        remarks=[{"heading": "甲", "paragraphs": ["第一段。", "第二段。"]}], by=make_editor()
    )
    remark = meeting.remarks.get()
    return meeting, remark, text_key(remark)


def test_a_comment_stands_beside_its_paragraph_for_everybody() -> None:
    meeting, remark, key = remark_in_review()
    name = f"comment-{key}:body:1"

    told = press(make_moderator(), meeting, f"comment:{key}:body:1", **{name: "数字<请>核实。"})

    assert told == "批注已写下。"
    comment = ReviewComment.objects.get()
    assert (comment.part, comment.place, comment.version.subject) == ("body", 1, remark)
    page = page_of(make_editor("reader"), meeting)
    assert page.index("第二段。") < page.index("数字&lt;请&gt;核实。")
    # What was written is not in the field any more.
    assert "数字&lt;请&gt;核实。</textarea>" not in page


@pytest.mark.parametrize("spot", ["heading", "unit", "body:0"])
def test_every_part_that_is_shown_takes_a_comment(spot: str) -> None:
    meeting, _remark, key = remark_in_review()

    told = press(
        make_moderator(), meeting, f"comment:{key}:{spot}", **{f"comment-{key}:{spot}": "改"}
    )

    assert told == "批注已写下。"


@pytest.mark.parametrize(
    "spot", ["body", "body:2", "body:x", "body:" + "9" * 5000, "heading:0", "nothing", ""]
)
def test_a_comment_on_no_part_of_the_text_is_refused_and_comes_back(spot: str) -> None:
    meeting, _remark, key = remark_in_review()

    press(make_moderator(), meeting, f"comment:{key}:{spot}", **{f"comment-{key}:{spot}": "改"})

    assert not ReviewComment.objects.exists()


def test_an_unfinished_comment_survives_another_decision() -> None:
    meeting, _remark, key = remark_in_review()
    client = client_of(make_moderator())
    path = address("meeting_review", meeting.pk)
    entries = client.get(path).context["entries"]
    seen = {f"seen-{entry['key']}": entry["fingerprint"] for entry in entries}

    form = {f"comment-{key}:body:0": "还没写完", "decision": f"claim:{key}"}
    answer = client.post(path, {**seen, **form})

    assert "还没写完</textarea>" in answer.content.decode()


def test_an_editor_settles_a_comment_on_the_page_and_nobody_else_can() -> None:
    meeting, _remark, key = remark_in_review()
    moderator, editor = make_moderator(), make_editor()
    press(moderator, meeting, f"comment:{key}:body:1", **{f"comment-{key}:body:1": "核实。"})
    comment = ReviewComment.objects.get()
    path = address("meeting_review", meeting.pk)

    assert client_of(moderator).post(path, {"decision": f"settle:{comment.pk}"}).status_code == 403
    assert f'value="settle:{comment.pk}"' in page_of(editor, meeting)
    assert press(editor, meeting, f"settle:{comment.pk}") == "批注已处理。"

    comment.refresh_from_db()
    assert comment.settled_by == editor
    assert "editor某已处理" in page_of(moderator, meeting)


def test_a_comment_of_another_meeting_is_not_settled_here() -> None:
    meeting, _remark, key = remark_in_review()
    other, _key = alone(title="另一个会议")
    press(make_moderator(), meeting, f"comment:{key}:heading", **{f"comment-{key}:heading": "改"})

    told = press(make_editor(), other, f"settle:{ReviewComment.objects.get().pk}")

    assert told == "没有这条批注。"
    assert ReviewComment.objects.get().settled_at is None


def test_comments_on_a_returned_text_quote_the_paragraph_as_it_was() -> None:
    meeting, remark, key = remark_in_review()
    moderator = make_moderator()
    press(moderator, meeting, f"comment:{key}:body:1", **{f"comment-{key}:body:1": "核实。"})
    press(moderator, meeting, f"return:{key}", **{f"opinion-{key}": "见批注。"})
    remark.refresh_from_db()
    remark.body = ["<p>新的第一段。</p>", *remark.body]
    remark.save()
    record_edit(remark, by=make_editor(), at=timezone.now(), changed=["body"])

    (part,) = comments_of(remark)

    assert (part["where"], part["quote"]) == ("正文第2段", "第二段。")
    assert [one.words for one in part["comments"]] == ["核实。"]
    # The wording is another one: the reviewer finds it among what was said before.
    page = page_of(moderator, meeting)
    assert "退回：见批注。" in page
    assert "<blockquote>第二段。</blockquote>" in page


def test_boxes_that_are_ticked_settle_only_comments_of_the_text_that_is_saved(rf: Any) -> None:
    meeting, remark, key = remark_in_review()
    moderator = make_moderator()
    spot, other = f"{key}:heading", f"{text_key(meeting)}:title"
    press(moderator, meeting, f"comment:{spot}", **{f"comment-{spot}": "改"})
    press(moderator, meeting, f"comment:{other}", **{f"comment-{other}": "也改"})
    ticked = [str(pk) for pk in ReviewComment.objects.values_list("pk", flat=True)]
    request = rf.post("/", {SETTLED: [*ticked, "x"]})
    request.user = make_editor()

    settle_ticked(request, remark)

    assert ReviewComment.objects.get(settled_at__isnull=False).words == "改"


# --- Proof readings --------------------------------------------------------------------------


def test_the_button_of_the_proof_reading_names_the_next_one_until_all_are_done() -> None:
    meeting, key = alone()
    reader = make_editor("reader")
    for reading in ("一校", "二校", "三校"):
        assert f"校对（{reading}）" in page_of(reader, meeting)
        press(reader, meeting, f"proofread:{key}", **{f"opinion-{key}": f"{reading}无误。"})

    assert "proofread:" not in page_of(reader, meeting)
    steps = ReviewStep.objects.filter(decision=Decision.PROOF).order_by("pk")
    assert [step.opinion for step in steps] == ["一校无误。", "二校无误。", "三校无误。"]
    assert progress_of(meeting).ahead[0].name == "初审"


# --- Times -----------------------------------------------------------------------------------


def at_the_last_stage(**fields: Any) -> tuple[Meeting, str, User]:
    meeting, key = alone(**fields)
    first, second, third = moderators()
    press(first, meeting, f"pass:{key}")
    press(second, meeting, f"pass:{key}")
    return meeting, key, third


def test_only_the_last_stage_asks_for_a_time_and_says_whose() -> None:
    meeting, key = alone()
    first, second, third = moderators()
    assert "datetime-local" not in page_of(first, meeting)
    press(first, meeting, f"pass:{key}")
    press(second, meeting, f"pass:{key}")

    page = page_of(third, meeting)

    assert "发布时间（北京时间，留空即立即发布）" in page
    assert "终审通过并发布" in page


def test_a_text_passed_for_later_is_listed_moved_and_taken_off_after_asking() -> None:
    meeting, key, third = at_the_last_stage()

    told = press(third, meeting, f"pass:{key}", **{f"publish_at-{key}": in_an_hour()})
    assert re.match(r"定于 \d{4}-\d\d-\d\d \d\d:\d\d 发布", told)
    meeting.refresh_from_db()
    assert meeting.state == TextState.SCHEDULED
    assert not meeting.editions.exists()
    assert told in page_of(make_editor("reader"), meeting)

    later = in_an_hour(5)
    moved = press(third, meeting, f"reschedule:{key}", **{f"publish_at-{key}": later})
    assert later.replace("T", " ") in moved
    assert PublicationOrder.objects.waiting().count() == 1

    path = address("meeting_review", meeting.pk)
    asked = client_of(third).post(path, {"decision": f"unschedule:{key}"}).content.decode()
    assert f'value="confirm-unschedule:{key}"' in asked
    assert PublicationOrder.objects.waiting().exists()
    assert "须重新审核" in press(third, meeting, f"confirm-unschedule:{key}")
    meeting.refresh_from_db()
    assert meeting.state == TextState.DRAFT
    assert progress_of(meeting).ahead[0].name == "初审"


@pytest.mark.parametrize("typed", ["2020-01-01T08:00", "明天", "2024-13-01T00:00"])
def test_a_time_that_is_past_or_none_decides_nothing(typed: str) -> None:
    meeting, key, third = at_the_last_stage()

    told = press(third, meeting, f"pass:{key}", **{f"publish_at-{key}": typed})

    assert "发布时间" in told
    meeting.refresh_from_db()
    assert meeting.state == TextState.DRAFT


def test_a_scheduled_text_is_moved_only_to_a_time() -> None:
    meeting, key, third = at_the_last_stage()
    press(third, meeting, f"pass:{key}", **{f"publish_at-{key}": in_an_hour()})

    assert press(third, meeting, f"reschedule:{key}") == "请填新的发布时间。"


def test_an_embargo_is_said_in_words_and_held() -> None:
    until = timezone.now() + dt.timedelta(days=1)
    meeting, key, third = at_the_last_stage(embargo_until=until)

    page = page_of(third, meeting)
    assert f"禁发至 {timezone.localtime(until):%Y-%m-%d %H:%M}（北京时间）" in page
    assert "终审通过，到时发布" in page
    press(third, meeting, f"pass:{key}")

    assert PublicationOrder.objects.waiting().get().publish_at == until


def test_the_rest_of_a_meeting_that_waits_for_its_time_is_passed_as_a_page() -> None:
    until = timezone.now() + dt.timedelta(days=1)
    meeting = make_meeting(embargo_until=until, by=make_editor())
    for moderator in moderators():
        press(moderator, meeting, f"pass:{text_key(meeting)}")
    for moderator in moderators():
        press(moderator, meeting, "confirm-page")

    remark = meeting.remarks.get()
    assert remark.state == TextState.SCHEDULED
    assert PublicationOrder.objects.waiting().count() == 2


@pytest.mark.parametrize("decision", ["unschedule", "confirm-unschedule", "reschedule"])
def test_what_is_not_scheduled_is_said_to_be_gone(decision: str) -> None:
    meeting, key = alone()

    assert "已不在待发布之列" in press(make_moderator(), meeting, f"{decision}:{key}")


# --- The page --------------------------------------------------------------------------------


def test_enter_in_a_field_presses_no_button() -> None:
    meeting, _key = alone()
    page = page_of(make_moderator(), meeting)

    form = page[page.index('class="desk-review"') :]
    buttons = re.findall(r"<button[^>]*>", form)

    assert buttons[0] == "<button disabled hidden>"


def test_the_hint_of_the_keys_is_shown_by_the_script_alone() -> None:
    meeting, _key = alone()

    page = page_of(make_moderator(), meeting)

    assert re.search(r'id="review-keys" hidden', page)
    assert "desk/review.js" in page
    assert (
        "review-keys"
        not in signed_in(EDITOR).get(address("meeting_review", meeting.pk)).content.decode()
    )


def test_every_decision_is_in_the_journal() -> None:
    meeting, key = alone()
    first, _second, _third = moderators()
    press(first, meeting, f"claim:{key}")
    press(first, meeting, f"comment:{key}:title", **{f"comment-{key}:title": "改"})
    press(first, meeting, f"release:{key}")
    press(first, meeting, f"proofread:{key}")
    press(first, meeting, f"pass:{key}")
    press(first, meeting, f"pass:{key}")

    acts = JournalEntry.objects.filter(actor=first).in_order().values_list("act", flat=True)
    assert list(acts) == ["claim", "comment", "release", "proofread", "approve", "attempt"]
