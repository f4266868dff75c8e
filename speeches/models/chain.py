"""The journal's chain: the canonical form of an entry, and the fingerprint that ties it.

Written down for outsiders in docs/journal.md. Whatever is changed here makes every journal that
was written before look forged, so nothing is.
"""

import datetime as dt
import hashlib
import json
from collections.abc import Mapping
from typing import Any

# What stands before the first entry.
BEGINNING = "0" * 64
# The columns a fingerprint covers; an entry's id means nothing and is left out.
COLUMNS = (
    *("number", "at", "actor_id", "address", "act", "result"),
    *("subject_kind", "subject_id", "subject_label", "detail", "previous"),
)


def canonical(entry: Mapping[str, Any]) -> dict[str, Any]:
    """Return the covered columns as they stand in canonical JSON: names sorted, time in UTC."""
    values = {name: entry[name] for name in COLUMNS}
    values["at"] = values["at"].astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    return dict(sorted(values.items()))


def as_json(values: Mapping[str, Any]) -> str:
    """Return canonical JSON: sorted names, no spaces, characters as they are."""
    return json.dumps(
        values, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    )


def fingerprint(entry: Mapping[str, Any]) -> str:
    """Return the SHA-256 of an entry's canonical JSON, 64 hexadecimal digits."""
    return hashlib.sha256(as_json(canonical(entry)).encode()).hexdigest()
