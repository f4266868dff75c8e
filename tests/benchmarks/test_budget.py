"""Every kind of public page keeps to the limit of what a browser fetches."""

import pytest
from django.urls import resolve

from benchmarks.budget import MOST, weights
from speeches.public.urls import urlpatterns
from tests.public.typical import TYPICAL

# Files for programs, and what a page only names.
NO_PAGES = {
    "suggestions",
    "meeting-picture",
    "phrase-concordance",
    "phrase-months",
    "reading-style",
    "robots",
    "sitemap",
    "sitemap-section",
}


@pytest.mark.django_db
@pytest.mark.slow
def test_no_page_weighs_more_than_sixty_kilobytes() -> None:
    found = weights()

    assert [one.name for one in found] == list(TYPICAL)
    assert [one.name for one in found if not one.fits] == []
    assert min(one.page for one in found) > 0
    assert MOST == 61440


def test_every_kind_of_page_is_weighed() -> None:
    numbers = {"meeting": 1, "remark": 1, "unit": 1, "person": 1, "phrase": 1}
    words = {"district": "230112", "theme": "consultation"}
    paths = (address.format(**numbers, **words).split("?")[0] for address in TYPICAL.values())

    assert {resolve(path).url_name for path in paths} == {
        pattern.name for pattern in urlpatterns if pattern.name not in NO_PAGES
    }
