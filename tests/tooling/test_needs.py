"""`.ci/needs` says in one line what a machine lacks."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent


def needs(*things: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [ROOT / ".ci" / "needs", *things],
        check=False,
        capture_output=True,
        text=True,
        env={**os.environ, **environment},
    )


@pytest.fixture
def bare_path(tmp_path: Path) -> str:
    """A PATH of a machine with a shell, without packages and without a package manager."""
    for program in ("bash", "id"):
        found = shutil.which(program)
        assert found is not None
        (tmp_path / program).symlink_to(found)
    return str(tmp_path)


def test_what_is_there_is_passed_in_silence() -> None:
    done = needs("python", PYTHON=sys.executable)

    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_python_that_does_not_serve_is_named_in_one_line() -> None:
    done = needs("python", PYTHON="python-of-yore")

    assert done.returncode == 1
    assert done.stderr.splitlines() == [
        "Python 3.11 or newer is needed, and python-of-yore is not: "
        "name one, as in make PYTHON=python3.12."
    ]


def test_missing_package_is_named_in_one_line(bare_path: str) -> None:
    done = needs("chromium", PATH=bare_path)

    assert done.returncode == 1
    assert done.stderr.splitlines() == [
        "Missing: chromium. On Debian: apt-get install --no-install-recommends chromium"
    ]


def test_a_thing_of_several_packages_names_them_all(bare_path: str) -> None:
    done = needs("pango", PATH=bare_path)

    assert done.returncode == 1
    packages = "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
    assert done.stderr.splitlines() == [
        f"Missing: {packages}. On Debian: apt-get install --no-install-recommends {packages}"
    ]


def test_unknown_need_is_refused() -> None:
    done = needs("a-pony")

    assert done.returncode == 2
    assert "a-pony" in done.stderr


@pytest.mark.parametrize("script", ["needs", "run"])
def test_shell_scripts_parse(script: str) -> None:
    subprocess.run(["bash", "-n", ROOT / ".ci" / script], check=True)
