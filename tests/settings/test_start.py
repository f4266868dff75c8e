"""A site that has started, and shown its pages, has not loaded what only the desk's work needs."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.management.running import ROOT, manage

# Readers of files, the printer of review sheets, the table of traditional characters, the client
# of a cache that is not there: each takes a tenth of a second or ten megabytes.
HEAVY = {
    "docx",
    "lxml",
    "opencc",
    "pypdfium2",
    "pypinyin",
    "redis",
    "weasyprint",
}
# Answers three pages and says what is loaded.
PROGRAM = """
import json, sys
import django
django.setup()
from django.test import Client
statuses = [Client().get(path).status_code for path in ("/", "/remarks/", "/admin/login/")]
print(json.dumps({"statuses": statuses, "loaded": sorted(sys.modules)}))
"""


@pytest.mark.slow
def test_heavy_libraries_are_loaded_where_they_are_used(tmp_path: Path) -> None:
    variables = {
        "DJANGO_SETTINGS_MODULE": "cppcc.settings.test",
        "DATABASE_URL": f"sqlite:///{tmp_path}/site.sqlite3",
        "PYTHONUTF8": "1",
    }
    # Making the search index loads what a started site does without.
    assert manage("migrate", "--verbosity", "0", environment=variables).returncode == 0

    done = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        cwd=ROOT,
        env=variables,
        capture_output=True,
        text=True,
        check=True,
    )

    found = json.loads(done.stdout)
    assert found["statuses"] == [200, 200, 200]
    assert HEAVY & set(found["loaded"]) == set()
