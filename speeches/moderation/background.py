"""Background: batches are read by `manage.py db_worker`, a slice at a time.

A task reads for a few seconds and hands the rest to a new task: batches take turns, and a worker
that is told to stop does so after the file in hand. Tasks stand in the database, in the
transaction of what asked for them.
"""

import datetime as dt
import logging
import time

from django.db import OperationalError
from django.utils import timezone
from django_tasks import task

from speeches.models import BatchFile, ImportBatch, User
from speeches.moderation.batching import work_off
from speeches.moderation.intake import IMPORT
from speeches.moderation.refusals import require

SLICE_SECONDS = 5.0
# The database was away or taken for too long.
TRIES_AGAIN_AFTER = dt.timedelta(seconds=30)
# A worker looks for work every second; a file takes a minute at the very most.
STARTS_WITHIN = dt.timedelta(seconds=10)
SHOWS_LIFE_WITHIN = dt.timedelta(seconds=90)

logger = logging.getLogger(__name__)


@task()
def read_slice(batch_id: int) -> None:
    """Read files of a batch for a few seconds, then hand over."""
    batch = ImportBatch.objects.unfinished().filter(pk=batch_id).first()
    if batch is None:
        return
    begun = time.monotonic()
    try:
        for _file in work_off(batch, clock=timezone.now):
            if time.monotonic() - begun >= SLICE_SECONDS:
                read_slice.enqueue(batch_id)
                return
    except OperationalError:
        logger.exception("Batch %s is tried again later", batch_id)
        read_slice.using(run_after=timezone.now() + TRIES_AGAIN_AFTER).enqueue(batch_id)


def hand_over(batch: ImportBatch) -> None:
    """Have a batch read by the background worker."""
    read_slice.enqueue(batch.pk)


def take_up_again(batch: ImportBatch, *, by: User | None) -> None:
    """Have a batch read on whose worker has died; doing so twice does no harm."""
    require(by, IMPORT)
    if ImportBatch.objects.unfinished().filter(pk=batch.pk).exists():
        hand_over(batch)


def stands_still(batch: ImportBatch, *, at: dt.datetime) -> bool:
    """Tell whether nobody seems to read a batch: no file of any batch shows that a worker lives."""
    if batch.finished_at is not None or at - batch.opened_at < STARTS_WITHIN:
        return False
    since = at - SHOWS_LIFE_WITHIN
    signs = BatchFile.objects.filter(claimed_at__gte=since)
    return not signs.exists()
