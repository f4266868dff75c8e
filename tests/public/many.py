"""Many public remarks in little time: editions written in bulk, past the acts of moderation."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from speeches.models import (
    Decision,
    District,
    EditionSpeaker,
    EditionTheme,
    Meeting,
    MeetingEdition,
    Person,
    Remark,
    RemarkEdition,
    ReviewRound,
    ReviewStep,
    TextState,
    TextVersion,
    Theme,
    Unit,
)
from speeches.moderation.counting import recount
from speeches.moderation.schemes import standing_stages
from tests.factories import NOON, make_district, make_moderator, make_theme, make_unit

REMARKS_A_MEETING = 40


def publish_many(number: int) -> None:
    """Publish `number` remarks in meetings of forty, with every kind of link.

    Every fifth remark shares district, unit, person and theme with the first one.
    """
    districts = [make_district("230112", "阿城区"), make_district("230102", "道里区")]
    parent = make_theme("consultation", "协商议政")
    themes = [parent, make_theme("proposals", "提案工作", parent=parent)]
    units = [make_unit(f"第{n}委员会", districts[n % 2]) for n in range(5)]
    people = [Person.objects.get_or_create(name=f"委员{n}")[0] for n in range(5)]
    for start in range(0, number, REMARKS_A_MEETING):
        day = dt.date(2024, 12, 1) - dt.timedelta(days=20 * (start // REMARKS_A_MEETING))
        meeting = _publish_meeting(day, host=units[0])
        size = min(REMARKS_A_MEETING, number - start)
        editions = _publish_remarks(meeting, size, districts=districts, units=units)
        EditionSpeaker.objects.bulk_create(
            EditionSpeaker(
                edition=edition,
                position=1,
                name_as_printed=people[place % 5].name,
                person=people[place % 5],
            )
            for place, edition in enumerate(editions)
        )
        _link_themes(editions, parent=parent, child=themes[1])
    recount()


def _publish_meeting(day: dt.date, *, host: Unit) -> MeetingEdition:
    title = f"协商会议{day:%Y%m%d}"
    meeting = Meeting.objects.create(
        title=title, held_from=day, state=TextState.PUBLISHED, created_at=NOON, edited_at=NOON
    )
    return MeetingEdition.objects.create(
        meeting=meeting,
        title=title,
        held_from=day,
        host=host,
        introduction=["会议在市政协召开。"],
        pictures=[{"image": "", "caption": "会场", "credit": ""}],
        number=1,
        round=approved([meeting])[0],
        date=day,
        year=day.year,
        published_at=NOON,
    )


def _publish_remarks(
    meeting: MeetingEdition, number: int, *, districts: list[District], units: list[Unit]
) -> list[RemarkEdition]:
    remarks = Remark.objects.bulk_create(
        Remark(
            meeting_id=meeting.meeting_id,
            position=place + 1,
            heading=f"发言{place}",
            state=TextState.PUBLISHED,
            created_at=NOON,
            edited_at=NOON,
        )
        for place in range(number)
    )
    rounds = approved(remarks)
    return RemarkEdition.objects.bulk_create(
        RemarkEdition(
            remark=remark,
            round=round,
            number=1,
            meeting_id=meeting.meeting_id,
            meeting_edition=meeting,
            position=remark.position,
            heading=remark.heading,
            unit_as_printed=units[place % 5].name,
            post_as_printed="主任",
            speakers_as_printed=f"委员{place % 5}",
            paragraphs=["<p>正文。</p>"],
            text="正文。",
            html='<p id="p1">正文。</p>',
            excerpt="正文。",
            district=districts[place % 2],
            unit=units[place % 5],
            date=meeting.date,
            year=meeting.year,
            published_at=NOON,
        )
        for place, (remark, round) in enumerate(zip(remarks, rounds, strict=True))
    )


def approved(texts: Sequence[Meeting | Remark]) -> list[ReviewRound]:
    """Return a round for each text with every stage passed, as the database asks for."""
    owners: list[dict[str, Any]] = [
        {"meeting": text} if isinstance(text, Meeting) else {"remark": text} for text in texts
    ]
    versions = TextVersion.objects.bulk_create(
        TextVersion(number=1, occasion="review", content={}, made_at=NOON, **owner)
        for owner in owners
    )
    stages = standing_stages()
    rounds = ReviewRound.objects.bulk_create(
        ReviewRound(version=version, stages=stages, opened_at=NOON, **owner)
        for version, owner in zip(versions, owners, strict=True)
    )
    for stage in stages:
        reviewer = make_moderator(f"many-{stage['code']}")
        ReviewStep.objects.bulk_create(
            ReviewStep(
                round=round,
                stage=stage["code"],
                reviewer=reviewer,
                decision=Decision.PASS,
                taken_at=NOON,
            )
            for round in rounds
        )
    return rounds


def _link_themes(editions: list[RemarkEdition], *, parent: Theme, child: Theme) -> None:
    EditionTheme.objects.bulk_create(
        EditionTheme(edition=edition, theme=theme, inherited=theme == parent)
        for edition in editions
        for theme in (parent, child)
    )
