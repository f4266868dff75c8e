"""The review screen of an import: its source beside its draft, and the acts that revise it."""

from typing import Any

from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from speeches.admin.acting import attempt, now, signed_in, tell
from speeches.admin.archive import matches_of_draft
from speeches.admin.revision_evidence import Evidence
from speeches.admin.revision_html import Drawing, Held, SourceSegment, source_html
from speeches.admin.revision_page import (
    REASONS,
    Beside,
    Doubt,
    aside_on_page,
    doubts_of,
    meeting_on_page,
    part_of,
    remarks_on_page,
)
from speeches.admin.revision_sheets import reading_of, sheets_html
from speeches.admin.revision_source import source_segments
from speeches.admin.revision_steps import Asked, asked, place_names, to_register
from speeches.importing.accounting import coverage_of
from speeches.importing.arrangement import Arrangement
from speeches.importing.reading import DRAWN, WITH_PLACES
from speeches.importing.refusals import UnreadableSource
from speeches.models import ImportRun, Meeting, Remark
from speeches.moderation.refusals import Refused
from speeches.moderation.revising import (
    EDIT,
    IMPORT,
    bring_back,
    current_arrangement,
    revise,
    undo,
)
from speeches.moderation.unknown_names import UnknownName, unit_labels, unknown_names


def revision_page(model_admin: ModelAdmin, request: HttpRequest, run: ImportRun) -> HttpResponse:
    """Show the screen, or on POST do one act and come back to where it was done.

    The screen's script tells which parts it shows already (`marks`), and gets the others at once.
    """
    waiting = run.state == ImportRun.State.WAITING
    if request.method == "POST":
        if not request.user.has_perm(IMPORT if waiting else EDIT):
            raise PermissionDenied
        anchor = _revise(request, run) if waiting else _bring_back(request, run)
        back = f"?{_pane(request)}at={anchor}#{anchor}"
        marks = request.POST.get("marks")
        if marks is None:
            return redirect(f"{request.path}{back}")
        context = {**_screen(request, run, "", Held(marks)), "back": back, "at": anchor}
        return TemplateResponse(request, "admin/speeches/importrun/_screen.html", context)
    chosen = request.GET.get("at", "").removeprefix("piece-")
    context = {
        **model_admin.admin_site.each_context(request),
        "title": _("导入草稿：%(name)s") % {"name": run.source.name},
        "opts": model_admin.opts,
        **_screen(request, run, chosen, Held()),
    }
    return TemplateResponse(request, "admin/speeches/importrun/revision.html", context)


def _screen(request: HttpRequest, run: ImportRun, chosen: str, held: Held) -> dict[str, Any]:
    """Return what the screen shows of a run, without those parts that the browser holds."""
    waiting = run.state == ImportRun.State.WAITING
    arrangement = current_arrangement(run)
    may_decide = waiting and request.user.has_perm(IMPORT)
    drawing = Drawing(arrangement, chosen=chosen, choosable=may_decide)
    unknown = unknown_names(arrangement) if waiting else []
    doubts = doubts_of(arrangement, unknown) if waiting else []
    meeting = getattr(run, "meeting", None)
    to_fill = _remarks_to_fill(request, meeting)
    aside = Drawing(arrangement, chosen=chosen, choosable=may_decide or bool(to_fill))
    brought_back = _brought_back(arrangement)
    labels = unit_labels() if may_decide else {}
    beside = Beside(held, Evidence(run.report), labels)
    new_names = len(to_register(unknown))
    remarks = remarks_on_page(arrangement, doubts, drawing, beside)
    places = [(one["key"], one["title"] or one["entry"]["unit"]) for one in remarks]
    seen = _last(run)
    return {
        "run": run,
        "meeting": meeting,
        "may_decide": may_decide,
        "coverage": coverage_of(arrangement, run.source.text),
        "doubts": doubts,
        "new_names": new_names,
        "doubts_part": part_of("doubts", held, doubts, new_names),
        "page": meeting_on_page(arrangement, doubts, drawing, beside),
        "remarks": remarks,
        "aside": aside_on_page(arrangement, aside, beside, brought_back, to_fill),
        "brought_back": brought_back,
        **_source(request, run, source_segments(arrangement, run.source.text), held),
        "unit_labels": labels,
        "targets": place_names(),
        "reasons": REASONS,
        "seen": seen,
        "tools_part": part_of("revise", held, places, bool(seen)),
        "remarks_to_fill": to_fill,
        **(matches_of_draft(run) if waiting else {}),
    }


def _source(
    request: HttpRequest, run: ImportRun, segments: list[SourceSegment], held: Held
) -> dict[str, Any]:
    """Return the source as its text or, if that is asked for, as its printed pages."""
    printed = run.source.format in WITH_PLACES
    found: dict[str, Any] = {"printed": printed, "drawn": run.source.format in DRAWN}
    if printed and _pane(request):
        try:
            reading = reading_of(run.source)
            return {**found, "sheets": True, "source": sheets_html(run, reading, segments, held)}
        except UnreadableSource as refusal:
            found["without_sheets"] = str(refusal)
    return {**found, "source": source_html(segments, held)}


def _pane(request: HttpRequest) -> str:
    """Return the beginning of a query that shows the printed pages, or nothing for the text."""
    return "pane=sheets&" if request.GET.get("pane") == "sheets" else ""


def _last(run: ImportRun) -> int:
    """The number of the last standing step, 0 for none."""
    last = run.steps.standing().last()
    return last.number if last else 0


def _remarks_to_fill(request: HttpRequest, meeting: Meeting | None) -> list[Remark]:
    """The working rows that a passage can be brought back to."""
    if meeting is None or not request.user.has_perm(EDIT):
        return []
    return list(meeting.remarks.in_order())


def _brought_back(arrangement: Arrangement) -> list[dict[str, Any]]:
    return [
        {"text": arrangement["pieces"][one["piece"]]["text"], "remark": one["remark"]}
        for one in arrangement["brought_back"]
    ]


# --- Acts ------------------------------------------------------------------------------------


def _revise(request: HttpRequest, run: ImportRun) -> str:
    """Do one act on a waiting run; return the anchor to come back to."""
    seen = request.POST.get("seen", "")
    known = {"seen": int(seen) if seen.isascii() and seen.isdecimal() else None}
    if request.POST.get("act") == "undo":
        return _undo(request, run, known)
    arrangement = current_arrangement(run)
    # Only decisions on names, and the way to the next doubt, need to know them.
    about_doubts = request.POST.get("act", "").startswith(("name", "settle"))
    unknown = unknown_names(arrangement) if about_doubts else []
    piece = request.POST.get("piece", "")
    try:
        wanted = asked(request.POST, arrangement, unknown)
    except Refused as refusal:
        tell(request, refusal)
        return f"piece-{piece}" if piece else "draft"
    if not attempt(request, revise, run, wanted.step, **known):
        return wanted.back or "draft"
    messages.success(request, wanted.told)
    return wanted.back or _next_doubt(wanted, arrangement, unknown)


def _undo(request: HttpRequest, run: ImportRun, known: dict[str, Any]) -> str:
    try:
        step = undo(run, by=signed_in(request), at=now(), **known)
    except Refused as refusal:
        tell(request, refusal)
        return "draft"
    messages.success(request, _("已撤销上一步。"))
    piece = step.step.get("piece")
    return f"piece-{piece}" if piece else "draft"


def _next_doubt(wanted: Asked, arrangement: Arrangement, unknown: list[UnknownName]) -> str:
    """The doubt behind the one just settled, so that work goes on there."""
    doubts = doubts_of(arrangement, unknown)
    for at, doubt in enumerate(doubts):
        if _settles(wanted.step, doubt):
            return doubts[at + 1].id if at + 1 < len(doubts) else "doubts"
    return "doubts"


def _settles(step: dict[str, Any], doubt: Doubt) -> bool:
    if step["do"] == "settle":
        return doubt.act == f"settle:{step.get('remark', 'page')}:{step['notice']}"
    name = step["names"][-1]
    return (doubt.act, doubt.name) == (f"name:{name['remark']}:{name['kind']}", name["name"])


def _bring_back(request: HttpRequest, run: ImportRun) -> str:
    """Put a passage of a confirmed run into a working row."""
    remark = request.POST.get("remark", "")
    chosen = get_object_or_404(Remark, pk=int(remark) if remark.isdecimal() else 0)
    after = request.POST.get("after", "").strip()
    place = int(after) if after.isascii() and after.isdecimal() else len(chosen.body)
    if attempt(
        request,
        bring_back,
        run,
        piece=request.POST.get("piece", ""),
        remark=chosen,
        place=place,
    ):
        messages.success(request, _("已取回到“%(remark)s”，请在发言中核对。") % {"remark": chosen})
    return "aside"
