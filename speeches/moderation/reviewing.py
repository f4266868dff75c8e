"""Reviewing: moderators pass a text stage by stage, send it back, or turn it down.

Every stage of a round is passed by another person, and by nobody whose wording is in the text;
the last one publishes, at once or at a set time. The same stands in the database
(`speeches.models.guards`).
"""

import datetime as dt
from collections.abc import Mapping

from django.utils.translation import gettext as _

from speeches.models import (
    Act,
    Decision,
    Meeting,
    MeetingEdition,
    Remark,
    RemarkEdition,
    TextState,
    User,
)
from speeches.models.states import AWAITING_REVIEW
from speeches.moderation import journal
from speeches.moderation.locking import locked, locked_page
from speeches.moderation.notifying import tell_editor, tell_reviewers
from speeches.moderation.publishing import obstacle, publish_meeting, publish_remark
from speeches.moderation.refusals import Refused, require
from speeches.moderation.rounds import (
    Progress,
    begin,
    progress_of,
    take_step,
    why_claimed,
    why_not_by,
    why_not_seen,
)
from speeches.moderation.scheduling import moment_of, order_publication

REVIEW = "speeches.review_text"


def text_key(text: Meeting | Remark) -> str:
    """Return the name under which a form carries a text's fingerprint, such as "remark-7"."""
    return f"{text._meta.model_name}-{text.pk}"


def texts_awaiting_review(meeting: Meeting) -> list[Meeting | Remark]:
    """Return the meeting's own text, if it waits, and its waiting remarks in order."""
    own: list[Meeting | Remark] = [meeting] if meeting.state in AWAITING_REVIEW else []
    return own + list(meeting.remarks.awaiting_review().in_order())


def steps_to_take(
    meeting: Meeting,
    *,
    by: User,
    seen: Mapping[str, str],
    publish_at: dt.datetime | None = None,
) -> list[tuple[Progress, str]]:
    """Return every waiting text of the meeting, with why `by` cannot pass its next stage, or "".

    `seen` maps `text_key` of every text that was looked at to its fingerprint.
    """
    on_the_way = [progress_of(text) for text in texts_awaiting_review(meeting)]
    meeting_comes = bool(on_the_way) and on_the_way[0].text == meeting and on_the_way[0].is_last
    return [
        (
            one,
            why_not_seen(one.text, seen.get(text_key(one.text), ""))
            or why_not_by(one, by)
            or _obstacle(one, meeting_comes, publish_at),
        )
        for one in on_the_way
    ]


@journal.act
def approve(
    text: Meeting | Remark,
    *,
    by: User,
    at: dt.datetime,
    seen: str,
    opinion: str = "",
    publish_at: dt.datetime | None = None,
) -> MeetingEdition | RemarkEdition | None:
    """Pass the next stage of the text; the last stage publishes it, at `publish_at` or at once.

    `seen` is the fingerprint of the wording the moderator looked at. Returns the edition where
    one was made. Refused when the text has changed since, does not wait for review, is claimed
    by somebody else, or when the moderator has edited it or has passed another stage.
    """
    require(by, REVIEW)
    text = locked(text)
    progress = progress_of(text)
    reason = why_not_seen(text, seen) or why_not_by(progress, by)
    if reason:
        raise Refused(reason)
    made = _pass(progress, by=by, at=at, opinion=opinion, publish_at=publish_at)
    tell_reviewers([progress.after(by)], but=by)
    return made


@journal.act
def approve_page(
    meeting: Meeting,
    *,
    by: User,
    at: dt.datetime,
    seen: Mapping[str, str],
    opinion: str = "",
    publish_at: dt.datetime | None = None,
) -> list[MeetingEdition | RemarkEdition]:
    """Pass the next stage of everything of a meeting that waits for review: all of it, or nothing.

    `seen` maps `text_key` of every text that was looked at to its fingerprint. One step is taken
    for each text. The refusal names every text that stands in the way. Returns the editions made.
    """
    require(by, REVIEW)
    meeting = locked_page(meeting)
    on_the_way = steps_to_take(meeting, by=by, seen=seen, publish_at=publish_at)
    if not on_the_way:
        raise Refused(_("这个会议没有待审的稿件。"))
    reasons = [reason for _progress, reason in on_the_way if reason]
    if reasons:
        raise Refused("\n".join(dict.fromkeys(reasons)))
    editions = [
        _pass(progress, by=by, at=at, opinion=opinion, publish_at=publish_at)
        for progress, _reason in on_the_way
    ]
    tell_reviewers([progress.after(by) for progress, _reason in on_the_way], but=by)
    return [edition for edition in editions if edition is not None]


@journal.act
def send_back(
    text: Meeting | Remark, *, by: User, at: dt.datetime, seen: str, opinion: str
) -> None:
    """Return the text to the editors with reasons; what readers see stays as it is."""
    if not opinion.strip():
        raise Refused(_("退回须写明理由。"))
    _decide_against(text, Decision.RETURN, by=by, at=at, seen=seen, opinion=opinion.strip())


@journal.act
def reject(text: Meeting | Remark, *, by: User, at: dt.datetime, seen: str, opinion: str) -> None:
    """Turn the text down with reasons; what readers see stays as it is."""
    if not opinion.strip():
        raise Refused(_("不予采用须写明理由。"))
    _decide_against(text, Decision.REJECT, by=by, at=at, seen=seen, opinion=opinion.strip())


def _decide_against(
    text: Meeting | Remark,
    decision: Decision,
    *,
    by: User,
    at: dt.datetime,
    seen: str,
    opinion: str,
) -> None:
    require(by, REVIEW)
    text = locked(text)
    progress = progress_of(text)
    reason = why_not_seen(text, seen) or why_claimed(progress, by)
    if reason:
        raise Refused(reason)
    # Also while a proof reading is still to come, the decision is that of a review.
    stage = next(stage for stage in progress.ahead if stage.is_review)
    take_step(begin(progress, by=by, at=at), stage, decision, by=by, at=at, opinion=opinion)
    returned = decision == Decision.RETURN
    text.state = TextState.RETURNED if returned else TextState.REJECTED
    text.save(update_fields=["state"])
    words = _("“%(text)s”被退回") if returned else _("“%(text)s”不予采用")
    tell_editor(text, subject=words % {"text": text}, opinion=opinion)
    journal.write(
        Act.RETURN if returned else Act.REJECT,
        text,
        by=by,
        at=at,
        stage=stage.name,
        fingerprint=seen,
        opinion=opinion,
    )


def _obstacle(progress: Progress, meeting_comes: bool, publish_at: dt.datetime | None) -> str:
    if not progress.is_last:
        return ""
    text = progress.text
    return obstacle(text, meeting_comes=meeting_comes, moment=moment_of(text, publish_at))


def _pass(
    progress: Progress,
    *,
    by: User,
    at: dt.datetime,
    opinion: str,
    publish_at: dt.datetime | None,
) -> MeetingEdition | RemarkEdition | None:
    text = progress.text
    begun = begin(progress, by=by, at=at)
    progress, round = begun
    stage, *later = progress.ahead
    if publish_at is not None and publish_at <= at:
        raise Refused(_("发布时间须在现在之后。"))
    moment = moment_of(text, publish_at) if not later else None
    reason = "" if later else obstacle(text, moment=moment)
    if reason:
        raise Refused(reason)
    take_step(begun, stage, Decision.PASS, by=by, at=at, opinion=opinion)
    journal.write(
        Act.APPROVE,
        text,
        by=by,
        at=at,
        stage=stage.name,
        fingerprint=round.fingerprint,
        opinion=opinion,
    )
    if later:
        return None
    if moment is not None and moment > at:
        order_publication(text, round=round, publish_at=moment, by=by, at=at)
        return None
    if isinstance(text, Meeting):
        return publish_meeting(text, round=round, by=by, at=at)
    return publish_remark(text, round=round, by=by, at=at)
