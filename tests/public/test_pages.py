"""What holds for every page: one heading, one address, no cookie, safe methods only."""

import re

import pytest
from django.contrib.sessions.models import Session
from django.test import Client, RequestFactory
from django.urls import resolve

from speeches.models import Person
from tests.factories import make_district, make_meeting, make_theme, make_unit, publish
from tests.public.addresses import list_addresses, row_addresses

pytestmark = pytest.mark.django_db


@pytest.fixture
def addresses() -> list[str]:
    """Every public address; each has something to show."""
    district = make_district()
    remark = {
        "district": district,
        "unit_link": make_unit(district=district),
        "speakers": [Person.objects.create(name="王一")],
        "themes": [make_theme()],
    }
    publish(make_meeting(remarks=[remark, remark], host=make_unit("哈尔滨市政协")))
    return list_addresses() + row_addresses()


def test_every_page_answers_with_one_main_heading(client: Client, addresses: list[str]) -> None:
    for address in addresses:
        page = client.get(address)
        html = page.content.decode()

        assert page.status_code == 200, address
        assert len(re.findall(r"<h1[\s>]", html)) == 1, address
        assert '<html lang="zh-Hans">' in html, address


def test_every_page_has_landmarks_and_a_way_to_skip_them(
    client: Client, addresses: list[str]
) -> None:
    for address in addresses:
        html = client.get(address).content.decode()

        for mark in ("<header", "<nav", '<main id="content"', "<footer", 'href="#content"'):
            assert mark in html, (address, mark)


def test_no_two_elements_of_a_page_share_an_id(client: Client, addresses: list[str]) -> None:
    for address in addresses:
        ids = re.findall(r'\sid="([^"]*)"', client.get(address).content.decode())

        assert len(ids) == len(set(ids)), address


def test_headings_leave_no_level_out(client: Client, addresses: list[str]) -> None:
    for address in addresses:
        levels = [
            int(level) for level in re.findall(r"<h([1-6])", client.get(address).content.decode())
        ]

        jumps = [b for a, b in zip([0, *levels], levels, strict=False) if b > a + 1]
        assert jumps == [], address


def test_anonymous_readers_get_no_cookie_and_pages_fit_for_shared_caches(
    client: Client, addresses: list[str]
) -> None:
    for address in [*addresses, "/remarks/999999/", "/remarks/?district=230112&year=x"]:
        page = client.get(address)

        assert not page.cookies, address
        assert "Cookie" not in page.headers.get("Vary", ""), address


def test_reading_opens_no_session(client: Client, addresses: list[str]) -> None:
    for address in addresses:
        client.get(address)

    assert not Session.objects.exists()


def test_head_answers_like_get_without_a_body(client: Client, addresses: list[str]) -> None:
    for address in addresses:
        page = client.head(address)

        assert page.status_code == 200, address
        assert page.content == b"", address


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options"])
def test_other_methods_are_not_allowed(addresses: list[str], method: str) -> None:
    strict = Client(enforce_csrf_checks=True)

    for address in addresses:
        assert getattr(strict, method)(address).status_code == 405, address


def test_a_page_names_its_one_address(client: Client) -> None:
    make_district()

    html = client.get("/remarks/?utm=x&year=2024&district=230112").content.decode()

    assert (
        '<link rel="canonical" href="http://testserver/remarks/?district=230112&amp;year=2024">'
        in html
    )


def test_the_present_section_is_marked(client: Client, addresses: list[str]) -> None:
    html = client.get("/units/").content.decode()

    assert '<a href="/units/" aria-current="true">单位</a>' in html
    assert html.count('aria-current="true">单位') == 1


@pytest.mark.parametrize(
    "address",
    [
        "/meetings/0/",
        "/meetings/01/",
        "/remarks/9223372036854775808/",
        "/remarks/999999999999999999/",
        "/units/999/",
        "/people/999/",
        "/districts/999999/",
        "/districts/%00/",
        "/themes/nothing/",
        "/meetings/1/pictures/1/",
    ],
)
def test_nothing_is_found_where_nothing_is_public(client: Client, address: str) -> None:
    page = client.get(address)

    assert page.status_code == 404
    assert "没有这个页面" in page.content.decode()


@pytest.mark.parametrize("number", ["0", "-1", "2", "x", "", "last", "1e3", "٢", "9" * 5000])
@pytest.mark.parametrize("path", ["/meetings/", "/remarks/", "/units/", "/people/"])
def test_there_is_no_page_beyond_the_last(
    client: Client, addresses: list[str], path: str, number: str
) -> None:
    assert client.get(path, {"page": number}).status_code == 404


def test_head_tells_the_length_of_the_page_and_sends_no_text(rf: RequestFactory) -> None:
    # The test client drops what a view sends behind HEAD, so the view is asked directly.
    page = publish(make_meeting())
    for address in ("/", f"/meetings/{page.pk}/", f"/remarks/{page.remarks.get().pk}/"):
        view = resolve(address)

        asked = view.func(rf.get(address), **view.kwargs).render()
        told = view.func(rf.head(address), **view.kwargs)

        assert told.content == b""
        assert told.headers["Content-Length"] == str(len(asked.content))
