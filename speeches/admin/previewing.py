"""Previews: unsaved editions, composed as publishing composes them, in the public templates."""

import datetime as dt
from typing import Any

from speeches.models import Meeting, MeetingEdition, Remark
from speeches.moderation.composing import ComposedRemark, compose_meeting, compose_remark
from speeches.records import RemarkPage, meeting_page, remark_page


def _page(composed: ComposedRemark) -> RemarkPage:
    return remark_page(composed.edition, speakers=composed.speakers, themes=composed.themes)


def _unsaved(meeting: Meeting, at: dt.datetime) -> MeetingEdition:
    edition = compose_meeting(meeting, at=at)
    edition.number = 0
    return edition


def remark_preview(remark: Remark, *, at: dt.datetime) -> dict[str, Any]:
    """Return the context of `public/remark_detail.html` for the remark as it stands."""
    composed = compose_remark(remark, at=at, meeting_edition=_unsaved(remark.meeting, at))
    composed.edition.number = 0
    return {"remark": _page(composed), "previous": None, "next": None, "preview": True}


def meeting_preview(meeting: Meeting, *, at: dt.datetime) -> dict[str, Any]:
    """Return the context of `public/meeting_detail.html` for everything as it stands."""
    edition = _unsaved(meeting, at)
    remarks = meeting.remarks.in_order().select_related("district", "unit", "meeting")
    pages = []
    for remark in remarks:
        composed = compose_remark(remark, at=at, meeting_edition=edition)
        composed.edition.number = 0
        pages.append(_page(composed))
    return {"meeting": meeting_page(edition), "remarks": pages, "preview": True}
