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
from django.utils.translation import gettext as _
from django_tasks import task

from speeches.models import Meeting, Remark, User
from speeches.moderation.rounds import Progress

REVIEW = "speeches.review_text"
BACKEND = "django.contrib.auth.backends.ModelBackend"
TRIES_AGAIN_AFTER = dt.timedelta(minutes=10)
MOST_TRIES = 12

logger = logging.getLogger(__name__)


@task()
def send(address: str, subject: str, body: str, tries: int = 1) -> None:
    """Send one mail; a server that is away is asked again, for two hours."""
    try:
        EmailMessage(subject, body, to=[address]).send()
    except (SMTPException, OSError):
        if tries >= MOST_TRIES:
            logger.exception("A mail was given up after %s tries", tries)
            return
        later = timezone.now() + TRIES_AGAIN_AFTER
        send.using(run_after=later).enqueue(address, subject, body, tries + 1)


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
    """Tell whoever changed the text last what became of it, and why."""
    editor = text.edited_by
    if editor is not None and editor.is_active and editor.email:
        _send(editor, subject, [opinion], [_page_of(text)])


def _may_pass(progress: Progress, person: User) -> bool:
    return person.pk not in progress.authors and progress.passed_by(person) is None


def _write(person: User, subject: str, lines: list[str], about: Iterable[Progress]) -> None:
    _send(person, subject, lines, [_page_of(one.text) for one in about])


def _page_of(text: Meeting | Remark) -> str:
    meeting = text.pk if isinstance(text, Meeting) else text.meeting_id
    return settings.SITE_URL + reverse("admin:speeches_meeting_review", args=[meeting])


def _send(person: User, subject: str, lines: list[str], pages: Iterable[str]) -> None:
    greeting = _("%(person)s：") % {"person": person}
    body = "\n".join([greeting, "", *lines, "", *dict.fromkeys(pages)])
    send.enqueue(person.email, f"【{settings.SITE_NAME}】{subject}", body)
