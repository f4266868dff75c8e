"""Revising: the steps of editors on an import's draft, kept one by one, so that each can be undone.

The draft of a run is its first arrangement with the standing steps folded over it. Nothing
reaches the working rows before the run is confirmed.
"""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db.models import Max
from django.utils.translation import gettext as _

from speeches.importing import import_page
from speeches.importing.accounting import coverage_of, report_of_arrangement
from speeches.importing.arrangement import Arrangement, RemarkEntry, arrangement_of
from speeches.importing.revising import apply, fold
from speeches.importing.steps import StepRefused
from speeches.models import Act, ImportRun, ImportStep, Remark, User
from speeches.moderation import journal
from speeches.moderation.editing import record_edit
from speeches.moderation.locking import locked
from speeches.moderation.refusals import Refused, require
from speeches.text.markup import paragraphs_to_body

IMPORT = "speeches.add_importrun"
EDIT = "speeches.change_remark"

Step = Mapping[str, Any]


def first_arrangement(run: ImportRun) -> Arrangement:
    """Return the draft as the importer made it.

    A run stored before arrangements were kept has none: its file is read again.
    """
    if run.arrangement:
        stored: Arrangement = run.arrangement
        return stored
    source = run.source
    return arrangement_of(
        import_page(bytes(source.content), name=source.name, published=run.issue_date)
    )


def current_arrangement(run: ImportRun) -> Arrangement:
    """Return the draft as editors have revised it so far."""
    steps = run.steps.standing().values_list("step", flat=True)
    return fold(first_arrangement(run), steps, run.source.text)


@journal.act
def revise(
    run: ImportRun, step: Step, *, by: User | None, at: dt.datetime, seen: int | None = None
) -> ImportStep:
    """Do one step on the draft of a waiting run.

    `seen` is the number of the last standing step that the editor had before them (0 for none);
    a step on a draft that somebody has revised since is refused.
    """
    run = _held(run, by)
    _require_seen(run, seen)
    arrangement = current_arrangement(run)
    try:
        revised = apply(arrangement, step, run.source.text)
    except StepRefused as refusal:
        raise Refused(str(refusal)) from None
    coverage_of(revised, run.source.text)
    if not run.arrangement:
        run.arrangement = first_arrangement(run)
        run.save(update_fields=["arrangement"])
    return _store(run, step, by=by, at=at)


@journal.act
def undo(
    run: ImportRun, *, by: User | None, at: dt.datetime, seen: int | None = None
) -> ImportStep:
    """Take back the last standing step of a waiting run."""
    run = _held(run, by)
    _require_seen(run, seen)
    last = run.steps.standing().last()
    if last is None:
        raise Refused(_("没有可以撤销的操作。"))
    last.undone = True
    last.save(update_fields=["undone"])
    journal.write(Act.EDIT, run, by=by, at=at, undone=last.number)
    return last


@journal.act
def bring_back(
    run: ImportRun, *, piece: str, remark: Remark, place: int, by: User | None, at: dt.datetime
) -> ImportStep:
    """Put a passage that was set aside into a working row, after confirmation.

    `place` counts the blocks of the remark's body that stay in front of it. Readers see it only
    after a review, like every edit.
    """
    require(by, EDIT)
    run = ImportRun.objects.select_for_update().get(pk=run.pk)
    if run.state != ImportRun.State.CONFIRMED:
        raise Refused(_("这次导入还没有确认，请在草稿中移动这一段。"))
    if remark.meeting.import_run_id != run.pk:
        raise Refused(_("这篇发言不是由这次导入建立的，请另选一篇。"))
    arrangement = current_arrangement(run)
    step = {"do": "bring-back", "piece": piece, "remark_id": remark.pk}
    try:
        apply(arrangement, step, run.source.text)
    except StepRefused as refusal:
        raise Refused(str(refusal)) from None
    held = locked(remark)
    if not isinstance(held, Remark) or not 0 <= place <= len(held.body):
        raise Refused(_("发言刚刚改动过，请刷新页面后重选位置。"))
    paragraph = paragraphs_to_body([arrangement["pieces"][piece]["text"]])
    held.body = [*held.body[:place], *paragraph, *held.body[place:]]
    held.save(update_fields=["body"])
    record_edit(held, by=by, at=at, changed=["body"])
    return _store(run, step, by=by, at=at)


def report_to_confirm(run: ImportRun) -> tuple[dict[str, Any], list[RemarkEntry | None]]:
    """Return the report as revised and, one a remark, what editors decided about its names."""
    if not run.arrangement:
        return run.report, [None] * len(run.report["remarks"])
    arrangement = current_arrangement(run)
    entries: list[RemarkEntry | None] = [*arrangement["remarks"]]
    return report_of_arrangement(arrangement, run.source.text), entries


def _held(run: ImportRun, by: User | None) -> ImportRun:
    """Return the run as it is stored, held until the transaction ends, if it may be revised."""
    require(by, IMPORT)
    # Of a long page both are large: no step needs the report, and the first arrangement never
    # changes once it is stored.
    held = ImportRun.objects.select_for_update().defer("report", "arrangement").get(pk=run.pk)
    if held.state != ImportRun.State.WAITING:
        raise Refused(_("这次导入已经处理过了，草稿不能再改。"))
    if run.arrangement:
        held.arrangement = run.arrangement
    return held


def _require_seen(run: ImportRun, seen: int | None) -> None:
    last = run.steps.standing().aggregate(last=Max("number"))["last"] or 0
    if seen is not None and seen != last:
        raise Refused(_("草稿刚刚改动过，页面已更新，请看过后再操作。"))


def _store(run: ImportRun, step: Step, *, by: User | None, at: dt.datetime) -> ImportStep:
    number = (run.steps.aggregate(last=Max("number"))["last"] or 0) + 1
    journal.write(Act.EDIT, run, by=by, at=at, step=dict(step), number=number)
    return ImportStep.objects.create(run=run, number=number, step=dict(step), at=at, by=by)
