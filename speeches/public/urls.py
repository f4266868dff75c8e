"""Public addresses; docs/glossary.md ties them to terms and classes."""

from django.urls import path, register_converter
from django.urls.converters import IntConverter

from speeches.public.archive import Archive, ArchiveMonth, ArchiveYear
from speeches.public.comparison import Comparison
from speeches.public.districts import DistrictDetail, DistrictList
from speeches.public.home import Home
from speeches.public.matrix import Matrix
from speeches.public.meetings import MeetingDetail, MeetingList
from speeches.public.people import PersonDetail, PersonList
from speeches.public.phrase_files import ConcordanceFile, MonthsFile
from speeches.public.phrases import PhraseDetail, PhraseList
from speeches.public.pictures import MeetingPicture
from speeches.public.reading import ReadingSettings, ReadingStyle
from speeches.public.remarks import RemarkDetail, RemarkList
from speeches.public.robots import Robots
from speeches.public.search import Search, Suggestions
from speeches.public.sitemaps import SitemapIndex, SitemapSection
from speeches.public.themes import ThemeDetail, ThemeList
from speeches.public.units import UnitDetail, UnitList


class NumberConverter(IntConverter):
    """A row's number: one spelling for each, and never more than a database column holds."""

    regex = "[1-9][0-9]{0,17}"


class YearConverter(IntConverter):
    """A year of four digits."""

    regex = "[12][0-9]{3}"


class MonthConverter(IntConverter):
    """A month of two digits, so that every month has one address."""

    regex = "0[1-9]|1[0-2]"

    def to_url(self, value: int | str) -> str:
        """Return the month with two digits."""
        return f"{value:0>2}"


register_converter(NumberConverter, "number")
register_converter(YearConverter, "year")
register_converter(MonthConverter, "month")

app_name = "public"
urlpatterns = [
    path("", Home.as_view(), name="home"),
    path("meetings/", MeetingList.as_view(), name="meeting-list"),
    path("meetings/<number:pk>/", MeetingDetail.as_view(), name="meeting-detail"),
    path(
        "meetings/<number:pk>/pictures/<number:number>/",
        MeetingPicture.as_view(),
        name="meeting-picture",
    ),
    path("remarks/", RemarkList.as_view(), name="remark-list"),
    path("remarks/<number:pk>/", RemarkDetail.as_view(), name="remark-detail"),
    path("units/", UnitList.as_view(), name="unit-list"),
    path("units/<number:pk>/", UnitDetail.as_view(), name="unit-detail"),
    path("people/", PersonList.as_view(), name="person-list"),
    path("people/<number:pk>/", PersonDetail.as_view(), name="person-detail"),
    path("districts/", DistrictList.as_view(), name="district-list"),
    path("districts/<slug:code>/", DistrictDetail.as_view(), name="district-detail"),
    path("themes/", ThemeList.as_view(), name="theme-list"),
    path("themes/<slug:slug>/", ThemeDetail.as_view(), name="theme-detail"),
    path("phrases/", PhraseList.as_view(), name="phrase-list"),
    path("phrases/<number:pk>/", PhraseDetail.as_view(), name="phrase-detail"),
    path("phrases/concordance.csv", ConcordanceFile.as_view(), name="phrase-concordance"),
    path("phrases/months.csv", MonthsFile.as_view(), name="phrase-months"),
    path("search/", Search.as_view(), name="search"),
    path("search/suggestions/", Suggestions.as_view(), name="suggestions"),
    path("reading/", ReadingSettings.as_view(), name="reading"),
    path("reading/mode.css", ReadingStyle.as_view(), name="reading-style"),
    path("robots.txt", Robots.as_view(), name="robots"),
    path("sitemap.xml", SitemapIndex.as_view(), name="sitemap"),
    path("sitemap-<slug:section>.xml", SitemapSection.as_view(), name="sitemap-section"),
    path("matrix/", Matrix.as_view(), name="matrix"),
    path("compare/", Comparison.as_view(), name="comparison"),
    path("archive/", Archive.as_view(), name="archive"),
    path("archive/<year:year>/", ArchiveYear.as_view(), name="archive-year"),
    path("archive/<year:year>/<month:month>/", ArchiveMonth.as_view(), name="archive-month"),
]
