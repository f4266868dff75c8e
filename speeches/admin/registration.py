"""Imports every module that registers pages with the admin."""

from speeches.admin import (
    accounts,
    batches,
    imports,
    journal,
    meetings,
    names,
    quality,
    records,
    remarks,
    review_records,
    schemes,
    subjects,
)

__all__ = [
    "accounts",
    "batches",
    "imports",
    "journal",
    "meetings",
    "names",
    "quality",
    "records",
    "remarks",
    "review_records",
    "schemes",
    "subjects",
]
