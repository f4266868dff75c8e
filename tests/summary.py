"""Says what `make test` really ran, from the reports that the stages left behind.

    python -m tests.summary var/test-results

Fails when a stage left no report, ran no test, or ran on something else than it is named for.
"""

import sys
import xml.etree.ElementTree as ET
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

# The report's name, and the beginning of what it must have run on.
STAGES = {
    "sqlite": "SQLite ",
    "postgresql": "PostgreSQL ",
    "markup": "html-validate ",
    "browser": "Chromium ",
}


@dataclass(frozen=True, kw_only=True)
class Stage:
    """One run of pytest; `ran_on` is the engine or browser as it named itself."""

    ran_on: str
    tests: int
    failed: int
    skipped: int
    seconds: float

    @property
    def passed(self) -> int:
        return self.tests - self.failed - self.skipped


def read(report: Path) -> Stage:
    """Return what a JUnit report of pytest holds."""
    suite = ET.parse(report).getroot().find("testsuite")  # noqa: S314
    if suite is None:
        raise ValueError(f"{report} is no report of pytest")
    ran_on = {item.get("name"): item.get("value") for item in suite.iter("property")}.get("ran on")
    return Stage(
        ran_on=ran_on or "",
        tests=int(suite.get("tests", 0)),
        failed=int(suite.get("failures", 0)) + int(suite.get("errors", 0)),
        skipped=int(suite.get("skipped", 0)),
        seconds=float(suite.get("time", 0)),
    )


def complaint(name: str, stage: Stage) -> str | None:
    """Return why the stage does not count, or None when it does."""
    if not stage.ran_on.startswith(STAGES[name]):
        return f"{name}: ran on {stage.ran_on or 'something that did not name itself'}"
    if not stage.passed:
        return f"{name}: no test passed"
    if stage.failed:
        return f"{name}: {stage.failed} failed"
    return None


def main(argv: Sequence[str]) -> int:
    folder = Path(argv[0])
    complaints = []
    passed = skipped = 0
    print("== summary ==")
    for name in STAGES:
        report = folder / f"{name}.xml"
        if not report.exists():
            complaints.append(f"{name}: did not run")
            continue
        stage = read(report)
        passed += stage.passed
        skipped += stage.skipped
        print(
            f"{stage.ran_on or name}: {stage.passed} passed, {stage.failed} failed, "
            f"{stage.skipped} skipped in {stage.seconds:.0f} s"
        )
        if problem := complaint(name, stage):
            complaints.append(problem)
    for problem in complaints:
        print(problem, file=sys.stderr)
    if complaints:
        return 1
    print("Style, templates, types, floors, migrations and deployment: passed.")
    print(f"{passed} passed, 0 failed, {skipped} skipped")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
