"""What readers search, as the desk sees it."""

import datetime as dt
import re

import pytest
from django.utils import timezone

from speeches.models import SearchCount
from tests.admin.desk import EDITOR, signed_in

pytestmark = pytest.mark.django_db

LIST = "/admin/speeches/searchcount/"


def kept(question: str, *, days_ago: int, searches: int, results: int) -> None:
    day = timezone.localdate() - dt.timedelta(days=days_ago)
    SearchCount.objects.create(question=question, day=day, searches=searches, results=results)


def shown(query: str = "") -> list[tuple[str, str, str]]:
    """Return question, number of searches and of results of each row."""
    page = signed_in(EDITOR).get(f"{LIST}?{query}")
    assert page.status_code == 200
    cell = r'<td class="field-{}">(.*?)</td>'
    columns = [
        re.findall(cell.format(name), page.content.decode())
        for name in ("asked", "total", "last_results")
    ]
    return [
        (re.sub("<[^>]+>", "", asked), total, results)
        for asked, total, results in zip(*columns, strict=True)
    ]


@pytest.fixture(autouse=True)
def _searches() -> None:
    kept("协商", days_ago=80, searches=9, results=1)
    kept("协商", days_ago=20, searches=2, results=3)
    kept("协商", days_ago=0, searches=3, results=4)
    kept("没有的词", days_ago=1, searches=7, results=0)
    kept("<b>", days_ago=2, searches=1, results=0)


def test_questions_of_the_last_days_stand_in_the_order_of_their_number() -> None:
    assert shown() == [
        ("没有的词", "7", "0"),
        ("协商", "5", "4"),
        ("&lt;b&gt;", "1", "0"),
    ]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("period=7", ["没有的词", "协商", "&lt;b&gt;"]),
        ("period=90", ["协商", "没有的词", "&lt;b&gt;"]),
        ("found=nothing", ["没有的词", "&lt;b&gt;"]),
        ("q=协", ["协商"]),
        ("period=x", ["没有的词", "协商", "&lt;b&gt;"]),
    ],
)
def test_a_period_and_what_found_nothing_can_be_asked_for(query: str, expected: list[str]) -> None:
    assert [question for question, _total, _results in shown(query)] == expected


def test_a_question_leads_to_what_readers_find() -> None:
    page = signed_in(EDITOR).get(LIST).content.decode()

    assert '<a href="/search/?q=%E5%8D%8F%E5%95%86">协商</a>' in page
