"""Counting searches: how often, of which question, on which day, and nothing else."""

import datetime as dt

import pytest
from django.db import DatabaseError, connection, transaction

from speeches.models import SearchCount
from speeches.models.searches import LONGEST_QUESTION
from speeches.search import counting
from speeches.search.asking import parse
from speeches.search.counting import KEPT, RARE, RARE_KEPT, count, countable, forget
from speeches.search.rephrasing import any_of, in_one_form

pytestmark = pytest.mark.django_db

TODAY = dt.date(2024, 6, 1)


def rows() -> list[tuple[str, dt.date, int, int]]:
    found = SearchCount.objects.order_by("day", "question")
    return list(found.values_list("question", "day", "searches", "results"))


def kept(question: str, *, days_ago: int = 0, searches: int = 1) -> None:
    day = TODAY - dt.timedelta(days=days_ago)
    SearchCount.objects.create(question=question, day=day, searches=searches, results=0)


def test_a_question_is_counted_once_a_day_with_its_last_number_of_results() -> None:
    count("协商", results=3, day=TODAY)
    count("协商", results=4, day=TODAY)
    count("民主", results=0, day=TODAY)
    count("协商", results=4, day=TODAY + dt.timedelta(days=1))

    assert rows() == [
        ("协商", TODAY, 2, 4),
        ("民主", TODAY, 1, 0),
        ("协商", TODAY + dt.timedelta(days=1), 1, 4),
    ]


def test_nothing_but_question_day_and_numbers_is_kept() -> None:
    columns = {field.name for field in SearchCount._meta.get_fields()}

    assert columns == {"id", "question", "day", "searches", "results"}


@pytest.mark.parametrize(
    "typed", ["協商　单位：阿城 -草案", "协商 单位:阿城 -草案", " “协商” unit:阿城 －草案"]
)
def test_all_spellings_of_a_question_are_one(typed: str) -> None:
    assert countable(parse(typed)) == "协商 单位:阿城 -草案"


@pytest.mark.parametrize(
    ("typed", "form"),
    [
        ("甲 或 乙", "甲 OR 乙"),
        ("年份：2023-2024 协商", "年:2023..2024 协商"),
        ("year:2023", "年:2023"),
        ("“或”", '"或"'),
        ("2023 2024", "2023 2024"),
        ("，", ""),
    ],
)
def test_the_form_asks_the_same(typed: str, form: str) -> None:
    asked = parse(typed)

    assert in_one_form(asked) == form
    assert in_one_form(parse(form)) == form


@pytest.mark.parametrize(
    "typed",
    [
        "13800138000",
        "号码 138 0013 8000",
        '"138 0013 8000"',
        "138-0013-8000",
        "电话１３８００１３８０００",
        "230102199001011234",
        "6222 0212 3456",
        '"6222 0212 3456"',
        "somebody@example.org",
        "发言人:a＠b",
        "协商 -13800138000",
        "字" * (LONGEST_QUESTION + 1),
    ],
)
def test_what_may_be_somebodys_is_not_counted(typed: str) -> None:
    assert countable(parse(typed)) == ""


def test_a_day_holds_so_many_different_questions(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counting, "MOST_A_DAY", 2)

    for question in ("甲", "乙", "丙", "甲"):
        count(question, results=0, day=TODAY)
    count("丙", results=0, day=TODAY + dt.timedelta(days=1))

    assert [(question, searches) for question, _day, searches, _results in rows()] == [
        ("乙", 1),
        ("甲", 2),
        ("丙", 1),
    ]


def test_a_database_that_cannot_be_written_is_left_in_peace(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(counting, "_COUNT", "SELECT nothing FROM nowhere WHERE %s%s%s%s%s%s%s")
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT nothing FROM nowhere")

    count("协商", results=1, day=TODAY)

    assert rows() == []
    assert "A search was not counted" in caplog.text


@pytest.mark.skipif(connection.vendor != "sqlite", reason="only SQLite has one writer at a time")
def test_patience_with_other_writers_is_short_while_counting_only() -> None:
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout")
        before = cursor.fetchone()
        with counting._impatiently():
            cursor.execute("PRAGMA busy_timeout")
            assert cursor.fetchone() == (counting.PATIENCE,)
        cursor.execute("PRAGMA busy_timeout")
        assert cursor.fetchone() == before != (counting.PATIENCE,)


def test_rare_questions_are_forgotten_soon_and_all_in_time() -> None:
    kept("少见", days_ago=RARE_KEPT.days + 1, searches=RARE - 1)
    kept("刚刚少见", days_ago=RARE_KEPT.days, searches=1)
    kept("常见", days_ago=RARE_KEPT.days + 1, searches=RARE)
    kept("两次合起来常见", days_ago=RARE_KEPT.days + 5, searches=1)
    kept("两次合起来常见", days_ago=2, searches=RARE - 1)
    kept("很久以前", days_ago=KEPT.days + 1, searches=100)

    assert forget(on=TODAY) == 2
    assert forget(on=TODAY) == 0
    assert {row[0] for row in rows()} == {"刚刚少见", "常见", "两次合起来常见"}


def test_a_period_sums_up_each_question() -> None:
    kept("协商", days_ago=40, searches=50)
    kept("协商", days_ago=3, searches=2)
    kept("协商", days_ago=1, searches=3)
    kept("民主", days_ago=2, searches=1)

    found = SearchCount.objects.since(TODAY - dt.timedelta(days=29)).order_by("question")

    assert [(row.question, row.total, row.day) for row in found] == [  # type: ignore[attr-defined]
        ("协商", 5, TODAY - dt.timedelta(days=1)),
        ("民主", 1, TODAY - dt.timedelta(days=2)),
    ]


@pytest.mark.parametrize(
    ("typed", "wider"),
    [
        ("甲 乙 -丙", "甲 OR 乙 -丙"),
        ("甲 或 乙 丙", "甲 OR 乙 OR 丙"),
        ("单位:甲 “乙 丙”", '单位:甲 OR "乙 丙"'),
        ("甲", ""),
        ("甲 或 乙", ""),
        ("甲 年:2023", ""),
    ],
)
def test_any_of_the_words_is_asked_in_the_language(typed: str, wider: str) -> None:
    assert any_of(parse(typed)) == wider
