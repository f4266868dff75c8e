"""The index holds what is public, from the very act that makes it so or takes it back."""

from typing import Any

import pytest

from speeches.models import Remark, RemarkEdition
from speeches.moderation import publishing
from speeches.moderation.reviewing import approve
from speeches.moderation.withdrawing import withdraw
from speeches.search import indexing
from speeches.search.asking import parse
from speeches.search.finding import find
from speeches.search.rebuilding import differences
from speeches.search.storage import storage
from tests.factories import NOON, make_meeting, make_moderator, publish
from tests.moderation.desk import reword, seen

pytestmark = pytest.mark.django_db


def found(typed: str) -> list[str]:
    editions = find(parse(typed)).among(RemarkEdition.objects.current())
    return sorted(edition.heading for edition in editions)


def public_remark(**fields: Any) -> Remark:
    return publish(make_meeting(remarks=[fields])).remarks.get()


def test_a_remark_is_found_by_everything_that_is_printed_of_it() -> None:
    public_remark(
        heading="把好事办实 把实事办好",
        unit="阿城区政协党组",
        post="委员",
        speakers=["李明", "王刚"],
        paragraphs=["坚持“两个确立”，", "做到两个维护。"],
    )

    for typed in ("实把实", "阿城区政协", "委员", "李明", "王刚", "坚持两个确立", "做到"):
        assert found(typed) == ["把好事办实 把实事办好"], typed
    # Neither from one paragraph into the next, nor from one name into another.
    for typed in ("确立做到", "明王", "实阿城", "刚委员"):
        assert found(typed) == [], typed


def test_a_draft_is_not_found() -> None:
    make_meeting(remarks=[{"heading": "未发布的稿件"}])

    assert found("未发布") == []


def test_a_correction_takes_the_place_of_the_earlier_wording() -> None:
    remark = public_remark(heading="标题", paragraphs=["原来的说法。"])
    reword(remark, "更正的说法。")
    assert (found("原来的说法"), found("更正的说法")) == (["标题"], [])

    approve(remark, by=make_moderator(), at=NOON, seen=seen(remark))

    assert (found("原来的说法"), found("更正的说法")) == ([], ["标题"])
    assert not differences(storage())


def test_a_withdrawn_remark_leaves_the_index_and_a_meeting_takes_its_remarks_along() -> None:
    meeting = publish(make_meeting(remarks=[{"heading": "甲篇"}, {"heading": "乙篇"}]))
    withdraw(meeting.remarks.get(heading="甲篇"), by=make_moderator(), at=NOON, reason="有误")
    assert (found("甲篇"), found("乙篇")) == ([], ["乙篇"])

    withdraw(meeting, by=make_moderator(), at=NOON, reason="有误")

    assert found("乙篇") == []
    assert storage().last() == 0


def test_a_publication_that_fails_leaves_the_index_as_it_was(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    remark = public_remark(heading="标题", paragraphs=["原来的说法。"])
    reword(remark, "更正的说法。")

    def fail(*args: Any) -> None:
        raise RuntimeError

    monkeypatch.setattr(publishing, "_mark_published", fail)
    with pytest.raises(RuntimeError):
        approve(remark, by=make_moderator(), at=NOON, seen=seen(remark))

    assert (found("原来的说法"), found("更正的说法")) == (["标题"], [])
    assert not differences(storage())


def test_adding_and_removing_twice_is_as_once() -> None:
    remark = public_remark(heading="标题")
    edition = remark.editions.get()

    indexing.add([edition])
    assert found("标题") == ["标题"]
    indexing.remove([edition])
    indexing.remove([edition])

    assert found("标题") == []
    indexing.add([edition])
    assert found("标题") == ["标题"]
