"""Editing: what follows when an editor has changed a working row.

The admin writes the fields; these functions find out whether the *text* changed, set the state
and the last editor, and let links of a public edition follow. An edit never reaches readers.
"""

import datetime as dt

from django.utils.translation import gettext as _

from speeches.models import Act, Doubt, Meeting, Remark, TextState, User
from speeches.moderation import journal
from speeches.moderation.likeness import sketch_remark
from speeches.moderation.linking import follow
from speeches.moderation.locking import locked
from speeches.moderation.notifying import tell_reviewers
from speeches.moderation.refusals import Refused, require
from speeches.moderation.rounds import progress_of
from speeches.moderation.versioning import fingerprint_of, note_change, overtake


@journal.act
def record_edit(
    text: Meeting | Remark, *, by: User | None, at: dt.datetime, changed: list[str]
) -> None:
    """Take note that `text` was saved with `changed` (names of what the editor touched).

    Call it after every save of the row and of its bylines, pictures or speakers.
    """
    fingerprint = fingerprint_of(text)
    if fingerprint != text.fingerprint:
        if text.state == TextState.TAKEN_BACK:
            raise Refused(_("“%(text)s”已由投稿单位撤回，不能修改。") % {"text": text})
        if text.state == TextState.SCHEDULED:
            raise Refused(
                _("“%(text)s”已通过终审，正待定时发布；要改动，请先取消定时。") % {"text": text}
            )
        text.fingerprint = fingerprint
        note_change(text, by=by, at=at)
        overtake(text, at=at)
        text.edited_by = by
        text.edited_at = at
        text.state = state_on_the_desk(text)
        text.save(update_fields=["fingerprint", "edited_by", "edited_at", "state"])
        if isinstance(text, Remark):
            sketch_remark(text)
    follow(text)
    if changed:
        journal.write(Act.EDIT, text, by=by, at=at, changed=changed, fingerprint=fingerprint)


def state_on_the_desk(text: Meeting | Remark) -> TextState:
    """Return the state of a text whose wording is the editors' again."""
    standing = text.editions.filter(superseded_at__isnull=True).first()
    if standing is None or standing.withdrawn_at is not None:
        return TextState.DRAFT
    if standing.fingerprint == text.fingerprint:
        return TextState.PUBLISHED
    return TextState.CHANGED


@journal.act
def resubmit(text: Meeting | Remark, *, by: User | None, at: dt.datetime) -> None:
    """Hand a returned or withdrawn text to the moderators again, as it stands."""
    require(by, f"speeches.change_{text._meta.model_name}")
    held = locked(text)
    if held.state not in (TextState.RETURNED, TextState.REJECTED, TextState.WITHDRAWN):
        raise Refused(_("“%(text)s”不是已退回、不予采用或已撤稿的稿件。") % {"text": text})
    text.state = state_on_the_desk(held)
    text.save(update_fields=["state"])
    journal.write(Act.RESUBMIT, text, by=by, at=at)
    tell_reviewers([progress_of(text)], but=by)


@journal.act
def settle_doubt(doubt: Doubt, *, by: User, at: dt.datetime) -> None:
    """Record that a person has looked at the doubt; settling twice changes nothing."""
    require(by, "speeches.change_doubt")
    if doubt.settled_at is not None:
        return
    doubt.settled_at = at
    doubt.settled_by = by
    doubt.save(update_fields=["settled_at", "settled_by"])
    journal.write(Act.SETTLE_DOUBT, doubt.remark, by=by, at=at, doubt=doubt.code)
