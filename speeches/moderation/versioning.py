"""Versioning: what a text says is kept at every hand-over, with whose wording is in it."""

import datetime as dt
from collections.abc import Collection
from typing import Any

from django.db.models import Max

from speeches.models import (
    Meeting,
    Outcome,
    Remark,
    ReviewRound,
    TextVersion,
    User,
    VersionEditor,
    WordingChange,
)
from speeches.moderation.composing import (
    compose_meeting,
    meeting_fingerprint,
    remark_fingerprint,
)


def content_of(text: Meeting | Remark) -> dict[str, Any]:
    """Return the words of a text as they stand: what a fingerprint covers, by name."""
    if isinstance(text, Remark):
        names = text.speakers.order_by("position").values_list("name_as_printed", flat=True)
        return {
            "heading": text.heading,
            "unit": text.unit_as_printed,
            "post": text.post_as_printed,
            "speakers": list(names),
            "body": text.body,
        }
    edition = compose_meeting(text, at=text.edited_at)
    return {
        "kicker": edition.kicker,
        "title": edition.title,
        "subtitle": edition.subtitle,
        "name": edition.name,
        "held_from": str(edition.held_from or ""),
        "held_to": str(edition.held_to or ""),
        "held_on_text": edition.held_on_text,
        "place": edition.place,
        "introduction": edition.introduction,
        "bylines": edition.bylines,
        "pictures": edition.pictures,
        "newspaper": edition.newspaper,
        "issue_date": str(edition.issue_date or ""),
        "page_number": edition.page_number,
    }


def fingerprint_of(text: Meeting | Remark) -> str:
    """Return the fingerprint of the wording as it stands."""
    if isinstance(text, Remark):
        return remark_fingerprint(text)
    return meeting_fingerprint(text)


def note_change(text: Meeting | Remark, *, by: User | None, at: dt.datetime) -> None:
    """Remember whose wording the text has now; a command is nobody."""
    if by is not None:
        WordingChange.objects.create(**_owner(text), by=by, at=at, fingerprint=text.fingerprint)


def wording_by(text: Meeting | Remark) -> set[int]:
    """Return the ids of those whose wording is in the text and on no published page yet.

    Whoever wrote most of a text does not become free to review it by another's correcting a
    comma, so everybody counts who has changed it since the last edition.
    """
    edition = text.editions.select_related("round__version").order_by("-number").first()
    public = edition.round.version if edition else None
    changes = text.wording_changes.filter(pk__gt=public.changes_until if public else 0)
    return set(changes.values_list("by_id", flat=True))


def make_version(
    text: Meeting | Remark,
    *,
    occasion: TextVersion.Occasion,
    editors: Collection[int],
    by: User | None,
    at: dt.datetime,
) -> TextVersion:
    """Keep what the text says now; a version that says the same already is that version.

    `editors` are the ids of those whose wording is in it (`wording_by`).
    """
    fingerprint = fingerprint_of(text)
    last = text.versions.order_by("-number").first()
    if (
        last is not None
        and last.fingerprint == fingerprint
        and set(last.editors.values_list("editor_id", flat=True)) == set(editors)
    ):
        return last
    version = TextVersion.objects.create(
        **_owner(text),
        number=last.number + 1 if last else 1,
        occasion=occasion,
        fingerprint=fingerprint,
        content=content_of(text),
        changes_until=text.wording_changes.aggregate(last=Max("pk"))["last"] or 0,
        made_at=at,
        made_by=by,
    )
    VersionEditor.objects.bulk_create(
        VersionEditor(version=version, editor_id=editor) for editor in sorted(editors)
    )
    return version


def overtake(text: Meeting | Remark, *, at: dt.datetime) -> None:
    """Close the open round of a text whose wording has changed: the next begins at the start."""
    rounds: Any = ReviewRound.objects.open().filter(**_owner(text))
    rounds.update(
        closed_at=at, outcome=Outcome.OVERTAKEN, claimed_by=None, claimed_at=None, due_at=None
    )


def _owner(text: Meeting | Remark) -> dict[str, Any]:
    return {"meeting": text} if isinstance(text, Meeting) else {"remark": text}
