"""One stored row of every kind, and the refusals of the database."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import IntegrityError, connection, transaction

from speeches.models import (
    ImportRun,
    Meeting,
    MeetingEdition,
    Person,
    Remark,
    RemarkEdition,
    SourceDocument,
)
from tests.factories import NOON, make_district, make_meeting, make_theme, make_unit, publish

ON_POSTGRESQL = connection.vendor == "postgresql"


@contextmanager
def refused(words: str) -> Iterator[None]:
    """Expect the database to refuse what is done inside, in these words."""
    with pytest.raises(IntegrityError, match=words), transaction.atomic():
        yield


def published_page() -> Meeting:
    """Return a published meeting with two remarks, linked to everything a remark can link to."""
    district, theme = make_district(), make_theme()
    unit, person = make_unit(district=district), Person.objects.create(name="李禾川")
    linked = {"district": district, "unit_link": unit, "themes": [theme], "speakers": [person]}
    return publish(make_meeting(remarks=[linked, {"heading": "另一篇"}]))


def first_edition() -> RemarkEdition:
    return RemarkEdition.objects.order_by("id")[0]


def meeting_edition() -> MeetingEdition:
    return MeetingEdition.objects.get()


def first_remark() -> Remark:
    return Remark.objects.order_by("id")[0]


def make_source(sha256: str = "a" * 64) -> SourceDocument:
    return SourceDocument.objects.create(
        name="page.txt",
        format="text",
        encoding="utf-8",
        sha256=sha256,
        content=b"x",
        text="x",
        received_at=NOON,
    )


def make_run(source: SourceDocument, **fields: object) -> ImportRun:
    return ImportRun.objects.create(source=source, report={}, created_at=NOON, **fields)
