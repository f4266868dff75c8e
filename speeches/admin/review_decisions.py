"""What the buttons of the review page do: each one act of moderation/, told in words."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from speeches.admin.acting import attempt, now, tell
from speeches.models import Meeting, Remark, ReviewComment, TextState
from speeches.moderation.claiming import claim, release
from speeches.moderation.commenting import comment, settle_comment
from speeches.moderation.proofreading import PROOFREAD, proofread
from speeches.moderation.refusals import Refused
from speeches.moderation.reviewing import (
    REVIEW,
    approve,
    approve_page,
    reject,
    send_back,
    text_key,
    texts_awaiting_review,
)
from speeches.moderation.rounds import progress_of
from speeches.moderation.scheduling import (
    SCHEDULE,
    in_words,
    reschedule,
    unschedule,
    waiting_order,
)

# Fields that somebody types into: they come back with the page until what they say is done.
TYPED = ("opinion-", "comment-", "publish_at-")
# A forged form may hold more digits than Python turns into a number.
LONGEST_NUMBER = 18
# Settling a comment; the act asks whether the person may change just its text.
SETTLE = "speeches.change_remark"
ZONES = {"Asia/Shanghai": gettext_lazy("北京时间"), "Asia/Urumqi": gettext_lazy("新疆时间")}


@dataclass
class Pressed:
    """The button that was pressed, and what of the form it was about once it is `done`."""

    request: HttpRequest
    meeting: Meeting
    name: str
    key: str = ""
    part: str = ""
    place: int | None = None
    done: set[str] = field(default_factory=set)

    def field(self, name: str) -> str:
        """Return what a field of the text of this button holds."""
        return self.request.POST.get(f"{name}-{self.key}", "").strip()

    def moment(self, name: str) -> dt.datetime | None:
        """Return the publication time that a field holds, None where it is empty."""
        return moment_typed(self.request.POST.get(name, "").strip())


def zone_in_words() -> str:
    """Return what the times of the site are called: 北京时间."""
    return str(ZONES.get(settings.TIME_ZONE, settings.TIME_ZONE))


def moment_typed(typed: str) -> dt.datetime | None:
    """Return the time that a browser sent as "2024-06-02T06:00", of the site's time zone."""
    if not typed:
        return None
    try:
        moment = dt.datetime.fromisoformat(typed)
    except ValueError:
        raise Refused(_("发布时间请写成 2024-06-02 06:00 的样子。")) from None
    if timezone.is_naive(moment):
        moment = timezone.make_aware(moment)
    # A slip of the keyboard would publish at once.
    if moment <= now():
        raise Refused(_("发布时间须在现在之后；要立即发布，请留空。"))
    return moment


def seen_on(request: HttpRequest) -> dict[str, str]:
    """Return the fingerprints of the wordings that were shown, by the key of their text."""
    return {
        name.removeprefix("seen-"): str(value)
        for name, value in request.POST.items()
        if name.startswith("seen-")
    }


def typed_on(request: HttpRequest) -> dict[str, str]:
    """Return the fields of the form that somebody has typed into."""
    return {
        name: str(value)
        for name, value in request.POST.items()
        if name.startswith(TYPED) and str(value).strip()
    }


def pressed_on(request: HttpRequest, meeting: Meeting) -> Pressed:
    """Return the button, whose value is "pass:remark-7" or "comment:remark-7:body:2"."""
    name, key, part, place = (*request.POST.get("decision", "").split(":"), "", "", "")[:4]
    return Pressed(request, meeting, name, key, part, _number(place))


def _number(typed: str) -> int | None:
    return int(typed) if typed.isdecimal() and len(typed) < LONGEST_NUMBER else None


def decide(pressed: Pressed) -> None:
    """Do what the button says, if the person may, and tell what came of it."""
    permission, act = DECISIONS.get(pressed.name, (REVIEW, _nothing))
    if not pressed.request.user.has_perm(permission):
        raise PermissionDenied
    try:
        act(pressed)
    except Refused as refusal:
        tell(pressed.request, refusal)


# -- one text -----------------------------------------------------------------------------------


def _text(pressed: Pressed) -> Meeting | Remark:
    for text in texts_awaiting_review(pressed.meeting):
        if text_key(text) == pressed.key:
            return text
    raise Refused(_("这篇稿件已不在待审之列，可能另有人处理过。"))


def _all_of(meeting: Meeting) -> list[Meeting | Remark]:
    return [meeting, *meeting.remarks.in_order()]


def _scheduled(pressed: Pressed) -> Meeting | Remark:
    for text in _all_of(pressed.meeting):
        if text_key(text) == pressed.key and waiting_order(text) is not None:
            return text
    raise Refused(_("这篇稿件已不在待发布之列，可能另有人处理过。"))


def _pass(pressed: Pressed) -> None:
    text = _text(pressed)
    stage = progress_of(text).ahead[0].name
    moment = pressed.moment(f"publish_at-{pressed.key}")
    opinion = pressed.field("opinion")
    if attempt(
        pressed.request, approve, text, seen=_seen(pressed), opinion=opinion, publish_at=moment
    ):
        pressed.done |= {f"opinion-{pressed.key}", f"publish_at-{pressed.key}"}
        messages.success(pressed.request, _passed_in_words(text, stage))


def _passed_in_words(text: Meeting | Remark, stage: str) -> str:
    text.refresh_from_db()
    order = waiting_order(text)
    if order is not None:
        return in_words(order)
    if text.state == TextState.PUBLISHED:
        return _("“%(text)s”已通过并发布。") % {"text": text}
    return _("“%(text)s”的%(stage)s已通过，接着是%(next)s。") % {
        "text": text,
        "stage": stage,
        "next": progress_of(text).ahead[0].name,
    }


def _return(pressed: Pressed) -> None:
    text, opinion = _text(pressed), pressed.field("opinion")
    if attempt(pressed.request, send_back, text, seen=_seen(pressed), opinion=opinion):
        pressed.done |= {f"opinion-{pressed.key}", f"publish_at-{pressed.key}"}
        messages.success(pressed.request, _("“%(text)s”已退回。") % {"text": text})


def _reject(pressed: Pressed) -> None:
    text, opinion = _text(pressed), pressed.field("opinion")
    if attempt(pressed.request, reject, text, seen=_seen(pressed), opinion=opinion):
        pressed.done |= {f"opinion-{pressed.key}", f"publish_at-{pressed.key}"}
        messages.success(pressed.request, _("“%(text)s”不予采用。") % {"text": text})


def _claim(pressed: Pressed) -> None:
    text = _text(pressed)
    if attempt(pressed.request, claim, text, seen=_seen(pressed)):
        messages.success(pressed.request, _("您已认领“%(text)s”。") % {"text": text})


def _release(pressed: Pressed) -> None:
    text = _text(pressed)
    if attempt(pressed.request, release, text):
        messages.success(pressed.request, _("您已放弃认领“%(text)s”。") % {"text": text})


def _proofread(pressed: Pressed) -> None:
    text, opinion = _text(pressed), pressed.field("opinion")
    if attempt(pressed.request, proofread, text, seen=_seen(pressed), opinion=opinion):
        pressed.done.add(f"opinion-{pressed.key}")
        messages.success(pressed.request, _("已记下您对“%(text)s”的校对。") % {"text": text})


def _comment(pressed: Pressed) -> None:
    text = _text(pressed)
    spot = pressed.part if pressed.place is None else f"{pressed.part}:{pressed.place}"
    name = f"comment-{pressed.key}:{spot}"
    about = {"part": pressed.part, "place": pressed.place, "seen": _seen(pressed)}
    words = pressed.request.POST.get(name, "")
    if attempt(pressed.request, comment, text, words=words, **about):
        pressed.done.add(name)
        messages.success(pressed.request, _("批注已写下。"))


def _seen(pressed: Pressed) -> str:
    return seen_on(pressed.request).get(pressed.key, "")


def _settle(pressed: Pressed) -> None:
    """Settle the comment whose id stands behind the button's name."""
    pk = _number(pressed.key) or 0
    comments = ReviewComment.objects.select_related("version__meeting", "version__remark")
    found = comments.filter(pk=pk).first()
    if found is None or found.version.subject not in _all_of(pressed.meeting):
        raise Refused(_("没有这条批注。"))
    if attempt(pressed.request, settle_comment, found):
        messages.success(pressed.request, _("批注已处理。"))


# -- the page, the schedule ---------------------------------------------------------------------


def _pass_page(pressed: Pressed) -> None:
    request, meeting = pressed.request, pressed.meeting
    stages = {text_key(t): progress_of(t).ahead[0].name for t in texts_awaiting_review(meeting)}
    moment = pressed.moment("publish_at")
    opinion = request.POST.get("opinion", "").strip()
    seen = seen_on(request)
    if not attempt(request, approve_page, meeting, seen=seen, opinion=opinion, publish_at=moment):
        return
    meeting.refresh_from_db()
    texts = [text for text in _all_of(meeting) if text_key(text) in stages]
    if all(text.state == TextState.PUBLISHED for text in texts):
        messages.success(request, _("整版已通过并发布。"))
        return
    for text in texts:
        messages.success(request, _passed_in_words(text, stages[text_key(text)]))


def _reschedule(pressed: Pressed) -> None:
    text, name = _scheduled(pressed), f"publish_at-{pressed.key}"
    moment = pressed.moment(name)
    if moment is None:
        raise Refused(_("请填新的发布时间。"))
    if attempt(pressed.request, reschedule, text, publish_at=moment):
        pressed.done.add(name)
        _tell_order(pressed, text)


def _unschedule(pressed: Pressed) -> None:
    text = _scheduled(pressed)
    if attempt(pressed.request, unschedule, text):
        messages.success(
            pressed.request, _("“%(text)s”的定时发布已取消，须重新审核。") % {"text": text}
        )


def _tell_order(pressed: Pressed, text: Meeting | Remark) -> None:
    order = waiting_order(text)
    if order is not None:
        messages.success(pressed.request, in_words(order))


def _nothing(_pressed: Pressed) -> None:
    raise Refused(_("请选择通过或退回。"))


# Name of the button -> who may press it, and what it does.
DECISIONS: dict[str, tuple[str, Callable[[Pressed], None]]] = {
    "pass": (REVIEW, _pass),
    "return": (REVIEW, _return),
    "reject": (REVIEW, _reject),
    "claim": (REVIEW, _claim),
    "release": (REVIEW, _release),
    "comment": (REVIEW, _comment),
    "confirm-page": (REVIEW, _pass_page),
    "reschedule": (SCHEDULE, _reschedule),
    "confirm-unschedule": (SCHEDULE, _unschedule),
    "proofread": (PROOFREAD, _proofread),
    "settle": (SETTLE, _settle),
}
