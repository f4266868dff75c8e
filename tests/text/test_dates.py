"""Dates as newspapers print them."""

from datetime import date

import pytest

from speeches.text.dates import find_period, read_date, read_held_on

ISSUE = date(2024, 1, 20)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("1月8日", date(2024, 1, 8), date(2024, 1, 8)),
        ("12月 28 日", date(2023, 12, 28), date(2023, 12, 28)),
        ("１月３日至４日", date(2024, 1, 3), date(2024, 1, 4)),
        ("1月3日—4日", date(2024, 1, 3), date(2024, 1, 4)),
        ("12月30日至1月2日", date(2023, 12, 30), date(2024, 1, 2)),
        ("11月8日至12月2日", date(2023, 11, 8), date(2023, 12, 2)),
        ("2022年4月11日", date(2022, 4, 11), date(2022, 4, 11)),
        ("二〇二三年四月十一日", date(2023, 4, 11), date(2023, 4, 11)),
        ("2023年12月30日至2024年1月2日", date(2023, 12, 30), date(2024, 1, 2)),
    ],
)
def test_a_missing_year_is_the_latest_that_is_not_after_the_issue(
    text: str, first: date, last: date
) -> None:
    assert read_held_on(text, published=ISSUE) == (first, last)


def test_without_year_and_issue_the_days_stay_unknown() -> None:
    assert read_held_on("5月23日", published=None) == (None, None)


def test_a_printed_year_needs_no_issue() -> None:
    assert read_held_on("2021年9月1日", published=None) == (date(2021, 9, 1), date(2021, 9, 1))


def test_the_29th_of_february_waits_for_a_leap_year() -> None:
    assert read_held_on("2月29日", published=date(2023, 5, 1))[0] == date(2020, 2, 29)


@pytest.mark.parametrize("text", ["近日", "13月5日", "5月40日", "", "日月"])
def test_what_is_no_date_gives_none(text: str) -> None:
    assert find_period(text) is None
    assert read_held_on(text, published=ISSUE) == (None, None)


def test_the_words_of_a_period_are_kept_as_printed() -> None:
    period = find_period("会议于 3月8 日至9日举行")
    assert period is not None
    assert period.words == "3月8日至9日"


@pytest.mark.parametrize(
    "text", ["2024-04-11", "2024年4月11日 星期四", "二〇二四年四月十一日", "2024.4.11"]
)
def test_full_dates_are_read_from_a_page_head(text: str) -> None:
    assert read_date(text) == date(2024, 4, 11)


def test_a_date_without_year_is_no_full_date() -> None:
    assert read_date("4月11日") is None
    assert read_date("2024-13-41") is None
