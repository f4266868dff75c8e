"""Drafting: a confirmed import report becomes working rows, with doubts where a name is unknown."""

import datetime as dt
from collections.abc import Collection
from typing import Any

from django.db.models import Model, Q
from django.utils.translation import gettext as _

from speeches.importing.arrangement import RemarkEntry
from speeches.models import (
    Byline,
    District,
    Doubt,
    ImportRun,
    Meeting,
    Picture,
    Remark,
    Speaker,
    Unit,
    User,
)
from speeches.moderation.editing import record_edit
from speeches.moderation.naming import people_called
from speeches.moderation.revising import report_to_confirm
from speeches.moderation.settled_names import link_unit, person_for
from speeches.moderation.suggesting import suggest_themes
from speeches.text.dates import read_held_on
from speeches.text.markup import paragraphs_to_body


def draft_meeting(
    run: ImportRun, *, by: User | None, at: dt.datetime, leaving_out: Collection[int] = ()
) -> Meeting:
    """Write the meeting, its bylines, pictures and remarks from the draft as editors revised it.

    The remarks at the positions `leaving_out` are in the archive already.
    """
    report, settled = report_to_confirm(run)
    page = report["meeting"]
    first, last = read_held_on(page["held_on_text"], published=run.issue_date)
    held_from = dt.date.fromisoformat(page["held_on"]) if page["held_on"] else first
    words = {name: page[name] for name in ("kicker", "title", "subtitle", "name", "held_on_text")}
    words, too_long = fit(Meeting, words)
    captions = [fit(Picture, {"caption": caption}) for caption in page["captions"]]
    meeting = Meeting.objects.create(
        **words,
        held_from=held_from,
        held_to=last if held_from and last and last > held_from else None,
        # What is too long for its field stands whole among the paragraphs, to be sorted out.
        introduction=[
            *page["introduction"],
            *too_long,
            *(w for _row, whole in captions for w in whole),
        ],
        newspaper=run.newspaper,
        issue_date=run.issue_date,
        page_number=run.page_number,
        import_run=run,
        created_at=at,
        edited_at=at,
        edited_by=by,
    )
    Byline.objects.bulk_create(
        Byline(meeting=meeting, position=place, **fit(Byline, byline)[0])
        for place, byline in enumerate(page["bylines"], start=1)
    )
    Picture.objects.bulk_create(
        Picture(meeting=meeting, position=place, **row)
        for place, (row, _whole) in enumerate(captions, start=1)
    )
    record_edit(meeting, by=by, at=at, changed=[])
    entries = zip(report["remarks"], settled, strict=True)
    kept = [pair for pair in entries if pair[0]["position"] not in leaving_out]
    for place, (entry, names) in enumerate(kept, start=1):
        _draft_remark(meeting, {**entry, "position": place}, names, by=by, at=at)
    return meeting


def _draft_remark(
    meeting: Meeting,
    entry: dict[str, Any],
    settled: RemarkEntry | None,
    *,
    by: User | None,
    at: dt.datetime,
) -> None:
    district = district_of(
        entry["district"], entry["unit"], day=meeting.held_from or meeting.issue_date
    )
    units = list(Unit.objects.called(entry["unit"]).filter(district=district)[:2])
    words, too_long = fit(
        Remark,
        {
            "heading": entry["heading"],
            "unit_as_printed": entry["unit"],
            "post_as_printed": entry["post"],
        },
    )
    remark = Remark.objects.create(
        meeting=meeting,
        position=entry["position"],
        **words,
        unit=units[0] if len(units) == 1 else None,
        district=district,
        body=paragraphs_to_body(entry["paragraphs"]),
        created_at=at,
        edited_at=at,
        edited_by=by,
    )
    doubts = [(warning["code"], warning["message"]) for warning in entry["warnings"]]
    doubts += [
        ("too-long", _("版面上的这一处过长，已截短：%(text)s") % {"text": t}) for t in too_long
    ]
    if remark.unit is None:
        link_unit(remark, settled, by=by, at=at)
    if entry["unit"] and remark.unit is None:
        doubts.append(_unit_doubt(entry["unit"], several=len(units) > 1))
    for place, name in enumerate(filter(None, entry["speaker"].split("、")), start=1):
        speaker = Speaker(remark=remark, position=place, name_as_printed=name)
        person = person_for(speaker, settled, by=by, at=at)
        if person is None:
            found = people_called(name, remark)
            person = found[0] if len(found) == 1 else None
        speaker.person = person
        speaker.save()
        if person is None:
            doubts.append(
                (
                    "unknown-person",
                    _("发言人“%(name)s”尚未关联，请核对后建档或关联。") % {"name": name},
                )
            )
    Doubt.objects.bulk_create(
        Doubt(remark=remark, code=code, message=message) for code, message in doubts
    )
    record_edit(remark, by=by, at=at, changed=[])
    suggest_themes(remark)


def fit(model: type[Model], words: dict[str, str]) -> tuple[dict[str, str], list[str]]:
    """Cut every value to its column's width; return them, and whole those that were cut."""
    widths = {name: getattr(model._meta.get_field(name), "max_length", None) for name in words}
    fitting = {name: text[: widths[name]] for name, text in words.items()}
    return fitting, [text for name, text in words.items() if text != fitting[name]]


def district_of(name: str, unit: str, *, day: dt.date | None = None) -> District | None:
    """Return the district of a remark, or None where it cannot be told.

    `name` is what the report says: the district of that name on `day`, or of today when the day
    is not known, since a name can return under another code (香坊区, 230106 and 230110). An
    empty one means the city itself when the unit is plainly one of the city's: its name opens
    with 市 (市政协…, 市工商联), or holds the city's own name.
    """
    if name:
        standing = Q(valid_to__isnull=True)
        if day is not None:
            begun = Q(valid_from__isnull=True) | Q(valid_from__lte=day)
            standing = begun & (standing | Q(valid_to__gte=day))
        found = list(District.objects.filter(standing, name=name)[:2])
        return found[0] if len(found) == 1 else None
    for city in District.objects.filter(kind=District.Kind.CITY, valid_to__isnull=True).in_order():
        if city.name in unit or (unit.startswith("市") and _only_city(city)):
            return city
    return None


def _only_city(city: District) -> bool:
    return not District.objects.filter(kind=District.Kind.CITY).exclude(pk=city.pk).exists()


def _unit_doubt(name: str, *, several: bool) -> tuple[str, str]:
    if several:
        return (
            "ambiguous-unit",
            _("有多个单位叫“%(name)s”，请选定是哪一个。") % {"name": name},
        )
    return (
        "unknown-unit",
        _("单位“%(name)s”不在单位名录中，请核对后建档或关联。") % {"name": name},
    )
