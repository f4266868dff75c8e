"""Previews: unsaved editions, composed as publishing composes them, in the public templates."""

import datetime as dt
from typing import Any

from speeches.models import Meeting, MeetingEdition, Remark, RemarkEdition
from speeches.moderation.composing import ComposedRemark, compose_meeting, compose_remark
from speeches.moderation.correcting import corrections_after
from speeches.records import RemarkPage, meeting_page, remark_page


def _page(composed: ComposedRemark) -> RemarkPage:
    return remark_page(composed.edition, speakers=composed.speakers, themes=composed.themes)


def _unsaved(meeting: Meeting, at: dt.datetime) -> MeetingEdition:
    edition = compose_meeting(meeting, at=at)
    edition.number = 0
    return edition


def _unsaved_remark(
    remark: Remark, at: dt.datetime, meeting: MeetingEdition, public: RemarkEdition | None
) -> ComposedRemark:
    composed = compose_remark(remark, at=at, meeting_edition=meeting)
    composed.edition.number = 0
    composed.edition.corrections = corrections_after(public, composed.edition)
    return composed


def remark_preview(remark: Remark, *, at: dt.datetime) -> dict[str, Any]:
    """Return the context of `public/remark_detail.html` for the remark as it stands."""
    public = remark.editions.current().first()
    composed = _unsaved_remark(remark, at, _unsaved(remark.meeting, at), public)
    return {"remark": _page(composed), "previous": None, "next": None, "preview": True}


def meeting_preview(meeting: Meeting, *, at: dt.datetime) -> dict[str, Any]:
    """Return the context of `public/meeting_detail.html` for everything as it stands."""
    edition = _unsaved(meeting, at)
    edition.corrections = corrections_after(meeting.editions.current().first(), edition)
    public = {one.remark_id: one for one in RemarkEdition.objects.current().in_meeting(meeting)}
    remarks = meeting.remarks.in_order().select_related("district", "unit", "meeting")
    pages = [
        _page(_unsaved_remark(remark, at, edition, public.get(remark.pk))) for remark in remarks
    ]
    return {"meeting": meeting_page(edition), "remarks": pages, "full": True, "preview": True}
