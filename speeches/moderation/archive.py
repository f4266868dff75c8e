"""The archive: which remarks of a draft are there already, and what people say of the likeness.

Nobody decides by a likeness alone: it is shown, a person says whether the two are the same
remark, and only then is the second one linked instead of made.
"""

import datetime as dt
from collections.abc import Mapping

from django.utils.translation import gettext as _

from speeches.models import Act, ImportRun, Remark, Reprint, SamenessAnswer, User
from speeches.moderation import journal
from speeches.moderation.likeness import Match, like_texts
from speeches.moderation.refusals import Refused, require
from speeches.moderation.revising import report_to_confirm

IMPORT = "speeches.add_importrun"


def known_remarks(run: ImportRun) -> dict[int, list[Match]]:
    """Return, by position, what the archive holds of the remarks of a run's draft.

    The draft is taken as editors have revised it; remarks of the run's own meeting are left out.
    """
    report, _settled = report_to_confirm(run)
    texts = {entry["position"]: "\n".join(entry["paragraphs"]) for entry in report["remarks"]}
    meeting = getattr(run, "meeting", None)
    return like_texts(texts, beside=meeting.pk if meeting else None)


def unanswered(known: Mapping[int, list[Match]]) -> list[int]:
    """Return the positions of which somebody still has to say whether they are the same."""
    return sorted(
        position
        for position, matches in known.items()
        if not any(match.same for match in matches) and any(match.same is None for match in matches)
    )


def same_as(known: Mapping[int, list[Match]]) -> dict[int, Remark]:
    """Return, by position, the remark that a person said is the same."""
    return {
        position: match.remark
        for position, matches in known.items()
        for match in matches
        if match.same
    }


@journal.act
def answer_sameness(
    run: ImportRun,
    *,
    position: int,
    same_as: Remark | None,
    by: User | None,
    at: dt.datetime,
) -> None:
    """Record that the remark at `position` of a draft is `same_as`, or (None) another one.

    "Another one" is said of every match that is shown. A later answer takes the place of an
    earlier one until the run is confirmed.
    """
    require(by, IMPORT)
    run = ImportRun.objects.select_for_update().get(pk=run.pk)
    if run.state != ImportRun.State.WAITING:
        raise Refused(_("这次导入已经处理过了。"))
    matches = known_remarks(run).get(position, [])
    answer(matches, same_as=same_as, by=by, at=at)
    subject = same_as.pk if same_as else None
    journal.write(Act.LINK, run, by=by, at=at, position=position, same_as=subject)


def link_reprints(run: ImportRun, same: Mapping[int, Remark]) -> None:
    """Store, on confirmation, where remarks of the archive stand again."""
    again = {remark.pk for remark in same.values()}
    Reprint.objects.bulk_create(Reprint(run=run, remark_id=pk) for pk in sorted(again))


def answer(
    matches: list[Match], *, same_as: Remark | None, by: User | None, at: dt.datetime
) -> None:
    """Store what a person says of all matches of one wording; for acts that check and journal."""
    wanted = {match.remark.pk for match in matches}
    if not matches or (same_as is not None and same_as.pk not in wanted):
        raise Refused(_("没有找到这样相近的发言，草稿可能刚改动过，请刷新页面。"))
    name = matches[0].wording
    SamenessAnswer.objects.filter(wording=name).delete()
    SamenessAnswer.objects.bulk_create(
        SamenessAnswer(
            wording=name, remark_id=pk, same=same_as is not None and pk == same_as.pk, at=at, by=by
        )
        for pk in sorted(wanted)
    )
