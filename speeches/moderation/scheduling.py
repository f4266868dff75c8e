"""Scheduling: an approved text is published at a set time, and never before its embargo ends."""

import datetime as dt

from django.db import models
from django.utils import timezone
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django_tasks import task

from speeches.models import (
    Act,
    Meeting,
    PublicationOrder,
    Remark,
    ReviewRound,
    TextState,
    User,
)
from speeches.moderation import journal
from speeches.moderation.editing import state_on_the_desk
from speeches.moderation.locking import locked
from speeches.moderation.publishing import obstacle, publish_meeting, publish_remark
from speeches.moderation.refusals import Refused, require
from speeches.moderation.versioning import fingerprint_of

SCHEDULE = "speeches.review_text"
# What stood in the way, such as an unpublished meeting, is settled by people.
TRIES_AGAIN_AFTER = dt.timedelta(minutes=5)


def moment_of(text: Meeting | Remark, publish_at: dt.datetime | None) -> dt.datetime | None:
    """Return when a text that is approved now is published: None means at once."""
    meeting = text if isinstance(text, Meeting) else text.meeting
    moments = [one for one in (publish_at, meeting.embargo_until) if one is not None]
    return max(moments, default=None)


def order_publication(
    text: Meeting | Remark,
    *,
    round: ReviewRound,
    publish_at: dt.datetime,
    by: User,
    at: dt.datetime,
) -> PublicationOrder:
    """Set the time; called inside the act of the last approval."""
    order = PublicationOrder.objects.create(
        round=round, publish_at=publish_at, ordered_at=at, ordered_by=by
    )
    text.state = TextState.SCHEDULED
    text.save(update_fields=["state"])
    publish_when_due.using(run_after=publish_at).enqueue()
    journal.write(Act.SCHEDULE, text, by=by, at=at, publish_at=publish_at.isoformat())
    return order


@journal.act
def reschedule(
    text: Meeting | Remark, *, publish_at: dt.datetime, by: User, at: dt.datetime
) -> PublicationOrder:
    """Set another time; the approval stands."""
    require(by, SCHEDULE)
    text = locked(text)
    order = _order_of(text)
    moment = moment_of(text, publish_at)
    if moment is None or moment <= at:
        raise Refused(_("发布时间须在现在之后。"))
    if reason := obstacle(text, moment=moment):
        raise Refused(reason)
    _cancel(order, at=at)
    return order_publication(text, round=order.round, publish_at=moment, by=by, at=at)


@journal.act
def unschedule(text: Meeting | Remark, *, by: User, at: dt.datetime) -> None:
    """Take the text off the schedule; it waits for review again, from the first stage."""
    require(by, SCHEDULE)
    text = locked(text)
    order = _order_of(text)
    _cancel(order, at=at)
    text.state = state_on_the_desk(text)
    text.save(update_fields=["state"])
    journal.write(Act.UNSCHEDULE, text, by=by, at=at, publish_at=order.publish_at.isoformat())


def publish_due(*, at: dt.datetime) -> tuple[list[PublicationOrder], list[PublicationOrder]]:
    """Carry out every order whose time has come: meetings first, each in an act of its own.

    Returns those carried out and those that could not be; the latter keep the reason and are
    tried again. Safe to run twice, also at the same time.
    """
    due = PublicationOrder.objects.waiting().filter(publish_at__lte=at)
    done: list[PublicationOrder] = []
    left: list[PublicationOrder] = []
    meetings_first = models.F("round__remark__position").asc(nulls_first=True)
    for order in due.select_related("round").order_by("publish_at", meetings_first, "pk"):
        try:
            if _carry_out(order, at=at):
                done.append(order)
        except Refused as refusal:
            PublicationOrder.objects.filter(pk=order.pk).update(obstacle=str(refusal))
            order.obstacle = str(refusal)
            left.append(order)
    return done, left


@task()
def publish_when_due() -> None:
    """Carry out what is due, in the background; what could not be done is tried again later.

    Every order has a task of its own in the database, which outlives a restart of the worker;
    one that is lost with a worker that was killed is made up for by any other.
    """
    _done, left = publish_due(at=timezone.now())
    if left:
        publish_when_due.using(run_after=timezone.now() + TRIES_AGAIN_AFTER).enqueue()


@journal.act
def _carry_out(order: PublicationOrder, *, at: dt.datetime) -> bool:
    """Publish what was approved; False where somebody else has just done so or cancelled it."""
    text = locked(order.round.subject)
    held = PublicationOrder.objects.waiting().select_for_update().filter(pk=order.pk).first()
    if held is None:
        return False
    embargo = moment_of(text, None)
    if embargo is not None and embargo > at:
        raise Refused(
            _("“%(text)s”禁发至 %(time)s。")
            % {"text": text, "time": f"{localtime(embargo):%Y-%m-%d %H:%M}"}
        )
    if fingerprint_of(text) != order.round.fingerprint:
        raise Refused(_("“%(text)s”与终审通过的文字不一致，请重新送审。") % {"text": text})
    if isinstance(text, Meeting):
        publish_meeting(text, round=order.round, by=order.ordered_by, at=at)
    else:
        publish_remark(text, round=order.round, by=order.ordered_by, at=at)
    held.done_at, held.obstacle = at, ""
    held.save(update_fields=["done_at", "obstacle"])
    return True


def in_words(order: PublicationOrder) -> str:
    """Return what will happen, and when: 定于 2024-06-02 06:00 发布“……”（王某通过）。"""
    return _("定于 %(time)s 发布“%(text)s”（%(person)s通过）。") % {
        "time": f"{localtime(order.publish_at):%Y-%m-%d %H:%M}",
        "text": order.round.subject,
        "person": order.ordered_by,
    }


def waiting_order(text: Meeting | Remark) -> PublicationOrder | None:
    """Return the order to publish the text that is still to be carried out."""
    owner = {"round__meeting": text} if isinstance(text, Meeting) else {"round__remark": text}
    orders = PublicationOrder.objects.waiting().filter(**owner)
    return orders.select_related("round", "ordered_by").first()


def drop_order(text: Meeting | Remark, *, at: dt.datetime) -> None:
    """Cancel what was ordered for a text that is being withdrawn."""
    order = waiting_order(text)
    if order is not None:
        _cancel(order, at=at)


def _order_of(text: Meeting | Remark) -> PublicationOrder:
    order = waiting_order(text)
    if order is None:
        raise Refused(_("“%(text)s”没有定时发布。") % {"text": text})
    return order


def _cancel(order: PublicationOrder, *, at: dt.datetime) -> None:
    order.cancelled_at = at
    order.save(update_fields=["cancelled_at"])
