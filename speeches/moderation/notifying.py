"""Notifying: a mail to whoever has something to do now, or gets something back.

Mails are tasks of the background worker, stored with the act itself: an act that is refused sends
nothing, and a mail server that is away holds nobody up. One mail a person and act, however many
texts it is about; nobody sees who else was written to.
"""

import datetime as dt
import logging
from collections.abc import Iterable, Sequence
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django_tasks import task

from speeches.models import Call, Contributor, Meeting, Remark, Submission, User
from speeches.moderation.rounds import Progress

REVIEW = "speeches.review_text"
BACKEND = "django.contrib.auth.backends.ModelBackend"
TRIES_AGAIN_AFTER = dt.timedelta(minutes=10)
MOST_TRIES = 12

logger = logging.getLogger(__name__)


@task()
def send(address: str, subject: str, body: str, tries: int = 1) -> None:
    """Send one mail; a server that is away is asked again, for two hours."""
    if later := posted(address, subject, body, tries=tries):
        send.using(run_after=later).enqueue(address, subject, body, tries + 1)


def posted(address: str, subject: str, body: str, *, tries: int) -> dt.datetime | None:
    """Send one mail now; return when to try again if the server is away, None for never."""
    try:
        EmailMessage(subject, body, to=[address]).send()
    except (SMTPException, OSError):
        if tries < MOST_TRIES:
            return timezone.now() + TRIES_AGAIN_AFTER
        logger.exception("A mail was given up after %s tries", tries)
    return None


def tell_reviewers(waiting: Sequence[Progress], *, but: User | None = None) -> None:
    """Tell everybody who may pass the next stage of any of these texts, `but` who has acted."""
    open_texts = [progress for progress in waiting if progress.ahead]
    if not open_texts:
        return
    reviewers = User.objects.with_perm(REVIEW, backend=BACKEND).exclude(email="")
    for person in reviewers.filter(is_active=True).order_by("pk"):
        if person == but:
            continue
        theirs = [one for one in open_texts if _may_pass(one, person)]
        if theirs:
            lines = [f"{one.ahead[0].name}：{one.text}" for one in theirs]
            _write(person, _("有 %(number)d 篇稿件待审") % {"number": len(theirs)}, lines, theirs)


def tell_editor(text: Meeting | Remark, *, subject: str, opinion: str) -> None:
    """Tell whoever changed the text last, and the unit that sent it in, what became of it."""
    submission = (
        Submission.objects.select_related("by").filter(remark=text).first()
        if isinstance(text, Remark)
        else None
    )
    writer = submission.by if submission else None
    for person in dict.fromkeys([text.edited_by, writer]):
        if person is None or not (person.is_active and person.email):
            continue
        page = _page_of(text)
        if submission is not None and not person.is_staff:
            page = settings.SITE_URL + reverse("contribute:submission", args=[submission.receipt])
        _send(person, subject, [opinion], [page])


def tell_contributors(call: Call) -> None:
    """Tell the accounts of every unit that may answer the call."""
    asked = Contributor.objects.filter(user__is_active=True).exclude(user__email="")
    named = list(call.units.values_list("pk", flat=True))
    if named:
        asked = asked.filter(unit__in=named)
    contributors = list(asked.select_related("user").order_by("pk"))
    if not contributors:
        return
    page = settings.SITE_URL + reverse("contribute:call", args=[call.pk])
    until = _("截稿时间：%(time)s") % {"time": f"{localtime(call.deadline):%Y-%m-%d %H:%M}"}
    for contributor in contributors:
        lines = [str(call.meeting), *call.words.splitlines(), until]
        subject = _("征稿：%(call)s") % {"call": call}
        _send(contributor.user, subject, lines, [page])


def _may_pass(progress: Progress, person: User) -> bool:
    return person.pk not in progress.authors and progress.passed_by(person) is None


def _write(person: User, subject: str, lines: list[str], about: Iterable[Progress]) -> None:
    _send(person, subject, lines, [_page_of(one.text) for one in about])


def _page_of(text: Meeting | Remark) -> str:
    meeting = text.pk if isinstance(text, Meeting) else text.meeting_id
    return settings.SITE_URL + reverse("admin:speeches_meeting_review", args=[meeting])


def _send(person: User, subject: str, lines: list[str], pages: Iterable[str]) -> None:
    send.enqueue(person.email, *letter(person, subject, lines, pages))


def letter(
    person: User, subject: str, lines: Iterable[str], pages: Iterable[str]
) -> tuple[str, str]:
    """Return subject and body of a mail to this person, with the addresses of `pages` below."""
    greeting = _("%(person)s：") % {"person": person}
    body = "\n".join([greeting, "", *lines, "", *dict.fromkeys(pages)])
    return f"【{settings.SITE_NAME}】{subject}", body
