"""How fast the importer is: pages per second, and how its time grows with the page's length.

``python -m benchmarks.importing [PAGE …]`` prints both; pages that are named are timed as well.
Only the pure pipeline is timed: bytes to draft, no database.
"""

from __future__ import annotations

import math
import sys
import time
from pathlib import Path

from benchmarks.pages import make_page
from speeches.importing import import_page

TIMES = (1, 4, 16)
MOST_GROWTH = 1.1
ROUNDS = 5


def seconds_for(data: bytes) -> float:
    """Processor time of the shortest of ``ROUNDS`` imports of ``data``."""
    shortest = math.inf
    for _ in range(ROUNDS):
        begun = time.process_time()
        import_page(data, name="page.txt")
        shortest = min(shortest, time.process_time() - begun)
    return shortest


def growth() -> float:
    """Print time at every length of ``TIMES``; the exponent of the growth between the ends."""
    measured: list[tuple[int, float]] = []
    for times in TIMES:
        text = make_page(times)
        seconds = seconds_for(text.encode())
        measured.append((len(text), seconds))
        each = seconds / len(text) * 1e6
        print(
            f"  {times:2} x  {len(text):8,} characters  {seconds * 1000:9.1f} ms  "
            f"{each:6.2f} us a character  {1 / seconds:7.1f} pages/s"
        )
    (short, quick), (long, slow) = measured[0], measured[-1]
    exponent = math.log(slow / quick) / math.log(long / short)
    print(f"exponent {exponent:.3f} (at most {MOST_GROWTH})")
    return exponent


def main(paths: list[str]) -> int:
    """Print all figures; 1 where time grows faster than ``MOST_GROWTH`` allows."""
    print("== a made-up page, 1, 4 and 16 times as long ==")
    exponent = growth()
    if paths:
        print("== pages from files ==")
        times = [(path, seconds_for(Path(path).read_bytes())) for path in paths]
        for path, seconds in times:
            print(f"  {Path(path).name:32} {seconds * 1000:7.2f} ms")
        total = sum(seconds for _, seconds in times)
        print(f"  {len(times) / total:.1f} pages per second")
    return int(exponent > MOST_GROWTH)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
