"""Remarks that the archive has, on the desk: shown, and answered before confirmation."""

import pytest

from speeches.models import ImportRun, Meeting, Remark, Reprint
from speeches.moderation.intake import confirm, take_in
from tests.admin.desk import (
    ADMINISTRATOR,
    ANONYMOUS,
    CONTRIBUTOR,
    EDITOR,
    MODERATOR,
    address,
    everything,
    signed_in,
)
from tests.factories import NOON, make_meeting
from tests.moderation.batches import page
from tests.moderation.pages import ISSUE

pytestmark = pytest.mark.django_db
CHANGED = page(1).replace("已答复", "已回复")


def taken_in(text: str) -> ImportRun:
    return take_in(text.encode(), name="page.txt", issue=ISSUE, by=None, at=NOON)[0]


def archived() -> list[Remark]:
    return list(confirm(taken_in(page(1)), by=None, at=NOON).remarks.in_order())


def shown(name: str, pk: int) -> str:
    return signed_in(EDITOR).get(address(name, pk)).content.decode()


def test_a_draft_shows_what_the_archive_has_and_is_confirmed_after_the_answers() -> None:
    first, second = archived()
    run = taken_in(CHANGED)
    client = signed_in(EDITOR)
    draft = shown("importrun_change", run.pk)
    assert "与已有发言相同" in draft
    assert "与已有发言相近" in draft
    assert "相似度 100%" in draft
    assert address("remark_change", first.pk) in draft
    said = client.post(address("importrun_confirm", run.pk), follow=True).content.decode()
    assert "请先选定是关联为同一篇还是另建" in said

    for position, same_as in ((1, first.pk), (2, "")):
        client.post(
            address("importrun_sameness", run.pk), {"position": position, "same_as": same_as}
        )
    draft = shown("importrun_change", run.pk)
    assert "已选：关联为同一篇" in draft
    assert "已选：另建" in draft
    client.post(address("importrun_confirm", run.pk))

    made = Meeting.objects.latest("id").remarks.get()
    assert made.heading == second.heading
    assert Reprint.objects.get().remark == first
    assert "也刊于" in shown("remark_change", first.pk)
    assert "已选：另一篇" in shown("remark_change", made.pk)


def test_a_page_that_is_new_says_nothing_of_the_archive() -> None:
    archived()

    assert "与已有发言" not in shown("importrun_change", taken_in(page(2)).pk)


def test_a_double_on_the_desk_is_linked_with_one_button() -> None:
    text = page(1).split("\n")[6]
    kept = make_meeting(remarks=[{"paragraphs": [text], "heading": "原有的"}]).remarks.get()
    double = make_meeting(title="另一会议", remarks=[{"paragraphs": [text]}]).remarks.get()
    assert "关联为同一篇（删除本篇）" in shown("remark_change", double.pk)

    answer = signed_in(EDITOR).post(
        address("remark_sameness", double.pk), {"same_as": kept.pk}, follow=True
    )

    assert answer.redirect_chain == [(address("remark_change", kept.pk), 302)]
    assert not Remark.objects.filter(pk=double.pk).exists()


def test_two_on_the_desk_may_stay_apart() -> None:
    text = page(1).split("\n")[6]
    make_meeting(remarks=[{"paragraphs": [text]}])
    other = make_meeting(title="另一会议", remarks=[{"paragraphs": [text]}]).remarks.get()

    signed_in(EDITOR).post(address("remark_sameness", other.pk), {"same_as": ""})

    page_now = shown("remark_change", other.pk)
    assert "已选：另一篇" in page_now
    assert "这是另一篇" not in page_now


@pytest.mark.parametrize("role", [MODERATOR, ADMINISTRATOR, CONTRIBUTOR, ANONYMOUS])
def test_only_editors_answer(role: str) -> None:
    first, _second = archived()
    run = taken_in(CHANGED)
    client = signed_in(role)
    before = everything()

    for path in (address("importrun_sameness", run.pk), address("remark_sameness", first.pk)):
        answer = client.post(path, {"position": 1, "same_as": first.pk})
        assert answer.status_code == (302 if role in (CONTRIBUTOR, ANONYMOUS) else 403)

    assert everything() == before


@pytest.mark.parametrize(("position", "same_as"), [("x", ""), ("1", "x"), ("1", "999")])
def test_a_forged_answer_is_not_found(position: str, same_as: str) -> None:
    run = taken_in(page(1))

    answer = signed_in(EDITOR).post(
        address("importrun_sameness", run.pk), {"position": position, "same_as": same_as}
    )

    assert answer.status_code == 404
