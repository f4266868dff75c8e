"""Paging: the row of pages, without a database."""

import pytest
from django.http import Http404
from django.test import RequestFactory

from speeches.models import RemarkEdition
from speeches.public.paging import PER_PAGE, Paging, page_of


def paging(rf: RequestFactory, number: int, *, pages: int, query: str = "") -> Paging:
    request = rf.get("/remarks/", {"page": number})
    total = pages * PER_PAGE
    return page_of(request, RemarkEdition.objects.newest_first(), total=total, query=query)


@pytest.mark.parametrize(
    ("number", "pages", "row"),
    [
        (1, 1, "1"),
        (1, 20, "1 2 3 … 20"),
        (4, 20, "1 2 3 4 5 6 … 20"),
        (10, 20, "1 … 8 9 10 11 12 … 20"),
        (20, 20, "1 … 18 19 20"),
    ],
)
def test_the_row_names_the_ends_and_what_is_around(
    rf: RequestFactory, number: int, pages: int, row: str
) -> None:
    links = paging(rf, number, pages=pages).links

    assert " ".join(f"{'… ' if link.gap else ''}{link.number}" for link in links) == row
    assert [link.number for link in links if link.current] == [number]


def test_the_first_page_is_the_list_itself(rf: RequestFactory) -> None:
    second = paging(rf, 2, pages=3, query="year=2024")

    assert second.previous == "/remarks/?year=2024"
    assert second.next == "/remarks/?year=2024&page=3"
    assert second.canonical == "/remarks/?year=2024&page=2"
    assert paging(rf, 1, pages=3).canonical == "/remarks/"


def test_a_page_beyond_the_last_is_not_found(rf: RequestFactory) -> None:
    with pytest.raises(Http404):
        paging(rf, 4, pages=3)
