"""Intake: a file becomes source, run and report, and on confirmation working rows.

Everything of one file is stored in one transaction, or nothing is.
"""

import datetime as dt
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from speeches.importing import Draft, KnownNames, Source, import_page, report_of
from speeches.importing.arrangement import arrangement_of
from speeches.models import (
    Act,
    District,
    ImportRun,
    Meeting,
    Person,
    SourceDocument,
    Unit,
    UnitAlias,
    User,
)
from speeches.moderation import journal
from speeches.moderation.archive import known_remarks, link_reprints, same_as, unanswered
from speeches.moderation.drafting import draft_meeting, fit
from speeches.moderation.likeness import Match
from speeches.moderation.locking import one_after_another
from speeches.moderation.notifying import tell_reviewers
from speeches.moderation.quality import keep_of_run
from speeches.moderation.refusals import Refused, require
from speeches.moderation.reviewing import texts_awaiting_review
from speeches.moderation.revising import report_to_confirm
from speeches.moderation.rounds import progress_of

IMPORT = "speeches.add_importrun"
# As wide as the column; a name's end tells more than its beginning.
NAME_CHARACTERS = 255


@dataclass(frozen=True)
class Issue:
    """Where a page was printed; every part may be unknown."""

    newspaper: str = ""
    date: dt.date | None = None
    page_number: str = ""


def known_names() -> KnownNames:
    """Return the names the newsroom keeps, as evidence for the importer."""
    units = set(Unit.objects.values_list("name", flat=True))
    units |= set(UnitAlias.objects.values_list("name", flat=True))
    return KnownNames(
        districts=tuple(District.objects.in_order().values_list("name", flat=True)),
        units=tuple(sorted(units)),
        people=tuple(sorted(set(Person.objects.values_list("name", flat=True)))),
    )


@dataclass(frozen=True)
class Reading:
    """What the importer made of a file, with what it was given and the time it took."""

    data: bytes
    name: str
    draft: Draft
    seconds: float


def read(data: bytes, *, name: str, issue: Issue, encoding: str | None = None) -> Reading:
    """Read a file and store nothing.

    No transaction is open meanwhile: a large file takes seconds, and SQLite has one writer.
    Raises `speeches.importing.ImportRefused` for input that cannot be used.
    """
    require_short(issue)
    known = known_names()
    begun = time.perf_counter()
    draft = import_page(data, name=name, published=issue.date, known=known, encoding=encoding)
    return Reading(data, name, draft, time.perf_counter() - begun)


@journal.act
def keep(
    reading: Reading, *, issue: Issue, by: User | None, at: dt.datetime, hold: bool = True
) -> tuple[ImportRun, bool]:
    """Store source, run, report and figures; unless `hold`, confirm at once.

    Returns the run and whether it is new: a file whose bytes are known already, and whose run
    was not discarded, gives that run, which is confirmed too if it still waits; after a discarded
    run the file is taken in anew, also where it is read differently this time. A page with
    remarks that the archive seems to have waits for an editor in any case.
    """
    require(by, IMPORT)
    # Two uploads of one file come one after another here.
    one_after_another(f"source-{reading.draft.source.sha256}")
    run = (
        ImportRun.objects.standing()
        .filter(source__sha256=reading.draft.source.sha256)
        .select_for_update(of=("self",))
        .first()
    )
    new = run is None
    if run is None:
        draft = reading.draft
        source = keep_source(draft.source, data=reading.data, name=reading.name, by=by, at=at)
        run = ImportRun.objects.create(
            source=source,
            report=_storable(report_of(draft)),
            arrangement=_storable(arrangement_of(draft)),
            newspaper=issue.newspaper,
            issue_date=issue.date,
            page_number=issue.page_number,
            created_at=at,
            created_by=by,
        )
        keep_of_run(run, seconds=reading.seconds, at=at)
        journal.write(Act.IMPORT, run, by=by, at=at, sha256=source.sha256)
    if not hold and (run.state != ImportRun.State.WAITING or not unanswered(known_remarks(run))):
        confirm(run, by=by, at=at)
        run.refresh_from_db()
    return run, new


def keep_source(
    source: Source, *, data: bytes, name: str, by: User | None, at: dt.datetime
) -> SourceDocument:
    """Return the source with these bytes and this text, which is stored where it is new.

    What is stored of a file never changes, and a draft points into its text. Called inside an act.
    """
    text = _storable(source.text)
    earlier = list(SourceDocument.objects.filter(sha256=source.sha256).order_by("reading"))
    same = next((one for one in earlier if one.text == text), None)
    return same or SourceDocument.objects.create(
        name=name[-NAME_CHARACTERS:],
        format=source.format,
        encoding=source.encoding,
        sha256=source.sha256,
        reading=len(earlier) + 1,
        content=data,
        text=text,
        received_at=at,
        received_from=by,
    )


def take_in(
    data: bytes,
    *,
    name: str,
    issue: Issue,
    by: User | None,
    at: dt.datetime,
    encoding: str | None = None,
) -> tuple[ImportRun, bool]:
    """Read a file and store source, run and report; the run waits for confirmation.

    Returns the run and whether it is new (`keep`). Raises `speeches.importing.ImportRefused` for
    input that cannot be used, with nothing stored.
    """
    require(by, IMPORT)
    reading = read(data, name=name, issue=issue, encoding=encoding)
    return keep(reading, issue=issue, by=by, at=at)


def import_file(
    data: bytes,
    *,
    name: str,
    issue: Issue,
    by: User | None,
    at: dt.datetime,
    hold: bool,
    encoding: str | None = None,
) -> tuple[ImportRun, bool]:
    """Take a file in and, unless `hold`, confirm it at once: all of it or nothing (`keep`)."""
    require(by, IMPORT)
    reading = read(data, name=name, issue=issue, encoding=encoding)
    return keep(reading, issue=issue, by=by, at=at, hold=hold)


@journal.act
def confirm(run: ImportRun, *, by: User | None, at: dt.datetime) -> Meeting:
    """Turn a waiting run into working rows; a run confirmed before gives the same meeting."""
    require(by, IMPORT)
    run = ImportRun.objects.select_for_update().get(pk=run.pk)
    if run.state == ImportRun.State.CONFIRMED:
        return run.meeting
    if run.state == ImportRun.State.DISCARDED:
        raise Refused(_("这次导入已被放弃，请重新上传文件。"))
    # Two pages with the same remark, confirmed at one moment, would both be found new.
    one_after_another("confirm-import")
    known = known_remarks(run)
    _require_answers(run, known)
    same = same_as(known)
    run.state = ImportRun.State.CONFIRMED
    run.decided_at = at
    run.decided_by = by
    run.save(update_fields=["state", "decided_at", "decided_by"])
    meeting = draft_meeting(run, by=by, at=at, leaving_out=same)
    link_reprints(run, same)
    journal.write(Act.CONFIRM_IMPORT, run, by=by, at=at, meeting=meeting.pk)
    tell_reviewers([progress_of(text) for text in texts_awaiting_review(meeting)], but=by)
    return meeting


def _require_answers(run: ImportRun, known: Mapping[int, list[Match]]) -> None:
    if positions := unanswered(known):
        raise Refused(
            _("第 %(positions)s 篇与已有发言相同或相近，请先选定是关联为同一篇还是另建。")
            % {"positions": "、".join(map(str, positions))}
        )
    report, _settled = report_to_confirm(run)
    if report["remarks"] and len(same_as(known)) == len(report["remarks"]):
        raise Refused(_("这一版的发言都已关联为库中已有的发言，没有要建立的；请放弃这次导入。"))


def require_short(issue: Issue) -> None:
    """Refuse what is too long for its column."""
    words = {"newspaper": issue.newspaper, "page_number": issue.page_number}
    for text in fit(ImportRun, words)[1]:
        raise Refused(_("“%(text)s”太长，请改短。") % {"text": text})


def _storable(value: Any) -> Any:
    """Return text, alone or in a report, with a visible sign for NUL, which PostgreSQL refuses.

    One sign for one character: places in the source stay true, and the bytes are kept beside.
    """
    if isinstance(value, str):
        return value.replace("\0", "\N{SYMBOL FOR NULL}")
    if isinstance(value, list):
        return [_storable(part) for part in value]
    if isinstance(value, dict):
        return {name: _storable(part) for name, part in value.items()}
    return value
