"""Reviewing: a moderator passes a text or sends it back.

One approval by a person who is not the last editor publishes; `STAGES` is where the further
stages will stand. The rule "nobody passes their own wording" also stands in the database
(`review_step_not_by_the_editor`).
"""

import datetime as dt
from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from speeches.models import (
    Act,
    Decision,
    Meeting,
    MeetingEdition,
    Remark,
    RemarkEdition,
    ReviewRound,
    ReviewStep,
    TextState,
    User,
)
from speeches.models.states import AWAITING_REVIEW
from speeches.moderation import journal
from speeches.moderation.composing import meeting_fingerprint, remark_fingerprint
from speeches.moderation.locking import locked, locked_page
from speeches.moderation.publishing import obstacle, publish_meeting, publish_remark
from speeches.moderation.refusals import Refused, require

REVIEW = "speeches.review_text"
# Code of the only stage there is so far: 终审.
STAGES = ("final",)


def text_key(text: Meeting | Remark) -> str:
    """Return the name under which a form carries a text's fingerprint, such as "remark-7"."""
    return f"{text._meta.model_name}-{text.pk}"


def texts_awaiting_review(meeting: Meeting) -> list[Meeting | Remark]:
    """Return the meeting's own text, if it waits, and its waiting remarks in order."""
    own: list[Meeting | Remark] = [meeting] if meeting.state in AWAITING_REVIEW else []
    return own + list(meeting.remarks.awaiting_review().in_order())


@transaction.atomic
def approve(
    text: Meeting | Remark, *, by: User, at: dt.datetime, seen: str, opinion: str = ""
) -> MeetingEdition | RemarkEdition:
    """Pass the text and publish it.

    `seen` is the fingerprint of the wording the moderator looked at. Refused when the text has
    changed since, does not wait for review, or was last edited by the moderator.
    """
    require(by, REVIEW)
    text = locked(text)
    reason = _unseen(text, seen) or _own_wording(text, by)
    if reason:
        raise Refused(reason)
    return _pass(text, by=by, at=at, seen=seen, opinion=opinion)


@transaction.atomic
def approve_page(
    meeting: Meeting, *, by: User, at: dt.datetime, seen: Mapping[str, str], opinion: str = ""
) -> list[MeetingEdition | RemarkEdition]:
    """Pass everything of a meeting that waits for review: all of it, or nothing.

    `seen` maps `text_key` of every text that was looked at to its fingerprint. The refusal
    names every text that stands in the way.
    """
    require(by, REVIEW)
    meeting = locked_page(meeting)
    texts = texts_awaiting_review(meeting)
    if not texts:
        raise Refused(_("这个会议没有待审的稿件。"))
    reasons = [
        _unseen(text, seen.get(text_key(text), ""))
        or _own_wording(text, by)
        or obstacle(text, meeting_comes=texts[0] == meeting)
        for text in texts
    ]
    if any(reasons):
        raise Refused("\n".join(dict.fromkeys(filter(None, reasons))))
    return [_pass(text, by=by, at=at, seen=seen[text_key(text)], opinion=opinion) for text in texts]


@transaction.atomic
def send_back(
    text: Meeting | Remark, *, by: User, at: dt.datetime, seen: str, opinion: str
) -> None:
    """Return the text to the editors with reasons; what readers see stays as it is."""
    require(by, REVIEW)
    if not opinion.strip():
        raise Refused(_("退回须写明理由。"))
    text = locked(text)
    if reason := _unseen(text, seen):
        raise Refused(reason)
    round = _open_round(text, seen, at=at)
    _take_step(round, text, Decision.RETURN, by=by, at=at, opinion=opinion.strip())
    text.state = TextState.RETURNED
    text.save(update_fields=["state"])
    journal.write(Act.RETURN, text, by=by, at=at, fingerprint=seen, opinion=opinion.strip())


def _unseen(text: Meeting | Remark, seen: str) -> str:
    if text.state not in AWAITING_REVIEW:
        return _("“%(text)s”没有待审的改动。") % {"text": text}
    now = meeting_fingerprint(text) if isinstance(text, Meeting) else remark_fingerprint(text)
    if now != seen:
        return _("“%(text)s”在您打开后又有改动，请重新审阅后再决定。") % {"text": text}
    return ""


def _own_wording(text: Meeting | Remark, by: User) -> str:
    if text.edited_by_id != by.pk:
        return ""
    return _("“%(text)s”最后由您修改，须由另一位审核人通过。") % {"text": text}


def _pass(
    text: Meeting | Remark, *, by: User, at: dt.datetime, seen: str, opinion: str
) -> MeetingEdition | RemarkEdition:
    round = _open_round(text, seen, at=at)
    _take_step(round, text, Decision.PASS, by=by, at=at, opinion=opinion)
    journal.write(Act.APPROVE, text, by=by, at=at, fingerprint=seen, opinion=opinion)
    if isinstance(text, Meeting):
        return publish_meeting(text, round=round, by=by, at=at)
    return publish_remark(text, round=round, by=by, at=at)


def _open_round(text: Meeting | Remark, seen: str, *, at: dt.datetime) -> ReviewRound:
    # With one stage a round opens and closes with its only step.
    target = {"meeting": text} if isinstance(text, Meeting) else {"remark": text}
    return ReviewRound.objects.create(
        **target, fingerprint=seen, stages=list(STAGES), opened_at=at, closed_at=at
    )


def _take_step(
    round: ReviewRound,
    text: Meeting | Remark,
    decision: Decision,
    *,
    by: User,
    at: dt.datetime,
    opinion: str,
) -> None:
    ReviewStep.objects.create(
        round=round,
        stage=round.stages[-1],
        reviewer=by,
        text_editor_id=text.edited_by_id,
        decision=decision,
        opinion=opinion,
        fingerprint=round.fingerprint,
        taken_at=at,
    )
