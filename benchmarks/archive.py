"""A published archive of any size from the shared workload (`workload.py`), for benchmarks.

The rows are written in bulk into an empty database of its own, with the triggers lifted: what they
protect is a newsroom's archive, and this one has no newsroom. `complete` adds what the site keeps
besides them. ``python -m benchmarks.archive SHARED NUMBER`` does both in the database that
DATABASE_URL names.
"""

from __future__ import annotations

import datetime as dt
import importlib.util
import os
import sys
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from types import ModuleType
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cppcc.settings.test")
django.setup()

from django.core.checks import run_checks  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402

from speeches.models import (  # noqa: E402
    District,
    EditionSpeaker,
    EditionTheme,
    Meeting,
    MeetingEdition,
    PageStamp,
    Remark,
    RemarkEdition,
    ReviewRound,
    TextState,
    TextVersion,
    Theme,
    Unit,
    triggers,
)
from speeches.moderation.counting import recount  # noqa: E402
from speeches.search.rebuilding import rebuild  # noqa: E402
from speeches.text.markup import addressed, paragraphs_to_body  # noqa: E402

NOON = dt.datetime(2024, 6, 1, 4, 0, tzinfo=dt.UTC)
SLICE = 500
# No place has a code of this kind (GB/T 2260).
FIRST_CODE = 990_001
# What every page of a text says of who answers for it.
RESPONSIBILITY = [
    {"role": "责任编辑", "names": ["方圆"]},
    {"role": "初审", "names": ["齐正"]},
    {"role": "复审", "names": ["安平"]},
    {"role": "终审", "names": ["康健"]},
]


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


def code_of(district: Any) -> str:
    """Return the made-up code of a district of the workload."""
    return str(FIRST_CODE - 1 + district.id)


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
            District(pk=d.id, code=code_of(d), name=d.name, kind=District.Kind.DISTRICT)
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
                responsibility=RESPONSIBILITY,
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
            responsibility=RESPONSIBILITY,
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


def complete() -> None:
    """Make what the site keeps besides the rows; a new kind of kept table is made here.

    The search index alone is made before: how long that takes is a figure of its own.
    """
    recount()
    stamp()
    settle()


def stamp() -> None:
    """Give every page the stamp that publishing would have given it."""
    paths = ["/", "/meetings/", "/remarks/"]
    paths += [f"/meetings/{pk}/" for pk in Meeting.objects.values_list("pk", flat=True)]
    paths += [f"/remarks/{pk}/" for pk in Remark.objects.values_list("pk", flat=True)]
    PageStamp.objects.bulk_create((PageStamp(path=path) for path in paths), batch_size=SLICE)


def settle() -> None:
    """Let the engine look at what it holds, as it does by itself in a newsroom's time."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")


def main(arguments: list[str]) -> int:
    """Fill the database, check it, and say in one line how long each step took."""
    shared, number = Path(arguments[0]), int(arguments[1])
    call_command("migrate", verbosity=0)
    archive = Archive(read_workload(shared).Workload(number))
    begun = time.perf_counter()
    archive.load()
    loaded = time.perf_counter()
    rebuild()
    complete()
    completed = time.perf_counter()
    # Triggers, index and kept tables, as a server's own check looks at them.
    faults = [found for found in run_checks(databases=["default"]) if not found.is_silenced()]
    if faults:
        raise SystemExit("\n".join(map(str, faults)))
    print(
        f"{connection.display_name}, {number:,} remarks: texts drawn in {archive.generated:.1f} s, "
        f"rows written in {loaded - begun - archive.generated:.1f} s, "
        f"index, counts, stamps and statistics made in {completed - loaded:.1f} s",
        flush=True,
    )
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
