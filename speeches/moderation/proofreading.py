"""Proof reading: recorded like a review; holds a text up only where the scheme asks for it."""

import datetime as dt

from django.utils.translation import gettext as _

from speeches.models import Act, Decision, Meeting, Remark, User
from speeches.moderation import journal
from speeches.moderation.locking import locked
from speeches.moderation.refusals import Refused, require
from speeches.moderation.rounds import begin, progress_of, take_step, why_not_seen

PROOFREAD = "speeches.proofread_text"


@journal.act
def proofread(
    text: Meeting | Remark, *, by: User, at: dt.datetime, seen: str, opinion: str = ""
) -> str:
    """Record that `by` has proofread this wording; returns the name of the reading (一校…)."""
    require(by, PROOFREAD)
    text = locked(text)
    if reason := why_not_seen(text, seen):
        raise Refused(reason)
    progress = progress_of(text)
    over = {code for code, _reader in progress.done}
    stage = next((s for s in progress.stages if not s.is_review and s.code not in over), None)
    if stage is None:
        raise Refused(_("“%(text)s”的校对都已完成。") % {"text": text})
    take_step(
        begin(progress, by=by, at=at), stage, Decision.PROOF, by=by, at=at, opinion=opinion.strip()
    )
    journal.write(Act.PROOFREAD, text, by=by, at=at, stage=stage.name, opinion=opinion.strip())
    return stage.name
