"""What the templates of the reading site, of the desk's preview and of the error pages use."""

import datetime as dt
import math
from collections.abc import Iterable, Iterator, Sequence

from django import template
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe

from speeches.facets import Choice
from speeches.models.addressing import path_to
from speeches.records import MeetingRow, RemarkPage
from speeches.text.leads import with_leads

register = template.Library()


@register.filter
def iso(value: dt.date | dt.datetime) -> str:
    """Return a day (2024-05-23) or a moment in local time for a `datetime` attribute."""
    return timezone.localtime(value).isoformat() if isinstance(value, dt.datetime) else str(value)


@register.filter
def chinese_date(value: dt.date | dt.datetime | None) -> str:
    """Return a day in Chinese form (2024年5月23日); a moment gives its day in local time."""
    if value is None:
        return ""
    day = timezone.localdate(value) if isinstance(value, dt.datetime) else value
    return f"{day.year}年{day.month}月{day.day}日"


@register.filter
def held_on(meeting: MeetingRow) -> str:
    """Return the days of a meeting, else as printed; "" where nothing is known.

    Year and month are not repeated: 2024年8月13日至14日.
    """
    first, last = meeting["held_from"], meeting["held_to"]
    if first is None:
        return meeting["held_on_text"]
    if last is None or last == first:
        return chinese_date(first)
    rest = f"{last.day}日"
    if (first.year, first.month) != (last.year, last.month):
        rest = f"{last.month}月{rest}"
    if first.year != last.year:
        rest = f"{last.year}年{rest}"
    return f"{chinese_date(first)}至{rest}"


@register.filter
def approved_html(html: str) -> SafeString:
    """Let an edition's HTML through as it is.

    The only place that does: `text.markup` cleaned these elements when they were taken in, and
    the database keeps them as they were approved. Never use it on anything else.
    """
    return mark_safe(html)  # noqa: S308


@register.filter
def corrected(remarks: Iterable[RemarkPage]) -> bool:
    """Tell whether any of these remarks has a correction to show."""
    return any(remark["corrections"] for remark in remarks)


@register.filter
def typeset(paragraphs: Sequence[str]) -> list[SafeString]:
    """Return the elements of an edition's body as they are set: lead phrases are marked.

    Made while rendering and stored nowhere, so that a better rule shows on every page at once.
    """
    return [approved_html(element) for element in with_leads(paragraphs)]


@register.filter
def remarks_address(query: str) -> str:
    """Return the address of the list of remarks with these restrictions."""
    path = path_to("public:remark-list")
    return f"{path}?{query}" if query else path


@register.filter
def at(query: str, path: str) -> str:
    """Return the address of a list with these restrictions: of remarks, or of what was found.

    Without a question nothing is found, and what is left leads to the list of remarks. A
    question stands first in every query string of the filter.
    """
    if not query.startswith("q="):
        return remarks_address(query)
    return f"{path}?{query}"


@register.filter
def addressed(choices: Iterable[Choice], path: str) -> Iterator[tuple[Choice, str]]:
    """Yield each choice with its address, as `at` tells it: a list has eighty of them."""
    remarks = path_to("public:remark-list")
    for choice in choices:
        place = path if choice.query.startswith("q=") else remarks
        yield choice, f"{place}?{choice.query}" if choice.query else place


@register.filter
def minutes(duration: dt.timedelta) -> int:
    """Return a duration in whole minutes, never less than it lasts."""
    return math.ceil(duration.total_seconds() / 60)
