"""Meetings: the list by day, and each meeting's newspaper page."""

import re
from typing import Any

from django.db.models import Count
from django.utils.translation import gettext as _

from speeches.answering import whole_addresses
from speeches.models import MeetingEdition
from speeches.public.describing import Described, described_meeting
from speeches.public.pages import PublicPage, absence
from speeches.public.paging import page_of
from speeches.public.subscribing import meeting_feeds, remark_feeds
from speeches.records import (
    beginnings_of_meeting,
    current_meeting,
    meeting_citation,
    meeting_page,
    meeting_rows,
    pages_of_meeting,
)

# Beyond so many characters, a page with every remark folded would no longer be a light one.
FOLDED_CHARACTERS = 30_000

_YEAR = re.compile(r"[12][0-9]{3}")


class MeetingList(PublicPage):
    """All current meetings, the latest first, of one year if asked."""

    template_name = "public/meeting_list.html"
    section = "meetings"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the meetings of the year asked for, and the years there are."""
        meetings = MeetingEdition.objects.current()
        years = dict(meetings.order_by("-year").values_list("year").annotate(Count("pk")))
        asked = self.request.GET.get("year", "").strip()
        if asked:
            year = int(asked) if _YEAR.fullmatch(asked) else 0
            meetings = meetings.of_years([year])
            total, query = years.get(year, 0), f"year={year}"
        else:
            year, total, query = None, sum(years.values()), ""
        paging = page_of(self.request, meetings.newest_first(), total=total, query=query)
        return super().get_context_data(
            paging=paging,
            total=total,
            meetings=meeting_rows(paging.entries),
            years=years,
            year=year,
            unknown=asked[:20] if asked and year not in years else "",
            described=Described(
                _("会议"), _("政协会议发言摘编，共%(total)d场会议。") % {"total": total}
            ),
            feeds=meeting_feeds(query if total else ""),
            noindex=bool(asked) and not total,
            **kwargs,
        )


class MeetingDetail(PublicPage):
    """One meeting as its newspaper page: headlines, introduction, every remark.

    Remarks are folded; `?view=full` shows them open. A long page folds their beginnings only.
    """

    template_name = "public/meeting_detail.html"
    section = "meetings"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the meeting and all of its remarks."""
        edition = current_meeting(self.kwargs["pk"])
        if edition is None:
            raise absence(MeetingEdition.objects.filter(meeting=self.kwargs["pk"]))
        full = self.request.GET.get("view") == "full"
        # The number is an annotation.
        light = not full and edition.characters > FOLDED_CHARACTERS  # type: ignore[attr-defined]
        meeting = meeting_page(edition)
        remarks = beginnings_of_meeting(edition) if light else pages_of_meeting(edition)
        absolute = whole_addresses(self.request)
        return super().get_context_data(
            meeting=meeting,
            remarks=remarks,
            citation=meeting_citation(meeting, absolute=absolute),
            described=described_meeting(meeting, remarks, absolute=absolute),
            feeds=remark_feeds(f"meeting={meeting['id']}"),
            full=full,
            light=light,
            **kwargs,
        )
