"""Bytes to draft: a digest page as it came, taken apart without losing a character.

Its one job: to find on a newspaper's page the meeting, its head and every remark, and to account
for the rest. What comes in: the bytes of one page, its name, the date of the issue and the names
that the newsroom knows. What goes out: a Draft (frozen dataclasses with the places of the source)
or an ImportRefused; ``report_of`` makes the draft the report of REPORT.md. Whom it may call:
``speeches.text``. It knows neither Django nor the models.
"""

from speeches.importing.draft import (
    Byline,
    Coverage,
    Draft,
    KnownNames,
    MeetingDraft,
    Notice,
    Passage,
    RemarkDraft,
    SetAside,
)
from speeches.importing.pipeline import import_page
from speeches.importing.reading import ENCODINGS, LARGEST, Source
from speeches.importing.refusals import ImportRefused, NotADigest, UnreadableSource
from speeches.importing.remark_files import RemarkFile, SeveralRemarks, read_remark_file
from speeches.importing.report import report_of

__all__ = [
    "ENCODINGS",
    "LARGEST",
    "Byline",
    "Coverage",
    "Draft",
    "ImportRefused",
    "KnownNames",
    "MeetingDraft",
    "NotADigest",
    "Notice",
    "Passage",
    "RemarkDraft",
    "RemarkFile",
    "SetAside",
    "SeveralRemarks",
    "Source",
    "UnreadableSource",
    "import_page",
    "read_remark_file",
    "report_of",
]
