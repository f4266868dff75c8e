"""Figures: numbers as columns or bars, with a sentence that says what they show.

Nothing is drawn by a script or a library: a template makes the SVG from what stands here. Places
across are in per cent of the picture's width and places down in pixels, so that a picture fills a
telephone or a desk while its letters keep their size.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from speeches.facets import Choice

# Years of which every label is shown, in little room and in much; of more it is every second,
# third…, counted from the last.
LABELS_AT_ONCE = 8
LABELS_AT_MOST = 20
# A few years stand close together on the left and are not drawn apart over the whole width.
FEWEST_COLUMNS = 6
COLUMN_TOP = 24
COLUMN_HEIGHT = 132
BELOW_COLUMNS = 26
MOST_BARS = 12
BAR_STEP = 42
# Names that a sentence lists before it only says how many they are.
NAMED_TOGETHER = 3
# A bar's label on a telephone holds no more; the table has the whole name.
LONGEST_LABEL = 18


@dataclass(frozen=True)
class Mark:
    """One column or bar, and its line in the table.

    `query` leads to the list with as many remarks. `x`, `width` and `middle` are per cent of the
    picture's width, `y`, `height` and `baseline` pixels. Not `named`, a
    column has no label; `lesser` marks a label and `crowded` a number that give way where there
    is little room. `depth` tells a theme below another.
    """

    label: str
    number: int
    query: str
    x: str = "0%"
    width: str = "0%"
    middle: str = "0%"
    y: int = 0
    height: int = 0
    baseline: int = 0
    named: bool = True
    lesser: bool = False
    crowded: bool = False
    depth: int = 0

    @property
    def short(self) -> str:
        """The label as the picture has it."""
        if len(self.label) <= LONGEST_LABEL:
            return self.label
        return self.label[: LONGEST_LABEL - 1] + "…"


@dataclass(frozen=True)
class Figure:
    """One picture with its table: `kind` is "columns" or "bars", `height` is in pixels.

    `drawn` are the marks of the picture; `rows` are all, for the table. `says` is the sentence
    that holds what the picture shows.
    """

    key: str
    kind: str
    title: str
    head: str
    says: str
    drawn: list[Mark]
    rows: list[Mark]
    height: int
    base: int = 0


def years_figure(
    years: Iterable[Choice],
    *,
    span: tuple[int, int] | None = None,
    most: int = 0,
    key: str = "years",
) -> Figure | None:
    """Return the remarks over the years as columns; None where there are none.

    Years without remarks between the first and the last are columns of nothing. `span` and
    `most` (the number that fills the height) are given where pictures are compared.
    """
    numbers = {int(choice.value): choice for choice in years if choice.count}
    if not numbers:
        return None
    first, last = span or (min(numbers), max(numbers))
    greatest = max(choice.count for choice in numbers.values())
    every = math.ceil((last - first + 1) / LABELS_AT_ONCE)
    at_least = math.ceil((last - first + 1) / LABELS_AT_MOST)
    slot = 100 / max(last - first + 1, FEWEST_COLUMNS)
    drawn = []
    for place, year in enumerate(range(first, last + 1)):
        number = numbers[year].count if year in numbers else 0
        height = _pixels(number, most or greatest, COLUMN_HEIGHT)
        drawn.append(
            Mark(
                label=str(year),
                number=number,
                query=numbers[year].query if year in numbers else "",
                x=_percent((place + 0.18) * slot),
                width=_percent(0.64 * slot),
                middle=_percent((place + 0.5) * slot),
                y=COLUMN_TOP + COLUMN_HEIGHT - height,
                height=height,
                baseline=COLUMN_TOP + COLUMN_HEIGHT - height - 6,
                named=(last - year) % at_least == 0,
                lesser=(last - year) % every != 0,
                crowded=number >= 100 and number != greatest and (last - year) % every != 0,
            )
        )
    base = COLUMN_TOP + COLUMN_HEIGHT
    return Figure(
        key=key,
        kind="columns",
        title=_("历年发言"),
        head=_("年份"),
        says=years_in_words({year: choice.count for year, choice in numbers.items()}),
        drawn=drawn,
        rows=[mark for mark in reversed(drawn) if mark.number],
        height=base + BELOW_COLUMNS,
        base=base,
    )


def bars_figure(
    choices: Sequence[Choice], *, key: str, title: str, head: str, says: str
) -> Figure | None:
    """Return the choices as bars, in the order they come in; None where there are none."""
    choices = [choice for choice in choices if choice.count]
    if not choices:
        return None
    most = max(choice.count for choice in choices)
    rows = [
        Mark(
            label=choice.label,
            number=choice.count,
            query=choice.query,
            width=_percent(max(100 * choice.count / most, 0.5)),
            y=place * BAR_STEP + 22,
            height=10,
            baseline=place * BAR_STEP + 15,
            depth=choice.depth,
        )
        for place, choice in enumerate(choices)
    ]
    drawn = rows[:MOST_BARS]
    return Figure(
        key=key,
        kind="bars",
        title=title,
        head=head,
        says=says,
        drawn=drawn,
        rows=rows,
        height=len(drawn) * BAR_STEP,
    )


def themes_figure(choices: Sequence[Choice]) -> Figure | None:
    """Return the themes as bars: the commonest first, each followed by what is below it."""
    groups = sorted(_families(choices), key=lambda family: -family[0].count)
    says = ""
    if groups:
        tops, below = leaders([family[0] for family in groups]), leaders(groups[0][1:])
        says = _("谈得最多的是%(names)s。") % {"names": tops}
        # What is below is only told of where one theme leads.
        if below and (len(groups) == 1 or groups[0][0].count > groups[1][0].count):
            says = _("谈得最多的是%(names)s，其中最多的是%(below)s。") % {
                "names": tops,
                "below": below,
            }
    ordered = [choice for family in groups for choice in family]
    return bars_figure(ordered, key="themes", title=_("所谈主题"), head=_("主题"), says=says)


def districts_figure(choices: Sequence[Choice]) -> Figure | None:
    """Return the districts as bars, the commonest first."""
    ordered = sorted(choices, key=lambda choice: -choice.count)
    says = _("发言最多的区县是%(names)s。") % {"names": leaders(ordered)}
    return bars_figure(ordered, key="districts", title=_("各区县发言"), head=_("区县"), says=says)


def units_figure(choices: Sequence[Choice]) -> Figure | None:
    """Return the units that speak most as bars; they come in that order."""
    says = _("发言最多的单位是%(names)s。") % {"names": leaders(choices)}
    return bars_figure(choices, key="units", title=_("发言单位"), head=_("单位"), says=says)


def years_in_words(numbers: Mapping[int, int]) -> str:
    """Return the sentence for remarks over the years, such as 2019年最多，有 8 篇。"""
    if len(numbers) == 1:
        (year,) = numbers
        return _("发言都在%(year)s年，共 %(number)s 篇。") % {
            "year": year,
            "number": numbers[year],
        }
    if len(set(numbers.values())) == 1:
        return _("有发言的 %(years)s 个年份，每年都是 %(number)s 篇。") % {
            "years": len(numbers),
            "number": max(numbers.values()),
        }
    most = max(numbers.values())
    best = sorted(year for year, number in numbers.items() if number == most)
    if len(best) == 1:
        return _("%(year)s年最多，有 %(number)s 篇。") % {"year": best[0], "number": most}
    if len(best) <= NAMED_TOGETHER:
        names = "、".join(_("%(year)s年") % {"year": year} for year in best)
        return _("%(names)s最多，各有 %(number)s 篇。") % {"names": names, "number": most}
    return _("最多的有 %(years)s 个年份，各 %(number)s 篇。") % {
        "years": len(best),
        "number": most,
    }


def leaders(choices: Sequence[Choice]) -> str:
    """Return what has the greatest number, with it: 组织建设（15 篇）; "" for nothing."""
    most = max((choice.count for choice in choices), default=0)
    if not most:
        return ""
    names = [choice.label for choice in choices if choice.count == most]
    if len(names) == 1:
        return _("%(name)s（%(number)s 篇）") % {"name": names[0], "number": most}
    listed = "、".join(names[:NAMED_TOGETHER])
    if len(names) <= NAMED_TOGETHER:
        return _("%(names)s（各 %(number)s 篇）") % {"names": listed, "number": most}
    return _("%(names)s等 %(many)s 项（各 %(number)s 篇）") % {
        "names": listed,
        "many": len(names),
        "number": most,
    }


def _families(choices: Sequence[Choice]) -> list[list[Choice]]:
    """Return the themes that occur, each top one with those below it in the tree's order."""
    families: list[list[Choice]] = []
    for choice in choices:
        if not choice.count:
            continue
        if choice.depth == 0 or not families:
            families.append([choice])
        else:
            families[-1].append(choice)
    return families


def _pixels(number: int, most: int, height: int) -> int:
    """Return a height in proportion; what is there at all is seen."""
    return max(round(height * number / most), 2) if number else 0


def _percent(value: float) -> str:
    return f"{value:.2f}%"
