"""Calling: the newsroom asks units for remarks, and ends a call before its time."""

import datetime as dt

from django.utils.translation import gettext as _

from speeches.models import Act, Call, TextState, User
from speeches.moderation import journal
from speeches.moderation.notifying import tell_contributors
from speeches.moderation.refusals import Refused, require

CALL = "speeches.add_call"
CHANGE = "speeches.change_call"


@journal.act
def open_call(call: Call, *, by: User, at: dt.datetime) -> None:
    """Send out a call that was just saved with its units: whoever may answer gets a mail."""
    require(by, CALL)
    if call.deadline <= at:
        raise Refused(_("截稿时间须在现在之后。"))
    if call.meeting.state == TextState.WITHDRAWN:
        raise Refused(_("“%(meeting)s”已撤稿，不能为它征稿。") % {"meeting": call.meeting})
    units = list(call.units.values_list("pk", flat=True))
    deadline = call.deadline.isoformat()
    journal.write(
        Act.CALL, call, by=by, at=at, meeting=call.meeting_id, deadline=deadline, units=units
    )
    tell_contributors(call)


@journal.act
def record_change(call: Call, *, by: User, at: dt.datetime, changed: list[str]) -> None:
    """Take note that a call was saved with `changed`; a later deadline opens it again."""
    require(by, CHANGE)
    if call.closed_at is not None and "deadline" in changed and call.deadline > at:
        call.closed_at = None
        call.save(update_fields=["closed_at"])
    if changed:
        journal.write(Act.EDIT, call, by=by, at=at, changed=changed)


@journal.act
def close_call(call: Call, *, by: User, at: dt.datetime) -> None:
    """Take no more remarks; what came back to a unit can still be handed in again."""
    require(by, CHANGE)
    closed = Call.objects.open(at).filter(pk=call.pk).order_by().update(closed_at=at)
    if not closed:
        raise Refused(_("“%(call)s”已经截稿。") % {"call": call})
    journal.write(Act.CALL, call, by=by, at=at, closed=True)
