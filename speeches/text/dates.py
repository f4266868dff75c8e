"""Dates as newspapers print them: 5月23日, 2024年4月11日, 8月13日至14日, 二〇二四年四月十一日."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass

from speeches.text.characters import compact
from speeches.text.numerals import NUMERAL_CHARACTERS, read_number

_NUMBER = rf"(?:\d{{1,2}}|[{NUMERAL_CHARACTERS}]{{1,3}})"
_YEAR = rf"(?:\d{{4}}|[{NUMERAL_CHARACTERS}]{{4}})"
_LINK = r"(?:至|到|—+|–|-+|~|～|、)"
_PERIOD = re.compile(
    rf"(?:(?P<year>{_YEAR})年)?(?P<month>{_NUMBER})月(?P<day>{_NUMBER})"
    rf"(?:日?{_LINK}(?:(?P<year2>{_YEAR})年)?(?:(?P<month2>{_NUMBER})月)?(?P<day2>{_NUMBER})日|日)"
)
_ISO = re.compile(r"(?<!\d)(\d{4})[-./](\d{1,2})[-./](\d{1,2})(?!\d)")


@dataclass(frozen=True)
class PrintedPeriod:
    """A day or run of days as printed: the words, and the years and days where they are given."""

    words: str
    year: int | None
    first: tuple[int, int]
    last: tuple[int, int]
    last_year: int | None


def find_period(text: str) -> PrintedPeriod | None:
    """The first day or run of days that ``text`` prints with month and day, spaces and widths
    disregarded.
    """
    for match in _PERIOD.finditer(compact(text)):
        numbers = {
            key: read_number(value) if value else None for key, value in match.groupdict().items()
        }
        month, day = numbers["month"] or 0, numbers["day"] or 0
        last_month = numbers["month2"] or month
        last_day = numbers["day2"] or day
        if _exists(month, day) and _exists(last_month, last_day):
            return PrintedPeriod(
                match.group(),
                numbers["year"],
                (month, day),
                (last_month, last_day),
                numbers["year2"],
            )
    return None


def read_held_on(
    text: str, *, published: datetime.date | None
) -> tuple[datetime.date | None, datetime.date | None]:
    """First and last day of the period that ``text`` prints; (None, None) where the year cannot
    be told.

    A missing year is taken from ``published``, the date of the issue: the latest year in which
    the first day is not after it, so that a December meeting in a January paper is last year's.
    """
    period = find_period(text)
    if period is None:
        return None, None
    first = _first_day(period, published)
    if first is None:
        return None, None
    year = period.last_year or (first.year + (period.last < period.first))
    return first, _day(year, period.last) or first


def read_date(text: str) -> datetime.date | None:
    """The first full date (with its year) that ``text`` prints, in Chinese or as 2024-04-11; None
    where there is none.
    """
    plain = compact(text)
    for match in _PERIOD.finditer(plain):
        if match["year"]:
            year, month, day = (read_number(match[key]) or 0 for key in ("year", "month", "day"))
            found = _day(year, (month, day))
            if found:
                return found
    for match in _ISO.finditer(plain):
        found = _day(int(match[1]), (int(match[2]), int(match[3])))
        if found:
            return found
    return None


def _first_day(period: PrintedPeriod, published: datetime.date | None) -> datetime.date | None:
    if period.year is not None:
        return _day(period.year, period.first)
    if published is None:
        return None
    # 29 February may lie up to eight years back (1896 to 1904).
    for year in range(published.year, published.year - 9, -1):
        day = _day(year, period.first)
        if day is not None and day <= published:
            return day
    return None


def _day(year: int, month_and_day: tuple[int, int]) -> datetime.date | None:
    try:
        return datetime.date(year, *month_and_day)
    except ValueError:
        return None


def _exists(month: int, day: int) -> bool:
    return _day(2000, (month, day)) is not None
