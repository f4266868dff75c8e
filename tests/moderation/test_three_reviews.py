"""Three reviews by three people: stages, claims, comments, proof readings and their records."""

import datetime as dt

import pytest

from speeches.models import (
    Act,
    Meeting,
    MeetingEdition,
    Outcome,
    Remark,
    RemarkEdition,
    ReviewComment,
    ReviewRound,
    TextState,
    TextVersion,
    User,
)
from speeches.models.schemes import THREE_REVIEWS
from speeches.moderation.claiming import claim, release
from speeches.moderation.commenting import comment, settle_comment
from speeches.moderation.proofreading import proofread
from speeches.moderation.restoring import restore
from speeches.moderation.reviewing import approve, approve_page, reject, send_back
from speeches.moderation.rounds import progress_of
from speeches.moderation.schemes import Stage, adopt_scheme, stages_of
from tests.factories import (
    NOON,
    fingerprints,
    make_editor,
    make_meeting,
    make_moderator,
    make_remark,
    make_user,
    publish,
)
from tests.moderation.desk import LATER, acts_about, fresh, refusing, retitle, reword, seen

pytestmark = [pytest.mark.django_db, pytest.mark.three_reviews]

HOUR = dt.timedelta(hours=1)


def moderators() -> tuple[User, User, User]:
    return make_moderator("甲"), make_moderator("乙"), make_moderator("丙")


def passed_by(text: Meeting | Remark, *people: User) -> Meeting | Remark:
    for person in people:
        approve(text, by=person, at=LATER, seen=seen(text))
    return fresh(text)


# -- stages ------------------------------------------------------------------------------------


def test_a_text_is_public_after_three_approvals_by_three_people() -> None:
    meeting = make_meeting(remarks=[])

    made = [approve(meeting, by=one, at=LATER, seen=seen(meeting)) for one in moderators()]

    assert made == [None, None, MeetingEdition.objects.get()]
    assert fresh(meeting).state == TextState.PUBLISHED
    round = ReviewRound.objects.get()
    assert (round.outcome, round.closed_at) == (Outcome.APPROVED, LATER)
    assert [step.stage for step in round.steps.order_by("pk")] == ["first", "second", "final"]


def test_who_has_passed_one_stage_is_told_that_another_must_take_the_next() -> None:
    meeting, first = make_meeting(remarks=[]), make_moderator()
    approve(meeting, by=first, at=LATER, seen=seen(meeting))

    with refusing("初审由您通过，复审须由另一位审核人承担"):
        approve(meeting, by=first, at=LATER, seen=seen(meeting))
    with refusing("初审由您通过"):
        claim(meeting, by=first, at=LATER, seen=seen(meeting))


def test_a_change_closes_the_round_and_the_next_begins_at_the_first_stage() -> None:
    first, second, third = moderators()
    meeting = make_meeting(remarks=[])
    passed_by(meeting, first, second)

    retitle(meeting, "改过的标题", by=make_editor())

    assert ReviewRound.objects.get().outcome == Outcome.OVERTAKEN
    # People may change stages.
    passed_by(meeting, third, first, second)
    assert MeetingEdition.objects.get().title == "改过的标题"
    assert list(TextVersion.objects.values_list("number", flat=True)) == [1, 2]


def test_a_reviewer_who_corrects_the_text_leaves_the_review_to_others() -> None:
    both = make_user("both", role="编辑")
    both = make_user("both", role="审核")
    meeting = make_meeting(remarks=[])
    retitle(meeting, "审核人改的标题", by=both)

    with refusing("文字经您修改"):
        approve(meeting, by=both, at=LATER, seen=seen(meeting))


def test_a_returned_text_begins_anew_when_it_comes_again() -> None:
    first, second, _third = moderators()
    meeting = make_meeting(remarks=[])
    passed_by(meeting, first)
    send_back(meeting, by=second, at=LATER, seen=seen(meeting), opinion="请核对")

    assert fresh(meeting).state == TextState.RETURNED
    assert ReviewRound.objects.get().outcome == Outcome.RETURNED
    retitle(meeting, "改过的标题", by=make_editor())
    assert progress_of(fresh(meeting)).ahead[0].code == "first"


def test_a_rejected_text_says_why_and_may_be_handed_in_again() -> None:
    meeting, moderator = make_meeting(remarks=[]), make_moderator()

    with refusing("须写明理由"):
        reject(meeting, by=moderator, at=LATER, seen=seen(meeting), opinion=" ")
    reject(meeting, by=moderator, at=LATER, seen=seen(meeting), opinion="与主题不符")

    assert fresh(meeting).state == TextState.REJECTED
    assert ReviewRound.objects.get().outcome == Outcome.REJECTED
    assert acts_about(meeting)[-1] == Act.REJECT


def test_a_page_passes_one_stage_of_every_text_or_none() -> None:
    first, second, third = moderators()
    meeting = make_meeting(remarks=[{"heading": "甲"}, {"heading": "乙"}])
    remark = meeting.remarks.in_order()[0]
    publish(meeting, by=first)
    passed_by(remark, second)

    with refusing("^“甲”的复审由您通过，终审须由另一位审核人承担。$"):
        publish(meeting, by=second)
    # The remark that is ahead would be public before its meeting.
    with refusing("所属会议尚未发布"):
        publish(meeting, by=third)
    assert not RemarkEdition.objects.exists()


def test_a_page_of_three_reviews_is_public_with_the_third() -> None:
    meeting = make_meeting(remarks=[{}, {}])

    made = [
        approve_page(meeting, by=one, at=LATER, seen=fingerprints(meeting)) for one in moderators()
    ]

    assert [len(editions) for editions in made] == [0, 0, 3]
    assert RemarkEdition.objects.current().count() == 2


def test_the_responsibility_line_names_editor_reviewers_and_proof_readers() -> None:
    first, second, third = moderators()
    meeting = make_meeting(by=make_editor(), remarks=[])
    proofread(meeting, by=second, at=LATER, seen=seen(meeting))
    proofread(meeting, by=second, at=LATER, seen=seen(meeting))
    passed_by(meeting, first, second, third)

    assert MeetingEdition.objects.get().responsibility == [
        {"role": "责任编辑", "names": ["editor某"]},
        {"role": "初审", "names": ["甲某"]},
        {"role": "复审", "names": ["乙某"]},
        {"role": "终审", "names": ["丙某"]},
        {"role": "校对", "names": ["乙某"]},
    ]


# -- proof readings ------------------------------------------------------------------------------


def test_proof_readings_are_recorded_and_hold_nothing_up() -> None:
    meeting, reader = make_meeting(remarks=[]), make_editor("reader")

    names = [proofread(meeting, by=reader, at=LATER, seen=seen(meeting)) for _ in range(3)]

    assert names == ["一校", "二校", "三校"]
    with refusing("校对都已完成"):
        proofread(meeting, by=reader, at=LATER, seen=seen(meeting))
    passed_by(meeting, *moderators())
    assert MeetingEdition.objects.exists()


def test_a_proof_reading_that_the_scheme_asks_for_comes_before_the_next_review() -> None:
    stages = stages_of(THREE_REVIEWS)
    proof = Stage("proof", "付印校", "proof", True, 4)
    adopt_scheme([stages[0], proof, stages[2]], by=None, at=NOON)
    first, second, _third = moderators()
    meeting = make_meeting(remarks=[])
    passed_by(meeting, first)

    with refusing("须先完成付印校"):
        approve(meeting, by=second, at=LATER, seen=seen(meeting))
    proofread(meeting, by=make_editor(), at=LATER, seen=seen(meeting))
    passed_by(meeting, second)
    assert MeetingEdition.objects.exists()


# -- claims --------------------------------------------------------------------------------------


def test_what_somebody_has_claimed_others_leave_alone() -> None:
    first, second, _third = moderators()
    meeting = make_meeting(remarks=[])
    claim(meeting, by=first, at=LATER, seen=seen(meeting))

    for act in (approve, send_back, reject):
        with refusing("正由甲某审阅"):
            act(meeting, by=second, at=LATER, seen=seen(meeting), opinion="x")
    with refusing("正由甲某审阅"):
        claim(meeting, by=second, at=LATER, seen=seen(meeting))
    with refusing("不在您手上"):
        release(meeting, by=second, at=LATER)


def test_a_claim_ends_with_the_stage_or_when_it_is_released() -> None:
    first, second, third = moderators()
    meeting = make_meeting(remarks=[])
    claim(meeting, by=first, at=LATER, seen=seen(meeting))
    release(meeting, by=first, at=LATER)
    claim(meeting, by=second, at=LATER, seen=seen(meeting))
    passed_by(meeting, second)

    assert progress_of(fresh(meeting)).claimed_by is None
    claim(meeting, by=third, at=LATER, seen=seen(meeting))


def test_an_overdue_claim_may_be_taken_over() -> None:
    first, second, _third = moderators()
    meeting = make_meeting(remarks=[])
    claim(meeting, by=first, at=LATER, seen=seen(meeting))

    with refusing("正由甲某审阅"):
        claim(meeting, by=second, at=LATER + 23 * HOUR, seen=seen(meeting))
    claim(meeting, by=second, at=LATER + 25 * HOUR, seen=seen(meeting))

    assert progress_of(fresh(meeting)).claimed_by == second


def test_every_stage_is_due_after_its_own_hours() -> None:
    meeting = make_meeting(remarks=[])
    claim(meeting, by=make_moderator(), at=NOON, seen=seen(meeting))
    assert ReviewRound.objects.get().due_at == NOON + 24 * HOUR

    approve(meeting, by=make_moderator(), at=NOON + HOUR, seen=seen(meeting))
    assert ReviewRound.objects.get().due_at == NOON + 25 * HOUR


# -- comments ------------------------------------------------------------------------------------


def test_a_comment_speaks_of_a_paragraph_of_the_version_that_was_seen() -> None:
    meeting = make_meeting(remarks=[{"paragraphs": ["第一段。", "第二段。"]}])
    remark, moderator, editor = meeting.remarks.get(), make_moderator(), make_editor()

    made = comment(
        remark, by=moderator, at=LATER, seen=seen(remark), part="body", place=1, words="请补数据"
    )
    send_back(remark, by=moderator, at=LATER, seen=seen(remark), opinion="见批注")
    settle_comment(made, by=editor, at=LATER)
    settle_comment(made, by=editor, at=LATER)

    assert made.version == TextVersion.objects.get(remark=remark)
    assert ReviewComment.objects.get().settled_by == editor
    assert acts_about(remark).count(Act.SETTLE_COMMENT) == 1


@pytest.mark.parametrize(
    ("part", "place"), [("body", None), ("body", 2), ("heading", 0), ("nothing", None)]
)
def test_a_comment_on_what_is_not_there_is_refused(part: str, place: int | None) -> None:
    remark = make_remark(make_meeting(remarks=[]))

    with refusing("已经不在了"):
        comment(
            remark,
            by=make_moderator(),
            at=LATER,
            seen=seen(remark),
            part=part,
            place=place,
            words="请核",
        )


# -- versions ------------------------------------------------------------------------------------


def test_restoring_makes_a_new_version_and_keeps_what_it_replaces() -> None:
    editor = make_editor()
    meeting = make_meeting(remarks=[{"paragraphs": ["原来的话。"], "speakers": ["李禾川"]}])
    remark = meeting.remarks.get()
    claim(remark, by=make_moderator(), at=NOON, seen=seen(remark))
    first = TextVersion.objects.get()
    reword(remark, "改坏的话。", by=editor)

    restore(first, by=editor, at=LATER)

    assert fresh(remark).body == ["<p>原来的话。</p>"]
    assert [speaker.name_as_printed for speaker in remark.speakers.all()] == ["李禾川"]
    versions = TextVersion.objects.order_by("number")
    assert [v.occasion for v in versions] == ["review", "replaced", "restored"]
    assert versions[1].content["body"] == ["<p>改坏的话。</p>"]
    assert fresh(remark).edited_by == editor
    with refusing("现在就是第1稿"):
        restore(first, by=editor, at=LATER)


def test_restoring_a_meeting_brings_everything_back() -> None:
    editor, meeting = make_editor(), make_meeting(remarks=[])
    meeting.bylines.create(position=1, name="方圆", role="文")
    meeting.pictures.create(position=1, caption="会场", credit="齐正")
    retitle(meeting, "原来的标题", by=None)
    claim(meeting, by=make_moderator(), at=NOON, seen=seen(meeting))
    meeting.bylines.all().delete()
    meeting.pictures.all().delete()
    retitle(meeting, "改坏的标题", by=editor)

    version = TextVersion.objects.get()
    restore(version, by=editor, at=LATER)

    assert seen(fresh(meeting)) == version.fingerprint


# -- the scheme ------------------------------------------------------------------------------------


def test_one_stage_is_a_scheme_that_the_journal_records() -> None:
    administrator = make_user("administrator", role="管理员")
    final = stages_of(THREE_REVIEWS)[2]

    scheme = adopt_scheme([final], by=administrator, at=NOON)
    meeting = publish(make_meeting(remarks=[]))

    assert meeting.state == TextState.PUBLISHED
    assert acts_about(scheme) == [Act.ADOPT_SCHEME]


def test_open_rounds_keep_the_stages_they_began_with() -> None:
    first, second, third = moderators()
    meeting = make_meeting(remarks=[])
    passed_by(meeting, first)

    adopt_scheme(stages_of(THREE_REVIEWS)[2:3], by=None, at=NOON)

    assert passed_by(meeting, second).state == TextState.DRAFT
    assert passed_by(meeting, third).state == TextState.PUBLISHED


@pytest.mark.parametrize(
    ("stages", "words"),
    [
        ([], "至少要有一个必经的审次"),
        ([Stage("proof", "一校", "proof", True, 1)], "至少要有一个必经的审次"),
        ([Stage("a", "初审", "review", True, 1), Stage("a", "终审", "review", True, 1)], "重复"),
        ([Stage("a", " ", "review", True, 1)], "名称"),
        (
            [Stage("a", "终审", "review", True, 1), Stage("b", "一校", "proof", True, 1)],
            "最后一个必经的审次须是审稿",
        ),
        ([Stage("a", "初审", "review", True, 0)], "时限"),
    ],
)
def test_a_scheme_that_reviews_nothing_is_refused(stages: list[Stage], words: str) -> None:
    with refusing(words):
        adopt_scheme(stages, by=None, at=NOON)


def test_only_administrators_change_the_scheme() -> None:
    with refusing("不能做这项操作"):
        adopt_scheme(stages_of(THREE_REVIEWS), by=make_moderator(), at=NOON)
