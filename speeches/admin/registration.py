"""Imports every module that registers pages with the admin."""

from speeches.admin import (
    accounts,
    batches,
    imports,
    meetings,
    names,
    quality,
    records,
    remarks,
    subjects,
)

__all__ = [
    "accounts",
    "batches",
    "imports",
    "meetings",
    "names",
    "quality",
    "records",
    "remarks",
    "subjects",
]
