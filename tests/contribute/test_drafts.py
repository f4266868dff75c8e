"""The form of a remark that is being written, and its saving, without and with its script."""

import json
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from speeches.models import JournalEntry, Submission, SubmissionDraft, TextState, User
from speeches.moderation.reviewing import send_back
from tests.contribute.unit import (
    address,
    begun,
    call_now,
    client_of,
    handed_in,
    page_of,
    returned,
    typed,
)
from tests.factories import make_contributor, make_moderator
from tests.moderation.desk import fresh, reword, seen

pytestmark = pytest.mark.django_db


@pytest.fixture
def unit_person() -> User:
    return make_contributor()


@pytest.fixture
def draft(unit_person: User) -> SubmissionDraft:
    return begun(call_now(characters_from=20, characters_to=30), unit_person)


@pytest.fixture
def client(unit_person: User) -> Client:
    return client_of(unit_person)


def send(client: Client, draft: SubmissionDraft, **fields: Any) -> str:
    """Send the form; return the page that it leads to."""
    return client.post(address(draft), typed(**fields), follow=True).content.decode()


def revision_of(submission: Submission, client: Client) -> SubmissionDraft:
    client.post(f"{address(submission)}revise/")
    return SubmissionDraft.objects.get(submission=submission)


def test_saving_keeps_every_field_and_cleans_what_came_from_word(
    client: Client, draft: SubmissionDraft
) -> None:
    word = '<p class="MsoNormal" style="mso-x:1"><b>第一段</b><o:p></o:p></p><script>x</script>'
    page = send(
        client,
        draft,
        body=word,
        speakers="李禾川、王岭\n赵平",
        post_as_printed="委员",
        note="急稿",
    )

    saved = fresh(draft)
    assert "已保存。" in page
    assert saved.body == ["<p>第一段</p>"]
    assert saved.speakers == ["李禾川", "王岭", "赵平"]
    assert (saved.post_as_printed, saved.note, saved.number) == ("委员", "急稿", 1)
    assert "李禾川、王岭、赵平" in page


def test_lines_typed_without_the_editor_are_paragraphs(
    client: Client, draft: SubmissionDraft
) -> None:
    send(client, draft, body="第一段 & 说明。\r\n\r\n第二段。")

    assert fresh(draft).body == ["<p>第一段 &amp; 说明。</p>", "<p>第二段。</p>"]


@pytest.mark.parametrize(
    ("number", "told", "off"),
    [(12, "现有12字", "还差8字"), (25, "现有25字", ""), (37, "现有37字", "超出7字")],
)
def test_the_length_is_told_with_how_far_off_it_is(
    client: Client, draft: SubmissionDraft, number: int, told: str, off: str
) -> None:
    page = send(client, draft, body=f"<p>{'字' * (number - 1)} 。</p>")

    assert told in page
    assert f'<b id="length-off">{off}</b>' in page
    assert "征稿要求20～30字" in page


def test_a_length_that_is_not_the_wanted_one_holds_nobody_up(
    client: Client, draft: SubmissionDraft
) -> None:
    page = send(client, draft, body="<p>短。</p>", do="hand-in")

    assert Submission.objects.get().receipt in page


def test_handing_in_saves_what_was_typed_and_shows_the_receipt(
    client: Client, draft: SubmissionDraft
) -> None:
    page = send(client, draft, heading="最后改的标题", do="hand-in")

    submission = Submission.objects.get()
    assert submission.remark.heading == "最后改的标题"
    assert f"已收到您的稿件，收稿编号 {submission.receipt}。" in page
    assert f"<b>{submission.receipt}</b>" in page
    assert "已收到，等待审阅" in page
    assert not SubmissionDraft.objects.exists()


def test_what_cannot_be_handed_in_is_saved_and_the_reason_given(
    client: Client, draft: SubmissionDraft
) -> None:
    page = send(client, draft, body="", heading="只有标题", do="hand-in")

    assert "稿件还没有正文。" in page
    assert fresh(draft).heading == "只有标题"
    assert not Submission.objects.exists()


def test_a_mistake_keeps_everything_typed(client: Client, draft: SubmissionDraft) -> None:
    page = send(client, draft, heading="长" * 201, speakers="名" * 61, body="<p>打好的字</p>")

    assert "还没有保存" in page
    assert "长" * 201 in page
    assert "姓名之间请用顿号或换行隔开" in page
    assert "打好的字" in page
    assert fresh(draft).number == 0


def test_a_save_from_an_older_window_shows_both_wordings_and_loses_neither(
    client: Client, draft: SubmissionDraft
) -> None:
    send(client, draft, body="<p>先保存的文字。</p>")

    page = send(client, draft, body="<p>后保存的文字。</p>")

    assert "已在另一个窗口保存过（contributor某）" in page
    assert "这一页的文字还没有保存" in page
    assert "<del>先</del><ins>后</ins>保存的文字。" in page
    assert "&lt;p&gt;后保存的文字。&lt;/p&gt;" in page
    assert fresh(draft).body == ["<p>先保存的文字。</p>"]
    assert 'name="seen" value="1"' in page

    send(client, draft, body="<p>后保存的文字。</p>", seen="1")
    assert fresh(draft).body == ["<p>后保存的文字。</p>"]


def test_the_journal_learns_of_a_refused_save_and_not_what_was_written(
    client: Client, draft: SubmissionDraft
) -> None:
    send(client, draft, heading="还没有交的秘密")
    send(client, draft, heading="另一个秘密")

    entry = JournalEntry.objects.order_by("-number")[0]
    assert (entry.detail["asked"], entry.subject_kind) == ("save", "call")
    written = json.dumps([e.detail for e in JournalEntry.objects.all()], ensure_ascii=False)
    labels = "".join(e.subject_label for e in JournalEntry.objects.all())
    assert "秘密" not in written + labels


def test_handing_in_twice_finds_the_draft_gone(client: Client, draft: SubmissionDraft) -> None:
    send(client, draft, do="hand-in")

    assert client.post(address(draft), typed(do="hand-in")).status_code == 404
    assert Submission.objects.count() == 1


# -- deleting ---------------------------------------------------------------------------------


def test_deleting_asks_first(client: Client, draft: SubmissionDraft) -> None:
    asked = page_of(client, f"{address(draft)}delete/")
    assert "不能恢复" in asked
    assert SubmissionDraft.objects.exists()

    page = client.post(f"{address(draft)}delete/", follow=True).content.decode()

    assert "草稿已删除。" in page
    assert not SubmissionDraft.objects.exists()


# -- the script's saves -----------------------------------------------------------------------


def autosave(client: Client, draft: SubmissionDraft, **fields: Any) -> tuple[int, dict[str, Any]]:
    answer = client.post(f"{address(draft)}autosave/", typed(**fields))
    return answer.status_code, answer.json()


def test_autosave_keeps_what_was_typed_and_gives_the_next_number(
    client: Client, draft: SubmissionDraft
) -> None:
    status, said = autosave(client, draft, heading="打到一半")

    saved = fresh(draft)
    assert (status, said["seen"]) == (200, 1)
    clock = timezone.localtime(saved.saved_at)
    assert said["told"] == f"已自动保存 {clock:%H:%M}"
    assert saved.heading == "打到一半"


def test_autosave_of_an_older_window_is_refused_and_changes_nothing(
    client: Client, draft: SubmissionDraft
) -> None:
    autosave(client, draft, heading="先")

    status, said = autosave(client, draft, heading="后")

    assert status == 409
    assert "已在另一个窗口保存过" in said["reason"]
    assert "请点“保存”" in said["reason"]
    assert fresh(draft).heading == "先"


def test_autosave_says_what_does_not_fit(client: Client, draft: SubmissionDraft) -> None:
    status, said = autosave(client, draft, heading="长" * 201)

    assert status == 422
    assert said["reason"].startswith("标题：")
    assert fresh(draft).number == 0


def test_autosave_is_posted_only_and_needs_the_token(
    unit_person: User, draft: SubmissionDraft
) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(unit_person, backend="django.contrib.auth.backends.ModelBackend")

    assert strict.get(f"{address(draft)}autosave/").status_code == 405
    assert strict.post(f"{address(draft)}autosave/", typed()).status_code == 403


# -- policy -----------------------------------------------------------------------------------


def test_only_the_form_has_the_policy_of_the_editor(client: Client, draft: SubmissionDraft) -> None:
    form, desk = client.get(address(draft)), client.get("/contribute/")

    assert "'unsafe-inline'" in form["Content-Security-Policy"]
    assert "'unsafe-inline'" not in desk["Content-Security-Policy"]
    assert "no-store" in form["Cache-Control"]


# -- revising ---------------------------------------------------------------------------------


def test_a_revision_shows_the_reasons_and_is_handed_in_again(
    client: Client, unit_person: User
) -> None:
    submission = handed_in(call_now(), unit_person)
    returned(submission, opinion="请补充数据。", words="这一段请写明出处。")

    draft = revision_of(submission, client)
    page = page_of(client, address(draft))
    assert "请补充数据。" in page
    assert "这一段请写明出处。" in page
    assert "重新交稿" in page
    after = send(client, draft, body="<p>补了数据。</p>", note="已补。", do="hand-in")

    remark = fresh(submission.remark)
    assert (remark.state, remark.body) == (TextState.DRAFT, ["<p>补了数据。</p>"])
    assert "已补。" in after
    assert submission.deliveries.count() == 2


def test_the_newsrooms_changes_are_compared_before_one_goes_on_over_them(
    client: Client, unit_person: User
) -> None:
    submission = handed_in(call_now(), unit_person)
    returned(submission)
    draft = revision_of(submission, client)
    reword(submission.remark, "编辑部改的文字。", by=make_moderator("chief"))
    remark = fresh(submission.remark)
    send_back(
        remark, by=make_moderator(), at=timezone.now(), seen=seen(remark), opinion="再请核对。"
    )

    refused = send(client, draft, body="<p>单位写的文字。</p>", do="hand-in")
    assert "编辑部在您修改期间改动过这篇稿件" in refused
    assert "<del>编辑部改</del><ins>单位写</ins>的文字。" in refused
    assert "以我的文字继续" in refused
    assert fresh(submission.remark).body == ["<p>编辑部改的文字。</p>"]

    went_on = send(client, draft, body="<p>单位又写的文字。</p>", seen="1", do="continue")
    assert "可以重新交稿了" in went_on
    assert "以我的文字继续" not in went_on
    send(client, draft, body="<p>单位又写的文字。</p>", seen="2", do="hand-in")
    assert fresh(submission.remark).body == ["<p>单位又写的文字。</p>"]


def test_while_the_newsroom_reviews_its_own_change_nothing_can_be_handed_in(
    client: Client, unit_person: User
) -> None:
    submission = handed_in(call_now(), unit_person)
    returned(submission)
    draft = revision_of(submission, client)
    reword(submission.remark, "编辑部改的文字。", by=make_moderator("chief"))

    page = page_of(client, address(draft))

    assert "现在不能重新交稿" in page
    assert 'value="hand-in"' not in page
    assert "以我的文字继续" not in page
