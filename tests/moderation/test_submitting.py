"""Handing in: a unit's remark becomes a working row, comes back, goes in again, is taken back."""

import datetime as dt
import io

import docx
import pytest

from speeches.importing import ImportRefused
from speeches.models import (
    Call,
    Delivery,
    JournalEntry,
    RemarkEdition,
    SourceDocument,
    Submission,
    SubmissionDraft,
    TextState,
    TextVersion,
    User,
)
from speeches.moderation.calling import close_call
from speeches.moderation.claiming import claim
from speeches.moderation.discarding import discard_draft, discard_remark
from speeches.moderation.refusals import Refused
from speeches.moderation.reviewing import approve, send_back
from speeches.moderation.submitting import hand_in, hand_in_again, take_back
from speeches.moderation.writing import (
    MOST_DRAFTS,
    begin,
    begin_with_file,
    continue_over,
    revise,
    save,
    throw_away,
)
from speeches.text.markup import paragraphs_to_body
from tests.factories import (
    NOON,
    make_call,
    make_contributor,
    make_editor,
    make_manuscript,
    make_meeting,
    make_moderator,
    make_submission,
    make_unit,
    make_user,
    publish,
)
from tests.moderation.desk import LATER, acts_about, fresh, last_entry, refusing, reword, seen

pytestmark = pytest.mark.django_db

AFTER_THE_DEADLINE = NOON + dt.timedelta(days=11)


@pytest.fixture
def unit_person() -> User:
    return make_contributor()


def word_file(*paragraphs: str) -> bytes:
    document = docx.Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    data = io.BytesIO()
    document.save(data)
    return data.getvalue()


def returned(call: Call, by: User) -> Submission:
    submission = make_submission(call, by=by)
    moderator = make_moderator()
    remark = submission.remark
    send_back(remark, by=moderator, at=LATER, seen=seen(remark), opinion="请补充数据")
    return Submission.objects.get()


# -- handing in -------------------------------------------------------------------------------


def test_what_is_handed_in_waits_for_review_with_a_receipt(unit_person: User) -> None:
    call = make_call()

    submission = make_submission(call, by=unit_person, speakers=["李禾川"])

    remark = fresh(submission.remark)
    assert submission.receipt.startswith("2024-")
    assert (remark.state, remark.heading) == (TextState.DRAFT, "把协商搬到村口")
    assert remark.meeting == call.meeting
    assert remark.unit == submission.unit == make_unit()
    assert [speaker.name_as_printed for speaker in remark.speakers.all()] == ["李禾川"]
    assert not SubmissionDraft.objects.exists()
    assert acts_about(remark) == ["submit"]
    assert last_entry(remark).detail["receipt"] == submission.receipt


def test_what_came_in_is_kept_as_a_version_with_the_word_beside_it(unit_person: User) -> None:
    submission = make_submission(make_call(), by=unit_person, note="数据截至五月底。")

    delivery = Delivery.objects.get()
    assert (delivery.submission, delivery.note) == (submission, "数据截至五月底。")
    assert delivery.version.occasion == TextVersion.Occasion.SUBMISSION
    assert delivery.version.content["body"] == submission.remark.body
    assert [row.editor for row in delivery.version.editors.all()] == [unit_person]


def test_receipts_count_on_and_remarks_stand_behind_one_another(unit_person: User) -> None:
    meeting = make_meeting(remarks=[{}, {}])
    call = make_call(meeting)

    first, second = (make_submission(call, by=unit_person) for _time in range(2))

    assert first.receipt != second.receipt
    assert [first.remark.position, second.remark.position] == [3, 4]


def test_an_unknown_speaker_is_a_doubt_for_the_editors(unit_person: User) -> None:
    submission = make_submission(make_call(), by=unit_person, speakers=["李禾川"])

    assert [doubt.code for doubt in submission.remark.doubts.all()] == ["unknown-person"]


def test_after_the_deadline_nothing_is_taken_and_the_draft_stays(unit_person: User) -> None:
    call = make_call()
    draft = save(
        begin(call, by=unit_person, at=LATER),
        manuscript=make_manuscript(),
        seen=0,
        by=unit_person,
        at=LATER,
    )

    with refusing("已经截稿"):
        hand_in(draft, seen=1, by=unit_person, at=AFTER_THE_DEADLINE)

    assert fresh(draft).body == make_manuscript().body


def test_a_call_that_was_closed_takes_nothing(unit_person: User) -> None:
    call = make_call()
    close_call(call, by=make_editor(), at=LATER)

    with refusing("已经截稿"):
        begin(fresh(call), by=unit_person, at=LATER)


def test_a_unit_that_was_not_asked_cannot_answer() -> None:
    call, by = make_call(units=[make_unit("木兰县政协")]), make_contributor()

    with refusing("没有约请阿城区政协党组"):
        begin(call, by=by, at=LATER)


def test_an_account_without_a_unit_is_told_whom_to_ask() -> None:
    call, by = make_call(), make_user("lonely", role="投稿单位", staff=False)

    with refusing("还没有关联投稿单位"):
        begin(call, by=by, at=LATER)


@pytest.mark.parametrize(
    ("missing", "words"),
    [({"body": []}, "没有正文"), ({"unit_as_printed": "", "speakers": []}, "单位或发言人")],
)
def test_an_incomplete_remark_is_not_handed_in(
    missing: dict[str, object], words: str, unit_person: User
) -> None:
    draft = save(
        begin(make_call(), by=unit_person, at=LATER),
        manuscript=make_manuscript(**missing),
        seen=0,
        by=unit_person,
        at=LATER,
    )

    with refusing(words):
        hand_in(draft, seen=1, by=unit_person, at=LATER)


def test_what_another_window_has_changed_is_not_handed_in_unseen(unit_person: User) -> None:
    draft = begin(make_call(), by=unit_person, at=LATER)
    save(draft, manuscript=make_manuscript(), seen=0, by=unit_person, at=LATER)

    with refusing("另一个窗口"):
        hand_in(draft, seen=0, by=unit_person, at=LATER)


# -- drafts -----------------------------------------------------------------------------------


def test_saving_leaves_no_trace_in_the_journal(unit_person: User) -> None:
    call = make_call()
    entries = JournalEntry.objects.count()

    draft = begin(call, by=unit_person, at=LATER)
    save(draft, manuscript=make_manuscript(), seen=0, by=unit_person, at=LATER)
    throw_away(draft, by=unit_person, at=LATER)

    assert JournalEntry.objects.count() == entries
    assert not SubmissionDraft.objects.exists()


def test_an_older_page_does_not_overwrite_a_newer_save(unit_person: User) -> None:
    draft = begin(make_call(), by=unit_person, at=LATER)
    save(draft, manuscript=make_manuscript(heading="新"), seen=0, by=unit_person, at=LATER)

    with refusing("另一个窗口"):
        save(draft, manuscript=make_manuscript(heading="旧"), seen=0, by=unit_person, at=LATER)

    assert fresh(draft).heading == "新"


def test_another_unit_can_neither_save_nor_hand_in_nor_throw_away(unit_person: User) -> None:
    draft = begin(make_call(), by=unit_person, at=LATER)
    other = make_contributor("other", unit=make_unit("木兰县政协"))

    with refusing("已经交出或删除"):
        save(draft, manuscript=make_manuscript(), seen=0, by=other, at=LATER)
    with refusing("已经交出或删除"):
        hand_in(draft, seen=0, by=other, at=LATER)
    with refusing("已经交出或删除"):
        throw_away(draft, by=other, at=LATER)
    assert SubmissionDraft.objects.exists()


def test_a_colleague_of_the_unit_may_go_on_with_a_draft(unit_person: User) -> None:
    draft = begin(make_call(), by=unit_person, at=LATER)
    colleague = make_contributor("colleague")

    save(draft, manuscript=make_manuscript(), seen=0, by=colleague, at=LATER)

    assert fresh(draft).saved_by == colleague


def test_drafts_of_a_unit_have_an_end(unit_person: User) -> None:
    call = make_call()
    for _number in range(MOST_DRAFTS):
        begin(call, by=unit_person, at=LATER)

    with refusing("未交的稿件太多"):
        begin(call, by=unit_person, at=LATER)


# -- files ------------------------------------------------------------------------------------


def test_a_word_file_fills_the_form_and_is_kept(unit_person: User) -> None:
    data = word_file("把协商搬到村口", "阿城区政协党组", "第一段说明情况，话说得很完整。" * 3)

    draft = begin_with_file(make_call(), by=unit_person, at=LATER, data=data, name="发言.docx")

    assert draft.heading == "把协商搬到村口"
    assert draft.body == paragraphs_to_body(["第一段说明情况，话说得很完整。" * 3])
    assert draft.source == SourceDocument.objects.get()
    assert bytes(draft.source.content) == data


def test_the_file_stays_with_what_was_handed_in(unit_person: User) -> None:
    data = word_file("把协商搬到村口", "阿城区政协党组", "第一段说明情况，话说得很完整。" * 3)
    draft = begin_with_file(make_call(), by=unit_person, at=LATER, data=data, name="发言.docx")

    hand_in(draft, seen=0, by=unit_person, at=LATER)

    assert Delivery.objects.get().source == SourceDocument.objects.get()


def test_a_file_of_several_remarks_is_refused_and_not_kept(unit_person: User) -> None:
    body = "近年来我们围绕中心工作开展协商，取得了一些成效，现将情况汇报如下。" * 3
    data = word_file(
        "题目一", "阿城区政协党组", body, "题目二", "木兰县政协主席 李柏林", body + "谢谢。"
    )

    with pytest.raises(ImportRefused, match="2篇发言"):
        begin_with_file(make_call(), by=unit_person, at=LATER, data=data, name="两篇.docx")

    assert not SourceDocument.objects.exists()
    assert not SubmissionDraft.objects.exists()


# -- coming back ------------------------------------------------------------------------------


def test_what_came_back_is_revised_and_handed_in_again_as_a_new_version(unit_person: User) -> None:
    submission = returned(make_call(), unit_person)
    draft = revise(submission, by=unit_person, at=LATER)
    words = make_manuscript(body=paragraphs_to_body(["补充了数据的一段。"]), note="已补充数据。")
    save(draft, manuscript=words, seen=0, by=unit_person, at=LATER)

    hand_in_again(draft, seen=1, by=unit_person, at=AFTER_THE_DEADLINE)

    remark = fresh(submission.remark)
    assert (remark.state, remark.body) == (TextState.DRAFT, words.body)
    assert [d.note for d in submission.deliveries.order_by("id")] == ["", "已补充数据。"]
    assert [d.version.number for d in submission.deliveries.order_by("id")] == [1, 2]
    assert acts_about(remark) == ["submit", "return", "submit"]


def test_a_revision_that_was_begun_goes_on(unit_person: User) -> None:
    submission = returned(make_call(), unit_person)

    first, second = (revise(submission, by=unit_person, at=LATER) for _time in range(2))

    assert first == second


def test_what_the_newsroom_has_changed_meanwhile_is_not_overwritten_unseen(
    unit_person: User,
) -> None:
    submission = returned(make_call(), unit_person)
    draft = revise(submission, by=unit_person, at=LATER)
    save(draft, manuscript=make_manuscript(heading="改"), seen=0, by=unit_person, at=LATER)
    remark = fresh(submission.remark)
    reword(remark, "编辑部改过的一段。", by=make_editor())
    send_back(
        fresh(remark), by=make_moderator("second"), at=LATER, seen=seen(remark), opinion="再补充"
    )

    with refusing("改动过这篇稿件"):
        hand_in_again(draft, seen=1, by=unit_person, at=LATER)

    continue_over(draft, by=unit_person, at=LATER)
    hand_in_again(draft, seen=1, by=unit_person, at=LATER)
    assert fresh(remark).heading == "改"


def test_what_is_under_review_cannot_be_revised(unit_person: User) -> None:
    submission = make_submission(make_call(), by=unit_person)

    with refusing("不能修改"):
        revise(submission, by=unit_person, at=LATER)


# -- taking back ------------------------------------------------------------------------------


def test_what_nobody_has_begun_to_review_can_be_taken_back(unit_person: User) -> None:
    submission = make_submission(make_call(), by=unit_person)

    take_back(submission, by=unit_person, at=LATER)

    remark = fresh(submission.remark)
    assert remark.state == TextState.TAKEN_BACK
    assert acts_about(remark) == ["submit", "take-back"]
    with pytest.raises(Refused, match="没有待审的改动"):
        approve(remark, by=make_moderator(), at=LATER, seen=seen(remark))


def test_what_a_reviewer_has_claimed_cannot_be_taken_back(unit_person: User) -> None:
    submission = make_submission(make_call(), by=unit_person)
    remark = submission.remark
    claim(remark, by=make_moderator(), at=LATER, seen=seen(remark))

    with refusing("已进入审稿"):
        take_back(submission, by=unit_person, at=LATER)


def test_what_was_taken_back_can_come_again_until_the_deadline(unit_person: User) -> None:
    submission = make_submission(make_call(), by=unit_person)
    take_back(submission, by=unit_person, at=LATER)
    draft = revise(submission, by=unit_person, at=LATER)

    with refusing("已经截稿"):
        hand_in_again(draft, seen=0, by=unit_person, at=AFTER_THE_DEADLINE)
    hand_in_again(draft, seen=0, by=unit_person, at=LATER)

    assert fresh(submission.remark).state == TextState.DRAFT


def test_editors_do_not_change_what_was_taken_back(unit_person: User) -> None:
    submission = make_submission(make_call(), by=unit_person)
    take_back(submission, by=unit_person, at=LATER)

    with pytest.raises(Refused, match="已由投稿单位撤回"):
        reword(submission.remark, "编辑部改过的一段。", by=make_editor())


def test_a_unit_touches_nothing_of_another_unit(unit_person: User) -> None:
    submission = make_submission(make_call(), by=unit_person)
    other = make_contributor("other", unit=make_unit("木兰县政协"))

    with refusing("另一个单位"):
        take_back(submission, by=other, at=LATER)
    with refusing("另一个单位"):
        revise(submission, by=other, at=LATER)


# -- what follows -----------------------------------------------------------------------------


def test_a_unit_is_not_the_editor_responsible(unit_person: User) -> None:
    call = make_call()
    submission = make_submission(call, by=unit_person)
    publish(call.meeting)

    edition = RemarkEdition.objects.get(remark=submission.remark)
    assert "责任编辑" not in {one["role"] for one in edition.responsibility}


def test_an_editor_who_worked_on_it_is(unit_person: User) -> None:
    call = make_call()
    submission = make_submission(call, by=unit_person)
    reword(submission.remark, "编辑部改过的一段。", by=make_editor())
    publish(call.meeting)

    edition = RemarkEdition.objects.get(remark=submission.remark)
    assert edition.responsibility[0] == {"role": "责任编辑", "names": ["editor某"]}


def test_what_was_handed_in_is_not_deleted(unit_person: User) -> None:
    call = make_call()
    submission = make_submission(call, by=unit_person)

    with refusing("不能删除"):
        discard_remark(submission.remark, by=make_editor(), at=LATER)
    with refusing("不能删除"):
        discard_draft(call.meeting, by=make_editor(), at=LATER)


def test_a_meeting_that_was_called_for_is_not_deleted() -> None:
    call = make_call()

    with refusing("已为这次会议征稿"):
        discard_draft(call.meeting, by=make_editor(), at=LATER)
