"""Every constraint of the database refuses what it is there to refuse."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, connection
from django.db.models import ProtectedError
from django_otp.plugins.otp_totp.models import TOTPDevice

from speeches.models import (
    Byline,
    CuePhrase,
    District,
    EditionSpeaker,
    EditionTheme,
    ImportRun,
    JournalEntry,
    JournalHead,
    Meeting,
    MeetingEdition,
    Membership,
    OldAddress,
    Person,
    Picture,
    PublicationOrder,
    RecoveryCode,
    Remark,
    RemarkEdition,
    ReviewComment,
    ReviewRound,
    ReviewStep,
    Speaker,
    TextVersion,
    Theme,
    ThemeSuggestion,
    Unit,
    UnitAlias,
    User,
    VersionEditor,
    WordingChange,
    triggers,
)
from speeches.models.guards import GUARDS
from speeches.moderation.schemes import standing_stages
from tests.factories import (
    NOON,
    adopt_three_reviews,
    make_district,
    make_meeting,
    make_moderator,
    make_theme,
    make_unit,
    make_user,
)
from tests.models.rows import (
    ON_POSTGRESQL,
    first_edition,
    first_remark,
    make_run,
    make_source,
    meeting_edition,
    published_page,
)
from tests.savepoints import savepoint

EARLY, LATE = dt.date(2020, 1, 1), dt.date(2024, 1, 1)


def entry(**fields: Any) -> JournalEntry:
    """Write an entry past the journal's only writer."""
    plain = {"number": 999, "at": NOON, "act": "edit", "subject_kind": "remark", "subject_id": 1}
    return JournalEntry.objects.create(**{**plain, **fields})


def own(row: Any, field: str) -> None:
    """Point a row's reference to the row itself."""
    setattr(row, field, row)
    row.save()


def copy(row: Any, **fields: Any) -> None:
    """Store the row a second time, with other values in these fields."""
    row.pk = None
    for name, value in fields.items():
        setattr(row, name, value)
    row.save(force_insert=True)


def step(*, reviewer: User, decision: str = "pass", **fields: Any) -> None:
    """Take a review step by hand, in a round of its own unless one is given."""
    values: dict[str, Any] = {"stage": "final", "text_editor": None, "opinion": "可以", **fields}
    values["round"] = values.get("round") or open_round(remark=first_remark())
    ReviewStep.objects.create(
        reviewer=reviewer, decision=decision, fingerprint="f", taken_at=NOON, **values
    )


def open_round(**fields: Any) -> ReviewRound:
    """Open a round by hand, over a version of its own."""
    owner = {name: text for name, text in fields.items() if name in ("meeting", "remark")}
    version = TextVersion.objects.filter(fingerprint="f", **owner).first() or version_by_hand(
        **owner
    )
    return ReviewRound.objects.create(
        fingerprint="f", version=version, stages=standing_stages(), opened_at=NOON, **fields
    )


def round_of_two_texts() -> None:
    # A guard refuses it before the constraint is asked.
    triggers.remove(connection, GUARDS)
    texts = {"meeting": Meeting.objects.get(), "remark": first_remark()}
    ReviewRound.objects.create(stages=[], opened_at=NOON, **texts)


def version_by_hand(**fields: Any) -> TextVersion:
    plain = {"number": 99, "occasion": "review", "fingerprint": "f", "content": {}, "made_at": NOON}
    return TextVersion.objects.create(**{**plain, **fields})


def order(round: ReviewRound, **fields: Any) -> PublicationOrder:
    plain = {"publish_at": NOON, "ordered_at": NOON, "ordered_by": make_moderator()}
    return PublicationOrder.objects.create(round=round, **{**plain, **fields})


def twice(act: Callable[[], Any]) -> Any:
    act()
    act()


def recovery_code() -> RecoveryCode:
    phone, _new = TOTPDevice.objects.get_or_create(user=make_user("phone"), name="手机")
    return RecoveryCode.objects.create(device=phone, hash="0" * 64)


def two_steps(*, stages: tuple[str, str], reviewers: tuple[User, User]) -> None:
    adopt_three_reviews()
    round = open_round(remark=first_remark())
    for stage, reviewer in zip(stages, reviewers, strict=True):
        step(round=round, stage=stage, reviewer=reviewer)


# What each constraint refuses; a published page with two remarks is there already.
BREAKS: dict[str, Callable[[], Any]] = {
    "old_address_of_one_record": lambda: OldAddress.objects.create(word="old"),
    "old_address_of_one_theme": lambda: twice(
        lambda: OldAddress.objects.create(word="old", theme=make_theme())
    ),
    "old_address_of_one_district": lambda: twice(
        lambda: OldAddress.objects.create(word="old", district=make_district())
    ),
    "district_valid_to_after_from": lambda: District.objects.create(
        code="1", name="区", kind="district", valid_from=LATE, valid_to=EARLY
    ),
    "district_not_its_own_successor": lambda: own(make_district(), "successor"),
    "unit_once_a_district": lambda: copy(Unit.objects.get()),
    "unit_once_without_district": lambda: twice(lambda: Unit.objects.create(name="市政协")),
    "unit_has_a_name": lambda: Unit.objects.create(name=""),
    "unit_not_its_own_parent": lambda: own(Unit.objects.get(), "parent"),
    "unit_alias_once": lambda: twice(
        lambda: UnitAlias.objects.create(unit=Unit.objects.get(), name="别名")
    ),
    "person_has_a_name": lambda: Person.objects.create(name=""),
    "membership_to_after_from": lambda: Membership.objects.create(
        person=Person.objects.get(), unit=make_unit(), held_from=LATE, held_to=EARLY
    ),
    "theme_not_its_own_parent": lambda: own(make_theme(), "parent"),
    "cue_phrase_once_a_theme": lambda: twice(
        lambda: CuePhrase.objects.create(theme=make_theme(), phrase="党支部")
    ),
    "cue_phrase_not_empty": lambda: CuePhrase.objects.create(theme=make_theme(), phrase=""),
    "import_run_one_standing_a_source": lambda: (
        source := make_source(),
        make_run(source),
        make_run(source, state="confirmed", decided_at=NOON),
    ),
    "import_run_decided_with_time": lambda: make_run(make_source(), state="confirmed"),
    "meeting_held_to_after_from": lambda: make_meeting(held_to=EARLY, remarks=[]),
    "meeting_state_known": lambda: Meeting.objects.update(state="x"),
    "byline_position_once": lambda: twice(
        lambda: Byline.objects.create(meeting=Meeting.objects.get(), position=1, name="王越")
    ),
    "picture_position_once": lambda: twice(
        lambda: Picture.objects.create(meeting=Meeting.objects.get(), position=1)
    ),
    "remark_position_once_a_meeting": lambda: Remark.objects.update(position=1),
    "remark_state_known": lambda: Remark.objects.update(state="x"),
    "speaker_position_once": lambda: copy(Speaker.objects.get()),
    "speaker_has_a_name": lambda: copy(Speaker.objects.get(), position=2, name_as_printed=""),
    "theme_suggested_once": lambda: twice(
        lambda: ThemeSuggestion.objects.create(
            remark=first_remark(), theme=make_theme(), phrase="党支部", sentence="党支部。"
        )
    ),
    "review_round_of_one_text": lambda: round_of_two_texts(),
    "review_round_one_open_a_meeting": lambda: twice(
        lambda: open_round(meeting=Meeting.objects.get())
    ),
    "review_round_one_open_a_remark": lambda: twice(lambda: open_round(remark=first_remark())),
    "review_step_stage_passed_once": lambda: two_steps(
        stages=("first", "first"), reviewers=(make_user("a"), make_user("b"))
    ),
    "review_step_reviewer_passes_once": lambda: two_steps(
        stages=("first", "second"), reviewers=(make_user("a"), make_user("a"))
    ),
    "review_step_decision_known": lambda: step(reviewer=make_moderator(), decision="maybe"),
    "review_step_not_by_the_editor": lambda: step(
        reviewer=make_moderator(), text_editor=make_moderator()
    ),
    "review_step_return_has_reasons": lambda: step(
        reviewer=make_moderator(), decision="return", opinion=""
    ),
    "review_round_closed_with_outcome": lambda: open_round(remark=first_remark(), closed_at=NOON),
    "review_round_claimed_with_time": lambda: open_round(
        remark=first_remark(), claimed_by=make_moderator()
    ),
    "text_version_of_one_text": lambda: version_by_hand(),
    "text_version_number_once_a_meeting": lambda: twice(
        lambda: version_by_hand(meeting=Meeting.objects.get())
    ),
    "text_version_number_once_a_remark": lambda: twice(
        lambda: version_by_hand(remark=first_remark())
    ),
    "version_editor_once": lambda: (
        version := version_by_hand(remark=first_remark()),
        twice(lambda: VersionEditor.objects.create(version=version, editor=make_moderator())),
    ),
    "wording_change_of_one_text": lambda: WordingChange.objects.create(
        by=make_moderator(), at=NOON, fingerprint="f"
    ),
    "review_comment_says_something": lambda: ReviewComment.objects.create(
        version=version_by_hand(remark=first_remark()),
        part="heading",
        words="",
        by=make_moderator(),
        at=NOON,
    ),
    "publication_order_one_waiting_a_round": lambda: (
        round := open_round(remark=first_remark()),
        twice(lambda: order(round)),
    ),
    "publication_order_done_or_cancelled": lambda: order(
        open_round(remark=first_remark()), done_at=NOON, cancelled_at=NOON
    ),
    "meeting_edition_number": lambda: copy(meeting_edition(), superseded_at=NOON),
    "meeting_edition_one_standing": lambda: copy(meeting_edition(), number=2),
    "meeting_edition_has_title_or_name": lambda: copy(
        meeting_edition(), number=2, superseded_at=NOON, title="", name=""
    ),
    "remark_edition_number": lambda: copy(first_edition(), superseded_at=NOON),
    "remark_edition_one_standing": lambda: copy(first_edition(), number=2),
    "edition_speaker_position_once": lambda: copy(EditionSpeaker.objects.get()),
    "edition_theme_once": lambda: copy(EditionTheme.objects.get()),
    "journal_act_known": lambda: entry(act="guess"),
    "journal_result_known": lambda: entry(result="perhaps"),
    "journal_number_from_one": lambda: entry(number=0),
    "journal_head_only_one": lambda: JournalHead.objects.create(id=2),
    "recovery_code_once": lambda: twice(recovery_code),
}
UNIQUE_COLUMNS: dict[str, Callable[[], Any]] = {
    "journalentry.number": lambda: entry(number=1),
    "district.code": lambda: copy(District.objects.get()),
    "theme.slug": lambda: copy(make_theme(), name="另一个"),
    "theme.name": lambda: copy(make_theme(), slug="other"),
    "meeting.import_run_id": lambda: Meeting.objects.filter(
        pk__in=[make_meeting(remarks=[]).pk, make_meeting(remarks=[]).pk]
    ).update(import_run=make_run(make_source())),
}


@pytest.fixture
def stored(db: None) -> Meeting:
    return published_page()


def refuses(name: str, act: Callable[[], Any]) -> bool:
    """Tell whether the constraint called `name` refuses the act; nothing of it remains."""
    with pytest.raises(IntegrityError) as refusal, savepoint():
        act()
    # SQLite names the columns of a unique constraint, not the constraint.
    by_name = ON_POSTGRESQL or "CHECK" in str(refusal.value)
    return (name if by_name else "UNIQUE constraint failed") in str(refusal.value)


def test_every_constraint_refuses_what_it_is_there_to_refuse(stored: Meeting) -> None:
    assert [name for name, act in BREAKS.items() if not refuses(name, act)] == []


def test_every_unique_column_refuses_a_second_row(stored: Meeting) -> None:
    for column, act in UNIQUE_COLUMNS.items():
        table, name = column.split(".")
        with pytest.raises(IntegrityError) as refusal, savepoint():
            act()
        assert f"speeches_{table}" in str(refusal.value)
        assert name in str(refusal.value)


def test_a_raw_insert_cannot_pass_ones_own_wording(stored: Meeting) -> None:
    moderator = make_moderator()
    round = open_round(remark=first_remark())

    with pytest.raises(IntegrityError, match="review_step_not_by_the_editor"):
        ReviewStep.objects.bulk_create(
            [
                ReviewStep(
                    round=round,
                    stage="final",
                    reviewer=moderator,
                    text_editor=moderator,
                    decision="pass",
                    fingerprint="f",
                    taken_at=NOON,
                )
            ]
        )


def test_a_superseded_edition_may_stand_beside_the_current_one(stored: Meeting) -> None:
    edition = first_edition()

    copy(edition, number=2, superseded_at=NOON)

    assert RemarkEdition.objects.filter(remark=edition.remark_id).count() == 2


def test_a_discarded_run_leaves_room_for_another(db: None) -> None:
    source = make_source()
    make_run(source, state="discarded", decided_at=NOON)

    again = make_run(source)

    assert list(ImportRun.objects.waiting()) == [again]
    assert list(ImportRun.objects.standing()) == [again]


def test_a_draft_edition_of_a_meeting_needs_only_one_of_title_and_name(stored: Meeting) -> None:
    edition = meeting_edition()

    copy(edition, number=2, superseded_at=NOON, title="")

    assert MeetingEdition.objects.filter(title="").count() == 1


def test_units_of_one_name_may_stand_in_two_districts(db: None) -> None:
    here, there = make_district(), make_district("230108", "平房区")

    units = [make_unit("区工商联", here), make_unit("区工商联", there), make_unit("区工商联")]

    assert set(Unit.objects.called("区工商联")) == set(units)


def test_two_people_may_share_a_name(db: None) -> None:
    Person.objects.create(name="李明", note="民建")
    Person.objects.create(name="李明", note="民盟")

    assert [str(person) for person in Person.objects.order_by("id")] == [
        "李明(民建)",
        "李明(民盟)",
    ]


def test_a_theme_with_remarks_cannot_be_deleted(stored: Meeting) -> None:
    with pytest.raises(ProtectedError):
        Theme.objects.get().delete()
