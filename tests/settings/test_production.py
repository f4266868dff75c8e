"""Production settings refuse to start half configured, and say what is missing."""

import secrets
import subprocess
import sys

import pytest

from tests.management.running import ROOT, manage

COMPLETE = {
    "DJANGO_SETTINGS_MODULE": "cppcc.settings.production",
    "SECRET_KEY": secrets.token_urlsafe(60),
    "ALLOWED_HOSTS": "example.org",
    "DATABASE_URL": "sqlite:///:memory:",
}


@pytest.mark.parametrize("name", ["SECRET_KEY", "ALLOWED_HOSTS"])
def test_production_refuses_to_start_without(name: str) -> None:
    done = manage("check", environment={**COMPLETE, name: " "})

    assert done.returncode != 0
    assert f"{name} is not set" in done.stderr


def test_production_passes_the_deployment_check_when_complete() -> None:
    done = manage("check", "--deploy", "--fail-level", "WARNING", environment=COMPLETE)

    assert done.returncode == 0, done.stderr


def test_the_deployment_check_warns_where_passwords_alone_open_the_desk() -> None:
    done = manage("check", "--deploy", environment={**COMPLETE, "SECOND_FACTOR": "optional"})

    assert "speeches.W002" in done.stderr


def test_the_server_starts_with_production_settings_unless_told_otherwise() -> None:
    done = subprocess.run(
        [sys.executable, "-c", "import cppcc.wsgi"],
        cwd=ROOT,
        env={"PATH": ""},
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )

    assert done.returncode != 0
    assert "SECRET_KEY is not set" in done.stderr
