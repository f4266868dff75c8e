"""The review page: everything of a meeting that waits, as readers would see it, and decisions."""

from typing import Any

from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from speeches.admin.acting import attempt, now
from speeches.admin.previewing import meeting_preview, remark_preview
from speeches.admin.texts import reasons_of_return
from speeches.models import Meeting, Remark, RemarkEdition, TextState
from speeches.moderation.composing import meeting_fingerprint, remark_fingerprint
from speeches.moderation.reviewing import (
    REVIEW,
    approve,
    approve_page,
    send_back,
    text_key,
    texts_awaiting_review,
)
from speeches.moderation.withdrawing import WITHDRAW


def review_page(model_admin: ModelAdmin, request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """Show the page, or on POST carry out one decision and come back."""
    if not (request.user.has_perm(REVIEW) or model_admin.has_view_permission(request, meeting)):
        raise PermissionDenied
    opinions: dict[str, str] = {}
    if request.method == "POST":
        if not request.user.has_perm(REVIEW):
            raise PermissionDenied
        decided = _decide(request, meeting)
        opinions = _typed(request)
        opinions.pop(decided, None)
        # What was typed elsewhere on the page comes back with it; else the address is loaded anew.
        if not opinions:
            return redirect(request.path)
        meeting.refresh_from_db()
    texts = texts_awaiting_review(meeting)
    remarks = list(meeting.remarks.in_order())
    public = (
        RemarkEdition.objects.current().filter(meeting=meeting).values_list("remark", flat=True)
    )
    context = {
        **model_admin.admin_site.each_context(request),
        "title": _("审阅：%(meeting)s") % {"meeting": meeting},
        "opts": model_admin.opts,
        "meeting": meeting,
        "entries": [_entry(text, request, opinions) for text in texts],
        "others": [remark for remark in remarks if remark not in texts],
        "returned": reasons_of_return(meeting),
        "public": meeting.editions.current().exists(),
        "public_remarks": set(public),
        "may_review": request.user.has_perm(REVIEW),
        "may_withdraw": request.user.has_perm(WITHDRAW),
    }
    return TemplateResponse(request, "admin/speeches/meeting/review.html", context)


def _entry(
    text: Meeting | Remark, request: HttpRequest, opinions: dict[str, str]
) -> dict[str, Any]:
    key = text_key(text)
    entry: dict[str, Any] = {
        "key": key,
        "text": text,
        "is_meeting": isinstance(text, Meeting),
        "opinion": opinions.get(key, ""),
        "own": text.edited_by_id == request.user.pk,
        "standing": text.state == TextState.CHANGED,
    }
    if isinstance(text, Meeting):
        entry["fingerprint"] = meeting_fingerprint(text)
        entry["page"] = meeting_preview(text, at=now())["meeting"]
        entry["pictures"] = text.pictures.order_by("position")
        entry["host"] = text.host
    else:
        entry["fingerprint"] = remark_fingerprint(text)
        entry["page"] = remark_preview(text, at=now())["remark"]
        entry["doubts"] = text.doubts.filter(settled_at__isnull=True)
    return entry


def _typed(request: HttpRequest) -> dict[str, str]:
    """Return the opinions on the form that are not empty, by the key of their text."""
    return {
        name.removeprefix("opinion-"): value
        for name, value in request.POST.items()
        if name.startswith("opinion-") and isinstance(value, str) and value.strip()
    }


def _decide(request: HttpRequest, meeting: Meeting) -> str:
    """Carry out the decision of the button that was pressed; return the key of what is done with.

    `decision` is "pass-page", or "pass" or "return" with a text's key behind a colon; every text
    on the form carries the fingerprint of the wording that was shown as "seen-<key>".
    """
    decision, _colon, key = request.POST.get("decision", "").partition(":")
    seen = {
        name.removeprefix("seen-"): str(value)
        for name, value in request.POST.items()
        if name.startswith("seen-")
    }
    if decision == "pass-page":
        _pass_page(request, meeting, seen)
        return ""
    text = next((t for t in texts_awaiting_review(meeting) if text_key(t) == key), None)
    if text is None:
        messages.error(request, _("这篇稿件已不在待审之列，可能另有人处理过。"))
        return ""
    decided = {"seen": seen.get(key, ""), "opinion": request.POST.get(f"opinion-{key}", "").strip()}
    if decision == "pass":
        if attempt(request, approve, text, **decided):
            messages.success(request, _("“%(text)s”已通过并发布。") % {"text": text})
            return key
    elif decision == "return":
        if attempt(request, send_back, text, **decided):
            messages.success(request, _("“%(text)s”已退回。") % {"text": text})
            return key
    else:
        messages.error(request, _("请选择通过或退回。"))
    return ""


def _pass_page(request: HttpRequest, meeting: Meeting, seen: dict[str, str]) -> None:
    # An opinion on one text is most often a reason to return it, and belongs to that text alone.
    if _typed(request):
        messages.error(request, _("有的稿件写了意见，请先逐篇通过或退回，再整版通过。"))
    elif attempt(request, approve_page, meeting, seen=seen):
        messages.success(request, _("整版已通过并发布。"))
