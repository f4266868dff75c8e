"""What a text has said so far: its versions, its editions, and what stands on the desk now."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from speeches.models import (
    Meeting,
    MeetingEdition,
    Remark,
    RemarkEdition,
    ReviewStep,
    TextVersion,
    WordingChange,
)
from speeches.moderation.versioning import content_of, fingerprint_of

DESK = "desk"


@dataclass(frozen=True)
class Step:
    """One step of the reviews, in words."""

    stage: str
    person: str
    decision: str
    opinion: str
    at: dt.datetime

    def __str__(self) -> str:
        return f"{self.stage}{self.decision}"


@dataclass
class Entry:
    """One wording of a text.

    `key` names it in addresses: the number of a version, "edition-2" where an edition is from
    before versions were kept, or "desk". `number` is None where it cannot be restored.
    """

    key: str
    name: str
    short: str
    occasion: str
    at: dt.datetime
    by: str
    editors: str
    content: dict[str, Any]
    fingerprint: str
    number: int | None = None
    steps: list[Step] = field(default_factory=list)
    editions: list[str] = field(default_factory=list)
    public: bool = False
    stands: bool = False


def entries_of(text: Meeting | Remark) -> list[Entry]:
    """Return every wording in the order of time, what stands now as the last one.

    Editions from before versions were kept come first. The number of queries does not grow.
    """
    versions = list(
        text.versions.select_related("made_by")
        .prefetch_related("rounds__steps__reviewer")
        .order_by("number")
    )
    changes = list(text.wording_changes.select_related("by").order_by("pk"))
    entries: dict[int, Entry] = {}
    until = 0
    for version in versions:
        entries[version.pk] = _of_version(
            version, changed_by(changes, until, version.changes_until)
        )
        until = version.changes_until
    early = []
    for edition in text.editions.select_related("round").order_by("number"):
        entry = entries.get(edition.round.version_id or 0)
        if entry is None:
            entry = _of_edition(edition)
            early.append(entry)
        entry.editions.append(public_life(edition))
        entry.public = edition.superseded_at is None and edition.withdrawn_at is None
    found = [*early, *entries.values()]
    standing = fingerprint_of(text)
    if found and found[-1].fingerprint == standing:
        found[-1].stands = True
    else:
        found.append(_on_the_desk(text, standing, changed_by(changes, until, None)))
    return found


def changed_by(changes: Sequence[WordingChange], after: int, until: int | None) -> str:
    """Return who changed the wording between two versions."""
    names = [
        str(change.by)
        for change in changes
        if change.pk > after and (until is None or change.pk <= until)
    ]
    return "、".join(dict.fromkeys(names))


def _of_version(version: TextVersion, editors: str) -> Entry:
    steps = [step for round in version.rounds.all() for step in round.steps.all()]
    return Entry(
        key=str(version.number),
        name=str(version),
        short=str(version.number),
        occasion=version.get_occasion_display(),
        at=version.made_at,
        by=str(version.made_by or ""),
        editors=editors,
        content=version.content,
        fingerprint=version.fingerprint,
        number=version.number,
        steps=[_step(step) for step in sorted(steps, key=lambda step: step.pk)],
    )


def _step(step: ReviewStep) -> Step:
    names = {stage["code"]: stage["name"] for stage in step.round.stages}
    return Step(
        stage=names.get(step.stage, step.stage),
        person=str(step.reviewer),
        decision="" if step.decision == "proof" else step.get_decision_display(),
        opinion=step.opinion,
        at=step.taken_at,
    )


def _of_edition(edition: MeetingEdition | RemarkEdition) -> Entry:
    return Entry(
        key=f"edition-{edition.number}",
        name=_("已发布的第%(number)d版") % {"number": edition.number},
        short=_("版%(number)d") % {"number": edition.number},
        occasion=_("发布"),
        at=edition.published_at,
        by="",
        editors="",
        content=_content_of_edition(edition),
        fingerprint=edition.fingerprint,
    )


def _content_of_edition(edition: MeetingEdition | RemarkEdition) -> dict[str, Any]:
    if isinstance(edition, RemarkEdition):
        return {
            "heading": edition.heading,
            "unit": edition.unit_as_printed,
            "post": edition.post_as_printed,
            "speakers": [edition.speakers_as_printed] if edition.speakers_as_printed else [],
            "body": edition.paragraphs,
        }
    names = (
        *("kicker", "title", "subtitle", "name", "held_on_text", "place", "introduction"),
        *("bylines", "pictures", "newspaper", "page_number"),
    )
    days = {
        name: str(getattr(edition, name) or "") for name in ("held_from", "held_to", "issue_date")
    }
    return {name: getattr(edition, name) for name in names} | days


def public_life(edition: MeetingEdition | RemarkEdition) -> str:
    """Return in words when readers have seen the edition."""
    life = _("第%(number)d版，%(when)s发布") % {
        "number": edition.number,
        "when": f"{localtime(edition.published_at):%Y-%m-%d %H:%M}",
    }
    if edition.withdrawn_at:
        return life + _("，已撤稿")
    return life + (_("，已被新版取代") if edition.superseded_at else _("，读者现在看到的"))


def _on_the_desk(text: Meeting | Remark, fingerprint: str, editors: str) -> Entry:
    return Entry(
        key=DESK,
        name=_("现在的文字"),
        short=_("今"),
        occasion=text.get_state_display(),
        at=text.edited_at,
        by=str(text.edited_by or _("导入命令")),
        editors=editors,
        content=content_of(text),
        fingerprint=fingerprint,
        stands=True,
    )
