"""A published archive of any size from the shared workload (`workload.py`), for benchmarks.

The rows are written in bulk into an empty database of its own, with the triggers lifted: what they
protect is a newsroom's archive, and this one has no newsroom.
"""

from __future__ import annotations

import datetime as dt
import importlib.util
import sys
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from types import ModuleType
from typing import Any

from django.db import connection

from speeches.models import (
    District,
    EditionSpeaker,
    EditionTheme,
    Meeting,
    MeetingEdition,
    Remark,
    RemarkEdition,
    ReviewRound,
    TextState,
    TextVersion,
    Theme,
    Unit,
    triggers,
)
from speeches.moderation.counting import recount
from speeches.text.markup import addressed, paragraphs_to_body

NOON = dt.datetime(2024, 6, 1, 4, 0, tzinfo=dt.UTC)
SLICE = 500


def read_workload(shared: Path) -> ModuleType:
    """Return the module `workload.py` of the folder that is kept beside the checkout."""
    spec = importlib.util.spec_from_file_location("workload", shared / "workload.py")
    if spec is None or spec.loader is None:
        raise SystemExit(f"No workload: {shared / 'workload.py'} is missing (SHARED=folder).")
    module = importlib.util.module_from_spec(spec)
    # Its dataclasses look their module up by name.
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


class Archive:
    """The workload as rows of this project; `generated` sums the seconds that drawing it took."""

    def __init__(self, workload: Any) -> None:
        self.workload = workload
        self.generated = 0.0
        self.bytes = 0

    def load(self) -> None:
        """Write everything: districts, units, themes, meetings, remarks and their editions."""
        triggers.remove(connection)
        self._write_names()
        meetings = self._write_meetings()
        remarks = self._drawn()
        while drawn := list(islice(remarks, SLICE)):
            self._write_remarks(drawn, meetings)
        recount()
        triggers.install(connection)

    def _drawn(self) -> Iterator[Any]:
        remarks = self.workload.remarks()
        while True:
            begun = time.perf_counter()
            remark = next(remarks, None)
            self.generated += time.perf_counter() - begun
            if remark is None:
                return
            yield remark

    def _write_names(self) -> None:
        source = self.workload
        District.objects.bulk_create(
            District(pk=d.id, code=f"{910_000 + d.id}", name=d.name, kind=District.Kind.DISTRICT)
            for d in source.districts
        )
        Unit.objects.bulk_create(
            Unit(pk=u.id, name=f"{u.name}{u.id}", district_id=u.district_id) for u in source.units
        )
        Theme.objects.bulk_create(
            Theme(pk=t.id, slug=t.slug, name=t.name, position=t.id) for t in source.themes
        )

    def _write_meetings(self) -> dict[int, MeetingEdition]:
        drawn = list(self.workload.meetings())
        at = {"state": TextState.PUBLISHED, "created_at": NOON, "edited_at": NOON}
        Meeting.objects.bulk_create(
            (Meeting(pk=m.id, title=m.title, held_from=m.date, **at) for m in drawn),
            batch_size=SLICE,
        )
        # One round a meeting stands for all reviews.
        TextVersion.objects.bulk_create(
            (
                TextVersion(
                    pk=m.id, number=1, occasion="review", content={}, made_at=NOON, meeting_id=m.id
                )
                for m in drawn
            ),
            batch_size=SLICE,
        )
        ReviewRound.objects.bulk_create(
            (
                ReviewRound(
                    pk=m.id, version_id=m.id, meeting_id=m.id, stages=["final"], opened_at=NOON
                )
                for m in drawn
            ),
            batch_size=SLICE,
        )
        editions = [
            MeetingEdition(
                pk=m.id,
                meeting_id=m.id,
                title=m.title,
                held_from=m.date,
                number=1,
                round_id=m.id,
                date=m.date,
                year=m.date.year,
                published_at=NOON,
            )
            for m in drawn
        ]
        MeetingEdition.objects.bulk_create(editions, batch_size=SLICE)
        return {edition.pk: edition for edition in editions}

    def _write_remarks(self, drawn: list[Any], meetings: dict[int, MeetingEdition]) -> None:
        places = {r.id: (r.id - 1) % self._a_meeting + 1 for r in drawn}
        at = {"state": TextState.PUBLISHED, "created_at": NOON, "edited_at": NOON}
        Remark.objects.bulk_create(
            Remark(pk=r.id, meeting_id=r.meeting_id, position=places[r.id], heading=r.heading, **at)
            for r in drawn
        )
        RemarkEdition.objects.bulk_create(
            self._edition(r, places[r.id], meetings[r.meeting_id]) for r in drawn
        )
        EditionSpeaker.objects.bulk_create(
            EditionSpeaker(edition_id=r.id, position=1, name_as_printed=r.speaker) for r in drawn
        )
        EditionTheme.objects.bulk_create(
            EditionTheme(edition_id=r.id, theme_id=theme, inherited=False)
            for r in drawn
            for theme in r.theme_ids
        )

    @property
    def _a_meeting(self) -> int:
        return int(self.workload.n // self.workload.n_meetings)

    def _edition(self, remark: Any, position: int, meeting: MeetingEdition) -> RemarkEdition:
        unit = self.workload.units[remark.unit_id - 1]
        text = "\n".join(remark.paragraphs)
        self.bytes += len((remark.heading + unit.name + remark.speaker + text).encode())
        body = paragraphs_to_body(list(remark.paragraphs))
        return RemarkEdition(
            pk=remark.id,
            remark_id=remark.id,
            round_id=remark.meeting_id,
            number=1,
            meeting_id=remark.meeting_id,
            meeting_edition=meeting,
            position=position,
            heading=remark.heading,
            unit_as_printed=unit.name,
            speakers_as_printed=remark.speaker,
            paragraphs=body,
            text=text,
            html=addressed(body),
            excerpt=text[:120],
            district_id=unit.district_id,
            unit_id=unit.id,
            date=meeting.date,
            year=meeting.year,
            published_at=NOON,
        )
