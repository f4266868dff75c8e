"""Turns DATABASE_URL into Django's database settings."""

from pathlib import Path
from typing import Any

import dj_database_url

# WAL lets readers go on while one writer works; NORMAL is durable against a crash of the
# process and, with WAL, never corrupts. IMMEDIATE takes the write lock when a transaction
# begins, so that the busy timeout applies instead of failing halfway through. With recursive
# triggers a REPLACE fires the triggers that forbid deleting; without, it deletes in silence.
SQLITE_OPTIONS: dict[str, Any] = {
    "timeout": 20,
    "transaction_mode": "IMMEDIATE",
    "init_command": (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON; "
        "PRAGMA busy_timeout=20000; PRAGMA recursive_triggers=ON;"
    ),
}


def database(url: str, *, default_file: Path) -> dict[str, Any]:
    """Return the settings of one database.

    `url` is a DATABASE_URL such as postgres://user:secret@host/name or sqlite:////srv/a.sqlite3;
    empty means the embedded SQLite file `default_file`.
    """
    if not url:
        default_file.parent.mkdir(parents=True, exist_ok=True)
        url = f"sqlite:///{default_file}"
    # Opening a file takes longer than a page: its tables and triggers are read each time.
    settings: dict[str, Any] = dict(dj_database_url.parse(url, conn_max_age=60))
    if settings["ENGINE"] == "django.db.backends.sqlite3":
        settings["OPTIONS"] = {**settings.get("OPTIONS", {}), **SQLITE_OPTIONS}
    else:
        settings["CONN_HEALTH_CHECKS"] = True
        # Said in the address, where a pool hands out connections for one transaction each.
        pooled = settings.get("OPTIONS", {}).pop("disable_server_side_cursors", False)
        settings["DISABLE_SERVER_SIDE_CURSORS"] = bool(pooled)
    return settings
