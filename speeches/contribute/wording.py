"""The wording of a version for templates, with what reviewers said beside the parts they mean."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from speeches.models import (
    Decision,
    Outcome,
    Remark,
    ReviewComment,
    ReviewRound,
    ReviewStep,
    SubmissionDraft,
    TextState,
)
from speeches.moderation.writing import Manuscript

SIGNATURE = ("unit", "post", "speakers")
_CAME_BACK = (TextState.RETURNED, TextState.REJECTED)


@dataclass(frozen=True)
class TextPart:
    """One part of a text: `kind` is heading, signature or paragraph."""

    kind: str
    where: str
    held: str | SafeString
    comments: list[ReviewComment] = field(default_factory=list)


@dataclass(frozen=True)
class Reasons:
    """Why a text came back: opinions on the whole, and the text with comments on its parts."""

    steps: list[ReviewStep]
    parts: list[TextPart]
    # Of the wording that was reviewed, "" for one that was not kept.
    fingerprint: str = ""

    @property
    def commented(self) -> list[TextPart]:
        """The parts that somebody has spoken of."""
        return [part for part in self.parts if part.comments]


def reasons_of(remark: Remark) -> Reasons | None:
    """Return why the remark came back or was turned down, None where it did not: three queries."""
    if remark.state not in _CAME_BACK:
        return None
    # Not through the remark, which may hold rounds that were loaded for something else.
    ended = ReviewRound.objects.filter(
        remark=remark, outcome__in=(Outcome.RETURNED, Outcome.REJECTED)
    )
    round = ended.select_related("version").order_by("-pk").first()
    if round is None:
        return None
    decisions = (Decision.RETURN, Decision.REJECT)
    steps = list(round.steps.filter(decision__in=decisions).order_by("pk"))
    if round.version is None:
        return Reasons(steps, [])
    version = round.version
    parts = text_of(version.content, version.comments.order_by("pk"))
    return Reasons(steps, parts, version.fingerprint)


def text_of(content: Mapping[str, Any], comments: Iterable[ReviewComment] = ()) -> list[TextPart]:
    """Return the parts of a text (`versioning.content_of`) in reading order."""
    beside: dict[tuple[str, int | None], list[ReviewComment]] = {}
    for comment in comments:
        part = "unit" if comment.part in SIGNATURE else comment.part
        beside.setdefault((part, comment.place), []).append(comment)
    signature = f"{content['unit']}{content['post']} {'、'.join(content['speakers'])}".strip()
    parts = [
        TextPart("heading", _("标题"), content["heading"], beside.get(("heading", None), [])),
        TextPart("signature", _("署名"), signature, beside.get(("unit", None), [])),
    ]
    for place, element in enumerate(content["body"]):
        where = _("正文第%(number)d段") % {"number": place + 1}
        # Bodies were cleaned when they were saved.
        held = mark_safe(element)  # noqa: S308
        parts.append(TextPart("paragraph", where, held, beside.get(("body", place), [])))
    return [part for part in parts if part.held or part.comments]


def content_of(words: Manuscript | SubmissionDraft) -> dict[str, Any]:
    """Return what is being written in the form of `versioning.content_of`."""
    return {
        "heading": words.heading,
        "unit": words.unit_as_printed,
        "post": words.post_as_printed,
        "speakers": words.speakers,
        "body": words.body,
    }
