"""Values from the environment, and a clear word when one cannot be used."""

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection

from cppcc.settings import environment
from cppcc.settings.databases import database


@pytest.mark.parametrize(
    ("value", "flag"), [("1", True), ("Yes", True), ("on", True), ("0", False), ("", False)]
)
def test_a_flag_is_read(monkeypatch: pytest.MonkeyPatch, value: str, flag: bool) -> None:
    monkeypatch.setenv("X", value)

    assert environment.flag("X", default=not flag) is flag


def test_what_is_not_set_has_its_default(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("X", raising=False)

    assert environment.flag("X", default=True) is True
    assert environment.number("X", default=5) == 5
    assert environment.text("X", "摘编") == "摘编"
    assert environment.words("X") == []


@pytest.mark.parametrize("read", [environment.flag, environment.number])
def test_an_unclear_value_is_refused_by_name(monkeypatch: pytest.MonkeyPatch, read: object) -> None:
    monkeypatch.setenv("X", "maybe")

    with pytest.raises(ImproperlyConfigured, match="X must be"):
        read("X", default=0)  # type: ignore[operator]


def test_one_of_several_words_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    for value, read in (("b", "b"), (" a ", "a"), ("", "c")):
        monkeypatch.setenv("X", value)
        assert environment.one_of("X", ("a", "b", "c"), default="c") == read


def test_another_word_is_refused_with_those_that_are_known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("X", "d")

    with pytest.raises(ImproperlyConfigured, match="X must be a or b, not 'd'"):
        environment.one_of("X", ("a", "b"), default="a")


def test_words_are_separated_by_commas(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("X", " a.org, ,b.org ")

    assert environment.words("X") == ["a.org", "b.org"]


def test_an_address_has_a_scheme_a_host_and_no_final_slash(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("X", "https://news.example.org/")
    assert environment.web_address("X", default="http://a.org") == "https://news.example.org"

    for value in ("news.example.org", "ftp://a.org", "https://"):
        monkeypatch.setenv("X", value)
        with pytest.raises(ImproperlyConfigured, match="X must begin with https://"):
            environment.web_address("X", default="http://a.org")


def test_no_address_means_the_embedded_database(tmp_path: Path) -> None:
    settings = database("", default_file=tmp_path / "new" / "a.sqlite3")

    assert settings["NAME"] == str(tmp_path / "new" / "a.sqlite3")
    assert (tmp_path / "new").is_dir()
    assert settings["OPTIONS"]["transaction_mode"] == "IMMEDIATE"


@pytest.mark.parametrize("url", ["", "postgres://u:p@h:5433/n"])
def test_connections_outlive_a_request(tmp_path: Path, url: str) -> None:
    # Opening an SQLite file of this size takes five times as long as the floor under every page.
    assert database(url, default_file=tmp_path / "a.sqlite3")["CONN_MAX_AGE"] == 60


def test_an_address_names_a_server(tmp_path: Path) -> None:
    settings = database("postgres://u:p@h:5433/n", default_file=tmp_path / "a.sqlite3")

    assert settings["ENGINE"].endswith("postgresql")
    assert (settings["HOST"], settings["PORT"], settings["NAME"]) == ("h", 5433, "n")
    assert settings["CONN_HEALTH_CHECKS"] is True
    assert settings["DISABLE_SERVER_SIDE_CURSORS"] is False


def test_an_address_says_that_a_pool_stands_before_the_server(tmp_path: Path) -> None:
    url = "postgres://u:p@h/n?disable_server_side_cursors=true&sslmode=require"

    settings = database(url, default_file=tmp_path / "a.sqlite3")

    assert settings["DISABLE_SERVER_SIDE_CURSORS"] is True
    assert settings["OPTIONS"] == {"sslmode": "require"}


@pytest.mark.skipif(connection.vendor != "sqlite", reason="pragmas are SQLite's")
@pytest.mark.django_db
@pytest.mark.parametrize(("pragma", "value"), [("foreign_keys", 1), ("recursive_triggers", 1)])
def test_sqlite_keeps_references_and_fires_triggers_on_replace(pragma: str, value: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA {pragma}")
        assert cursor.fetchone() == (value,)
