"""Correcting: editions carry dated notes of what they changed, made from editions alone."""

import datetime as dt
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from speeches.models import Meeting, MeetingEdition, Picture, Remark, RemarkEdition
from speeches.moderation.editing import record_edit
from speeches.moderation.reviewing import approve
from speeches.moderation.scheduling import publish_due
from speeches.moderation.withdrawing import withdraw
from speeches.text.markup import paragraphs_to_body
from tests.factories import NOON, make_meeting, make_moderator, publish
from tests.moderation.desk import LATER, fresh, retitle, reword, seen

pytestmark = pytest.mark.django_db

EVEN_LATER = LATER + dt.timedelta(days=1)


def corrected(text: Meeting | Remark, *, at: dt.datetime = LATER) -> list[Any]:
    """Approve what waits of the text; return the notes of the edition that readers see."""
    approve(text, by=make_moderator(), at=at, seen=seen(text))
    return notes(text)


def notes(text: Meeting | Remark) -> list[Any]:
    edition = text.editions.current().get()
    return list(edition.corrections or [])


def wordings(note: Any, part: str) -> tuple[str, str]:
    """Return the old and the new words of a part that a note tells of."""
    told = [pair for one in note["changes"] if one["part"] == part for pair in one["stretches"]]
    old = "".join(text for kind, text in told if kind in ("same", "removed"))
    return old, "".join(text for kind, text in told if kind in ("same", "added"))


def edited(text: Any, **fields: Any) -> None:
    """Change fields of a text as an editor does."""
    row = fresh(text)
    for name, value in fields.items():
        setattr(row, name, value)
    row.save(update_fields=list(fields))
    record_edit(row, by=None, at=LATER, changed=list(fields))


def test_what_is_published_first_corrects_nothing() -> None:
    meeting = publish(make_meeting(remarks=[{}]))

    assert notes(meeting) == []
    assert notes(meeting.remarks.get()) == []


def test_a_correction_is_noted_with_its_day_and_both_wordings() -> None:
    remark = publish(make_meeting(remarks=[{"paragraphs": ["推动协商工作。"]}])).remarks.get()
    reword(remark, "推动协商试点。")

    (note,) = corrected(remark)

    assert note["at"] == LATER.isoformat()
    assert note["changes"] == [
        {
            **{"part": "body", "kind": "changed", "old": [0], "new": [0]},
            "stretches": [
                *(["same", "推动协商"], ["removed", "工作"], ["added", "试点"], ["same", "。"]),
            ],
        }
    ]


def test_notes_add_up_from_edition_to_edition() -> None:
    remark = publish(make_meeting(remarks=[{"paragraphs": ["甲说。"]}])).remarks.get()
    reword(remark, "乙说。")
    corrected(remark)
    reword(remark, "丙说。")

    told = corrected(remark, at=EVEN_LATER)

    assert [wordings(note, "body") for note in told] == [("甲说。", "乙说。"), ("乙说。", "丙说。")]
    assert [note["at"] for note in told] == [LATER.isoformat(), EVEN_LATER.isoformat()]


def test_every_part_of_a_remark_is_noted() -> None:
    remark = publish(make_meeting(remarks=[{"speakers": ["王明"]}])).remarks.get()
    remark.speakers.update(name_as_printed="王鸣")
    edited(remark, heading="新题", unit_as_printed="道里区政协", post_as_printed="主席")

    (note,) = corrected(remark)

    assert {change["part"] for change in note["changes"]} == {
        *("heading", "unit", "post", "speakers"),
    }
    assert wordings(note, "speakers") == ("王明", "王鸣")
    assert wordings(note, "post") == ("", "主席")


def test_every_part_of_a_meeting_is_noted() -> None:
    meeting = make_meeting(remarks=[], held_from=dt.date(2024, 5, 23))
    meeting.bylines.create(position=1, name="王越", role="文")
    meeting.pictures.create(position=1, caption="会场", credit="刘达齐")
    publish(meeting)
    meeting.bylines.update(role="整理")
    meeting.pictures.update(caption="分会场")
    fields = {
        **dict.fromkeys(("kicker", "title", "subtitle", "name", "place", "newspaper"), "新的"),
        **{"held_from": dt.date(2024, 5, 22), "held_to": dt.date(2024, 5, 24)},
        **{"held_on_text": "5月", "issue_date": dt.date(2024, 6, 3), "page_number": "9"},
        "introduction": ["导语改了。"],
    }
    edited(meeting, **fields)

    (note,) = corrected(meeting)

    assert {change["part"] for change in note["changes"]} == {*fields, "bylines", "captions"}
    assert wordings(note, "held_from") == ("2024年5月23日", "2024年5月22日")
    assert wordings(note, "bylines") == ("王越/文", "王越/整理")
    assert wordings(note, "captions") == ("会场　刘达齐", "分会场　刘达齐")


def test_another_picture_is_noted_without_the_names_of_files() -> None:
    meeting = make_meeting(remarks=[])
    Picture.objects.create(meeting=meeting, position=1, image="pictures/one.jpg", caption="会场")
    publish(meeting)
    meeting.pictures.update(image="pictures/two.jpg")
    edited(meeting)

    (note,) = corrected(meeting)

    assert [(one["part"], one["kind"]) for one in note["changes"]] == [("pictures", "formed")]
    assert "pictures/" not in str(note)


def test_another_form_of_the_same_words_is_noted() -> None:
    remark = publish(make_meeting(remarks=[{"paragraphs": ["甲说。"]}])).remarks.get()
    edited(remark, body=["<p><strong>甲</strong>说。</p>"])

    (note,) = corrected(remark)

    assert [(one["part"], one["kind"]) for one in note["changes"]] == [("body", "formed")]


def test_what_readers_cannot_tell_apart_is_not_noted() -> None:
    remark = publish(make_meeting(remarks=[{"speakers": ["王明", "李禾川"]}])).remarks.get()
    remark.speakers.filter(position=2).delete()
    remark.speakers.update(name_as_printed="王明、李禾川")
    edited(remark)

    assert corrected(remark) == []
    assert remark.editions.count() == 2


def test_wordings_that_were_never_public_are_in_no_note() -> None:
    remark = publish(make_meeting(remarks=[{"paragraphs": ["甲说。"]}])).remarks.get()
    reword(remark, "机密。")
    reword(remark, "乙说。")

    (note,) = corrected(remark)

    assert wordings(note, "body") == ("甲说。", "乙说。")
    assert "机密" not in str(note)


def test_after_a_withdrawal_nothing_tells_what_stood_there() -> None:
    moderator = make_moderator()
    remark = publish(make_meeting(remarks=[{"paragraphs": ["甲说。"]}])).remarks.get()
    reword(remark, "乙说。")
    corrected(remark)
    withdraw(remark, by=moderator, at=LATER, reason="有误")
    reword(remark, "丙说。")

    assert corrected(remark) == []
    reword(remark, "丁说。")
    (note,) = corrected(remark, at=EVEN_LATER)
    assert wordings(note, "body") == ("丙说。", "丁说。")


def test_a_withdrawn_meeting_takes_the_notes_of_its_remarks_along() -> None:
    meeting = publish(make_meeting(remarks=[{"paragraphs": ["甲说。"]}]))
    remark = meeting.remarks.get()
    withdraw(meeting, by=make_moderator(), at=LATER, reason="有误")
    retitle(meeting, "新的标题")
    reword(remark, "乙说。")

    publish(fresh(meeting), at=EVEN_LATER)

    assert (notes(meeting), notes(remark)) == ([], [])


def test_a_correction_at_a_set_time_is_dated_when_it_appears() -> None:
    remark = publish(make_meeting(remarks=[{"paragraphs": ["甲说。"]}])).remarks.get()
    reword(remark, "乙说。")
    approve(remark, by=make_moderator(), at=LATER, seen=seen(remark), publish_at=EVEN_LATER)
    assert notes(remark) == []

    publish_due(at=EVEN_LATER)

    (note,) = notes(remark)
    assert note["at"] == EVEN_LATER.isoformat()


@pytest.mark.parametrize("model", [MeetingEdition, RemarkEdition])
def test_notes_are_frozen(model: type[MeetingEdition] | type[RemarkEdition]) -> None:
    publish(make_meeting(remarks=[{}]), at=NOON)

    with pytest.raises(DatabaseError, match="frozen"), transaction.atomic():
        model._default_manager.update(corrections=[{"at": NOON.isoformat(), "changes": []}])


def test_paragraphs_that_move_are_noted_as_moved() -> None:
    first, second = "第一段讲的是协商议事的办法。" * 3, "第二段讲的是社区养老的难处。" * 3
    remark = publish(make_meeting(remarks=[{"paragraphs": [first, second]}])).remarks.get()
    edited(remark, body=paragraphs_to_body([second, first]))

    (note,) = corrected(remark)

    assert [one["kind"] for one in note["changes"]] == ["moved"]
