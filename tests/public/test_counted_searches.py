"""Which requests are counted as a search: a reader's, once, when it begins."""

import pytest
from django.http import HttpResponse
from django.test import Client

from speeches.models import SearchCount
from speeches.public import search
from tests.factories import make_meeting, publish

pytestmark = pytest.mark.django_db

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


def asks(client: Client, query: str, **headers: str) -> None:
    client.get(f"/search/?{query}", headers={"User-Agent": FIREFOX, **headers})


def counted() -> dict[str, tuple[int, int]]:
    """Return question -> number of searches and of results."""
    rows = SearchCount.objects.values_list("question", "searches", "results")
    return {question: (searches, results) for question, searches, results in rows}


@pytest.fixture(autouse=True)
def _remarks() -> None:
    publish(make_meeting(remarks=[{"heading": f"协商第{n}篇"} for n in range(21)]))


def test_a_search_is_counted_under_the_form_of_its_question(client: Client) -> None:
    asks(client, "q=協商")
    asks(client, "q=+协商+")
    asks(client, "q=没有的词")

    assert counted() == {"协商": (2, 21), "没有的词": (1, 0)}


@pytest.mark.parametrize("step", ["page=2", "sort=oldest", "year=2024"])
def test_the_steps_of_a_search_are_not_counted_again(client: Client, step: str) -> None:
    asks(client, f"q=协商&{step}")

    assert counted() == {}


@pytest.mark.parametrize(
    ("header", "value"),
    [
        ("User-Agent", ""),
        ("User-Agent", "Mozilla/5.0 (compatible; Baiduspider/2.0)"),
        ("User-Agent", "Mozilla/5.0 (compatible; bingbot/2.0)"),
        ("User-Agent", "curl/8.5.0"),
        ("User-Agent", "python-requests/2.32"),
        ("Sec-Purpose", "prefetch;prerender"),
        ("Purpose", "prefetch"),
    ],
)
def test_programs_and_guesses_are_not_counted(client: Client, header: str, value: str) -> None:
    asks(client, "q=协商", **{header: value})

    assert counted() == {}


def test_the_head_of_a_page_and_other_pages_are_not_counted(client: Client) -> None:
    reader = {"User-Agent": FIREFOX}
    client.head("/search/?q=协商", headers=reader)
    for address in ("/search/", "/search/?q=，", "/remarks/?q=协商", "/search/suggestions/?q=协商"):
        client.get(address, headers=reader)
    client.get("/search/?q=13800138000", headers=reader)

    assert counted() == {}


def test_the_reader_has_the_page_before_it_is_counted(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The test client closes what it got, as a server does once everything is sent.
    request = client.get("/search/?q=协商", headers={"User-Agent": FIREFOX}).wsgi_request
    SearchCount.objects.all().delete()

    answer = search.Search.as_view()(request)
    assert isinstance(answer, search.SearchResponse)
    answer.render()
    assert counted() == {}

    # What a server lets go of then, the test still needs: the connection to the database.
    monkeypatch.setattr(HttpResponse, "close", lambda self: None)
    answer.close()
    assert counted() == {"协商": (1, 21)}
