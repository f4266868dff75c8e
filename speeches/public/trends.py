"""Trends: how often phrases were said over time, one strip of columns for each, on one axis.

Strips stand one above the other and share the months and the scale, so that up to five phrases
are compared in one picture, told apart by their names and places and not by colours. Places
across are in per cent and places down in pixels, as in `figures`.
"""

import datetime as dt
import math
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from speeches.public.figures import FEWEST_COLUMNS, Mark
from speeches.public.phrase_counts import Sought
from speeches.public.phrase_figures import Month

# A longer time is drawn by years.
MOST_MONTHS = 60
# So many columns have their numbers, and their months named, in much room and in little.
NUMBERED = 24
NUMBERED_NARROW = 9
# What the label of a year takes on a telephone, in per cent of the width.
NEAREST_LABEL = 14
NAME_HEIGHT = 30
NUMBER_HEIGHT = 20
ALONE, TOGETHER = 150, 72
GAP = 22
AXIS_HEIGHT = 50


@dataclass(frozen=True)
class Tick:
    """A label of the axis at `x`; `line` draws a hairline there; `lesser` gives way."""

    x: str
    label: str
    line: bool = False
    lesser: bool = False
    upper: bool = False


@dataclass(frozen=True)
class Strip:
    """One phrase: its name, the columns, and where they stand."""

    label: str
    total: str
    marks: list[Mark]
    name_y: int
    base: int


@dataclass(frozen=True)
class Row:
    """One line of the table: a period and the numbers of each phrase."""

    label: str
    numbers: list[tuple[int, int | None]]


@dataclass(frozen=True)
class Trend:
    """One picture with its sentence and its table."""

    title: str
    says: str
    head: str
    labels: list[str]
    strips: list[Strip]
    ticks: list[Tick]
    rows: list[Row]
    axis: int
    height: int
    # Whether the table has occurrences, which are known of followed phrases only.
    counted: bool


@dataclass(frozen=True)
class _Period:
    label: str
    months: tuple[Month, ...]


def trend(phrases: Sequence[Sought]) -> Trend | None:
    """Return the picture of these phrases; None where none of them was ever said."""
    said = [month for one in phrases for month in one.months]
    if not said:
        return None
    months = _months_between(dt.date(*min(said), 1), dt.date(*max(said), 1))
    by_year = len(months) > MOST_MONTHS
    periods = _years(months) if by_year else [_Period(_named(month), (month,)) for month in months]
    numbers = [[_number(one, period) for period in periods] for one in phrases]
    most = max(number for row in numbers for number, _occurrences in row)
    named = len(phrases) > 1
    strips = []
    top = NAME_HEIGHT if named else 0
    height = TOGETHER if named else ALONE
    down = 0
    for one, row in zip(phrases, numbers, strict=True):
        base = down + top + NUMBER_HEIGHT + height
        strips.append(
            Strip(
                label=one.label,
                total=_("%(number)d篇") % {"number": one.remarks},
                marks=_columns([number for number, _o in row], most=most, base=base, height=height),
                name_y=down + 18,
                base=base,
            )
        )
        down = base + GAP
    axis = down - GAP
    rows = [
        Row(period.label, [row[place] for row in numbers]) for place, period in enumerate(periods)
    ]
    return Trend(
        title=_("历年使用篇数") if by_year else _("各月使用篇数"),
        says="".join(_in_words(one, by_year=by_year, named=named) for one in phrases),
        head=_("年份") if by_year else _("月份"),
        labels=[one.label for one in phrases],
        strips=strips,
        ticks=_year_ticks(periods) if by_year else _month_ticks(months),
        rows=[row for row in reversed(rows) if any(number for number, _o in row.numbers)],
        axis=axis,
        height=axis + AXIS_HEIGHT,
        counted=all(one.phrase is not None for one in phrases),
    )


def _columns(numbers: Sequence[int], *, most: int, base: int, height: int) -> list[Mark]:
    slot = _slot(len(numbers))
    # Many narrow columns stand closer together.
    gap = 0.18 if len(numbers) <= NUMBERED else 0.1
    greatest = max(numbers)
    first = numbers.index(greatest)
    # A few columns with wide gaps between them keep their numbers.
    told = len(numbers) <= NUMBERED or len(numbers) - numbers.count(0) <= NUMBERED_NARROW
    marks = []
    for place, number in enumerate(numbers):
        tall = max(round(height * number / most), 2) if number else 0
        leads = number == greatest and place == first
        marks.append(
            Mark(
                label="",
                number=number if told or leads else 0,
                query="",
                x=_percent((place + gap) * slot),
                width=_percent((1 - 2 * gap) * slot),
                middle=_percent((place + 0.5) * slot),
                y=base - tall,
                height=tall,
                baseline=base - tall - 6,
                crowded=len(numbers) > NUMBERED_NARROW and not leads,
            )
        )
    return marks


def _month_ticks(months: Sequence[Month]) -> list[Tick]:
    slot = _slot(len(months))
    ticks = []
    if len(months) <= NUMBERED:
        every = 1 if len(months) <= NUMBERED_NARROW else 3
        ticks = [
            Tick(
                _percent((place + 0.5) * slot),
                _("%(month)d月") % {"month": month},
                lesser=bool((month - 1) % every),
                upper=True,
            )
            for place, (_year, month) in enumerate(months)
        ]
    for place, (year, month) in enumerate(months):
        begins = month == 1 and place > 0
        if begins or (place == 0 and _room_before_january(months) * slot >= NEAREST_LABEL):
            label = _("%(year)d年") % {"year": year}
            narrow = 100 - place * slot < NEAREST_LABEL
            ticks.append(Tick(_percent(place * slot), label, line=begins, lesser=narrow))
    return ticks


def _room_before_january(months: Sequence[Month]) -> int:
    """Return how many columns stand before the second year begins."""
    return next((n for n, (_y, month) in enumerate(months) if n and month == 1), len(months))


def _year_ticks(periods: Sequence[_Period]) -> list[Tick]:
    slot, last = _slot(len(periods)), len(periods) - 1
    every, narrow = math.ceil(len(periods) / 20), math.ceil(len(periods) / 8)
    return [
        Tick(
            _percent((place + 0.5) * slot),
            period.label.removesuffix(_("年")),
            lesser=bool((last - place) % narrow),
            upper=True,
        )
        for place, period in enumerate(periods)
        if not (last - place) % every
    ]


def _years(months: Sequence[Month]) -> list[_Period]:
    years = range(months[0][0], months[-1][0] + 1)
    return [
        _Period(_("%(year)d年") % {"year": year}, tuple((year, month) for month in range(1, 13)))
        for year in years
    ]


def _number(one: Sought, period: _Period) -> tuple[int, int | None]:
    found = [one.months[month] for month in period.months if month in one.months]
    occurrences = [number.occurrences for number in found if number.occurrences is not None]
    remarks = sum(number.remarks for number in found)
    return remarks, sum(occurrences) if one.phrase is not None else None


def _in_words(one: Sought, *, by_year: bool, named: bool) -> str:
    """Return what the strip shows: 2024年5月最多，有6篇。"""
    if not one.months:
        return _("“%(phrase)s”没有出现过。") % {"phrase": one.label}
    months = [*one.months]
    periods = _years(months) if by_year else [_Period(_named(month), (month,)) for month in months]
    numbers = {period.label: _number(one, period)[0] for period in periods}
    most = max(numbers.values())
    best = [label for label, number in numbers.items() if number == most]
    values = {"phrase": one.label, "best": best[0], "number": most, "times": len(best)}
    if len(best) == 1:
        told = _("%(best)s最多，有%(number)d篇") % values
    elif len(best) <= 3:
        told = _("%(best)s最多，各%(number)d篇") % {**values, "best": "、".join(best)}
    else:
        told = _("最多时%(number)d篇") % values
    return (_("“%(phrase)s”") % values if named else "") + told + _("。")


def _months_between(first: dt.date, latest: dt.date) -> list[Month]:
    """Return every month from the one of `first` to the one of `latest`."""
    begin, end = first.year * 12 + first.month - 1, latest.year * 12 + latest.month - 1
    return [(place // 12, place % 12 + 1) for place in range(begin, end + 1)]


def _named(month: Month) -> str:
    return _("%(year)d年%(month)d月") % {"year": month[0], "month": month[1]}


def _slot(number: int) -> float:
    return 100 / max(number, FEWEST_COLUMNS)


def _percent(value: float) -> str:
    return f"{value:.2f}%"
