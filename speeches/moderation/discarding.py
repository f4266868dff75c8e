"""Discarding: what was never reviewed is put aside or deleted; files and reports are kept."""

import datetime as dt

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from speeches.models import Act, ImportRun, Meeting, Remark, Reprint, TextState, User
from speeches.moderation import journal
from speeches.moderation.arranging import arrange
from speeches.moderation.intake import IMPORT
from speeches.moderation.locking import locked_page
from speeches.moderation.refusals import Refused, require


@journal.act
def discard(run: ImportRun, *, by: User, at: dt.datetime) -> None:
    """Put a waiting run aside; its file and report are kept, and the file may come again."""
    require(by, IMPORT)
    run = ImportRun.objects.select_for_update().get(pk=run.pk)
    if run.state != ImportRun.State.WAITING:
        raise Refused(_("这次导入已经处理过了。"))
    _close(run, by=by, at=at)


@journal.act
def discard_draft(meeting: Meeting, *, by: User, at: dt.datetime) -> None:
    """Delete a meeting that was never reviewed, with its remarks; its file may come again."""
    require(by, "speeches.delete_meeting")
    locked_page(meeting)
    reviewed = (
        meeting.versions.exists()
        or meeting.review_rounds.exists()
        or meeting.remarks.filter(versions__isnull=False).exists()
        or meeting.remarks.filter(review_rounds__isnull=False).exists()
    )
    if meeting.state != TextState.DRAFT or reviewed:
        raise Refused(_("会议或其中的发言已进入审核，不能删除；已发布的请撤稿。"))
    if meeting.calls.exists():
        raise Refused(_("已为这次会议征稿，不能删除。"))
    _require_no_reprints(Reprint.objects.filter(remark__meeting=meeting))
    journal.write(Act.DELETE, meeting, by=by, at=at)
    run = meeting.import_run
    meeting.remarks.all().delete()
    meeting.delete()
    if run is not None:
        _close(run, by=by, at=at)


@journal.act
def discard_remark(remark: Remark, *, by: User, at: dt.datetime) -> None:
    """Delete a remark that was never reviewed; those behind it move up."""
    require(by, "speeches.delete_remark")
    meeting = locked_page(remark.meeting)
    if remark.review_rounds.exists() or remark.versions.exists():
        raise Refused(_("发言已进入审核，不能删除；已发布的请撤稿。"))
    _require_no_reprints(remark.reprints.all())
    journal.write(Act.DELETE, remark, by=by, at=at)
    remark.delete()
    order = list(meeting.remarks.in_order().values_list("id", flat=True))
    arrange(meeting, order=order, by=by, at=at)


def _require_no_reprints(reprints: QuerySet[Reprint]) -> None:
    """Keep what another page was linked to: its own copy was never made."""
    if reprints.exists():
        raise Refused(_("另有版面的发言已关联到这里，不能删除。"))


def _close(run: ImportRun, *, by: User, at: dt.datetime) -> None:
    run.state = ImportRun.State.DISCARDED
    run.decided_at = at
    run.decided_by = by
    run.save(update_fields=["state", "decided_at", "decided_by"])
    journal.write(Act.DISCARD_IMPORT, run, by=by, at=at)
