"""The summary counts what ran and believes no stage that does not say what it ran on."""

from pathlib import Path

import pytest

from tests import summary

REPORT = """<?xml version="1.0" encoding="utf-8"?>
<testsuites><testsuite name="pytest" tests="{tests}" failures="{failed}" errors="0"
skipped="1" time="2.5"><properties><property name="ran on" value="{ran_on}"/></properties>
</testsuite></testsuites>
"""


def write(folder: Path, name: str, *, ran_on: str, tests: int = 5, failed: int = 0) -> None:
    text = REPORT.format(ran_on=ran_on, tests=tests, failed=failed)
    (folder / f"{name}.xml").write_text(text, encoding="utf-8")


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    write(tmp_path, "sqlite", ran_on="SQLite 3.40.1")
    write(tmp_path, "postgresql", ran_on="PostgreSQL 15.18")
    write(tmp_path, "markup", ran_on="html-validate 10.17.0 over SQLite 3.40.1")
    write(tmp_path, "browser", ran_on="Chromium 156.0 over SQLite 3.40.1")
    return tmp_path


def test_the_stages_are_added_up(reports: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert summary.main([str(reports)]) == 0

    lines = capsys.readouterr().out.splitlines()
    assert "PostgreSQL 15.18: 4 passed, 0 failed, 1 skipped in 2 s" in lines
    assert lines[-1] == "16 passed, 0 failed, 4 skipped"


def test_stage_without_a_report_fails(reports: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (reports / "browser.xml").unlink()

    assert summary.main([str(reports)]) == 1
    assert "browser: did not run" in capsys.readouterr().err


def test_stage_on_another_engine_fails(reports: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(reports, "postgresql", ran_on="SQLite 3.40.1")

    assert summary.main([str(reports)]) == 1
    assert "postgresql: ran on SQLite 3.40.1" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("tests", "failed", "words"), [(1, 0, "no test passed"), (5, 2, "2 failed")]
)
def test_stage_that_proves_nothing_fails(
    reports: Path, capsys: pytest.CaptureFixture[str], tests: int, failed: int, words: str
) -> None:
    write(reports, "sqlite", ran_on="SQLite 3.40.1", tests=tests, failed=failed)

    assert summary.main([str(reports)]) == 1
    assert f"sqlite: {words}" in capsys.readouterr().err
