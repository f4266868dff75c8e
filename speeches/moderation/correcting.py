"""Correcting (更正): the dated notes an edition carries, made from the editions it follows.

They are composed when an edition is, compare what was public with what becomes public and nothing
else, and are never typed.
"""

import datetime as dt
from typing import Any

from speeches.models import MeetingEdition, RemarkEdition
from speeches.text.correcting import Part, changes_between


def corrections_after(
    public: MeetingEdition | RemarkEdition | None, edition: MeetingEdition | RemarkEdition
) -> list[dict[str, Any]]:
    """Return the notes of an edition, the oldest first: [{"at", "changes"}].

    `public` is the edition that readers have now; the notes it carries go on. None where there is
    none: what is published first corrects nothing, and what is published anew after a withdrawal
    (撤稿) must not tell what stood there before. `at` is `published_at` in ISO 8601, `changes`
    are those of `speeches.text.correcting`.
    """
    if public is None:
        return []
    notes: list[dict[str, Any]] = list(public.corrections or [])
    if public.fingerprint == edition.fingerprint:
        return notes
    changes = changes_between(_parts(public), _parts(edition))
    # Readers may see no difference: two names that were one field are two now.
    if changes:
        notes.append({"at": edition.published_at.isoformat(), "changes": changes})
    return notes


def _parts(edition: MeetingEdition | RemarkEdition) -> dict[str, Part]:
    """Return what readers see of an edition that its fingerprint covers, in the page's order."""
    if isinstance(edition, RemarkEdition):
        return {
            "heading": _line(edition.heading),
            "unit": _line(edition.unit_as_printed),
            "post": _line(edition.post_as_printed),
            "speakers": _line(edition.speakers_as_printed),
            "body": Part(tuple(edition.text.split("\n")), tuple(edition.paragraphs)),
        }
    return {
        "kicker": _line(edition.kicker),
        "title": _line(edition.title),
        "subtitle": _line(edition.subtitle),
        "bylines": Part(tuple(_joined("/", one["name"], one["role"]) for one in edition.bylines)),
        "name": _line(edition.name),
        "held_from": _day(edition.held_from),
        "held_to": _day(edition.held_to),
        "held_on_text": _line(edition.held_on_text),
        "place": _line(edition.place),
        "newspaper": _line(edition.newspaper),
        "issue_date": _day(edition.issue_date),
        "page_number": _line(edition.page_number),
        "introduction": Part(tuple(edition.introduction)),
        "captions": Part(
            tuple(_joined("　", one["caption"], one["credit"]) for one in edition.pictures)
        ),
        # Names of files are compared, not told.
        "pictures": Part((), tuple(one["image"] for one in edition.pictures)),
    }


def _line(words: str) -> Part:
    return Part((words,) if words else ())


def _day(day: dt.date | None) -> Part:
    return _line(f"{day.year}年{day.month}月{day.day}日" if day else "")


def _joined(between: str, *words: str) -> str:
    return between.join(filter(None, words))
