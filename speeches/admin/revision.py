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
from speeches.admin.revision_html import Drawing, source_html
from speeches.admin.revision_page import (
    REASONS,
    Doubt,
    aside_on_page,
    doubts_of,
    meeting_parts,
    remarks_on_page,
    source_segments,
)
from speeches.admin.revision_steps import Asked, asked, place_names
from speeches.importing.accounting import coverage_of
from speeches.importing.arrangement import Arrangement, text_of
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
from speeches.moderation.unknown_names import UnknownName, unknown_names


def revision_page(model_admin: ModelAdmin, request: HttpRequest, run: ImportRun) -> HttpResponse:
    """Show the screen, or on POST do one act and come back to where it was done."""
    waiting = run.state == ImportRun.State.WAITING
    if request.method == "POST":
        if not request.user.has_perm(IMPORT if waiting else EDIT):
            raise PermissionDenied
        anchor = _revise(request, run) if waiting else _bring_back(request, run)
        return redirect(f"{request.path}?at={anchor}#{anchor}")
    arrangement = current_arrangement(run)
    chosen = request.GET.get("at", "").removeprefix("piece-")
    may_decide = waiting and request.user.has_perm(IMPORT)
    drawing = Drawing(arrangement, chosen=chosen, choosable=may_decide)
    unknown = unknown_names(arrangement) if waiting else []
    doubts = doubts_of(arrangement, unknown) if waiting else []
    meeting = getattr(run, "meeting", None)
    to_fill = _remarks_to_fill(request, meeting)
    aside = Drawing(arrangement, chosen=chosen, choosable=may_decide or bool(to_fill))
    context = {
        **model_admin.admin_site.each_context(request),
        "title": _("导入草稿：%(name)s") % {"name": run.source.name},
        "opts": model_admin.opts,
        "run": run,
        "meeting": meeting,
        "may_decide": may_decide,
        "coverage": coverage_of(arrangement, run.source.text),
        "doubts": doubts,
        "new_names": sum(1 for one in unknown if not one.candidates),
        "page": {
            **arrangement["meeting"],
            "title": text_of(arrangement, "title"),
            "doubts": [one for one in doubts if one.kind == "notice" and not one.remark],
            "parts": meeting_parts(arrangement, drawing),
        },
        "remarks": remarks_on_page(arrangement, doubts, drawing),
        "aside": aside_on_page(arrangement, aside),
        "brought_back": _brought_back(arrangement),
        "source": source_html(source_segments(arrangement, run.source.text)),
        "targets": place_names(),
        "reasons": REASONS,
        "seen": _last(run),
        "remarks_to_fill": to_fill,
        **(matches_of_draft(run) if waiting else {}),
    }
    return TemplateResponse(request, "admin/speeches/importrun/revision.html", context)


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
    unknown = unknown_names(arrangement)
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
    name = step["names"][0]
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
