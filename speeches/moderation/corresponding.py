"""Corresponding: which unit an account writes for, and how the newsroom reaches it."""

import datetime as dt

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from speeches.models import Act, ContactDetails, Contributor, User
from speeches.moderation import journal
from speeches.moderation.refusals import Refused


def contributor_of(user: User) -> Contributor:
    """Return the unit that the account writes for; refuse where there is none."""
    contributor = Contributor.objects.select_related("unit__district").filter(user=user).first()
    if contributor is None:
        raise Refused(_("您的帐号还没有关联投稿单位，请联系编辑部。"))
    return contributor


@journal.act
def keep_contact(*, by: User, at: dt.datetime, name: str, phone: str, email: str) -> ContactDetails:
    """Store how the newsroom reaches whoever writes, until the day that the settings allow.

    The journal says that it was done and never what was written.
    """
    contributor = contributor_of(by)
    contact, _created = ContactDetails.objects.update_or_create(
        contributor=contributor,
        defaults={"name": name, "phone": phone, "email": email, "keep_until": _until(at)},
    )
    journal.write(Act.EDIT, contributor, by=by, at=at, changed=["contact"])
    return contact


def keep_contact_longer(contributor: Contributor, *, at: dt.datetime) -> None:
    """Begin the time anew: the unit has handed something in. Called inside that act."""
    ContactDetails.objects.filter(contributor=contributor).update(keep_until=_until(at))


@journal.act
def clear_contacts(*, at: dt.datetime) -> int:
    """Delete the contact details whose day has passed; returns how many. Safe to run twice."""
    due = ContactDetails.objects.filter(keep_until__lt=timezone.localdate(at))
    cleared = list(due.select_related("contributor__unit").select_for_update(of=("self",)))
    for contact in cleared:
        journal.write(Act.DELETE, contact.contributor, by=None, at=at, cleared=["contact"])
        contact.delete()
    return len(cleared)


def _until(at: dt.datetime) -> dt.date:
    return timezone.localdate(at) + dt.timedelta(days=settings.CONTACT_DETAILS_DAYS)
