"""Remarks that the archive has: shown, decided by a person, and then linked instead of doubled."""

import threading
from typing import Any

import pytest
from django.db import connection

from speeches.models import (
    Act,
    ImportRun,
    JournalEntry,
    Meeting,
    Remark,
    RemarkSketch,
    Reprint,
    SamenessAnswer,
)
from speeches.moderation.archive import answer_sameness, known_remarks, unanswered
from speeches.moderation.discarding import discard_draft, discard_remark
from speeches.moderation.intake import confirm, import_file, take_in
from speeches.moderation.likeness import like_remark
from speeches.moderation.refusals import Refused
from speeches.moderation.reprints import keep_apart, link_as_reprint
from tests.factories import NOON, make_editor, make_meeting, make_moderator, publish
from tests.moderation.batches import page
from tests.moderation.desk import LATER, reword
from tests.moderation.pages import ISSUE


def taken_in(text: str) -> ImportRun:
    return take_in(text.encode(), name="page.txt", issue=ISSUE, by=None, at=NOON)[0]


def confirmed(text: str) -> Meeting:
    return confirm(taken_in(text), by=make_editor(), at=NOON)


def again(number: int = 1) -> str:
    """Return the page with a character or two of each remark changed."""
    return page(number).replace("已答复", "已回复").replace("专班", "专责")


def say(run: ImportRun, position: int, same_as: Remark | None) -> None:
    answer_sameness(run, position=position, same_as=same_as, by=make_editor(), at=LATER)


@pytest.mark.django_db
def test_a_new_page_meets_nothing_in_the_archive() -> None:
    confirmed(page(1))

    assert known_remarks(taken_in(page(2))) == {}


@pytest.mark.django_db
@pytest.mark.parametrize("text", [page(1) + "\n", again()], ids=["the same", "nearly the same"])
def test_what_the_archive_has_is_recognised_on_another_page(text: str) -> None:
    first, second = confirmed(page(1)).remarks.in_order()

    known = known_remarks(taken_in(text))

    assert {place: [m.remark for m in found] for place, found in known.items()} == {
        1: [first],
        2: [second],
    }
    assert unanswered(known) == [1, 2]
    likeness = known[1][0]
    assert (likeness.percent == 100) == (text != again())
    assert likeness.percent >= 60


@pytest.mark.django_db
def test_an_edited_remark_is_known_by_its_new_text_alone() -> None:
    first, _second = confirmed(page(1)).remarks.in_order()
    reword(first, "完全换了一篇，讲的是另外一件事，与原来版面上印的那些话再没有任何关系可言。")

    assert sorted(known_remarks(taken_in(page(1) + "\n"))) == [2]


@pytest.mark.django_db
def test_a_page_is_not_confirmed_before_somebody_has_answered() -> None:
    confirmed(page(1))
    run = taken_in(again())

    with pytest.raises(Refused, match="第 1、2 篇与已有发言相同或相近"):
        confirm(run, by=make_editor(), at=LATER)

    assert Meeting.objects.count() == 1


@pytest.mark.django_db
def test_the_same_remark_is_linked_and_not_made_a_second_time() -> None:
    first, second = confirmed(page(1)).remarks.in_order()
    run = taken_in(again())
    say(run, 1, first)
    say(run, 2, None)

    meeting = confirm(run, by=make_editor(), at=LATER)

    (made,) = meeting.remarks.all()
    assert (made.position, made.heading) == (1, second.heading)
    assert Remark.objects.count() == 3
    assert [reprint.remark for reprint in Reprint.objects.filter(run=run)] == [first]
    acts = JournalEntry.objects.about(run).filter(act=Act.LINK)
    assert acts.count() == 2


@pytest.mark.django_db
def test_an_answer_can_be_changed_until_the_page_is_confirmed() -> None:
    first, second = confirmed(page(1)).remarks.in_order()
    run = taken_in(again())
    say(run, 1, None)
    say(run, 2, second)
    say(run, 1, first)
    say(run, 1, None)

    assert confirm(run, by=make_editor(), at=LATER).remarks.count() == 1

    with pytest.raises(Refused, match="已经处理过"):
        say(run, 1, first)


@pytest.mark.django_db
def test_a_page_of_nothing_new_is_to_be_discarded() -> None:
    first, second = confirmed(page(1)).remarks.in_order()
    run = taken_in(again())
    say(run, 1, first)
    say(run, 2, second)

    with pytest.raises(Refused, match="请放弃这次导入"):
        confirm(run, by=make_editor(), at=LATER)


@pytest.mark.django_db
def test_a_remark_that_came_since_is_asked_about_although_the_others_were_answered() -> None:
    confirmed(page(1))
    early, late = taken_in(again()), taken_in(again() + "\n")
    for run in (early, late):
        say(run, 1, None)
        say(run, 2, None)
    confirm(early, by=make_editor(), at=LATER)

    known = known_remarks(late)

    assert unanswered(known) == [1, 2]
    assert [match.same for match in known[1]] == [None, False]


@pytest.mark.django_db
def test_an_answer_about_something_else_is_refused() -> None:
    confirmed(page(1))
    stranger = confirmed(page(5)).remarks.in_order()[0]
    run = taken_in(again())

    with pytest.raises(Refused, match="没有找到"):
        say(run, 1, stranger)
    with pytest.raises(Refused, match="没有找到"):
        say(run, 9, None)
    with pytest.raises(Refused, match="不能做这项操作"):
        answer_sameness(run, position=1, same_as=None, by=make_moderator(), at=LATER)
    assert not SamenessAnswer.objects.exists()


@pytest.mark.django_db
def test_the_command_line_holds_back_what_the_archive_seems_to_have() -> None:
    confirmed(page(1))

    run, new = import_file(
        again().encode(), name="page.txt", issue=ISSUE, by=None, at=LATER, hold=False
    )

    assert new
    assert run.state == ImportRun.State.WAITING
    assert Meeting.objects.count() == 1


@pytest.mark.django_db
def test_looking_a_page_up_takes_the_same_queries_whatever_its_size(
    django_assert_num_queries: Any,
) -> None:
    for number in range(1, 5):
        confirmed(page(number))
    small = taken_in(page(1) + "\n")
    large = taken_in("\n".join(again(number) for number in (2, 3, 4)))
    for run in (small, large):
        run = ImportRun.objects.select_related("source").get(pk=run.pk)
        assert not hasattr(run, "meeting")
        # Its steps, its bands, their remarks with their meetings, the answers.
        with django_assert_num_queries(4):
            assert known_remarks(run)


@pytest.mark.django_db
def test_a_remark_of_the_desk_can_be_linked_to_the_one_the_archive_had() -> None:
    text = page(1).split("\n")[6]
    kept = make_meeting(remarks=[{"paragraphs": [text]}]).remarks.get()
    meeting = make_meeting(
        title="另一会议", remarks=[{}, {"paragraphs": [text]}, {"heading": "后"}]
    )
    double = meeting.remarks.in_order()[1]
    assert [match.remark for match in like_remark(double)] == [kept]

    link_as_reprint(double, of=kept, by=make_editor(), at=LATER)

    assert not Remark.objects.filter(pk=double.pk).exists()
    assert list(meeting.remarks.in_order().values_list("position", flat=True)) == [1, 2]
    assert not RemarkSketch.objects.filter(remark=double.pk).exists()


@pytest.mark.django_db
def test_a_public_remark_is_never_deleted_for_being_like_another() -> None:
    text = page(1).split("\n")[6]
    kept = make_meeting(remarks=[{"paragraphs": [text]}]).remarks.get()
    public = publish(make_meeting(title="另一会议", remarks=[{"paragraphs": [text]}])).remarks.get()

    with pytest.raises(Refused, match="已进入审核"):
        link_as_reprint(public, of=kept, by=make_editor(), at=LATER)

    assert not SamenessAnswer.objects.exists()


@pytest.mark.django_db
def test_what_another_page_is_linked_to_stays() -> None:
    first, _second = confirmed(page(1)).remarks.in_order()
    run = taken_in(again())
    say(run, 1, first)
    say(run, 2, None)
    confirm(run, by=make_editor(), at=LATER)

    with pytest.raises(Refused, match="另有版面的发言已关联到这里"):
        discard_remark(first, by=make_editor(), at=LATER)
    with pytest.raises(Refused, match="另有版面的发言已关联到这里"):
        discard_draft(first.meeting, by=make_editor(), at=LATER)

    assert Reprint.objects.filter(remark=first).exists()


@pytest.mark.django_db
def test_two_remarks_may_stay_apart() -> None:
    text = page(1).split("\n")[6]
    make_meeting(remarks=[{"paragraphs": [text]}])
    other = make_meeting(title="另一会议", remarks=[{"paragraphs": [text]}]).remarks.get()

    keep_apart(other, by=make_editor(), at=LATER)

    assert [match.same for match in like_remark(other)] == [False]


@pytest.mark.django_db(transaction=True)
def test_two_pages_with_one_remark_confirmed_at_once_do_not_double_it() -> None:
    if connection.vendor == "sqlite":
        pytest.skip("SQLite has one writer at a time")
    runs = [taken_in(page(1)), taken_in(again())]
    begin = threading.Barrier(2)
    refused: list[str] = []

    def work(run: ImportRun) -> None:
        try:
            begin.wait(timeout=10)
            confirm(run, by=None, at=LATER)
        except Refused as refusal:
            refused.append(str(refusal))
        finally:
            connection.close()

    workers = [threading.Thread(target=work, args=(run,)) for run in runs]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(timeout=30)

    assert len(refused) == 1
    assert Meeting.objects.count() == 1
    assert Remark.objects.count() == 2
