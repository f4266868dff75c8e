"""The review page: everything of a meeting that waits, as readers would see it, and decisions."""

from typing import Any

from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from speeches.admin.acting import now, signed_in
from speeches.admin.review_decisions import (
    SETTLE,
    Pressed,
    decide,
    pressed_on,
    seen_on,
    typed_on,
    zone_in_words,
)
from speeches.admin.review_entries import entry_of
from speeches.admin.submissions import submissions_of
from speeches.admin.texts import reasons_of_return
from speeches.models import Meeting, PublicationOrder, Remark, RemarkEdition, Submission
from speeches.moderation.reviewing import (
    REVIEW,
    steps_to_take,
    text_key,
    texts_awaiting_review,
)
from speeches.moderation.scheduling import in_words
from speeches.moderation.withdrawing import WITHDRAW

# Decisions that leave the page's next text to be looked at.
GOING_ON = ("pass", "return", "reject")


def review_page(model_admin: ModelAdmin, request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """Show the page, or on POST carry out one decision and come back.

    Two decisions are asked about on a page of their own first: the whole meeting's, and taking a
    text off the schedule.
    """
    if not (request.user.has_perm(REVIEW) or model_admin.has_view_permission(request, meeting)):
        raise PermissionDenied
    typed: dict[str, str] = {}
    start = ""
    if request.method == "POST":
        pressed = pressed_on(request, meeting)
        if pressed.name in ("pass-page", "unschedule"):
            return _asked_about(model_admin, pressed)
        following = _next_to(pressed)
        decide(pressed)
        start = following if pressed.done else pressed.key
        typed = {k: value for k, value in typed_on(request).items() if k not in pressed.done}
        # What was typed elsewhere on the page comes back with it; else the address is loaded anew.
        if not typed:
            return redirect(f"{request.path}#{start}" if start else request.path)
        meeting.refresh_from_db()
    context = {**_page(model_admin, request, meeting, typed), "start": start}
    return TemplateResponse(request, "admin/speeches/meeting/review.html", context)


def _page(
    model_admin: ModelAdmin, request: HttpRequest, meeting: Meeting, typed: dict[str, str]
) -> dict[str, Any]:
    person = signed_in(request)
    texts = texts_awaiting_review(meeting)
    submissions = submissions_of(meeting.remarks.all())
    orders = _orders(meeting, typed)
    listed = {*texts, *(order["text"] for order in orders)}
    public = (
        RemarkEdition.objects.current().filter(meeting=meeting).values_list("remark", flat=True)
    )
    embargo = meeting.embargo_until
    return {
        **model_admin.admin_site.each_context(request),
        "title": _("审阅：%(meeting)s") % {"meeting": meeting},
        "opts": model_admin.opts,
        "meeting": meeting,
        "entries": [
            {**entry_of(text, person, typed), "submission": _handed_in(submissions, text)}
            for text in texts
        ],
        "orders": orders,
        "others": [one for one in meeting.remarks.in_order() if one not in listed],
        "returned": reasons_of_return(meeting),
        "public": meeting.editions.current().exists(),
        "public_remarks": set(public),
        "embargo": embargo if embargo and embargo > now() else None,
        "zone": zone_in_words(),
        "may_review": person.has_perm(REVIEW),
        "may_settle": person.has_perm(SETTLE),
        "may_withdraw": person.has_perm(WITHDRAW),
    }


def _handed_in(submissions: dict[int, Submission], text: Meeting | Remark) -> Submission | None:
    return submissions.get(text.pk) if isinstance(text, Remark) else None


def _orders(meeting: Meeting, typed: dict[str, str]) -> list[dict[str, Any]]:
    """What of the meeting is to be published at a set time."""
    orders = PublicationOrder.objects.waiting().filter(
        Q(round__meeting=meeting) | Q(round__remark__meeting=meeting)
    )
    entries = []
    for order in orders.select_related("round__meeting", "round__remark", "ordered_by").order_by(
        "publish_at", "pk"
    ):
        text = order.round.subject
        name = f"publish_at-{text_key(text)}"
        entries.append(
            {
                "key": text_key(text),
                "text": text,
                "order": order,
                "words": in_words(order),
                "publish_at": typed.get(name, ""),
            }
        )
    return entries


def _next_to(pressed: Pressed) -> str:
    """Return the key of the text to go on with once the button's act is done."""
    keys = [text_key(text) for text in texts_awaiting_review(pressed.meeting)]
    if pressed.key not in keys:
        return ""
    here = keys.index(pressed.key)
    return keys[(here + 1) % len(keys)] if pressed.name in GOING_ON else pressed.key


def _asked_about(model_admin: ModelAdmin, pressed: Pressed) -> HttpResponse:
    """Ask once more, listing everything that the answer would be about."""
    request, meeting = pressed.request, pressed.meeting
    if not request.user.has_perm(REVIEW):
        raise PermissionDenied
    context: dict[str, Any] = {
        **model_admin.admin_site.each_context(request),
        "opts": model_admin.opts,
        "meeting": meeting,
        "zone": zone_in_words(),
    }
    if pressed.name == "unschedule":
        order = next((one for one in _orders(meeting, {}) if one["key"] == pressed.key), None)
        if order is None:
            messages.error(request, _("这篇稿件已不在待发布之列，可能另有人处理过。"))
            return redirect(request.path)
        context |= {"title": _("取消定时发布"), "order": order}
        return TemplateResponse(request, "admin/speeches/meeting/review_unschedule.html", context)
    if any(name.startswith(("opinion-", "comment-")) for name in typed_on(request)):
        # An opinion on one text is most often a reason to return it, and belongs to that text.
        messages.error(request, _("有的稿件写了意见，请先逐篇通过或退回，再整版通过。"))
        context = _page(model_admin, request, meeting, typed_on(request))
        return TemplateResponse(request, "admin/speeches/meeting/review.html", context)
    seen = seen_on(request)
    steps = steps_to_take(meeting, by=signed_in(request), seen=seen)
    embargo = meeting.embargo_until
    context |= {
        "title": _("整版通过：%(meeting)s") % {"meeting": meeting},
        "steps": [_step(progress, reason, seen) for progress, reason in steps],
        "refused": any(reason for _progress, reason in steps),
        "publishes": any(progress.is_last for progress, _reason in steps),
        "embargo": embargo if embargo and embargo > now() else None,
    }
    return TemplateResponse(request, "admin/speeches/meeting/review_page_confirm.html", context)


def _step(progress: Any, reason: str, seen: dict[str, str]) -> dict[str, Any]:
    text: Meeting | Remark = progress.text
    key = text_key(text)
    return {
        "key": key,
        "text": text,
        "is_meeting": isinstance(text, Meeting),
        "seen": seen.get(key, ""),
        "stage": progress.ahead[0].name,
        "is_last": progress.is_last,
        "reason": reason,
    }
