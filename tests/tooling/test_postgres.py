"""The runner that gives a command a PostgreSQL."""

from pathlib import Path

import dj_database_url
import pytest

from tests import postgres


def test_command_follows_two_dashes() -> None:
    assert postgres.arguments(["--", "python", "-m", "pytest"]) == ["python", "-m", "pytest"]


@pytest.mark.parametrize("argv", [[], ["--"], ["python", "-m", "pytest"]])
def test_missing_command_is_answered_with_the_usage(argv: list[str]) -> None:
    with pytest.raises(postgres.UnusableError, match="Usage"):
        postgres.arguments(argv)


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "pgsql"])
def test_postgresql_named_by_the_environment_is_used(scheme: str) -> None:
    url = f"{scheme}://editor@db.example.org/zhaibian"

    assert postgres.given_url({"DATABASE_URL": url}) == url


@pytest.mark.parametrize("url", ["", "  ", "sqlite:///var/site.sqlite3"])
def test_anything_else_in_the_environment_is_not_used(url: str) -> None:
    assert postgres.given_url({"DATABASE_URL": url}) is None


def test_nothing_in_the_environment_is_not_used() -> None:
    assert postgres.given_url({}) is None


def test_socket_folder_survives_the_way_through_a_url() -> None:
    settings = dj_database_url.parse(postgres.socket_url(Path("/tmp/zhaibian-pg-a_1")))

    assert settings["HOST"] == "/tmp/zhaibian-pg-a_1"
    assert settings["PORT"] == 5432
    assert settings["USER"] == "postgres"


def test_newest_version_is_by_number_and_not_by_letter() -> None:
    folders = [Path("/usr/lib/postgresql", number, "bin") for number in ("9.6", "15", "16")]

    assert postgres.newest(folders) == folders[2]


def test_no_version_is_no_folder() -> None:
    assert postgres.newest([]) is None


def test_folder_too_long_for_a_socket_is_refused() -> None:
    with pytest.raises(postgres.UnusableError, match="TMPDIR"):
        postgres.Cluster(Path("/tmp") / ("x" * 100), Path("/usr/bin"))


def test_command_gets_the_url_and_its_status_comes_back() -> None:
    url = "postgresql://postgres@%2Ftmp%2Fpg:5432/postgres"

    assert postgres.run(["sh", "-c", f'test "$DATABASE_URL" = "{url}" && exit 7'], url) == 7


def test_command_that_is_not_there_is_named() -> None:
    with pytest.raises(postgres.UnusableError, match="no-such-command"):
        postgres.run(["no-such-command"], "postgresql://postgres@localhost/postgres")
