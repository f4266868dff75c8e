"""Reading modes: the same page for everybody, one style sheet of the reader's own."""

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from speeches.public.reading import CHOICES, COOKIE, Reading, address_here
from tests.factories import make_meeting, publish

SETTINGS, STYLE = "/reading/", "/reading/mode.css"
ELDER = "font-size: 137.5%"


# No database fixture: the style sheet and the form ask it nothing.
def style(client: Client) -> str:
    answer = client.get(STYLE)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "text/css; charset=utf-8"
    return answer.content.decode()


@pytest.mark.parametrize(
    ("chosen", "there", "missing"),
    [
        ({}, ["@media (prefers-contrast: more)"], [ELDER, ":root { color-scheme"]),
        ({"size": "elder"}, [ELDER], ["@media (prefers-contrast", ":root { color-scheme"]),
        ({"colours": "dark"}, [":root { color-scheme: dark; }", "@media (prefers-c"], [ELDER]),
        ({"colours": "light"}, [":root { color-scheme: light; }"], [ELDER]),
        ({"contrast": "more"}, ["--ink: #000"], ["@media (prefers-contrast", ELDER]),
    ],
)
def test_what_is_chosen_is_remembered(
    client: Client, chosen: dict[str, str], there: list[str], missing: list[str]
) -> None:
    client.post(SETTINGS, chosen)

    css = style(client)

    for part in there:
        assert part in css, part
    for part in missing:
        assert part not in css, part


def test_a_button_for_one_choice_leaves_the_others(client: Client) -> None:
    client.post(SETTINGS, {"colours": "dark", "contrast": "more"})

    client.post(SETTINGS, {"size": "elder"})
    assert client.cookies[COOKIE].value == "elder.dark.more"

    client.post(SETTINGS, {"size": "standard"})
    assert client.cookies[COOKIE].value == "dark.more"


def test_the_usual_is_remembered_by_no_cookie(client: Client) -> None:
    client.post(SETTINGS, {"size": "elder"})

    answer = client.post(SETTINGS, {"size": "standard", "colours": "auto", "contrast": "usual"})

    assert answer.cookies[COOKIE]["max-age"] == 0
    assert ELDER not in style(client)


def test_the_cookie_says_nothing_of_the_reader_and_goes_to_no_page(client: Client) -> None:
    cookie = client.post(SETTINGS, {"size": "elder"}, secure=True).cookies[COOKIE]

    assert cookie.value == "elder"
    assert cookie["path"] == SETTINGS
    assert cookie["max-age"] == 365 * 24 * 60 * 60
    assert cookie["samesite"] == "Lax"
    assert cookie["httponly"]
    assert cookie["secure"]


@pytest.mark.django_db
def test_a_page_is_the_same_in_every_mode(client: Client) -> None:
    meeting = publish(make_meeting())
    addresses = ["/", f"/meetings/{meeting.pk}/", "/remarks/"]
    before = [client.get(address).content for address in addresses]

    client.post(SETTINGS, {"size": "elder", "colours": "dark", "contrast": "more"})

    assert [client.get(address).content for address in addresses] == before


def test_shared_caches_keep_the_usual_sheet_and_no_chosen_one(client: Client) -> None:
    usual = client.get(STYLE).headers
    client.post(SETTINGS, {"size": "elder"})
    chosen = client.get(STYLE).headers

    assert "s-maxage=300" in usual["Cache-Control"]
    assert "public" in usual["Cache-Control"]
    assert set(chosen["Cache-Control"].split(", ")) == {"private", "no-cache"}
    assert usual["Vary"] == chosen["Vary"] == "Cookie"


def test_a_browser_that_has_the_sheet_is_told_so_until_the_choice_changes(client: Client) -> None:
    etag = client.get(STYLE).headers["ETag"]

    assert client.get(STYLE, headers={"If-None-Match": etag}).status_code == 304
    client.post(SETTINGS, {"size": "elder"})
    assert client.get(STYLE, headers={"If-None-Match": etag}).status_code == 200


def test_the_form_returns_to_where_the_visitor_was(client: Client) -> None:
    came_from = "http://testserver/remarks/?year=2024&page=2"
    html = client.get(SETTINGS, headers={"Referer": came_from}).content.decode()
    assert 'name="next" value="/remarks/?year=2024&amp;page=2"' in html

    answer = client.post(SETTINGS, {"size": "elder", "next": "/remarks/?year=2024&page=2"})

    assert answer.headers["Location"] == "/remarks/?year=2024&page=2"


def test_a_button_of_the_masthead_returns_to_its_page(client: Client) -> None:
    answer = client.post(
        SETTINGS, {"size": "elder"}, headers={"Referer": "http://testserver/units/"}
    )

    assert answer.headers["Location"] == "/units/"


def test_the_settings_never_lead_back_to_themselves(client: Client) -> None:
    html = client.get(SETTINGS, headers={"Referer": "http://testserver/reading/"}).content.decode()

    assert 'name="next" value="/"' in html


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://elsewhere.example/",
        "//elsewhere.example/",
        "///elsewhere.example/",
        "http://testserver//elsewhere.example/",
        "\\\\elsewhere.example",
        "/\\elsewhere.example",
        "javascript:alert(1)",
        "http://testserver@elsewhere.example/",
        "http://[",
        "",
    ],
)
def test_the_form_never_leads_to_another_site(client: Client, elsewhere: str) -> None:
    location = client.post(SETTINGS, {"next": elsewhere}).headers["Location"]

    assert location.startswith("/")
    assert not location.startswith(("//", "/\\"))


@given(st.text(alphabet="/\\:.@?#abc \t\n", max_size=20))
def test_no_address_leads_elsewhere(asked: str) -> None:
    request = Client().get(STYLE).wsgi_request

    assert not address_here(request, asked).startswith(("//", "/\\"))


@pytest.mark.parametrize("origin", ["https://elsewhere.example", "null", "http://testserver:81"])
def test_a_form_on_another_site_changes_nothing(client: Client, origin: str) -> None:
    answer = client.post(SETTINGS, {"size": "elder"}, headers={"Origin": origin})

    assert answer.status_code == 302
    assert answer.headers["Location"] == SETTINGS
    assert not answer.cookies


@pytest.mark.parametrize("origin", ["http://testserver", "https://testserver"])
def test_a_form_of_this_site_needs_no_token(origin: str) -> None:
    client = Client(enforce_csrf_checks=True)

    answer = client.post(SETTINGS, {"size": "elder"}, headers={"Origin": origin})

    assert answer.cookies[COOKIE].value == "elder"


def test_the_page_shows_what_is_chosen_and_sets_no_cookie(client: Client) -> None:
    client.post(SETTINGS, {"size": "elder", "colours": "dark"})

    page = client.get(SETTINGS)
    html = page.content.decode()

    for checked in ('"elder" checked', '"dark" checked', '"usual" checked'):
        assert checked in html, checked
    assert html.count(" checked>") == len(CHOICES)
    assert html.count("<h1>") == 1
    assert not page.cookies
    assert "private" in page.headers["Cache-Control"]


@pytest.mark.parametrize("method", ["put", "patch", "delete", "options"])
def test_other_methods_are_not_allowed(client: Client, method: str) -> None:
    assert getattr(client, method)(SETTINGS).status_code == 405
    assert getattr(client, method)(STYLE).status_code == 405
    assert client.post(STYLE).status_code == 405


@given(st.text(alphabet="elderdarkmoreauto.;\"' ", max_size=40))
def test_a_cookie_that_was_tampered_with_gives_a_known_reading(value: str) -> None:
    request = Client().get(STYLE).wsgi_request
    request.COOKIES[COOKIE] = value

    reading = Reading.of(request)

    for name, words in CHOICES.items():
        assert getattr(reading, name) in words


def test_choices_that_do_not_exist_change_nothing(client: Client) -> None:
    client.post(SETTINGS, {"size": "elder"})

    client.post(SETTINGS, {"size": "huge", "colours": "x} body{display:none"})

    assert client.cookies[COOKIE].value == "elder"
