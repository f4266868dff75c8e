"""A first look: one account for each role, and one made-up page taken all the way."""

import datetime as dt
import secrets
from dataclasses import dataclass

from django.contrib.auth.models import Group
from django.db import transaction
from django.utils.translation import gettext as _

from speeches.models import Doubt, Meeting, Remark, User
from speeches.moderation.composing import meeting_fingerprint, remark_fingerprint
from speeches.moderation.editing import settle_doubt
from speeches.moderation.intake import Issue, confirm, take_in
from speeches.moderation.naming import register_speakers, register_unit
from speeches.moderation.reviewing import approve_page, text_key, texts_awaiting_review
from speeches.moderation.roles import (
    ADMINISTRATOR,
    CONTRIBUTOR,
    EDITOR,
    MODERATOR,
    ensure_roles,
)
from speeches.moderation.theming import assign_themes

# Account name -> (role, enters the admin).
ACCOUNTS = {
    "editor": (EDITOR, True),
    "moderator": (MODERATOR, True),
    "contributor": (CONTRIBUTOR, False),
    "administrator": (ADMINISTRATOR, True),
}


@dataclass(frozen=True)
class NewAccount:
    """An account just opened; the password is known here and nowhere else."""

    username: str
    role: str
    password: str


@transaction.atomic
def open_accounts() -> list[NewAccount]:
    """Open the accounts that are missing, each with a random password; returns only those."""
    ensure_roles()
    opened = []
    for username, (role, staff) in ACCOUNTS.items():
        if User.objects.filter(username=username).exists():
            continue
        password = secrets.token_urlsafe(12)
        user = User.objects.create_user(
            username=username, password=password, name=_("示例%(role)s") % {"role": role}
        )
        user.is_staff = staff
        user.save(update_fields=["is_staff"])
        user.groups.add(Group.objects.get(name=role))
        opened.append(NewAccount(username, role, password))
    return opened


@transaction.atomic
def publish_page(data: bytes, *, name: str, issue: Issue, at: dt.datetime) -> Meeting | None:
    """Import a page as the editor and approve it as the moderator, by the ordinary acts.

    Returns the meeting, or None when this very file was taken in before.
    """
    editor = User.objects.get(username="editor")
    moderator = User.objects.get(username="moderator")
    run, new = take_in(data, name=name, issue=issue, by=editor, at=at)
    if not new:
        return None
    meeting = confirm(run, by=editor, at=at)
    for remark in meeting.remarks.in_order():
        _settle(remark, editor, at=at)
    texts = texts_awaiting_review(meeting)
    seen = {
        text_key(text): (
            meeting_fingerprint(text) if isinstance(text, Meeting) else remark_fingerprint(text)
        )
        for text in texts
    }
    approve_page(meeting, by=moderator, at=at, seen=seen, opinion=_("示例稿件，予以通过。"))
    return meeting


def _settle(remark: Remark, editor: User, *, at: dt.datetime) -> None:
    """Do what an editor does with a draft: open records, confirm themes, look at doubts."""
    register_unit(remark, by=editor, at=at)
    register_speakers(remark, by=editor, at=at)
    strongest = remark.theme_suggestions.select_related("theme").order_by("id")[:3]
    assign_themes(remark, themes=[s.theme for s in strongest], by=editor, at=at)
    for doubt in Doubt.objects.filter(remark=remark, settled_at__isnull=True):
        settle_doubt(doubt, by=editor, at=at)
