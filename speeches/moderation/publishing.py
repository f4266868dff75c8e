"""Publishing: an approved text becomes a numbered edition, the only thing readers see."""

import datetime as dt

from django.db.models import Max
from django.utils.translation import gettext as _

from speeches.models import (
    Act,
    EditionSpeaker,
    Meeting,
    MeetingEdition,
    PublicationOrder,
    Remark,
    RemarkEdition,
    ReviewRound,
    TextState,
    User,
)
from speeches.moderation import journal
from speeches.moderation.composing import compose_meeting, compose_remark
from speeches.moderation.correcting import corrections_after
from speeches.moderation.linking import set_themes
from speeches.moderation.refusals import Refused
from speeches.moderation.responsibility import responsibility_of
from speeches.moderation.watching import watch
from speeches.search import indexing


def obstacle(
    text: Meeting | Remark, *, meeting_comes: bool = False, moment: dt.datetime | None = None
) -> str:
    """Return why the text cannot become an edition as it stands, or "" when it can.

    `meeting_comes`: the remark's meeting is published before it in the same act; `moment` is when
    the text is to be published, if not at once.
    """
    if isinstance(text, Meeting):
        named = text.title or text.name
        return "" if named else _("会议还没有标题和名称，请编辑至少补上一项。")
    if not text.body:
        return _("“%(text)s”没有正文，请编辑补上或删除。") % {"text": text}
    if meeting_comes or MeetingEdition.objects.current().filter(meeting=text.meeting_id).exists():
        return ""
    if moment is not None and _meeting_is_public_by(moment, text):
        return ""
    return _("所属会议尚未发布，请先通过会议，或整版一起通过。")


def _meeting_is_public_by(moment: dt.datetime, remark: Remark) -> bool:
    orders = PublicationOrder.objects.waiting().filter(round__meeting=remark.meeting_id)
    return orders.filter(publish_at__lte=moment).exists()


def publish_meeting(
    meeting: Meeting, *, round: ReviewRound, by: User, at: dt.datetime
) -> MeetingEdition:
    """Write the meeting's next edition; called inside the transaction of the last approval.

    Current remark editions move to it, with its date: they belong to the meeting as it now is.
    """
    if reason := obstacle(meeting):
        raise Refused(reason)
    watch(meeting)
    edition = compose_meeting(meeting, at=at)
    edition.responsibility = responsibility_of(meeting, round)
    edition.corrections = corrections_after(meeting.editions.current().first(), edition)
    edition.number = (meeting.editions.aggregate(last=Max("number"))["last"] or 0) + 1
    edition.round = round
    standing = meeting.editions.filter(superseded_at__isnull=True)
    standing.update(superseded_at=at)
    edition.save(force_insert=True)
    RemarkEdition.objects.filter(meeting=meeting, superseded_at__isnull=True).update(
        meeting_edition=edition, date=edition.date, year=edition.year
    )
    _mark_published(meeting)
    journal.write(Act.PUBLISH, meeting, by=by, at=at, edition=edition.number)
    return edition


def publish_remark(
    remark: Remark, *, round: ReviewRound, by: User, at: dt.datetime
) -> RemarkEdition:
    """Write the remark's next edition; refused while its meeting is not public."""
    if reason := obstacle(remark):
        raise Refused(reason)
    watch(remark)
    meeting_edition = MeetingEdition.objects.current().get(meeting=remark.meeting_id)
    composed = compose_remark(remark, at=at, meeting_edition=meeting_edition)
    edition = composed.edition
    edition.responsibility = responsibility_of(remark, round)
    edition.corrections = corrections_after(remark.editions.current().first(), edition)
    edition.number = (remark.editions.aggregate(last=Max("number"))["last"] or 0) + 1
    edition.round = round
    standing = remark.editions.filter(superseded_at__isnull=True)
    indexing.remove(standing)
    standing.update(superseded_at=at)
    edition.save(force_insert=True)
    indexing.add([edition])
    for speaker in composed.speakers:
        speaker.edition = edition
    EditionSpeaker.objects.bulk_create(composed.speakers)
    set_themes(edition, [theme.pk for theme in composed.themes])
    _mark_published(remark)
    journal.write(Act.PUBLISH, remark, by=by, at=at, edition=edition.number)
    return edition


def _mark_published(text: Meeting | Remark) -> None:
    text.state = TextState.PUBLISHED
    text.save(update_fields=["state"])
