"""Responsibility: who edited, reviewed and proofread a text, as the records have it."""

from typing import Any

from speeches.models import Meeting, Remark, ReviewRound, User
from speeches.moderation.rounds import DONE
from speeches.moderation.schemes import stages_of

EDITOR = "责任编辑"
PROOFREADERS = "校对"


def responsibility_of(text: Meeting | Remark, round: ReviewRound) -> list[dict[str, Any]]:
    """Return [{"role", "names"}] for the page: editor, each stage in its order, proof readers.

    Names are those of the accounts on the day; proof readers stand together, each once.
    """
    lines: list[dict[str, Any]] = []
    editor = _editor_of(text)
    if editor is not None:
        lines.append({"role": EDITOR, "names": [editor.name]})
    steps = list(round.steps.filter(decision__in=DONE).select_related("reviewer").order_by("pk"))
    proofs: list[str] = []
    for stage in stages_of(round.stages):
        names = [step.reviewer.name for step in steps if step.stage == stage.code]
        if stage.is_review:
            lines += [{"role": stage.name, "names": names}] if names else []
        else:
            proofs += [name for name in names if name not in proofs]
    return lines + ([{"role": PROOFREADERS, "names": proofs}] if proofs else [])


def _editor_of(text: Meeting | Remark) -> User | None:
    """Return who of the newsroom changed the wording last; a contributing unit is no editor."""
    if text.edited_by is None or text.edited_by.is_staff:
        return text.edited_by
    changes = text.wording_changes.filter(by__is_staff=True).select_related("by").order_by("-pk")
    last = changes.first()
    return last.by if last else None
