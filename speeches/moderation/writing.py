"""Writing: what somebody of a unit types before it is handed in, saved apart from versions.

Nothing of it is seen by anybody outside the unit, and nothing of it enters the journal: it begins
with the handing-in.
"""

import datetime as dt
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from speeches.importing import RemarkFile, read_remark_file
from speeches.models import Call, Remark, Submission, SubmissionDraft, TextState, Unit, User
from speeches.moderation import journal
from speeches.moderation.corresponding import contributor_of
from speeches.moderation.drafting import fit
from speeches.moderation.intake import keep_source, known_names
from speeches.moderation.refusals import Refused
from speeches.moderation.versioning import fingerprint_of
from speeches.text.markup import paragraphs_to_body

# Of one unit for one call; nobody writes more, and a stuck key does not fill the disk.
MOST_DRAFTS = 30


@dataclass(frozen=True)
class Manuscript:
    """The words of a remark as a unit writes it; `body` is a list of clean elements."""

    heading: str = ""
    unit_as_printed: str = ""
    post_as_printed: str = ""
    speakers: list[str] = field(default_factory=list)
    body: list[str] = field(default_factory=list)
    note: str = ""


@journal.act
def begin(call: Call, *, by: User, at: dt.datetime) -> SubmissionDraft:
    """Begin an empty remark for the call, under the unit's own name."""
    unit = answering_unit(call, by=by, at=at)
    return _new_draft(call, unit, Manuscript(unit_as_printed=unit.name), by=by, at=at)


def begin_with_file(
    call: Call, *, by: User, at: dt.datetime, data: bytes, name: str
) -> SubmissionDraft:
    """Begin a remark with what a file says; the file is kept.

    Raises `speeches.importing.ImportRefused` for a file that cannot be used, with nothing stored.
    """
    answering_unit(call, by=by, at=at)
    # No transaction is open meanwhile: a large file takes seconds.
    file = read_remark_file(data, name=name, known=known_names())
    return _begin_with(call, file, data, name, by=by, at=at)


@journal.act
def _begin_with(
    call: Call, file: RemarkFile, data: bytes, name: str, *, by: User, at: dt.datetime
) -> SubmissionDraft:
    unit = answering_unit(call, by=by, at=at)
    words = {
        "heading": file.heading,
        "unit_as_printed": file.unit or unit.name,
        "post_as_printed": file.post,
    }
    fitting, too_long = fit(SubmissionDraft, words)
    manuscript = Manuscript(
        **fitting,
        speakers=list(file.speakers),
        body=paragraphs_to_body(list(file.paragraphs)),
    )
    draft = _new_draft(call, unit, manuscript, by=by, at=at)
    draft.source = keep_source(file.source, data=data, name=name, by=by, at=at)
    draft.left_over = [*too_long, *file.left_over]
    draft.save(update_fields=["source", "left_over"])
    return draft


@journal.act
def revise(submission: Submission, *, by: User, at: dt.datetime) -> SubmissionDraft:
    """Begin to revise what came back or was taken back; a revision that was begun goes on."""
    remark = Remark.objects.get(pk=own_submission(submission, by=by).remark_id)
    require_revisable(remark)
    draft = SubmissionDraft.objects.filter(submission=submission).first()
    if draft is not None:
        return draft
    return SubmissionDraft.objects.create(
        call_id=submission.call_id,
        unit_id=submission.unit_id,
        submission=submission,
        base=fingerprint_of(remark),
        heading=remark.heading,
        unit_as_printed=remark.unit_as_printed,
        post_as_printed=remark.post_as_printed,
        speakers=list(
            remark.speakers.order_by("position").values_list("name_as_printed", flat=True)
        ),
        body=remark.body,
        saved_at=at,
        saved_by=by,
    )


@journal.act
def save(
    draft: SubmissionDraft, *, manuscript: Manuscript, seen: int, by: User, at: dt.datetime
) -> SubmissionDraft:
    """Save what was typed; `seen` is the number of the draft that it was typed over.

    Refused where it has been saved elsewhere meanwhile, so that neither overwrites the other.
    """
    held = held_draft(draft, by=by)
    if held.number != seen:
        raise Refused(
            _("这份稿件已在另一个窗口保存过（%(person)s），这里的文字还没有保存。")
            % {"person": held.saved_by}
        )
    for name, value in vars(manuscript).items():
        setattr(held, name, value)
    held.number += 1
    held.saved_at, held.saved_by = at, by
    held.save()
    return held


@journal.act
def continue_over(draft: SubmissionDraft, *, by: User, at: dt.datetime) -> SubmissionDraft:
    """Go on with one's own wording although the newsroom has changed the text meanwhile."""
    held = held_draft(draft, by=by)
    if held.submission is None:
        raise Refused(_("这份稿件还没有交过。"))
    held.base = fingerprint_of(held.submission.remark)
    held.save(update_fields=["base"])
    return held


@journal.act
def throw_away(draft: SubmissionDraft, *, by: User, at: dt.datetime) -> None:
    """Delete what was not handed in; what was stays as it was."""
    held_draft(draft, by=by).delete()


def answering_unit(call: Call, *, by: User, at: dt.datetime) -> Unit:
    """Return the unit for which this account answers the call; refuse where it may not."""
    unit = contributor_of(by).unit
    if not Call.objects.asking(unit).filter(pk=call.pk).exists():
        raise Refused(_("这次征稿没有约请%(unit)s。") % {"unit": unit})
    if not call.is_open(at):
        raise Refused(_("“%(call)s”已经截稿；如需补交，请联系编辑部。") % {"call": call})
    return unit


def own_submission(submission: Submission, *, by: User) -> Submission:
    """Return the submission; refuse where it is another unit's."""
    if submission.unit_id != contributor_of(by).unit_id:
        raise Refused(_("这是另一个单位的来稿。"))
    return submission


def require_revisable(remark: Remark) -> None:
    """Refuse unless the remark is the unit's to change: it came back, or was taken back."""
    if remark.state not in (TextState.RETURNED, TextState.TAKEN_BACK):
        raise Refused(_("这篇来稿不在退回或撤回状态，不能修改；需要更正请联系编辑部。"))


def held_draft(draft: SubmissionDraft, *, by: User) -> SubmissionDraft:
    """Return the draft as it stands now, held until the act ends; refuse another unit's."""
    unit = contributor_of(by).unit_id
    drafts = SubmissionDraft.objects.select_for_update(of=("self",)).select_related("saved_by")
    held = drafts.filter(pk=draft.pk, unit=unit).first()
    if held is None:
        raise Refused(_("这份稿件已经交出或删除，请回到首页查看。"))
    return held


def _new_draft(
    call: Call, unit: Unit, manuscript: Manuscript, *, by: User, at: dt.datetime
) -> SubmissionDraft:
    there = SubmissionDraft.objects.filter(call=call, unit=unit).count()
    if there >= MOST_DRAFTS:
        raise Refused(_("未交的稿件太多，请先交稿或删除一些。"))
    return SubmissionDraft.objects.create(
        call=call, unit=unit, saved_at=at, saved_by=by, **vars(manuscript)
    )
