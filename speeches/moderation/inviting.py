"""Inviting: a link that signs a contributing account in, once.

The link is a signed number and stands nowhere in the database: neither the row nor the task that
sends it gives it away. It goes to the account's own mail address and to nobody else.
"""

import datetime as dt

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks import task

from speeches.models import Act, Call, Contributor, Invitation, User
from speeches.moderation import journal
from speeches.moderation.notifying import letter, posted
from speeches.moderation.refusals import Refused, require

INVITE = "speeches.invite_unit"
VALID_FOR = dt.timedelta(hours=72)
SALT = "speeches.moderation.inviting"


@journal.act
def invite(contributor: Contributor, *, call: Call | None, by: User, at: dt.datetime) -> Invitation:
    """Send the account a link; earlier ones that were not used end here."""
    require(by, INVITE)
    user = contributor.user
    if not user.is_active or user.is_staff:
        raise Refused(_("“%(user)s”不是可以使用的投稿帐号。") % {"user": user})
    if not user.email:
        raise Refused(_("“%(user)s”没有电子邮箱，请管理员在帐号中补上。") % {"user": user})
    waiting = Invitation.objects.filter(contributor=contributor, used_at__isnull=True)
    for earlier in waiting.filter(expires_at__gt=at):
        _use(earlier, at=at)
    invitation = Invitation.objects.create(
        contributor=contributor, call=call, sent_by=by, sent_at=at, expires_at=at + VALID_FOR
    )
    journal.write(Act.INVITE, user, by=by, at=at, call=call.pk if call else None)
    send_link.enqueue(invitation.pk)
    return invitation


@task()
def send_link(invitation_id: int, tries: int = 1) -> None:
    """Write the mail with the link, which only the mail holds, and send it."""
    links = Invitation.objects.select_related("contributor__user", "call")
    invitation = links.get(pk=invitation_id)
    person = invitation.contributor.user
    if invitation.used_at is not None or not person.email:
        return
    lines = [
        _("请用下面的链接登录来稿页面，无须密码。链接只能用一次，%(time)s前有效。")
        % {"time": f"{timezone.localtime(invitation.expires_at):%Y-%m-%d %H:%M}"},
    ]
    if invitation.call is not None:
        lines.insert(0, _("征稿：%(call)s") % {"call": invitation.call})
    page = settings.SITE_URL + reverse("contribute:link", args=[token_of(invitation)])
    words = letter(person, _("登录来稿页面的链接"), lines, [page])
    if later := posted(person.email, *words, tries=tries):
        send_link.using(run_after=later).enqueue(invitation_id, tries + 1)


def token_of(invitation: Invitation) -> str:
    """Return what stands in the link."""
    return Signer(salt=SALT).sign(str(invitation.pk))


def invitation_behind(token: str, *, at: dt.datetime) -> Invitation | None:
    """Return the invitation of a link that still opens, or None."""
    try:
        pk = int(Signer(salt=SALT).unsign(token))
    except (BadSignature, ValueError):
        return None
    links = Invitation.objects.select_related("contributor__user", "contributor__unit", "call")
    there = links.filter(pk=pk, used_at__isnull=True, expires_at__gt=at).first()
    if there is None or not there.contributor.user.is_active or there.contributor.user.is_staff:
        return None
    return there


@journal.act
def accept(token: str, *, at: dt.datetime) -> Invitation:
    """Use the link up; the caller signs the account in. Refused where it does not open."""
    invitation = invitation_behind(token, at=at)
    if invitation is None or not _use(invitation, at=at):
        raise Refused(_("这个链接已经用过或已失效，请联系编辑部重新发送。"))
    user = invitation.contributor.user
    journal.write(Act.SIGN_IN, user, by=user, at=at, invitation=invitation.pk)
    return invitation


def _use(invitation: Invitation, *, at: dt.datetime) -> bool:
    """Mark it used; False where somebody else was quicker."""
    unused = Invitation.objects.filter(pk=invitation.pk, used_at__isnull=True)
    return bool(unused.update(used_at=at))
