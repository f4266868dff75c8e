"""Reprints: a remark of the desk turns out to be one that the archive has already."""

import datetime as dt

from speeches.models import Act, Remark, Reprint, User
from speeches.moderation import journal
from speeches.moderation.archive import answer
from speeches.moderation.discarding import discard_remark
from speeches.moderation.likeness import like_remark
from speeches.moderation.refusals import require


@journal.act
def link_as_reprint(remark: Remark, *, of: Remark, by: User, at: dt.datetime) -> None:
    """Delete a remark that was never reviewed and record that `of` was printed there too."""
    require(by, "speeches.delete_remark")
    answer(like_remark(remark), same_as=of, by=by, at=at)
    run = remark.meeting.import_run
    discard_remark(remark, by=by, at=at)
    if run is not None:
        Reprint.objects.get_or_create(run=run, remark=of)
    journal.write(Act.LINK, of, by=by, at=at, reprint=run.pk if run else None)


@journal.act
def keep_apart(remark: Remark, *, by: User | None, at: dt.datetime) -> None:
    """Record that a remark of the desk is another one than those that are like it."""
    require(by, "speeches.change_remark")
    answer(like_remark(remark), same_as=None, by=by, at=at)
    journal.write(Act.LINK, remark, by=by, at=at, same_as=None)
