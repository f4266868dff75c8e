"""The scheme of reviews in the admin: what counts, what counted, adopting another."""

from typing import Any

import pytest
from django.test import Client

from speeches.models import Act, JournalEntry, Result, ReviewScheme
from speeches.moderation.claiming import claim
from speeches.moderation.rounds import progress_of
from speeches.moderation.versioning import fingerprint_of
from tests.admin.desk import ADMINISTRATOR, EDITOR, SUPERUSER, address, signed_in
from tests.factories import NOON, make_meeting, make_moderator

pytestmark = [pytest.mark.django_db, pytest.mark.three_reviews]

NO_ROWS = {"stage-TOTAL_FORMS": "8", "stage-INITIAL_FORMS": "0"}


def rows(*stages: tuple[str, str, bool, str]) -> dict[str, str]:
    """Return the table as a browser sends it; what is not given stays empty."""
    sent = dict(NO_ROWS)
    for number in range(8):
        name, kind, required, hours = (
            stages[number] if number < len(stages) else ("", "review", False, "")
        )
        sent |= {f"stage-{number}-name": name, f"stage-{number}-kind": kind}
        sent |= {f"stage-{number}-hours": hours}
        if required:
            sent[f"stage-{number}-required"] = "on"
    return sent


def adopt(client: Client, choice: str, *stages: tuple[str, str, bool, str]) -> Any:
    return client.post(
        address("reviewscheme_add"), {"choice": choice, **rows(*stages)}, follow=True
    )


def standing() -> list[tuple[str, str, bool, int]]:
    stages = ReviewScheme.objects.latest("id").stages
    return [(one["name"], one["kind"], one["required"], one["hours"]) for one in stages]


def test_one_review_is_adopted_with_a_click_and_three_again() -> None:
    client = signed_in(ADMINISTRATOR)

    page = adopt(client, "one").content.decode()
    assert "已采用：终审。" in page
    assert standing() == [("终审", "review", True, 24)]
    adopt(client, "three")

    assert [name for name, *_rest in standing()] == ["初审", "复审", "终审", "一校", "二校", "三校"]
    assert ReviewScheme.objects.latest("id").adopted_by is not None


def test_rows_of_ones_own_become_stages_in_their_order() -> None:
    adopt(
        signed_in(ADMINISTRATOR),
        "own",
        ("一校", "proof", True, "4"),
        ("", "review", True, ""),
        ("审定", "review", True, "48"),
    )

    assert standing() == [("一校", "proof", True, 4), ("审定", "review", True, 48)]
    codes = [stage["code"] for stage in ReviewScheme.objects.latest("id").stages]
    assert len(set(codes)) == 2


@pytest.mark.parametrize(
    ("stages", "told"),
    [
        ([], "至少要有一个必经的审次"),
        ([("一校", "proof", True, "4")], "至少要有一个必经的审次"),
        ([("初审", "review", False, "4")], "至少要有一个必经的审次"),
        ([("初审", "review", True, "")], "请填时限"),
        ([("初审", "review", True, "0")], "大于或等于"),
        ([("初审", "burn", True, "4")], "burn"),
    ],
)
def test_a_scheme_that_reviews_nothing_is_refused(
    stages: list[tuple[str, str, bool, str]], told: str
) -> None:
    before = ReviewScheme.objects.count()

    page = adopt(signed_in(ADMINISTRATOR), "own", *stages).content.decode()

    assert told in page
    assert ReviewScheme.objects.count() == before


def test_a_refused_scheme_is_noted_in_the_journal() -> None:
    adopt(signed_in(ADMINISTRATOR), "own")

    entry = JournalEntry.objects.get(act=Act.ATTEMPT)
    assert (entry.result, entry.detail["asked"]) == (Result.REFUSED, "adopt_scheme")


def test_the_page_warns_that_rounds_that_have_begun_keep_their_stages() -> None:
    meeting = make_meeting(remarks=[])
    claim(meeting, by=make_moderator(), at=NOON, seen=fingerprint_of(meeting))
    client = signed_in(ADMINISTRATOR)

    page = client.get(address("reviewscheme_add")).content.decode()
    assert "已经开始的 1 轮仍按原来的审次审完" in page
    adopt(client, "one")

    assert [stage.name for stage in progress_of(meeting).ahead] == ["初审", "复审", "终审"]
    other = make_meeting(title="后来的", remarks=[])
    assert [stage.name for stage in progress_of(other).ahead] == ["终审"]


def test_the_list_tells_the_scheme_that_counts_from_those_before() -> None:
    client = signed_in(ADMINISTRATOR)
    adopt(client, "one")

    page = client.get(address("reviewscheme_changelist"))

    listed = page.context["cl"].result_list
    assert listed[0].pk == ReviewScheme.objects.latest("id").pk
    text = page.content.decode()
    assert text.index("现行") < text.index("已停用")
    assert "初审 → 复审 → 终审（另有一校、二校、三校）" in text
    assert "安装时设定" in text


@pytest.mark.parametrize("role", [EDITOR, SUPERUSER])
def test_a_scheme_is_neither_changed_nor_deleted(role: str) -> None:
    client = signed_in(role)
    pk = ReviewScheme.objects.latest("id").pk

    assert client.get(address("reviewscheme_change", pk)).status_code == 200
    assert client.post(address("reviewscheme_change", pk), {"stages": "[]"}).status_code == 403
    assert client.get(address("reviewscheme_delete", pk)).status_code == 403
    assert client.get(address("reviewscheme_add")).status_code == (
        200 if role == SUPERUSER else 403
    )
