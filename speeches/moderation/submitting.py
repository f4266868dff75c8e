"""Submitting: a unit hands a remark in, again after it came back, or takes it back.

What is handed in is a working row like any other: it goes through the same reviews, and whoever
wrote it counts as its author.
"""

import datetime as dt

from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from speeches.models import (
    Act,
    Delivery,
    Doubt,
    Meeting,
    Remark,
    Speaker,
    Submission,
    SubmissionDraft,
    TextState,
    TextVersion,
    User,
)
from speeches.moderation import journal
from speeches.moderation.corresponding import contributor_of, keep_contact_longer
from speeches.moderation.editing import record_edit, state_on_the_desk
from speeches.moderation.locking import locked, locked_page, one_after_another
from speeches.moderation.naming import people_called
from speeches.moderation.notifying import tell_reviewers
from speeches.moderation.refusals import Refused
from speeches.moderation.rounds import progress_of
from speeches.moderation.suggesting import suggest_themes
from speeches.moderation.versioning import fingerprint_of, make_version, wording_by
from speeches.moderation.writing import (
    answering_unit,
    held_draft,
    own_submission,
    require_revisable,
)


@journal.act
def hand_in(draft: SubmissionDraft, *, seen: int, by: User, at: dt.datetime) -> Submission:
    """Turn the draft into a remark that waits for review; returns it with its receipt number.

    `seen` is the number of the draft that the person looked at.
    """
    meeting = locked_page(draft.call.meeting)
    held = _complete(draft, seen, by=by)
    if held.submission is not None:
        raise Refused(_("这份稿件是退回后的修改稿，请用“重新交稿”。"))
    unit = answering_unit(held.call, by=by, at=at)
    if meeting.state == TextState.WITHDRAWN:
        raise Refused(_("这次会议的版面已撤稿，不再收稿，请联系编辑部。"))
    remark = Remark.objects.create(
        meeting=meeting,
        position=_behind_the_others(meeting),
        unit=unit,
        district=unit.district,
        created_at=at,
        edited_at=at,
        edited_by=by,
    )
    _put_words(remark, held)
    record_edit(remark, by=by, at=at, changed=[])
    suggest_themes(remark)
    submission = Submission.objects.create(
        receipt=_next_receipt(at),
        call=held.call,
        unit=unit,
        remark=remark,
        by=by,
        submitted_at=at,
    )
    _deliver(submission, held, remark, by=by, at=at)
    return submission


@journal.act
def hand_in_again(draft: SubmissionDraft, *, seen: int, by: User, at: dt.datetime) -> Submission:
    """Replace the wording of what came back or was taken back; it waits for review again."""
    submission = draft.submission
    if submission is None:
        raise Refused(_("这份稿件还没有交过，请用“交稿”。"))
    remark = locked(own_submission(submission, by=by).remark)
    assert isinstance(remark, Remark)  # noqa: S101  (tells the type checker what locked() returns)
    held = _complete(draft, seen, by=by)
    require_revisable(remark)
    if remark.state == TextState.TAKEN_BACK:
        answering_unit(held.call, by=by, at=at)
    if held.base != fingerprint_of(remark):
        raise Refused(_("编辑部在您修改期间改动过这篇稿件；请先对照编辑部的文字，再决定如何交稿。"))
    remark.state = state_on_the_desk(remark)
    remark.save(update_fields=["state"])
    remark.speakers.all().delete()
    _put_words(remark, held)
    record_edit(remark, by=by, at=at, changed=[])
    remark.theme_suggestions.all().delete()
    suggest_themes(remark)
    _deliver(submission, held, remark, by=by, at=at)
    return submission


@journal.act
def take_back(submission: Submission, *, by: User, at: dt.datetime) -> None:
    """Take a remark back before its review, or after it came back; the newsroom keeps its text."""
    own_submission(submission, by=by)
    remark = locked(submission.remark)
    begun = remark.review_rounds.open().exists()
    if remark.state not in (TextState.DRAFT, TextState.RETURNED) or begun:
        raise Refused(_("这篇来稿已进入审稿，不能撤回；如有必要，请联系编辑部。"))
    if remark.editions.current().exists():
        raise Refused(_("这篇发言已经发布，要更正或撤稿请联系编辑部。"))
    remark.state = TextState.TAKEN_BACK
    remark.save(update_fields=["state"])
    journal.write(Act.TAKE_BACK, remark, by=by, at=at, receipt=submission.receipt)


def _complete(draft: SubmissionDraft, seen: int, *, by: User) -> SubmissionDraft:
    held = held_draft(draft, by=by)
    if held.number != seen:
        raise Refused(
            _("这份稿件已在另一个窗口保存过（%(person)s），请刷新页面，核对后再交。")
            % {"person": held.saved_by}
        )
    if not held.body:
        raise Refused(_("稿件还没有正文。"))
    if not held.unit_as_printed and not held.speakers:
        raise Refused(_("请填写单位或发言人。"))
    return held


def _behind_the_others(meeting: Meeting) -> int:
    return 1 + (meeting.remarks.aggregate(last=Max("position"))["last"] or 0)


def _put_words(remark: Remark, draft: SubmissionDraft) -> None:
    for name in ("heading", "unit_as_printed", "post_as_printed", "body"):
        setattr(remark, name, getattr(draft, name))
    remark.save(update_fields=["heading", "unit_as_printed", "post_as_printed", "body"])
    for place, name in enumerate(draft.speakers, start=1):
        found = people_called(name, remark)
        person = found[0] if len(found) == 1 else None
        Speaker.objects.create(remark=remark, position=place, name_as_printed=name, person=person)
        words = _("发言人“%(name)s”尚未关联，请核对后建档或关联。") % {"name": name}
        if person is None:
            Doubt.objects.get_or_create(remark=remark, code="unknown-person", message=words)


def _next_receipt(at: dt.datetime) -> str:
    """Return the next receipt number, such as 2026-000123: the year, and a number that goes on."""
    one_after_another("receipt")
    last = Submission.objects.aggregate(last=Max("pk"))["last"] or 0
    return f"{timezone.localdate(at).year}-{last + 1:06d}"


def _deliver(
    submission: Submission, draft: SubmissionDraft, remark: Remark, *, by: User, at: dt.datetime
) -> None:
    """Keep what was handed in as a version, note it, and tell whoever may review it."""
    version = make_version(
        remark,
        occasion=TextVersion.Occasion.SUBMISSION,
        editors=wording_by(remark),
        by=by,
        at=at,
    )
    Delivery.objects.create(
        submission=submission, version=version, source=draft.source, note=draft.note, by=by, at=at
    )
    draft.delete()
    keep_contact_longer(contributor_of(by), at=at)
    journal.write(
        Act.SUBMIT,
        remark,
        by=by,
        at=at,
        receipt=submission.receipt,
        call=submission.call_id,
        version=version.number,
    )
    tell_reviewers([progress_of(remark)], but=by)
