"""Which feeds carry what a page lists."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from speeches.models.addressing import path_to


@dataclass(frozen=True)
class Feed:
    """A feed of what a page lists, in one of two forms; `name` says what of."""

    name: str
    form: str
    content_type: str
    url: str


def remark_feeds(query: str = "") -> list[Feed]:
    """Return the feeds of the remarks that match a query string of the filter."""
    return _feeds(_("发言"), "feeds:remarks", query)


def meeting_feeds(query: str = "") -> list[Feed]:
    """Return the feeds of meetings, of one year if `query` says so."""
    return _feeds(_("会议"), "feeds:meetings", query)


def _feeds(name: str, address: str, query: str) -> list[Feed]:
    return [
        Feed(name, label, content_type, path_to(address, form) + (query and f"?{query}"))
        for form, label, content_type in (
            ("atom", "Atom", "application/atom+xml"),
            ("rss", "RSS", "application/rss+xml"),
        )
    ]
