"""The contributing units' page: for signed-in accounts, with a way out."""

import pytest
from django.test import Client

from tests.factories import make_user

pytestmark = pytest.mark.django_db


def signed_in() -> Client:
    client = Client()
    user = make_user("contributor", role="投稿单位", staff=False)
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_a_contributor_is_greeted_by_name() -> None:
    page = signed_in().get("/contribute/").content.decode()

    assert "contributor某，您好" in page
    assert page.count("<h1") == 1


def test_nobody_else_sees_the_page() -> None:
    answer = Client().get("/contribute/")

    assert answer.status_code == 302
    assert answer["Location"] == "/admin/login/?next=/contribute/"


def test_signing_out_takes_a_click_and_leads_to_the_door() -> None:
    client = signed_in()

    assert client.get("/contribute/sign-out/").status_code == 405
    answer = client.post("/contribute/sign-out/")

    assert answer["Location"] == "/admin/login/"
    assert client.get("/contribute/").status_code == 302


def test_the_page_is_kept_in_no_cache() -> None:
    assert "no-store" in signed_in().get("/contribute/")["Cache-Control"]
