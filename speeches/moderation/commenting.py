"""Commenting: a reviewer's word on one paragraph of a version, and its being dealt with."""

import datetime as dt

from django.utils.translation import gettext as _

from speeches.models import Act, Meeting, Remark, ReviewComment, User
from speeches.moderation import journal
from speeches.moderation.locking import locked
from speeches.moderation.refusals import Refused, require
from speeches.moderation.reviewing import REVIEW
from speeches.moderation.rounds import begin, progress_of, why_not_seen


@journal.act
def comment(
    text: Meeting | Remark,
    *,
    by: User,
    at: dt.datetime,
    seen: str,
    part: str,
    place: int | None = None,
    words: str,
) -> ReviewComment:
    """Say something about one part of the wording that was seen.

    `part` is a name of `versioning.content_of`; `place` counts from 0 where the part is a list.
    """
    require(by, REVIEW)
    if not words.strip():
        raise Refused(_("请写下意见。"))
    text = locked(text)
    if reason := why_not_seen(text, seen):
        raise Refused(reason)
    _progress, round = begin(progress_of(text), by=by, at=at)
    version = round.version
    content = version.content.get(part) if version is not None else None
    if isinstance(content, list):
        there = place is not None and 0 <= place < len(content)
    else:
        there = content is not None and place is None
    if version is None or not there:
        raise Refused(_("意见所指的段落已经不在了，请刷新页面后再写。"))
    made = ReviewComment.objects.create(
        version=version, part=part, place=place, words=words.strip(), by=by, at=at
    )
    journal.write(Act.COMMENT, text, by=by, at=at, part=part, place=place, words=words.strip())
    return made


@journal.act
def settle_comment(comment: ReviewComment, *, by: User, at: dt.datetime) -> None:
    """Record that the comment has been dealt with; settling twice changes nothing."""
    text = comment.version.subject
    require(by, f"speeches.change_{text._meta.model_name}")
    locked(text)
    taken = ReviewComment.objects.filter(pk=comment.pk, settled_at__isnull=True).update(
        settled_at=at, settled_by=by
    )
    if taken:
        journal.write(Act.SETTLE_COMMENT, text, by=by, at=at, words=comment.words)
