"""Runs manage.py as a person does: another process, its own environment."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
# Nothing listens there: whoever asks this database fails.
NO_DATABASE = "postgres://nobody@127.0.0.1:1/nothing"


def manage(
    *arguments: str, environment: dict[str, str], cwd: Path = ROOT
) -> subprocess.CompletedProcess[str]:
    """Run manage.py with the settings of the tests and these variables."""
    inherited = {
        name: value
        for name, value in os.environ.items()
        if name not in {"DATABASE_URL", "DEBUG", "SECRET_KEY", "ALLOWED_HOSTS"}
    }
    return subprocess.run(
        [sys.executable, str(ROOT / "manage.py"), *arguments],
        env={**inherited, "DJANGO_SETTINGS_MODULE": "cppcc.settings.test", **environment},
        cwd=cwd,
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
