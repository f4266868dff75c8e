"""Room: an edition as plain data, the one list of public fields.

In: editions (or unsaved ones, for a preview) with their speakers and themes.
Out: dictionaries that templates, feeds, exports and the API render.
May call: models/, text/.
"""

from speeches.records.corrections import Correction
from speeches.records.links import Link
from speeches.records.meetings import MeetingPage, MeetingRow, meeting_page, meeting_row
from speeches.records.remarks import (
    RemarkPage,
    RemarkRow,
    label_of,
    remark_page,
    remark_pages,
    remark_row,
    remark_rows,
)

__all__ = [
    "Correction",
    "Link",
    "MeetingPage",
    "MeetingRow",
    "RemarkPage",
    "RemarkRow",
    "label_of",
    "meeting_page",
    "meeting_row",
    "remark_page",
    "remark_pages",
    "remark_row",
    "remark_rows",
]
