"""Example pages with the report that each should give: ``examples/<case>/page.txt``,
``report.json``.

``REWRITE_EXAMPLES=1 pytest tests/importing/test_examples.py`` writes the reports anew; what has
changed is then to be read in the difference.
"""

import json
import os
from pathlib import Path

import pytest

from speeches.importing import import_page, report_of

EXAMPLES = Path(__file__).parent / "examples"
CASES = sorted(path.name for path in EXAMPLES.iterdir() if (path / "page.txt").exists())


@pytest.mark.parametrize("case", CASES)
def test_an_example_page_gives_its_report(case: str) -> None:
    page, expected = EXAMPLES / case / "page.txt", EXAMPLES / case / "report.json"
    report = report_of(import_page(page.read_bytes(), name="page.txt"))
    if os.environ.get("REWRITE_EXAMPLES"):
        text = json.dumps(report, ensure_ascii=False, indent=2) + "\n"
        expected.write_text(text, encoding="utf-8")
    assert report == json.loads(expected.read_text(encoding="utf-8"))
