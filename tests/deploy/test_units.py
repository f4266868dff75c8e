"""The units of deploy/systemd/ are right, confined, and start the site as the documents say."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.deploy.site import GUNICORN, WORKER
from tests.deploy.varnish import ROOT

UNITS = ROOT / "deploy" / "systemd"
SERVICES = sorted(file.name for file in UNITS.glob("*.service"))
# Of 10; "OK" by the words of systemd-analyze, which calls 2.5 and more "medium" to "unsafe".
MOST_EXPOSED = 1.5

needs_systemd = pytest.mark.skipif(
    shutil.which("systemd-analyze") is None, reason="systemd-analyze is not installed"
)


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The units as an installation has them, with this checkout in the place of the server's."""
    folder = tmp_path_factory.mktemp("units") / "units"
    shutil.copytree(UNITS, folder)
    for file in folder.rglob("*"):
        if file.is_file():
            file.write_text(file.read_text().replace("/srv/zhaibian/app", str(ROOT)))
    return folder


def analyze(installed: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["systemd-analyze", "--no-pager", *arguments],
        check=False,
        capture_output=True,
        text=True,
        env={"SYSTEMD_UNIT_PATH": f"{installed}:/lib/systemd/system", "PATH": "/usr/bin:/bin"},
    )


@needs_systemd
def test_systemd_finds_no_fault(installed: Path) -> None:
    units = [str(file) for file in installed.iterdir() if file.suffix in (".service", ".timer")]

    done = analyze(installed, "verify", "--man=no", *units)

    assert (done.returncode, done.stderr) == (0, "")


@needs_systemd
@pytest.mark.parametrize("service", SERVICES)
def test_a_service_has_no_more_rights_than_it_needs(installed: Path, service: str) -> None:
    done = analyze(installed, "security", "--offline=true", str(installed / service))

    found = re.search(r"Overall exposure level for \S+: ([\d.]+)", done.stdout)
    assert found is not None, done.stderr
    assert float(found[1]) <= MOST_EXPOSED


def test_the_tests_start_the_site_as_the_units_do() -> None:
    web = (UNITS / "zhaibian-web.service").read_text()
    worker = (UNITS / "zhaibian-worker.service").read_text()

    assert " ".join(GUNICORN) in web
    assert " ".join(WORKER) in worker


def test_every_command_of_a_unit_is_there() -> None:
    text = "\n".join((UNITS / name).read_text() for name in SERVICES)
    commands = set(re.findall(r"manage\.py (\w+)", text))
    ours = {file.stem for file in (ROOT / "speeches/management/commands").glob("[a-z]*.py")}

    assert commands - ours == {"check", "clearsessions", "db_worker", "prune_db_task_results"}


def test_the_example_of_the_environment_holds_no_secret_and_only_known_names() -> None:
    lines = (ROOT / "deploy/environment.example").read_text(encoding="utf-8").splitlines()
    values = dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))
    known = (ROOT / "README.md").read_text(encoding="utf-8")

    assert [name for name in values if f"`{name}`" not in known] == []
    assert [name for name in values if re.search("KEY|PASSWORD", name) and values[name]] == []
