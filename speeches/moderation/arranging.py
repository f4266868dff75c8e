"""Arranging: the order of a meeting's remarks."""

import datetime as dt
from collections.abc import Sequence

from django.db.models import Case, F, OuterRef, Subquery, Value, When
from django.utils.translation import gettext as _

from speeches.models import Act, Meeting, Remark, RemarkEdition, User
from speeches.moderation import journal
from speeches.moderation.locking import locked_page
from speeches.moderation.refusals import Refused, require
from speeches.moderation.watching import watch


@journal.act
def arrange(meeting: Meeting, *, order: Sequence[int], by: User | None, at: dt.datetime) -> None:
    """Give the meeting's remarks the positions 1, 2, 3… in the order of these ids.

    Every remark of the meeting must be named once. Public editions follow at once. Two UPDATEs
    move the rows, since positions are unique and SQLite cannot defer the constraint.
    """
    require(by, "speeches.change_remark")
    meeting = locked_page(meeting)
    there = dict(meeting.remarks.in_order().values_list("id", "position"))
    if sorted(order) != sorted(there):
        raise Refused(_("次序与会议现有的发言不符，可能刚有人增删，请刷新后重排。"))
    wanted = {pk: place for place, pk in enumerate(order, start=1)}
    if wanted == there:
        return
    watch(meeting)
    beyond = max(there.values()) + len(there)
    meeting.remarks.update(position=F("position") + beyond)
    meeting.remarks.update(
        position=Case(*(When(pk=pk, then=Value(place)) for pk, place in wanted.items()))
    )
    place_on_desk = Remark.objects.filter(pk=OuterRef("remark")).values("position")
    RemarkEdition.objects.filter(remark__in=there, superseded_at__isnull=True).update(
        position=Subquery(place_on_desk)
    )
    journal.write(Act.ARRANGE, meeting, by=by, at=at, order=list(order))
