"""A first look: accounts for every role, and one made-up page taken all the way."""

import datetime as dt
import secrets
from dataclasses import dataclass

from django.contrib.auth.models import Group
from django.utils.translation import gettext as _

from speeches.models import Act, Call, Contributor, Doubt, Meeting, Remark, Unit, User
from speeches.moderation import journal
from speeches.moderation.calling import open_call
from speeches.moderation.editing import record_edit, settle_doubt
from speeches.moderation.intake import Issue, confirm, take_in
from speeches.moderation.naming import register_speakers, register_unit
from speeches.moderation.reviewing import approve_page, text_key, texts_awaiting_review
from speeches.moderation.roles import (
    ADMINISTRATOR,
    AUDITOR,
    CONTRIBUTOR,
    EDITOR,
    MODERATOR,
    grant_roles,
)
from speeches.moderation.rounds import progress_of
from speeches.moderation.theming import assign_themes
from speeches.moderation.versioning import fingerprint_of

# Account name -> (role, enters the admin, what tells it from others of its role).
ACCOUNTS = {
    "editor": (EDITOR, True, ""),
    "moderator": (MODERATOR, True, "甲"),
    "moderator2": (MODERATOR, True, "乙"),
    "moderator3": (MODERATOR, True, "丙"),
    "contributor": (CONTRIBUTOR, False, ""),
    "administrator": (ADMINISTRATOR, True, ""),
    "auditor": (AUDITOR, True, ""),
}


CALLED_FOR_DAYS = 30
MODERATORS = [username for username, (role, _staff, _mark) in ACCOUNTS.items() if role == MODERATOR]


@dataclass(frozen=True)
class NewAccount:
    """An account just opened; the password is known here and nowhere else."""

    username: str
    role: str
    password: str


@journal.act
def open_accounts(*, at: dt.datetime) -> list[NewAccount]:
    """Open the accounts that are missing, each with a random password; returns only those."""
    grant_roles(at=at)
    opened = []
    for username, (role, staff, mark) in ACCOUNTS.items():
        if User.objects.filter(username=username).exists():
            continue
        password = secrets.token_urlsafe(12)
        user = User.objects.create_user(
            username=username, password=password, name=_("示例%(role)s") % {"role": role} + mark
        )
        user.is_staff = staff
        user.save(update_fields=["is_staff"])
        user.groups.add(Group.objects.get(name=role))
        journal.write(Act.CREATE, user, by=None, at=at, roles=[role], is_staff=staff)
        opened.append(NewAccount(username, role, password))
    return opened


@journal.act
def publish_page(data: bytes, *, name: str, issue: Issue, at: dt.datetime) -> Meeting | None:
    """Import a page as the editor and have it pass every stage, by the ordinary acts.

    Returns the meeting, or None when this very file was taken in before.
    """
    editor = User.objects.get(username="editor")
    run, new = take_in(data, name=name, issue=issue, by=editor, at=at)
    if not new:
        return None
    meeting = confirm(run, by=editor, at=at)
    for remark in meeting.remarks.in_order():
        _settle(remark, editor, at=at)
    seen = {text_key(text): fingerprint_of(text) for text in texts_awaiting_review(meeting)}
    for username in MODERATORS[: len(progress_of(meeting).ahead)]:
        moderator = User.objects.get(username=username)
        approve_page(meeting, by=moderator, at=at, seen=seen, opinion=_("示例稿件，予以通过。"))
    return meeting


@journal.act
def call_for_remarks(published: Meeting, *, at: dt.datetime) -> Call:
    """Let the contributing account write for a unit of the page, and ask it for a remark.

    The meeting that the call is for is made up as well, and is on the desk only.
    """
    editor = User.objects.get(username="editor")
    writer = User.objects.get(username="contributor")
    unit = Unit.objects.filter(remarks__meeting=published).order_by("remarks__position")[0]
    Contributor.objects.create(user=writer, unit=unit)
    journal.write(Act.EDIT, writer, by=None, at=at, changed=["contributor"])
    meeting = Meeting.objects.create(
        name=_("示例：基层协商经验交流会"), created_at=at, edited_at=at, edited_by=editor
    )
    record_edit(meeting, by=editor, at=at, changed=["name"])
    call = Call.objects.create(
        meeting=meeting,
        title=_("示例：基层协商经验交流会征稿"),
        words=_("这是演示用的征稿。请结合本单位的做法撰写一篇发言，写清做法、成效和下一步打算。"),
        deadline=at + dt.timedelta(days=CALLED_FOR_DAYS),
        characters_from=800,
        characters_to=1500,
        opened_at=at,
        opened_by=editor,
    )
    open_call(call, by=editor, at=at)
    return call


def _settle(remark: Remark, editor: User, *, at: dt.datetime) -> None:
    """Do what an editor does with a draft: open records, confirm themes, look at doubts."""
    register_unit(remark, by=editor, at=at)
    register_speakers(remark, by=editor, at=at)
    strongest = remark.theme_suggestions.select_related("theme").order_by("id")[:3]
    assign_themes(remark, themes=[s.theme for s in strongest], by=editor, at=at)
    for doubt in Doubt.objects.filter(remark=remark, settled_at__isnull=True):
        settle_doubt(doubt, by=editor, at=at)
