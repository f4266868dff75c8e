"""From a file to working rows: whole or not at all, and each file once."""

import hashlib
import json

import pytest
from django.db import IntegrityError

from speeches.importing import ImportRefused
from speeches.models import (
    Act,
    ImportRun,
    JournalEntry,
    Meeting,
    Remark,
    SourceDocument,
    TextState,
    Unit,
    UnitAlias,
)
from speeches.moderation import intake
from speeches.moderation.discarding import discard, discard_draft
from speeches.moderation.intake import Issue, confirm, import_file, known_names, take_in
from speeches.moderation.reviewing import approve, send_back
from tests.factories import (
    NOON,
    make_district,
    make_editor,
    make_meeting,
    make_moderator,
    make_unit,
    publish,
)
from tests.importing.readers.making import make_docx
from tests.moderation.desk import LATER, acts_about, everything, fresh, last_entry, refusing, seen
from tests.moderation.pages import BYTES, ISSUE, PAGE

pytestmark = pytest.mark.django_db


def taken_in(data: bytes = BYTES) -> ImportRun:
    return take_in(data, name="page.txt", issue=ISSUE, by=make_editor(), at=NOON)[0]


def test_a_file_is_kept_with_its_report_and_waits() -> None:
    editor = make_editor()

    run, new = take_in(BYTES, name="page.txt", issue=ISSUE, by=editor, at=NOON)

    assert new
    assert run.state == ImportRun.State.WAITING
    source = SourceDocument.objects.get()
    assert bytes(source.content) == BYTES
    assert source.text == PAGE
    assert source.sha256 == hashlib.sha256(BYTES).hexdigest() == run.report["source"]["sha256"]
    assert (source.name, source.received_from, source.received_at) == ("page.txt", editor, NOON)
    assert (run.newspaper, run.issue_date, run.page_number) == ("示例日报", ISSUE.date, "3")
    assert run.report["coverage"]["lost"] == 0
    assert not Meeting.objects.exists()
    entry = last_entry(run)
    assert (entry.act, entry.actor, entry.at) == (Act.IMPORT, editor, NOON)


def test_the_same_file_twice_makes_one_run_and_one_draft() -> None:
    first, first_new = import_file(
        BYTES, name="page.txt", issue=ISSUE, by=None, at=NOON, hold=False
    )
    second, second_new = import_file(
        BYTES, name="copy.txt", issue=ISSUE, by=None, at=LATER, hold=False
    )

    assert (first, first_new, second_new) == (second, True, False)
    assert SourceDocument.objects.count() == Meeting.objects.count() == 1
    assert JournalEntry.objects.filter(act=Act.IMPORT).count() == 1


def test_a_held_file_waits_and_the_same_file_without_hold_confirms_it() -> None:
    run, _new = import_file(BYTES, name="page.txt", issue=ISSUE, by=None, at=NOON, hold=True)
    waiting = list(ImportRun.objects.waiting())

    again, new = import_file(BYTES, name="page.txt", issue=ISSUE, by=None, at=LATER, hold=False)

    assert (waiting, again, new) == ([run], run, False)
    assert (again.state, again.decided_at) == (ImportRun.State.CONFIRMED, LATER)
    assert Meeting.objects.get().import_run == run


def test_confirming_twice_gives_the_same_meeting() -> None:
    run, editor = taken_in(), make_editor()

    meeting = confirm(run, by=editor, at=NOON)

    assert confirm(run, by=editor, at=LATER) == meeting
    assert acts_about(run) == [Act.IMPORT, Act.CONFIRM_IMPORT]
    assert (fresh(run).decided_by, fresh(run).decided_at) == (editor, NOON)


def test_whoever_confirms_an_import_cannot_approve_it() -> None:
    run = taken_in()
    moderating_editor = make_moderator("both")
    moderating_editor.groups.add(*make_editor().groups.all())
    meeting = confirm(run, by=moderating_editor, at=NOON)

    with refusing("文字经您修改"):
        approve(meeting, by=moderating_editor, at=LATER, seen=seen(meeting))


def test_a_discarded_file_may_come_again() -> None:
    run, editor = taken_in(), make_editor()
    discard(run, by=editor, at=NOON)

    again, new = take_in(BYTES, name="page.txt", issue=ISSUE, by=editor, at=LATER)

    assert new
    assert again != run
    assert SourceDocument.objects.count() == 1
    assert acts_about(run) == [Act.IMPORT, Act.DISCARD_IMPORT]
    with refusing("已被放弃"):
        confirm(run, by=editor, at=LATER)
    with refusing("已经处理过"):
        discard(run, by=editor, at=LATER)


def test_a_confirmed_import_is_not_discarded() -> None:
    run, editor = taken_in(), make_editor()
    confirm(run, by=editor, at=NOON)

    with refusing("已经处理过"):
        discard(run, by=editor, at=LATER)


def test_a_draft_can_be_deleted_and_its_file_may_come_again() -> None:
    run, editor = taken_in(), make_editor()
    meeting = confirm(run, by=editor, at=NOON)
    number = meeting.pk

    discard_draft(meeting, by=editor, at=LATER)

    assert not Meeting.objects.exists()
    assert not Remark.objects.exists()
    deleted = JournalEntry.objects.get(act=Act.DELETE)
    assert (deleted.subject_id, deleted.actor) == (number, editor)
    assert fresh(run).state == ImportRun.State.DISCARDED
    assert take_in(BYTES, name="page.txt", issue=ISSUE, by=editor, at=LATER)[1]


def test_a_draft_made_by_hand_can_be_deleted_too() -> None:
    meeting = make_meeting(remarks=[{"speakers": ["李明"]}])

    discard_draft(meeting, by=make_editor(), at=LATER)

    assert not Meeting.objects.exists()


@pytest.mark.parametrize("reviewed", ["meeting", "remark", "published"])
def test_what_has_been_reviewed_is_not_deleted(reviewed: str) -> None:
    meeting, moderator = make_meeting(remarks=[{}]), make_moderator()
    remark = meeting.remarks.get()
    if reviewed == "published":
        publish(meeting)
    else:
        text: Meeting | Remark = meeting if reviewed == "meeting" else remark
        send_back(text, by=moderator, at=NOON, seen=seen(text), opinion="请核对")

    with refusing("已进入审核"):
        discard_draft(fresh(meeting), by=make_editor(), at=LATER)


def test_only_editors_take_in_confirm_and_discard() -> None:
    run, meeting = taken_in(), make_meeting()
    moderator = make_moderator()

    with refusing("不能做这项操作"):
        take_in(b"x", name="x", issue=ISSUE, by=moderator, at=NOON)
    with refusing("不能做这项操作"):
        confirm(run, by=moderator, at=NOON)
    with refusing("不能做这项操作"):
        discard(run, by=moderator, at=NOON)
    with refusing("不能做这项操作"):
        discard_draft(meeting, by=moderator, at=NOON)


@pytest.mark.parametrize("data", [b"", b" \n", b"\x89PNG\r\n\x1a\n" + b"\x00" * 50, b"hello world"])
def test_what_is_no_digest_leaves_nothing_behind(data: bytes) -> None:
    before = everything()

    with pytest.raises(ImportRefused) as refusal:
        import_file(data, name="x.txt", issue=ISSUE, by=None, at=NOON, hold=False)

    assert "\n" not in str(refusal.value)
    assert everything() == before


def test_a_file_that_fails_halfway_leaves_nothing_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*args: object, **kwargs: object) -> None:
        raise IntegrityError("the disk is full")

    before = everything()
    monkeypatch.setattr("speeches.moderation.drafting.suggest_themes", fail)

    with pytest.raises(IntegrityError):
        import_file(BYTES, name="x.txt", issue=ISSUE, by=None, at=NOON, hold=False)

    assert everything() == before


def test_a_nul_in_the_source_is_stored_as_a_visible_sign() -> None:
    data = PAGE.replace("党支部。", "党支部\0。").encode()

    run, _new = import_file(data, name="x.txt", issue=ISSUE, by=None, at=NOON, hold=False)

    source = SourceDocument.objects.get()
    assert bytes(source.content) == data
    assert len(source.text) == len(PAGE) + 1
    assert "党支部␀。" in source.text
    assert "\\u0000" not in json.dumps(fresh(run).report)


@pytest.mark.parametrize("issue", [Issue(newspaper="报" * 61), Issue(page_number="1" * 11)])
def test_an_issue_that_does_not_fit_is_refused_with_a_sentence(issue: Issue) -> None:
    editor = make_editor()

    with refusing("太长"):
        take_in(BYTES, name="x.txt", issue=issue, by=editor, at=NOON)


def test_a_very_long_file_name_keeps_its_end() -> None:
    run, _new = take_in(BYTES, name="长" * 300 + ".txt", issue=ISSUE, by=None, at=NOON)

    assert len(run.source.name) == 255
    assert run.source.name.endswith(".txt")


def test_known_names_are_those_of_the_records() -> None:
    make_district()
    UnitAlias.objects.create(unit=make_unit("市工商联"), name="市总商会")

    names = known_names()

    assert names.districts == ("阿城区",)
    assert names.units == ("市工商联", "市总商会")
    assert Unit.objects.count() == 1


def test_everything_of_an_import_is_a_draft() -> None:
    meeting = confirm(taken_in(), by=None, at=NOON)

    assert meeting.state == TextState.DRAFT
    assert set(meeting.remarks.values_list("state", flat=True)) == {TextState.DRAFT}
    assert intake.IMPORT == "speeches.add_importrun"


def test_a_discarded_file_can_be_read_anew_with_another_encoding() -> None:
    editor = make_editor()
    wrong = SourceDocument.objects.create(
        name="page.txt",
        format="text",
        encoding="big5",
        sha256=hashlib.sha256(BYTES).hexdigest(),
        content=BYTES,
        text="按另一种编码读出的文字",
        received_at=NOON,
    )
    ImportRun.objects.create(
        source=wrong, state=ImportRun.State.DISCARDED, report={}, created_at=NOON, decided_at=NOON
    )

    run, new = take_in(BYTES, name="page.txt", issue=ISSUE, by=editor, at=LATER)
    again, new_again = take_in(BYTES, name="page.txt", issue=ISSUE, by=editor, at=LATER)

    assert (new, new_again, again) == (True, False, run)
    assert (run.source.reading, run.source.text) == (2, PAGE)
    assert fresh(wrong).text == "按另一种编码读出的文字"


def test_a_word_file_is_kept_with_its_format() -> None:
    data = make_docx(PAGE.split("\n\n"))

    run, new = take_in(data, name="page.docx", issue=ISSUE, by=make_editor(), at=NOON)

    source = run.source
    assert new
    assert (source.format, source.encoding, bytes(source.content)) == ("docx", "", data)
    assert run.report["source"]["format"] == "docx"
