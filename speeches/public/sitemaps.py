"""Sitemaps: every address with something public to show, and when it last changed."""

import datetime as dt
from abc import abstractmethod
from typing import Any

from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps.views import index, sitemap
from django.db.models import F, Max, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce, Greatest
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse

from speeches.filters import RemarkFilter
from speeches.models import MeetingEdition, Person, Phrase, RemarkEdition, Unit
from speeches.models.edition_base import CHANGED_AT
from speeches.public.archive import Calendar, Period
from speeches.public.pages import PublicView
from speeches.public.people import public_speeches
from speeches.public.units import public_units

# Fewer than the 50,000 that are allowed: a file stays small enough to be made at once.
PER_FILE = 10_000
PAGES = (
    "home",
    "meeting-list",
    "remark-list",
    "unit-list",
    "person-list",
    "district-list",
    "theme-list",
    "phrase-list",
    "matrix",
    "comparison",
    "archive",
)


class _Section(Sitemap):
    """One part of the site; files hold PER_FILE addresses."""

    limit = PER_FILE


class _Texts(_Section):
    """Texts by the moment of their last change."""

    @abstractmethod
    def items(self) -> QuerySet[Any]:
        """Return editions with `changed_at`."""

    def lastmod(self, edition: Any) -> dt.datetime:
        return edition.changed_at

    def get_latest_lastmod(self) -> dt.datetime | None:
        return self.items().aggregate(last=Max("changed_at"))["last"]


class Pages(_Section):
    """The front page, the lists and what else has one address."""

    def items(self) -> tuple[str, ...]:
        """Return their names."""
        return PAGES

    def location(self, name: str) -> str:
        """Return the address of a page by its name."""
        return reverse(f"public:{name}")


class Meetings(_Texts):
    """Meetings; a page changes with any of its remarks, a withdrawn one included."""

    def items(self) -> QuerySet[MeetingEdition]:
        """Return the current meetings, the oldest first, so that files keep their addresses."""
        remarks = (
            RemarkEdition.objects.standing()
            .filter(meeting=OuterRef("meeting"))
            .order_by()
            .values("meeting")
            .annotate(last=Max(CHANGED_AT))
            .values("last")
        )
        last = Coalesce(Subquery(remarks), F("published_at"))
        return (
            MeetingEdition.objects.current()
            .annotate(changed_at=Greatest(last, F("published_at")))
            .only("meeting_id", "published_at")
            .order_by("meeting_id")
        )


class Remarks(_Texts):
    """Remarks."""

    def items(self) -> QuerySet[RemarkEdition]:
        """Return the current remarks, the oldest first, so that files keep their addresses."""
        return (
            RemarkEdition.objects.current()
            .annotate(changed_at=F("published_at"))
            .only("remark_id", "published_at")
            .order_by("remark_id")
        )


class Units(_Section):
    """Units that a current edition names."""

    def items(self) -> QuerySet[Unit]:
        """Return them by number."""
        return public_units().only("pk").order_by("pk")


class People(_Section):
    """People whom a current edition names."""

    def items(self) -> QuerySet[Person]:
        """Return them by number."""
        named = public_speeches().values("person")
        return Person.objects.filter(pk__in=named).only("pk").order_by("pk")


class Facet(_Section):
    """Districts or themes with remarks of their own or of what they include."""

    name = ""
    address = ""

    def items(self) -> list[str]:
        """Return their words in the address."""
        return [choice.value for choice in RemarkFilter().facet(self.name).choices if choice.count]

    def location(self, word: str) -> str:
        """Return the page of the district or theme."""
        return reverse(self.address, args=[word])


class Districts(Facet):
    """Districts."""

    name, address = "district", "public:district-detail"


class Themes(Facet):
    """Themes."""

    name, address = "theme", "public:theme-detail"


class Phrases(_Section):
    """Followed phrases that stand anywhere."""

    def items(self) -> QuerySet[Phrase]:
        """Return them by number."""
        return Phrase.objects.filter(counts__isnull=False).distinct().order_by("pk")


class Archive(_Section):
    """Years and months in which anything was said."""

    def items(self) -> list[Period]:
        """Return them, the first one first."""
        calendar = Calendar.current()
        return [
            *(calendar.year(year) for year in calendar.years),
            *(calendar.month(*month) for month in calendar.months),
        ]

    def location(self, period: Period) -> str:
        """Return the page of the year or month."""
        return period.url


SECTIONS: dict[str, type[Sitemap] | Sitemap] = {
    "pages": Pages,
    "meetings": Meetings,
    "remarks": Remarks,
    "units": Units,
    "people": People,
    "districts": Districts,
    "themes": Themes,
    "phrases": Phrases,
    "archive": Archive,
}


class SitemapIndex(PublicView):
    """The list of all sitemap files."""

    stamped = False

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        """Return it by Django's sitemap framework."""
        return index(request, SECTIONS, sitemap_url_name="public:sitemap-section")


class SitemapSection(PublicView):
    """The addresses of one section; `p` is the number of the file."""

    stamped = False

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        """Return them by Django's sitemap framework; 404 for another section."""
        return sitemap(request, SECTIONS, section=kwargs["section"])
