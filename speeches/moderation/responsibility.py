"""Responsibility: who edited, reviewed and proofread a text, as the records have it."""

from typing import Any

from speeches.models import Meeting, Remark, ReviewRound
from speeches.moderation.rounds import DONE
from speeches.moderation.schemes import stages_of

EDITOR = "责任编辑"
PROOFREADERS = "校对"


def responsibility_of(text: Meeting | Remark, round: ReviewRound) -> list[dict[str, Any]]:
    """Return [{"role", "names"}] for the page: editor, each stage in its order, proof readers.

    Names are those of the accounts on the day; proof readers stand together, each once.
    """
    lines: list[dict[str, Any]] = []
    if text.edited_by is not None:
        lines.append({"role": EDITOR, "names": [text.edited_by.name]})
    steps = list(round.steps.filter(decision__in=DONE).select_related("reviewer").order_by("pk"))
    proofs: list[str] = []
    for stage in stages_of(round.stages):
        names = [step.reviewer.name for step in steps if step.stage == stage.code]
        if stage.is_review:
            lines += [{"role": stage.name, "names": names}] if names else []
        else:
            proofs += [name for name in names if name not in proofs]
    return lines + ([{"role": PROOFREADERS, "names": proofs}] if proofs else [])
