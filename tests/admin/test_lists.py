"""Lists of the desk: as many queries for fifty rows as for five, and filters that find."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from speeches.models import (
    Byline,
    District,
    Doubt,
    Meeting,
    Membership,
    Person,
    Theme,
    Unit,
    UnitAlias,
)
from tests.admin.desk import EDITOR, SUPERUSER, address, make_newsroom, signed_in, waiting_run
from tests.factories import make_meeting, make_user, publish

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

LISTS = (
    *("meeting", "remark", "importrun", "unit", "person", "district", "theme"),
    *("journalentry", "reviewstep", "sourcedocument", "user"),
    "searchcount",
    *("textversion", "reviewcomment", "publicationorder", "reviewscheme"),
)


def add_rows(first: int, last: int) -> None:
    """Add rows of every kind, each linked to others of its own."""
    for number in range(first, last):
        district = District.objects.create(
            code=f"{300000 + number}",
            name=f"区{number}",
            kind=District.Kind.DISTRICT,
            successor=District.objects.order_by("id").first(),
        )
        unit = Unit.objects.create(
            name=f"单位{number}", district=district, parent=Unit.objects.order_by("id").first()
        )
        UnitAlias.objects.create(unit=unit, name=f"别名{number}")
        person = Person.objects.create(name=f"人{number}")
        Membership.objects.create(person=person, unit=unit, post="主席")
        theme = Theme.objects.create(
            slug=f"t{number}", name=f"主题{number}", parent=Theme.objects.order_by("id").first()
        )
        meeting = make_meeting(
            title=f"会议{number}",
            newspaper="示例日报",
            host=unit,
            remarks=[
                {
                    "speakers": [person, f"未知{number}"],
                    "unit_link": unit,
                    "district": district,
                    "themes": [theme],
                }
            ],
            by=make_user(f"user{number}", role=EDITOR),
        )
        Doubt.objects.create(remark=meeting.remarks.get(), code="no-heading", message="缺标题。")
        publish(meeting)
        Byline.objects.create(meeting=meeting, position=1, name="孟想")
        waiting_run(f"{number}.txt", extra=f"\n{number}")


def queries_of(client: Any, model: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert client.get(address(f"{model}_changelist")).status_code == 200
    return len(captured)


def test_a_list_takes_as_many_queries_for_fifty_rows_as_for_five() -> None:
    make_newsroom()
    client = signed_in(SUPERUSER)
    add_rows(0, 5)
    few = {model: queries_of(client, model) for model in LISTS}
    add_rows(5, 50)

    assert {model: queries_of(client, model) for model in LISTS} == few


def test_the_desk_and_a_meeting_with_many_remarks_take_no_more_queries() -> None:
    def queries(path: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(path).status_code == 200
        return len(captured)

    client = signed_in(EDITOR)
    small = make_meeting(remarks=[{"speakers": ["甲"]}] * 2)
    large = make_meeting(title="大", remarks=[{"speakers": ["甲", "乙"]}] * 30)

    # What the first request loads once for all stays out of the count.
    queries(address("meeting_change", small.pk))
    assert queries(address("meeting_change", large.pk)) == queries(
        address("meeting_change", small.pk)
    )
    few = queries("/admin/")
    add_rows(0, 3)
    assert queries("/admin/") == few


def rows(client: Any, model: str, **query: str) -> set[str]:
    answer = client.get(address(f"{model}_changelist"), query)
    assert answer.status_code == 200
    return {str(row) for row in answer.context["cl"].result_list}


def test_meetings_are_found_by_newspaper_and_state() -> None:
    client = signed_in(EDITOR)
    make_meeting(title="甲", newspaper="示例日报")
    publish(make_meeting(title="乙", newspaper="另一家报"))
    make_meeting(title="丙", newspaper="")

    assert rows(client, "meeting", newspaper="另一家报") == {"乙"}
    assert rows(client, "meeting", newspaper="-") == {"丙"}
    assert rows(client, "meeting", state="awaiting") == {"甲", "丙"}
    assert rows(client, "meeting", state="published") == {"乙"}
    assert rows(client, "meeting", q="乙") == {"乙"}
    page = client.get(address("meeting_changelist")).content.decode()
    assert "未填写" in page


def test_remarks_are_found_by_doubt_meeting_and_speaker() -> None:
    client = signed_in(EDITOR)
    first = make_meeting(title="甲会", remarks=[{"heading": "甲", "speakers": ["王某"]}])
    make_meeting(title="乙会", remarks=[{"heading": "乙"}])
    doubt = Doubt.objects.create(remark=first.remarks.get(), code="no-heading", message="缺标题。")

    assert rows(client, "remark", doubt="open") == {"甲"}
    assert rows(client, "remark", meeting=str(first.pk)) == {"甲"}
    assert rows(client, "remark", q="王某") == {"甲"}
    assert rows(client, "remark", meeting="x") == {"甲", "乙"}
    doubt.settled_at = first.edited_at
    doubt.save()
    assert rows(client, "remark", doubt="open") == set()


def test_the_desk_counts_what_waits_and_leads_there() -> None:
    client = signed_in(EDITOR)
    make_meeting(remarks=[{"heading": "甲"}, {"heading": "乙"}])
    waiting_run()

    answer = client.get("/admin/")

    numbers = {str(entry["label"]): entry["number"] for entry in answer.context["waiting"]}
    assert numbers == {
        "待确认的导入": 1,
        "待审的会议": 1,
        "待审的发言": 2,
        "待审的来稿": 0,
        "退回的会议": 0,
        "退回的发言": 0,
        "有疑点的发言": 0,
    }
    for entry in answer.context["waiting"]:
        model = entry["address"].split("_")[1]
        found = client.get(f"{address(f'{model}_changelist')}?{entry['query']}")
        assert len(found.context["cl"].result_list) == entry["number"]


def test_daily_work_stands_first_on_the_desk() -> None:
    groups = signed_in(SUPERUSER).get("/admin/").context["app_list"]

    names = [str(group["name"]) for group in groups]
    assert names[:4] == ["稿件", "名录", "记录", "帐号"]
    assert [page["object_name"] for page in groups[0]["models"]] == [
        "ImportRun",
        "ImportBatch",
        "Call",
        "Submission",
        "Meeting",
        "Remark",
    ]
    seen = [page["admin_url"] for group in groups for page in group["models"]]
    assert len(seen) == len(set(seen))
    assert signed_in(EDITOR).get("/admin/speeches/").status_code == 200


def test_a_meeting_shows_its_days_and_its_page() -> None:
    client = signed_in(EDITOR)
    meeting = make_meeting(held_to="2024-05-24")

    page = client.get(address("meeting_changelist")).content.decode()

    assert "2024-05-23～05-24" in page
    assert "第3版" in page
    assert Meeting.objects.get(pk=meeting.pk).newspaper in page
