"""Citations in the form of GB/T 7714-2015: what stands where, and what happens to missing parts.

A newspaper article is cited from its page, [N], and online, [N/OL]; without newspaper and day
only the page of this site can be cited, [EB/OL]. The marks between the parts are those of the
standard (half-width, followed by a space), not those of running text.
"""

import datetime as dt
from dataclasses import dataclass

# Of more than three authors the first three are named (GB/T 7714-2015, 8.1.2).
MOST_AUTHORS = 3
AND_OTHERS = "等"
# The standard asks for the day on which the reader looked. Only the reader knows it, so its place
# is kept: a page that named today would be another page every day.
ACCESSED = "引用日期"


@dataclass(frozen=True)
class Work:
    """What is cited; `published` is the day of the wording on this site, at `url`."""

    authors: tuple[str, ...]
    title: str
    published: dt.date
    url: str
    newspaper: str = ""
    issue_date: dt.date | None = None
    page_number: str = ""


def cite_in_print(work: Work) -> str:
    """Return the newspaper article: 王一. 题名[N]. 示例日报, 2024-05-24(3).

    "" where newspaper or day is not known: there is no printed page to point at.
    """
    place = _printed_place(work)
    return f"{_opening(work)}[N]. {place}." if place else ""


def cite_online(work: Work) -> str:
    """Return the page of this site, with `[引用日期]` where the reader's day belongs.

    No full stop at the end, which would be taken for a part of the address.
    """
    place = _printed_place(work)
    if place:
        return f"{_opening(work)}[N/OL]. {place}[{ACCESSED}]. {work.url}"
    day = work.published.isoformat()
    return f"{_opening(work)}[EB/OL]. ({day})[{ACCESSED}]. {work.url}"


def _opening(work: Work) -> str:
    # A work of nobody begins with its title (GB/T 7714-2015, 8.1.4).
    names = list(work.authors[:MOST_AUTHORS])
    if len(work.authors) > MOST_AUTHORS:
        names.append(AND_OTHERS)
    return ". ".join(part for part in (", ".join(names), work.title) if part)


def _printed_place(work: Work) -> str:
    if not work.newspaper or work.issue_date is None:
        return ""
    page = f"({work.page_number})" if work.page_number else ""
    return f"{work.newspaper}, {work.issue_date.isoformat()}{page}"
