"""Room: an edition as plain data, the one list of public fields.

In: editions (or unsaved ones, for a preview) with their speakers and themes.
Out: dictionaries that templates, feeds, exports and the API render, and what is made of them
alone: citations and linked data.
May call: search/ (where in a text words stand), models/, text/.
"""

from speeches.records.citations import Citation, meeting_citation, remark_citation
from speeches.records.corrections import Correction
from speeches.records.found import FoundRow, found_rows
from speeches.records.linked_data import breadcrumbs, news_article, quotation
from speeches.records.links import Absolute, Link
from speeches.records.loading import current_meeting
from speeches.records.meetings import (
    MeetingPage,
    MeetingRow,
    meeting_page,
    meeting_row,
    meeting_rows,
    newest_meeting_rows,
)
from speeches.records.remarks import (
    RemarkBeginning,
    RemarkPage,
    RemarkRow,
    beginnings_of_meeting,
    label_of,
    neighbours,
    newest_remark_rows,
    page_of_remark,
    pages_of_meeting,
    remark_page,
    remark_pages,
    remark_row,
    remark_rows,
)

__all__ = [
    "Absolute",
    "Citation",
    "Correction",
    "FoundRow",
    "Link",
    "MeetingPage",
    "MeetingRow",
    "RemarkBeginning",
    "RemarkPage",
    "RemarkRow",
    "beginnings_of_meeting",
    "breadcrumbs",
    "current_meeting",
    "found_rows",
    "label_of",
    "meeting_citation",
    "meeting_page",
    "meeting_row",
    "meeting_rows",
    "neighbours",
    "newest_meeting_rows",
    "newest_remark_rows",
    "news_article",
    "page_of_remark",
    "pages_of_meeting",
    "quotation",
    "remark_citation",
    "remark_page",
    "remark_pages",
    "remark_row",
    "remark_rows",
]
