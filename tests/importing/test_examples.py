"""Example pages with what every stage makes of them: ``examples/<case>/page.txt``, beside it
``1-source.json`` to ``7-report.json``.

``REWRITE_EXAMPLES=1 pytest tests/importing/test_examples.py`` writes them anew; what has changed
is then to be read in the difference.
"""

import json
import os
from pathlib import Path

import pytest

from speeches.importing import import_page
from speeches.importing.stages import STAGES, StageLog

EXAMPLES = Path(__file__).parent / "examples"
CASES = sorted(path.name for path in EXAMPLES.iterdir() if (path / "page.txt").exists())


@pytest.mark.parametrize("case", CASES)
def test_an_example_page_gives_its_stages(case: str) -> None:
    log = StageLog()
    import_page((EXAMPLES / case / "page.txt").read_bytes(), name="page.txt", watch=log)

    for stage, output in log.outputs.items():
        expected = EXAMPLES / case / f"{stage}.json"
        if os.environ.get("REWRITE_EXAMPLES"):
            text = json.dumps(output, ensure_ascii=False, indent=1) + "\n"
            expected.write_text(text, encoding="utf-8")
        assert output == json.loads(expected.read_text(encoding="utf-8")), stage
    assert len(log.outputs) == len(STAGES)
