"""Every public address of the rows that are there now."""

from django.urls import reverse

from speeches.feeds.writing import FORMS
from speeches.models import (
    District,
    Meeting,
    MeetingEdition,
    Person,
    Phrase,
    Remark,
    Theme,
    Unit,
)
from speeches.public.sitemaps import SECTIONS

LISTS = (
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


def list_addresses() -> list[str]:
    """Return the addresses that take no argument."""
    return [reverse(f"public:{name}") for name in LISTS]


def machine_addresses() -> list[str]:
    """Return the addresses of what programs read: feeds, sitemaps, robots.txt."""
    feeds = [
        reverse(f"feeds:{name}", args=[form]) for name in ("remarks", "meetings") for form in FORMS
    ]
    sections = [reverse("public:sitemap-section", args=[section]) for section in SECTIONS]
    return [*feeds, reverse("public:sitemap"), *sections, reverse("public:robots")]


def row_addresses() -> list[str]:
    """Return an address for every row there is, public or not."""
    ids = {
        "meeting-detail": Meeting.objects.values_list("pk", flat=True),
        "remark-detail": Remark.objects.values_list("pk", flat=True),
        "unit-detail": Unit.objects.values_list("pk", flat=True),
        "person-detail": Person.objects.values_list("pk", flat=True),
        "district-detail": District.objects.values_list("code", flat=True),
        "theme-detail": Theme.objects.values_list("slug", flat=True),
        "phrase-detail": Phrase.objects.values_list("pk", flat=True),
    }
    pages = [
        reverse(f"public:{name}", args=[value]) for name, values in ids.items() for value in values
    ]
    days = MeetingEdition.objects.order_by().values_list("date", flat=True).distinct()
    for day in days:
        pages.append(reverse("public:archive-year", args=[day.year]))
        pages.append(reverse("public:archive-month", args=[day.year, day.month]))
    compare = reverse("public:comparison")
    pages += [f"{compare}?unit={unit}" for unit in ids["unit-detail"]]
    pages += [f"{compare}?meeting={meeting}" for meeting in ids["meeting-detail"]]
    return list(dict.fromkeys(pages))
