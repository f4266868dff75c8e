"""Purging: front caches are told to forget addresses, after the act that changed them commits.

The outbox holds one row for every address and cache. `empty_outbox` sends what is due as HTTP
PURGE; what fails is sent again after growing pauses, until the copy has expired by itself. Sending
twice does no harm, the order is of no matter, and several workers share the work.

Every purge is sent once more a minute after the cache has taken it: a page that was being made
while the act was committed may have reached the cache after the first one.
"""

import datetime as dt
import logging
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.db.models import Count, Min
from django.utils import timezone
from django_tasks import task

from speeches.models import Purge
from speeches.models.freshness import COPIES_LAST

TIMEOUT_SECONDS = 5.0
# What one worker takes in hand at a time, and for how long nobody else may.
HANDFUL = 100
HELD_FOR = dt.timedelta(minutes=10)
FIRST_PAUSE = dt.timedelta(seconds=10)
LONGEST_PAUSE = dt.timedelta(hours=1)
# Longer than a front cache waits for a page (30 seconds: deploy/varnish/zhaibian.vcl).
AGAIN_AFTER = dt.timedelta(minutes=1)
# Answers of caches that have no copy to forget.
NOTHING_THERE = (404, 410, 412)

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Emptied:
    """What came of emptying the outbox: rows sent, rows that failed, rows no longer worth it.

    `again` has the times at which something is due once more: what failed, and what was sent for
    the first time.
    """

    sent: int = 0
    failed: int = 0
    expired: int = 0
    again: frozenset[dt.datetime] = frozenset()

    def __add__(self, other: "Emptied") -> "Emptied":
        """Return both together."""
        return Emptied(
            self.sent + other.sent,
            self.failed + other.failed,
            self.expired + other.expired,
            self.again | other.again,
        )


@dataclass(frozen=True)
class Waiting:
    """What the outbox still holds for one cache."""

    cache: str
    number: int
    since: dt.datetime
    error: str


def queue(paths: Sequence[str]) -> None:
    """Put these addresses into the outbox, in the transaction of the act that changes them.

    Without a front cache (`FRONT_CACHES`) nothing is queued.
    """
    if not settings.FRONT_CACHES:
        return
    at = timezone.now()
    Purge.objects.bulk_create(
        (
            Purge(cache=cache, path=path, queued_at=at, due_at=at)
            for cache in settings.FRONT_CACHES
            for path in paths
        ),
        batch_size=HANDFUL,
    )
    empty_in_background.enqueue()


@task()
def empty_in_background() -> None:
    """Empty the outbox, and come again when something is due once more."""
    for due_at in empty_outbox().again:
        empty_in_background.using(run_after=due_at).enqueue()


def empty_outbox() -> Emptied:
    """Send everything that is due; safe to run twice, also at the same time."""
    done = Emptied()
    while purges := _take_in_hand(at=timezone.now()):
        for cache in {purge.cache for purge in purges}:
            done += _send([purge for purge in purges if purge.cache == cache])
    return done


def waiting() -> list[Waiting]:
    """Return what the caches have not heard of yet, by cache, with what went wrong last."""
    rows = Purge.objects.untold().order_by().values("cache").annotate(number=Count("pk"))
    return [
        Waiting(
            row["cache"],
            row["number"],
            row["since"],
            Purge.objects.untold()
            .filter(cache=row["cache"])
            .exclude(error="")
            .order_by("-due_at")
            .values_list("error", flat=True)
            .first()
            or "",
        )
        for row in rows.annotate(since=Min("queued_at")).order_by("cache")
    ]


def _take_in_hand(*, at: dt.datetime) -> list[Purge]:
    """Return some of what is due; if this worker dies, it is due again after a while."""
    with transaction.atomic():
        purges = list(Purge.objects.due(at).select_for_update(skip_locked=True)[:HANDFUL])
        held = Purge.objects.filter(pk__in=[purge.pk for purge in purges])
        held.update(due_at=at + HELD_FOR)
    return purges


def _send(purges: Sequence[Purge]) -> Emptied:
    """Send purges of one cache, each address once."""
    at = timezone.now()
    cache = purges[0].cache
    if cache not in settings.FRONT_CACHES:
        # The operator has taken it away, so that nobody reads its copies.
        return Emptied(expired=_drop(purges))
    by_path: dict[str, list[Purge]] = {}
    for purge in purges:
        by_path.setdefault(purge.path, []).append(purge)
    done, taken = Emptied(), list[Purge]()
    for path, error in _told(cache, by_path):
        rows = by_path[path]
        if not error:
            taken += rows
            continue
        old = [row for row in rows if at - row.queued_at >= COPIES_LAST]
        if old:
            logger.error("%s was never told to forget %s: %s", cache, path, error)
        kept = [row for row in rows if row not in old]
        for row in kept:
            row.tries += 1
            row.due_at, row.error = at + pause_after(row.tries), error[:200]
        Purge.objects.bulk_update(kept, ["tries", "due_at", "error"])
        again = frozenset(row.due_at for row in kept)
        done += Emptied(failed=len(kept), expired=_drop(old), again=again)
    if done.failed:
        logger.warning("%s could not be told to forget %s addresses", cache, done.failed)
    return done + _taken(taken)


def _taken(purges: Sequence[Purge]) -> Emptied:
    """Strike off what the cache has taken: for the first time until it is sent once more."""
    at = timezone.now()
    first = [purge.pk for purge in purges if purge.told_at is None]
    due_at = at + AGAIN_AFTER
    Purge.objects.filter(pk__in=first).update(told_at=at, due_at=due_at, tries=0, error="")
    _drop([purge for purge in purges if purge.told_at is not None])
    return Emptied(sent=len(purges), again=frozenset([due_at] if first else []))


def pause_after(tries: int) -> dt.timedelta:
    """Return how long to wait after so many failures: 10, 20, 40… seconds, an hour at most."""
    doubled: int = 2 ** (min(tries, 20) - 1)
    return min(FIRST_PAUSE * doubled, LONGEST_PAUSE)


def _drop(purges: Sequence[Purge]) -> int:
    Purge.objects.filter(pk__in=[purge.pk for purge in purges]).delete()
    return len(purges)


def _told(cache: str, paths: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Send a PURGE for every path; yields each with what went wrong, "" for nothing.

    A cache that cannot be reached is not asked for the rest.
    """
    there, site = urlsplit(cache), urlsplit(settings.SITE_URL)
    kind = HTTPSConnection if there.scheme == "https" else HTTPConnection
    connection = kind(there.hostname or "", there.port, timeout=TIMEOUT_SECONDS)
    away = ""
    try:
        for path in paths:
            if not away:
                try:
                    # Caches know their copies by host and address.
                    connection.request("PURGE", path, headers={"Host": site.netloc})
                    answer = connection.getresponse()
                    answer.read()
                except (HTTPException, OSError) as error:
                    away = f"{type(error).__name__}: {error}"
                else:
                    refused = answer.status >= 300 and answer.status not in NOTHING_THERE
                    yield path, f"HTTP {answer.status}" if refused else ""
                    continue
            yield path, away
    finally:
        connection.close()
