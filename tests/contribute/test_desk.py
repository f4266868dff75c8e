"""The contributing units' first page: calls, drafts, submissions with their state in words."""

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from speeches.models import JournalEntry, Remark, TextState, User
from speeches.moderation.claiming import claim
from tests.contribute.unit import (
    address,
    begun,
    call_now,
    client_of,
    handed_in,
    other_unit,
    page_of,
    returned,
)
from tests.factories import (
    make_contributor,
    make_editor,
    make_meeting,
    make_moderator,
    make_unit,
    make_user,
    publish,
)
from tests.moderation.desk import seen

pytestmark = pytest.mark.django_db


@pytest.fixture
def unit_person() -> User:
    return make_contributor()


def test_a_contributor_is_greeted_by_name_and_unit(unit_person: User) -> None:
    page = page_of(client_of(unit_person), "/contribute/")

    assert "contributor某，您好" in page
    assert "<h1>阿城区政协党组</h1>" in page
    assert page.count("<h1") == 1


def test_an_account_without_a_unit_is_told_whom_to_ask() -> None:
    page = page_of(client_of(make_user("new", role="投稿单位", staff=False)), "/contribute/")

    assert "还没有关联投稿单位，请联系编辑部" in page


def test_the_newsroom_is_led_to_its_own_desk() -> None:
    page = page_of(client_of(make_editor()), "/contribute/", status=403)

    assert 'href="/admin/"' in page


def test_nobody_else_sees_the_page() -> None:
    answer = Client().get("/contribute/")

    assert answer.status_code == 302
    assert answer["Location"] == "/admin/login/?next=/contribute/"


def test_signing_out_takes_a_click_and_leads_to_the_door(unit_person: User) -> None:
    client = client_of(unit_person)

    assert client.get("/contribute/sign-out/").status_code == 405
    answer = client.post("/contribute/sign-out/")

    assert answer["Location"] == "/admin/login/"
    assert client.get("/contribute/").status_code == 302


def test_the_page_is_kept_in_no_cache(unit_person: User) -> None:
    assert "no-store" in client_of(unit_person).get("/contribute/")["Cache-Control"]


def test_open_calls_are_listed_with_time_left_and_wanted_length(unit_person: User) -> None:
    call_now(title="全员征稿", characters_from=800, characters_to=1200)
    call_now(title="约请本单位", units=[make_unit()])
    call_now(title="约请他人", units=[other_unit()])
    call_now(title="今天截稿", deadline=timezone.now() + dt.timedelta(hours=5, minutes=30))

    page = page_of(client_of(unit_person), "/contribute/")

    assert "全员征稿" in page
    assert "还有9天" in page
    assert "800～1200字" in page
    assert "约请本单位" in page
    assert "约请他人" not in page
    assert page.index("今天截稿") < page.index("全员征稿")
    assert "还有5小时" in page


def test_a_draft_is_seen_by_the_whole_unit_and_by_nobody_else(unit_person: User) -> None:
    call = call_now()
    draft = begun(call, unit_person)
    colleague = make_contributor("colleague")
    stranger = make_contributor("stranger", unit=other_unit())

    assert address(draft) in page_of(client_of(colleague), "/contribute/")
    assert address(draft) not in page_of(client_of(stranger), "/contribute/")


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (TextState.DRAFT, "已收到，等待审阅"),
        (TextState.RETURNED, "已退回，请修改后重新交稿"),
        (TextState.REJECTED, "不予采用"),
        (TextState.SCHEDULED, "已通过终审，待发布"),
        (TextState.PUBLISHED, "已发布"),
        (TextState.CHANGED, "修改稿审阅中"),
        (TextState.WITHDRAWN, "已撤稿"),
        (TextState.TAKEN_BACK, "您已撤回"),
    ],
)
def test_every_state_is_told_in_words(unit_person: User, state: TextState, words: str) -> None:
    submission = handed_in(call_now(), unit_person)
    Remark.objects.filter(pk=submission.remark_id).update(state=state)
    client = client_of(unit_person)

    assert words in page_of(client, "/contribute/")
    assert words in page_of(client, address(submission))


@pytest.mark.three_reviews
def test_the_stage_under_review_is_named_and_no_reviewer(unit_person: User) -> None:
    submission = handed_in(call_now(), unit_person)
    remark, at = submission.remark, timezone.now()
    claim(remark, by=make_moderator(), at=at, seen=seen(remark))
    client = client_of(unit_person)

    pages = page_of(client, "/contribute/") + page_of(client, address(submission))

    assert pages.count("审阅中（初审）") == 2
    assert "moderator" not in pages


def test_what_is_published_leads_to_the_public_page(unit_person: User) -> None:
    call = call_now(meeting=make_meeting(remarks=[]))
    submission = handed_in(call, unit_person)
    publish(call.meeting)

    page = page_of(client_of(unit_person), "/contribute/")

    assert f'href="/remarks/{submission.remark_id}/"' in page
    assert "已发布" in page


def test_what_came_back_stands_in_front(unit_person: User) -> None:
    call = call_now()
    old = handed_in(call, unit_person, heading="退回的一篇")
    handed_in(call, unit_person, heading="后来的一篇")
    returned(old)

    page = page_of(client_of(unit_person), "/contribute/")

    assert page.index("退回的一篇") < page.index("后来的一篇")
    assert page.count('class="units-returned"') == 1


def test_twenty_stand_on_a_page_whatever_their_number_with_as_many_queries(
    unit_person: User,
) -> None:
    call, client = call_now(), client_of(unit_person)

    def queries() -> int:
        with CaptureQueriesContext(connection) as caught:
            page_of(client, "/contribute/")
        return len(caught)

    for number in range(3):
        returned(handed_in(call, unit_person, heading=f"第{number}篇"))
    few = queries()
    for number in range(3, 60):
        handed_in(call, unit_person, heading=f"第{number}篇")

    assert queries() == few
    page = page_of(client, "/contribute/")
    assert page.count('class="figure"') == 20
    assert "第1页，共3页" in page
    assert page_of(client, "/contribute/?page=3").count('class="figure"') == 20
    page_of(client, "/contribute/?page=4", status=404)


def test_signing_out_is_in_the_journal() -> None:
    client = client_of(make_contributor())

    client.post("/contribute/sign-out/")

    entry = JournalEntry.objects.latest("number")
    assert (entry.act, str(entry.actor)) == ("sign-out", "contributor某")
