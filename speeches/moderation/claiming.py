"""Claiming: a reviewer takes the next stage of a text, so that nobody does the same work twice."""

import datetime as dt

from django.utils.translation import gettext as _

from speeches.models import Act, Meeting, Remark, User
from speeches.moderation import journal
from speeches.moderation.locking import locked
from speeches.moderation.refusals import Refused, require
from speeches.moderation.reviewing import REVIEW
from speeches.moderation.rounds import begin, progress_of, why_not_by, why_not_seen


@journal.act
def claim(text: Meeting | Remark, *, by: User, at: dt.datetime, seen: str) -> None:
    """Take the next stage; claiming what is one's own already changes nothing.

    Refused to whoever could not pass the stage either. What is overdue may be taken over.
    """
    require(by, REVIEW)
    text = locked(text)
    progress = progress_of(text)
    round = progress.round
    overdue = round is not None and round.due_at is not None and round.due_at < at
    if overdue and round is not None:
        round.claimed_by = None
    reason = why_not_seen(text, seen) or why_not_by(progress, by)
    if reason:
        raise Refused(reason)
    if progress.claimed_by == by:
        return
    progress, round = begin(progress, by=by, at=at)
    round.claimed_by, round.claimed_at = by, at
    round.save(update_fields=["claimed_by", "claimed_at"])
    stage = progress.ahead[0]
    journal.write(Act.CLAIM, text, by=by, at=at, stage=stage.name, taken_over=overdue)


@journal.act
def release(text: Meeting | Remark, *, by: User, at: dt.datetime) -> None:
    """Give the stage back to everybody; only who has claimed it can."""
    require(by, REVIEW)
    text = locked(text)
    progress = progress_of(text)
    round = progress.round
    if round is None or round.claimed_by != by:
        raise Refused(_("“%(text)s”不在您手上，无须放弃。") % {"text": text})
    round.claimed_by = round.claimed_at = None
    round.save(update_fields=["claimed_by", "claimed_at"])
    journal.write(Act.RELEASE, text, by=by, at=at, stage=progress.ahead[0].name)
