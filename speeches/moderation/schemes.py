"""Schemes: which stages a text passes before readers see it, as the newsroom has configured."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from speeches.models import Act, ReviewScheme, User
from speeches.moderation import journal
from speeches.moderation.refusals import Refused, require

ADOPT = "speeches.add_reviewscheme"


@dataclass(frozen=True)
class Stage:
    """One stage: a review, or a proof reading; `hours` until it is due."""

    code: str
    name: str
    kind: str
    required: bool
    hours: int

    @property
    def is_review(self) -> bool:
        """Whether it is passed or returned; a proof reading is only recorded."""
        return self.kind == "review"


def stages_of(stored: Sequence[dict[str, Any]]) -> list[Stage]:
    """Return the stages that a scheme or a round holds, in their order."""
    return [Stage(**stage) for stage in stored]


def standing_stages() -> list[dict[str, Any]]:
    """Return the stages that count now, as a round copies them."""
    scheme = ReviewScheme.objects.order_by("-id").first()
    if scheme is None:
        raise Refused(_("还没有设定审校制度，请管理员先设定。"))
    return list(scheme.stages)


@journal.act
def adopt_scheme(stages: Sequence[Stage], *, by: User | None, at: dt.datetime) -> ReviewScheme:
    """Make these the stages of every round that opens from now on; open rounds keep theirs."""
    require(by, ADOPT)
    if not any(stage.is_review and stage.required for stage in stages):
        raise Refused(_("至少要有一个必经的审次。"))
    if not [stage for stage in stages if stage.required][-1].is_review:
        # The last approval publishes; nobody would after a proof reading.
        raise Refused(_("最后一个必经的审次须是审稿，校对请排在它之前。"))
    if len({stage.code for stage in stages}) < len(stages):
        raise Refused(_("审次的代码不能重复。"))
    if any(not stage.name.strip() or stage.hours < 1 for stage in stages):
        raise Refused(_("每个审次都要有名称，时限至少一小时。"))
    scheme = ReviewScheme.objects.create(
        stages=[
            {
                "code": stage.code,
                "name": stage.name,
                "kind": stage.kind,
                "required": stage.required,
                "hours": stage.hours,
            }
            for stage in stages
        ],
        adopted_at=at,
        adopted_by=by,
    )
    journal.write(Act.ADOPT_SCHEME, scheme, by=by, at=at, stages=scheme.stages)
    return scheme
