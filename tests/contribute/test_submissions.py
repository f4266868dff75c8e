"""The page of a submission: where it stands, why it came back, what can be done."""

import pytest
from django.test import Client
from django.utils import timezone

from speeches.models import SubmissionDraft, TextState, User
from speeches.moderation.claiming import claim
from speeches.moderation.reviewing import approve, reject
from tests.contribute.unit import address, call_now, client_of, handed_in, page_of, returned
from tests.factories import make_contributor, make_moderator
from tests.moderation.desk import fresh, seen

pytestmark = pytest.mark.django_db


@pytest.fixture
def unit_person() -> User:
    return make_contributor()


@pytest.fixture
def client(unit_person: User) -> Client:
    return client_of(unit_person)


def test_what_was_handed_in_is_shown_with_note_and_text(client: Client, unit_person: User) -> None:
    submission = handed_in(call_now(), unit_person, note="数据截至五月底。", speakers=["李禾川"])

    page = page_of(client, address(submission))

    assert f"<b>{submission.receipt}</b>" in page
    assert "数据截至五月底。" in page
    assert "<p>第二段提出建议。</p>" in page
    assert "阿城区政协党组 李禾川" in page
    assert page.count("<h1") == 1


@pytest.mark.three_reviews
def test_progress_goes_stage_by_stage_without_names(client: Client, unit_person: User) -> None:
    submission = handed_in(call_now(), unit_person)
    remark = submission.remark
    approve(remark, by=make_moderator(), at=timezone.now(), seen=seen(remark))

    page = page_of(client, address(submission))

    steps = [
        ("units-done", "收到"),
        ("units-done", "初审"),
        ("units-now", "复审"),
        ("units-ahead", "终审"),
        ("units-ahead", "发布"),
    ]
    places = [page.index(f'class="{mark}"', page.index("审稿进度")) for mark, _name in steps]
    assert places[0] == min(places)
    for mark, name in steps:
        assert f'class="{mark}"' in page
        assert f">{name}<span" in page
    assert 'class="units-now" aria-current="step">复审' in page
    assert "moderator" not in page


def test_a_returned_one_shows_reasons_and_comments_beside_their_paragraphs(
    client: Client, unit_person: User
) -> None:
    submission = handed_in(call_now(), unit_person)
    returned(submission, opinion="请补充数据。", words="第二段没有<b>出处</b>。")

    page = page_of(client, address(submission))

    assert "请补充数据。" in page
    comment = page.index("第二段没有&lt;b&gt;出处&lt;/b&gt;。")
    assert page.index("<p>第一段说明情况。</p>") < page.index("<p>第二段提出建议。</p>") < comment
    assert 'aria-label="对正文第2段的意见"' in page
    assert "units-stopped" in page
    assert "moderator" not in page


def test_one_that_was_turned_down_says_why_and_offers_nothing(
    client: Client, unit_person: User
) -> None:
    submission = handed_in(call_now(), unit_person)
    remark = submission.remark
    reject(remark, by=make_moderator(), at=timezone.now(), seen=seen(remark), opinion="已有同题。")

    page = page_of(client, address(submission))

    assert "不予采用的理由" in page
    assert "已有同题。" in page
    assert "修改后重新交稿</button>" not in page


def test_reasons_of_an_earlier_round_are_gone_once_it_is_handed_in_again(
    client: Client, unit_person: User
) -> None:
    submission = handed_in(call_now(), unit_person)
    returned(submission, opinion="旧的意见。")
    type(submission.remark).objects.update(state=TextState.DRAFT)

    assert "旧的意见。" not in page_of(client, address(submission))


def test_revising_begins_once_and_goes_on_later(client: Client, unit_person: User) -> None:
    submission = handed_in(call_now(), unit_person)
    returned(submission)

    first = client.post(f"{address(submission)}revise/")
    second = client.post(f"{address(submission)}revise/")

    assert first["Location"] == second["Location"] == address(SubmissionDraft.objects.get())
    assert "继续修改" in page_of(client, address(submission))


def test_what_waits_for_review_cannot_be_revised(client: Client, unit_person: User) -> None:
    submission = handed_in(call_now(), unit_person)

    answer = client.post(f"{address(submission)}revise/", follow=True)

    assert "不在退回或撤回状态" in answer.content.decode()
    assert not SubmissionDraft.objects.exists()


def test_taking_back_asks_first_and_can_be_handed_in_again(
    client: Client, unit_person: User
) -> None:
    submission = handed_in(call_now(), unit_person)

    assert "撤回这篇稿件？" in page_of(client, f"{address(submission)}take-back/")
    assert fresh(submission.remark).state == TextState.DRAFT
    page = client.post(f"{address(submission)}take-back/", follow=True).content.decode()

    assert fresh(submission.remark).state == TextState.TAKEN_BACK
    assert "您已撤回" in page
    assert "修改后重新交稿" in page


def test_once_review_has_begun_it_cannot_be_taken_back(client: Client, unit_person: User) -> None:
    submission = handed_in(call_now(), unit_person)
    remark = submission.remark
    claim(remark, by=make_moderator(), at=timezone.now(), seen=seen(remark))

    assert "take-back" not in page_of(client, address(submission))
    asked = client.get(f"{address(submission)}take-back/")
    assert asked["Location"] == address(submission)
    page = client.post(f"{address(submission)}take-back/", follow=True).content.decode()

    assert "已进入审稿，不能撤回" in page
    assert fresh(submission.remark).state == TextState.DRAFT
