"""The review sheet (审签单) as a PDF: who may have it, and the journal's note that it was made."""

import hashlib
from pathlib import Path

from django.contrib.admin import ModelAdmin
from django.contrib.staticfiles import finders
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.template.loader import render_to_string

from speeches.admin.acting import now, signed_in, tell
from speeches.admin.printing import pdf_of
from speeches.admin.review_sheet import sheets_of, source_of
from speeches.models import Act, Meeting, Remark
from speeches.moderation import journal
from speeches.moderation.refusals import Refused

VIEW_STEPS = "speeches.view_reviewstep"
STYLE = "desk/review-sheet.css"


def review_sheet_page(
    model_admin: ModelAdmin, request: HttpRequest, text: Meeting | Remark
) -> HttpResponse:
    """Hand out the sheet of a remark, or of a meeting with all of its remarks.

    Printing is an act and noted with the file's SHA-256. Where nothing can be printed, the page of
    the text's versions says why.
    """
    if not request.user.has_perm(VIEW_STEPS):
        raise PermissionDenied
    if request.method != "GET":
        return HttpResponseNotAllowed(["GET"])
    kind, at, person = model_admin.opts.model_name, now(), signed_in(request)
    meeting = text if isinstance(text, Meeting) else text.meeting
    context = {
        "meeting": meeting,
        "source": source_of(meeting),
        "sheets": sheets_of(text),
        "whole": text == meeting,
        "printed_at": at,
        "printed_by": person,
    }
    style = Path(str(finders.find(STYLE))).read_text(encoding="utf-8")
    try:
        pdf = pdf_of(render_to_string("admin/speeches/review_sheet.html", context), style=style)
    except Refused as refusal:
        tell(request, refusal)
        return redirect(f"admin:speeches_{kind}_versions", text.pk)
    with journal.together():
        digest = hashlib.sha256(pdf).hexdigest()
        journal.write(Act.EXPORT, text, by=person, at=at, format="审签单 PDF", sha256=digest)
    answer = HttpResponse(pdf, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="review-sheet-{kind}-{text.pk}.pdf"'
    return answer
