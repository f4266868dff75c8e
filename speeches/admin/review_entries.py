"""The texts of the review page in values for its template: wording, comments, stages, buttons."""

from dataclasses import replace
from typing import Any

from django.utils.safestring import mark_safe

from speeches.admin.acting import now
from speeches.admin.previewing import meeting_preview, remark_preview
from speeches.admin.review_comments import comments_of, standing_comments, where
from speeches.models import Meeting, Outcome, Remark, ReviewStep, TextState, User
from speeches.moderation.proofreading import PROOFREAD
from speeches.moderation.reviewing import REVIEW, text_key
from speeches.moderation.rounds import DONE, Progress, progress_of, why_not_by
from speeches.moderation.schemes import Stage
from speeches.moderation.versioning import fingerprint_of


def entry_of(text: Meeting | Remark, person: User, typed: dict[str, str]) -> dict[str, Any]:
    """Return everything the page shows of a text; `typed` are fields that come back filled in."""
    key, fingerprint = text_key(text), fingerprint_of(text)
    progress = progress_of(text)
    may_review = person.has_perm(REVIEW)
    entry: dict[str, Any] = {
        "key": key,
        "text": text,
        "is_meeting": isinstance(text, Meeting),
        "fingerprint": fingerprint,
        "standing": text.state == TextState.CHANGED,
        "opinion": typed.get(f"opinion-{key}", ""),
        "publish_at": typed.get(f"publish_at-{key}", ""),
        "may_proofread": person.has_perm(PROOFREAD) and reading_to_come(progress),
        "earlier": _earlier(text, fingerprint),
        **_standing_of(progress, person, may_review=may_review),
        **_parts(text, fingerprint, typed),
    }
    if isinstance(text, Meeting):
        entry["page"] = meeting_preview(text, at=now())["meeting"]
        entry["host"] = text.host
    else:
        entry["page"] = remark_preview(text, at=now())["remark"]
        entry["doubts"] = text.doubts.filter(settled_at__isnull=True)
    return entry


def reading_to_come(progress: Progress) -> Stage | None:
    """Return the proof reading that the next proof reader would do."""
    over = {code for code, _reader in progress.done}
    return next((s for s in progress.stages if not s.is_review and s.code not in over), None)


def _standing_of(progress: Progress, person: User, *, may_review: bool) -> dict[str, Any]:
    """How far it is, and what this person can do about it."""
    moment, ahead = now(), progress.ahead
    round = progress.round
    due = round.due_at if round else None
    late = due is not None and due < moment
    mine = progress.claimed_by == person
    others = progress.claimed_by is not None and not mine
    why_not = why_not_by(progress, person) if may_review else ""
    # What is overdue may be taken over from whoever has claimed it.
    free = replace(progress, round=None) if late else progress
    lines = _lines(progress)
    return {
        "stages": [line for line in lines if line["required"]],
        "readings": [line for line in lines if not line["required"]],
        "stage": ahead[0],
        "is_last": progress.is_last,
        "due": due,
        "late": late,
        "claimed_by": progress.claimed_by,
        "why_not": why_not,
        "may_pass": may_review and not why_not,
        "may_decide": may_review and not others,
        "may_release": may_review and mine,
        "may_claim": may_review and not mine and not why_not_by(free, person),
        "take_over": others,
    }


def _lines(progress: Progress) -> list[dict[str, Any]]:
    """Every stage with the step that was taken in it, if any, and whether it is the next one."""
    steps: dict[str, ReviewStep] = {}
    if progress.round is not None:
        taken = progress.round.steps.filter(decision__in=DONE).select_related("reviewer")
        steps = {step.stage: step for step in taken}
    following = progress.ahead[0] if progress.ahead else None
    return [
        {
            "name": stage.name,
            "required": stage.required,
            "step": steps.get(stage.code),
            "next": stage == following,
        }
        for stage in progress.stages
    ]


def _earlier(text: Meeting | Remark, fingerprint: str) -> dict[str, Any] | None:
    """Why the text came back in the last round, and what was said about parts of it then."""
    last = text.review_rounds.filter(outcome=Outcome.RETURNED).order_by("-pk").first()
    comments = [part for part in comments_of(text) if part["version"].fingerprint != fingerprint]
    step = None
    if last is not None:
        step = last.steps.filter(decision="return").select_related("reviewer").first()
    return {"step": step, "parts": comments} if step or comments else None


def _parts(text: Meeting | Remark, fingerprint: str, typed: dict[str, str]) -> dict[str, Any]:
    """The parts that can be commented on, each with its comments."""
    key, comments = text_key(text), standing_comments(text, fingerprint)

    def part(name: str, place: int | None = None, held: Any = "") -> dict[str, Any]:
        spot = name if place is None else f"{name}:{place}"
        return {
            "spot": f"{key}:{spot}",
            "where": where(name, place),
            "comments": comments.get((name, place), []),
            "typed": typed.get(f"comment-{key}:{spot}", ""),
            "held": held,
        }

    if isinstance(text, Meeting):
        pictures = enumerate(text.pictures.order_by("position"))
        return {
            "heading": part("title"),
            "facts": part("name"),
            "paragraphs": [part("introduction", n, one) for n, one in enumerate(text.introduction)],
            "pictures": [part("pictures", n, one) for n, one in pictures],
        }
    return {
        "heading": part("heading"),
        "signature": part("unit"),
        # Cleaned when it was saved.
        "paragraphs": [part("body", n, mark_safe(one)) for n, one in enumerate(text.body)],  # noqa: S308
    }
