"""What a page tells those who only pass it on: search engines, chats, feed readers."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from speeches.models.addressing import path_to
from speeches.records import (
    Absolute,
    Link,
    MeetingPage,
    RemarkBeginning,
    RemarkPage,
    breadcrumbs,
    news_article,
    quotation,
)

SECTIONS: Mapping[str, tuple[Any, str]] = {
    "meetings": (gettext_lazy("会议"), "public:meeting-list"),
    "remarks": (gettext_lazy("发言"), "public:remark-list"),
    "units": (gettext_lazy("单位"), "public:unit-list"),
    "people": (gettext_lazy("发言人"), "public:person-list"),
    "districts": (gettext_lazy("区县"), "public:district-list"),
    "themes": (gettext_lazy("主题"), "public:theme-list"),
    "phrases": (gettext_lazy("提法"), "public:phrase-list"),
}
# Search engines show about eighty Chinese characters of a description.
SUMMARY_CHARACTERS = 120


@dataclass(frozen=True)
class Described:
    """A page in short; `data` is its own JSON-LD, the breadcrumbs apart.

    `kind` is Open Graph's type; `image` is a whole address. A text carries its times.
    """

    title: str
    summary: str
    kind: str = "website"
    image: str = ""
    published_at: dt.datetime | None = None
    modified_at: dt.datetime | None = None
    data: tuple[dict[str, Any], ...] = ()


def this_site() -> Link:
    """Return the name and the address of this site, the publisher of every page."""
    return Link(settings.SITE_NAME, path_to("public:home"))


def described_meeting(
    meeting: MeetingPage, remarks: Sequence[RemarkBeginning], *, absolute: Absolute
) -> Described:
    """Return a meeting's page in short."""
    article = news_article(meeting, remarks, publisher=this_site(), absolute=absolute)
    introduction = "".join(meeting["introduction"][:1])
    return Described(
        title=meeting["label"],
        summary=shortened(introduction or meeting["subtitle"] or meeting["name"]),
        kind="article",
        image=next(iter(article.get("image", [])), ""),
        published_at=meeting["first_published_at"],
        modified_at=meeting["published_at"],
        data=(article,),
    )


def described_remark(remark: RemarkPage, *, absolute: Absolute) -> Described:
    """Return a remark's page in short."""
    return Described(
        title=remark["label"],
        summary=remark["excerpt"],
        kind="article",
        published_at=remark["first_published_at"],
        modified_at=remark["published_at"],
        data=(quotation(remark, publisher=this_site(), absolute=absolute),),
    )


def described_list(title: str, what: str, *, total: int) -> Described:
    """Return a page that lists remarks in short; `what` it lists, such as 阿城区的发言."""
    summary = _("%(what)s，共%(total)d篇。") % {"what": what, "total": total}
    return Described(title, summary)


def way_to(title: str, path: str, *, section: str, absolute: Absolute) -> dict[str, Any]:
    """Return the breadcrumbs of the page at `path`: front page, its section, itself."""
    way = [Link(_("首页"), path_to("public:home"))]
    if section in SECTIONS:
        name, address = SECTIONS[section]
        way.append(Link(str(name), path_to(address)))
    if path.split("?")[0] not in {link.url for link in way}:
        way.append(Link(title, path))
    return breadcrumbs(way, absolute=absolute)


def shortened(text: str) -> str:
    """Return the beginning of a text, cut behind a character, marked with ……."""
    return text if len(text) <= SUMMARY_CHARACTERS else text[:SUMMARY_CHARACTERS] + "……"
