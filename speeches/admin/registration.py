"""Imports every module that registers pages with the admin."""

from speeches.admin import (
    accounts,
    batches,
    calls,
    imports,
    journal,
    meetings,
    names,
    phrases,
    quality,
    records,
    remarks,
    review_records,
    schemes,
    searches,
    subjects,
    submissions,
)

__all__ = [
    "accounts",
    "batches",
    "calls",
    "imports",
    "journal",
    "meetings",
    "names",
    "phrases",
    "quality",
    "records",
    "remarks",
    "review_records",
    "schemes",
    "searches",
    "subjects",
    "submissions",
]
