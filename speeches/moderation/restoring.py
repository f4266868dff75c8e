"""Restoring: an earlier version becomes the text's wording again, as a new version."""

import datetime as dt

from django.utils.translation import gettext as _

from speeches.models import (
    Act,
    Byline,
    Meeting,
    Picture,
    Remark,
    Speaker,
    TextVersion,
    User,
)
from speeches.moderation import journal
from speeches.moderation.editing import record_edit
from speeches.moderation.locking import locked
from speeches.moderation.refusals import Refused, require
from speeches.moderation.versioning import content_of, make_version, wording_by


@journal.act
def restore(version: TextVersion, *, by: User, at: dt.datetime) -> TextVersion:
    """Put the version's words back; what they replace is kept as a version of its own.

    Links, themes and pictures' files stay as they are. Returns the version that stands now.
    """
    require(by, f"speeches.change_{version.subject._meta.model_name}")
    text = locked(version.subject)
    if content_of(text) == version.content:
        raise Refused(
            _("“%(text)s”现在就是%(version)s的文字。") % {"text": text, "version": version}
        )
    replaced, restored = TextVersion.Occasion.REPLACED, TextVersion.Occasion.RESTORED
    make_version(text, occasion=replaced, editors=wording_by(text), by=by, at=at)
    if isinstance(text, Remark):
        _put_back_remark(text, version)
    else:
        _put_back_meeting(text, version)
    record_edit(text, by=by, at=at, changed=[])
    now = make_version(text, occasion=restored, editors=wording_by(text), by=by, at=at)
    journal.write(Act.RESTORE, text, by=by, at=at, version=version.number, became=now.number)
    return now


def _put_back_remark(remark: Remark, version: TextVersion) -> None:
    content = version.content
    remark.heading, remark.body = content["heading"], content["body"]
    remark.unit_as_printed, remark.post_as_printed = content["unit"], content["post"]
    remark.save(update_fields=["heading", "body", "unit_as_printed", "post_as_printed"])
    people = dict(remark.speakers.values_list("name_as_printed", "person_id"))
    remark.speakers.all().delete()
    Speaker.objects.bulk_create(
        Speaker(remark=remark, position=place, name_as_printed=name, person_id=people.get(name))
        for place, name in enumerate(content["speakers"], start=1)
    )


def _put_back_meeting(meeting: Meeting, version: TextVersion) -> None:
    content = version.content
    plain = ("kicker", "title", "subtitle", "name", "held_on_text", "place", "introduction")
    for name in (*plain, "newspaper", "page_number"):
        setattr(meeting, name, content[name])
    for name in ("held_from", "held_to", "issue_date"):
        day = content[name]
        setattr(meeting, name, dt.date.fromisoformat(day) if day else None)
    meeting.save()
    meeting.bylines.all().delete()
    Byline.objects.bulk_create(
        Byline(meeting=meeting, position=place, **byline)
        for place, byline in enumerate(content["bylines"], start=1)
    )
    meeting.pictures.all().delete()
    Picture.objects.bulk_create(
        Picture(meeting=meeting, position=place, **picture)
        for place, picture in enumerate(content["pictures"], start=1)
    )
