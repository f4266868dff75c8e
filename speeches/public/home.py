"""The front page: what the site is, what came last, and where to begin."""

from typing import Any

from django.utils.translation import gettext as _

from speeches.filters import RemarkFilter
from speeches.models import MeetingEdition
from speeches.public.describing import Described
from speeches.public.pages import PublicPage
from speeches.public.subscribing import meeting_feeds, remark_feeds
from speeches.records import newest_meeting_rows, newest_remark_rows

LATEST_MEETINGS = 5
LATEST_REMARKS = 8


class Home(PublicPage):
    """The front page."""

    template_name = "public/home.html"
    section = "home"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the latest meetings and remarks, and the ways in with their numbers."""
        found = RemarkFilter()
        return super().get_context_data(
            meeting_total=MeetingEdition.objects.current().count(),
            remark_total=found.total(),
            meetings=newest_meeting_rows(LATEST_MEETINGS),
            remarks=newest_remark_rows(LATEST_REMARKS),
            districts=[choice for choice in found.facet("district").choices if choice.count],
            years=[choice for choice in found.facet("year").choices if choice.count],
            themes=[choice for choice in found.facet("theme").choices if choice.count],
            described=Described(
                _("政协会议发言摘编"),
                _("人民政协会议发言摘编，可按会议、区县、单位、发言人、主题和年份查阅。"),
            ),
            feeds=remark_feeds() + meeting_feeds(),
            **kwargs,
        )
