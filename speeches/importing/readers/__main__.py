"""What the child process runs: ``readers FORMAT ENCODING CPU_SECONDS ADDRESS_SPACE``, a file on
standard input, one JSON object on standard output. ENCODING is "" where no editor named one.

The object is {"text", "encoding", "places", "sizes"} or {"refused"}: one line in Chinese. Anything
else means that the child was stopped.

Asked for ``picture`` in place of a format, with "PAGE WIDTH" in place of the encoding, it answers
with a PNG of that page.
"""

from __future__ import annotations

import importlib
import json
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from speeches.importing.readers.shape import Reading

READERS = {"docx": "word", "html": "web", "pdf": "pdf", "ofd": "ofd"}
ROOM = "speeches.importing"


def open_side_door() -> None:
    """Make the readers importable without the rest of their room.

    The room's front door imports every stage of the pipeline, which takes five times as long as
    all that a reader needs.
    """
    here = Path(__file__).resolve().parent
    sys.path.insert(0, str(here.parents[2]))
    room = ModuleType(ROOM)
    room.__path__ = [str(here.parent)]
    sys.modules[ROOM] = room


def answer(read: Callable[[bytes, str | None], Reading], data: bytes, encoding: str | None) -> str:
    """The answer on ``data`` as JSON."""
    from speeches.importing.readers.limits import CHARACTERS
    from speeches.importing.readers.shape import plain_places
    from speeches.importing.refusals import TOO_COMPLEX, UnreadableSource

    try:
        reading = read(data, encoding)
        if len(reading.text) > CHARACTERS:
            raise UnreadableSource(
                f"文件的文字超过 {CHARACTERS // 10_000} 万字，请按版面拆分后分别导入。"
            )
    except UnreadableSource as refusal:
        return json.dumps({"refused": str(refusal)})
    except (MemoryError, RecursionError):
        return json.dumps({"refused": TOO_COMPLEX})
    return json.dumps(
        {
            "text": reading.text,
            "encoding": reading.encoding,
            "places": plain_places(reading.places),
            "sizes": reading.sizes,
        }
    )


def main() -> None:
    """Take on the limits, then read standard input as the format that the first argument names."""
    open_side_door()
    from speeches.importing.readers import DRAWING, limits

    kind, argument, cpu_seconds, address_space = sys.argv[1:]
    limits.take_on(int(cpu_seconds), int(address_space))
    if kind == DRAWING:
        picture = importlib.import_module(f"{ROOM}.readers.picture")
        page, width = map(int, argument.split())
        sys.stdout.buffer.write(picture.draw(sys.stdin.buffer.read(), page, width))
        return
    reader = importlib.import_module(f"{ROOM}.readers.{READERS[kind]}")
    sys.stdout.write(answer(reader.read, sys.stdin.buffer.read(), argument or None))


if __name__ == "__main__":
    main()
