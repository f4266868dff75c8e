"""Plain factories: real rows through the real acts, with readable defaults.

Nothing here writes what `moderation/` would write: a published remark was composed, approved by
another person and published, as in the newsroom.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from django.contrib.auth.models import Group

from speeches.models import (
    Call,
    Contributor,
    District,
    Meeting,
    Person,
    Remark,
    ReviewScheme,
    Speaker,
    Submission,
    Theme,
    Unit,
    User,
)
from speeches.models.schemes import THREE_REVIEWS
from speeches.moderation.calling import open_call
from speeches.moderation.composing import meeting_fingerprint, remark_fingerprint
from speeches.moderation.editing import record_edit
from speeches.moderation.reviewing import approve_page, text_key, texts_awaiting_review
from speeches.moderation.roles import ensure_roles
from speeches.moderation.submitting import hand_in
from speeches.moderation.theming import assign_themes
from speeches.moderation.writing import Manuscript, begin, save
from speeches.text.markup import paragraphs_to_body

NOON = dt.datetime(2024, 6, 1, 4, 0, tzinfo=dt.UTC)


def adopt_one_review() -> None:
    """Let one approval publish."""
    final = [stage for stage in THREE_REVIEWS if stage["code"] == "final"]
    ReviewScheme.objects.create(stages=final, adopted_at=NOON)


def adopt_three_reviews() -> None:
    """Ask for three approvals by three people, as a new installation does."""
    ReviewScheme.objects.create(stages=THREE_REVIEWS, adopted_at=NOON)


def make_user(username: str, *, role: str = "", staff: bool = True) -> User:
    """Return an account (password "correct horse 8") in the group called `role`."""
    user = User.objects.filter(username=username).first()
    if user is None:
        user = User.objects.create_user(
            username=username, password="correct horse 8", name=f"{username}某"
        )
        user.is_staff = staff
        user.save(update_fields=["is_staff"])
    if role:
        if not Group.objects.filter(name=role).exists():
            ensure_roles()
        user.groups.add(Group.objects.get(name=role))
    return User.objects.get(pk=user.pk)


def make_editor(username: str = "editor") -> User:
    """Return an account that edits and imports."""
    return make_user(username, role="编辑")


def make_moderator(username: str = "moderator") -> User:
    """Return an account that approves and withdraws."""
    return make_user(username, role="审核")


def make_district(
    code: str = "230112", name: str = "阿城区", *, successor: District | None = None
) -> District:
    """Return a district, made once per code."""
    district, _created = District.objects.get_or_create(
        code=code,
        defaults={"name": name, "kind": District.Kind.DISTRICT, "successor": successor},
    )
    return district


def make_theme(slug: str = "organisation", name: str = "组织建设", **fields: Any) -> Theme:
    """Return a theme, made once per slug."""
    theme, _created = Theme.objects.get_or_create(slug=slug, defaults={"name": name, **fields})
    return theme


def make_unit(name: str = "阿城区政协党组", district: District | None = None) -> Unit:
    """Return a unit, made once per name and district."""
    unit, _created = Unit.objects.get_or_create(name=name, district=district)
    return unit


def make_remark(
    meeting: Meeting,
    *,
    heading: str = "把好事办实 把实事办好",
    paragraphs: Sequence[str] = ("第一段说明情况。", "第二段提出建议。"),
    unit: str = "阿城区政协党组",
    post: str = "",
    speakers: Iterable[str | Person] = (),
    district: District | None = None,
    unit_link: Unit | None = None,
    themes: Iterable[Theme] = (),
    position: int | None = None,
    by: User | None = None,
    at: dt.datetime = NOON,
) -> Remark:
    """Return a remark on the desk; a Person among the speakers is printed and linked."""
    remark = Remark.objects.create(
        meeting=meeting,
        position=position or meeting.remarks.count() + 1,
        heading=heading,
        unit_as_printed=unit,
        post_as_printed=post,
        unit=unit_link,
        district=district,
        body=paragraphs_to_body(list(paragraphs)),
        created_at=at,
        edited_at=at,
    )
    for place, speaker in enumerate(speakers, start=1):
        Speaker.objects.create(
            remark=remark,
            position=place,
            name_as_printed=speaker.name if isinstance(speaker, Person) else speaker,
            person=speaker if isinstance(speaker, Person) else None,
        )
    record_edit(remark, by=by, at=at, changed=[])
    assign_themes(remark, themes=themes, by=None, at=at)
    return remark


def make_meeting(
    *,
    title: str = "深化协商议事 服务百姓民生",
    remarks: Iterable[dict[str, Any]] = ({},),
    by: User | None = None,
    at: dt.datetime = NOON,
    **fields: Any,
) -> Meeting:
    """Return a meeting on the desk with one remark for each dictionary (see `make_remark`)."""
    values = {
        "subtitle": "市政协基层协商座谈会发言摘编",
        "name": "市政协基层协商座谈会",
        "held_from": dt.date(2024, 5, 23),
        "held_on_text": "5月23日",
        "introduction": ["座谈会在市政协召开。"],
        "newspaper": "示例日报",
        "issue_date": dt.date(2024, 5, 24),
        "page_number": "3",
        **fields,
    }
    meeting = Meeting.objects.create(title=title, created_at=at, edited_at=at, **values)
    record_edit(meeting, by=by, at=at, changed=[])
    for remark in remarks:
        make_remark(meeting, by=by, at=at, **remark)
    return meeting


def fingerprints(meeting: Meeting) -> dict[str, str]:
    """Return what a moderator who has looked at everything has seen."""
    return {
        text_key(text): (
            meeting_fingerprint(text) if isinstance(text, Meeting) else remark_fingerprint(text)
        )
        for text in texts_awaiting_review(meeting)
    }


def publish(meeting: Meeting, *, by: User | None = None, at: dt.datetime = NOON) -> Meeting:
    """Approve everything of the meeting that waits for review; returns the meeting anew."""
    approve_page(meeting, by=by or make_moderator(), at=at, seen=fingerprints(meeting))
    return Meeting.objects.get(pk=meeting.pk)


def make_contributor(
    username: str = "contributor", *, unit: Unit | None = None, email: str = ""
) -> User:
    """Return an account that writes for a unit and never enters the admin."""
    user = make_user(username, role="投稿单位", staff=False)
    if email:
        User.objects.filter(pk=user.pk).update(email=email)
    Contributor.objects.get_or_create(user=user, defaults={"unit": unit or make_unit()})
    return User.objects.get(pk=user.pk)


def make_call(
    meeting: Meeting | None = None,
    *,
    units: Iterable[Unit] = (),
    title: str = "基层协商座谈会征稿",
    deadline: dt.datetime = NOON + dt.timedelta(days=10),
    at: dt.datetime = NOON,
    **fields: Any,
) -> Call:
    """Return a call that an editor has sent out."""
    by = make_editor("caller")
    call = Call.objects.create(
        meeting=meeting or make_meeting(remarks=[]),
        title=title,
        deadline=deadline,
        opened_at=at,
        opened_by=by,
        **fields,
    )
    call.units.set(units)
    open_call(call, by=by, at=at)
    return call


def make_manuscript(**fields: Any) -> Manuscript:
    """Return what a unit types."""
    values = {
        "heading": "把协商搬到村口",
        "unit_as_printed": "阿城区政协党组",
        "body": paragraphs_to_body(["第一段说明情况。", "第二段提出建议。"]),
        **fields,
    }
    return Manuscript(**values)


def make_submission(
    call: Call, *, by: User, at: dt.datetime = NOON + dt.timedelta(hours=1), **fields: Any
) -> Submission:
    """Return a remark that a unit has handed in."""
    draft = save(
        begin(call, by=by, at=at), manuscript=make_manuscript(**fields), seen=0, by=by, at=at
    )
    return hand_in(draft, seen=1, by=by, at=at)
