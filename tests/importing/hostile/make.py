"""Files that no importer should trust, always the same.

``python -m tests.importing.hostile.make FOLDER`` writes them down to be looked at.
"""

from __future__ import annotations

import sys
from pathlib import Path

from tests.importing.hostile.disguises import disguises
from tests.importing.hostile.packages import ofd_files, word_files
from tests.importing.hostile.pdfs import pdf_files
from tests.importing.hostile.webs import web_files


def hostile_files() -> dict[str, bytes]:
    """Every file by its name."""
    return {**disguises(), **word_files(), **ofd_files(), **pdf_files(), **web_files()}


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in hostile_files().items():
        (folder / name).write_bytes(data)
