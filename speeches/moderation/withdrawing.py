"""Withdrawing: a text leaves every public place; a dated notice stays at its address."""

import datetime as dt

from django.utils.translation import gettext as _

from speeches.models import Act, Meeting, Remark, RemarkEdition, TextState, User
from speeches.moderation import journal
from speeches.moderation.locking import locked
from speeches.moderation.refusals import Refused, require
from speeches.moderation.scheduling import drop_order
from speeches.moderation.watching import watch
from speeches.search import indexing

WITHDRAW = "speeches.withdraw_text"


@journal.act
def withdraw(text: Meeting | Remark, *, by: User, at: dt.datetime, reason: str) -> None:
    """Take a public text back; withdrawing a meeting withdraws its remarks.

    The reason goes to the journal, not to readers.
    """
    require(by, WITHDRAW)
    if not reason.strip():
        raise Refused(_("撤稿须写明理由。"))
    locked(text)
    watch(text)
    if isinstance(text, Remark):
        indexing.remove(text.editions.current())
    taken = text.editions.current().update(withdrawn_at=at)
    if not taken:
        raise Refused(_("“%(text)s”现在没有公开，无须撤稿。") % {"text": text})
    drop_order(text, at=at)
    text.state = TextState.WITHDRAWN
    text.save(update_fields=["state"])
    journal.write(Act.WITHDRAW, text, by=by, at=at, reason=reason.strip())
    if isinstance(text, Meeting):
        public = RemarkEdition.objects.current().filter(meeting=text).values("remark")
        for remark in Remark.objects.filter(pk__in=public).in_order():
            withdraw(remark, by=by, at=at, reason=reason)
