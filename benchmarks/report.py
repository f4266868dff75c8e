"""The report of `make bench`: tables in Markdown, every figure with its aim."""

from __future__ import annotations

import datetime as dt
import os
import platform
import sqlite3
import subprocess
from collections.abc import Iterable, Sequence
from importlib.metadata import version
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from benchmarks.driving import Drive

if TYPE_CHECKING:
    from benchmarks.speed import Figures

# The most that a page may take, as multiples of the floor's median with one connection.
MOST = {
    "latest list": 12,
    "one district, one theme": 12,
    "remark": 6,
    "meeting of 50 remarks": 12,
    "search, 2 characters": 25,
    "search, 4 characters": 25,
}
# The most that the last size may take, as multiples of the first.
MOST_GROWTH = 1.3
# How much more page 500 may take than page 1.
MOST_DEPTH = 1.3
MOST_SECONDS = 2
MOST_MEGABYTES = 150


def circumstances(loaded: Iterable[str]) -> str:
    """Return what was measured, with what, and on what."""
    wrk = subprocess.run(["wrk", "-v"], check=False, capture_output=True, text=True)
    lines = [
        f"- {dt.datetime.now(dt.UTC):%Y-%m-%d %H:%M} UTC, {os.cpu_count()} × {_processor()}, "
        f"load {os.getloadavg()[0]:.1f} before measuring",
        f"- Python {platform.python_version()}, Django {version('Django')}, "
        f"gunicorn {version('gunicorn')}, SQLite {sqlite3.sqlite_version}, "
        f"{' '.join(wrk.stdout.split()[:2])}",
        *(f"- {line.strip()}" for line in loaded),
    ]
    return "\n".join(lines) + "\n"


def pages_table(title: str, sizes: Sequence[int], rows: Sequence[Sequence[Figures]]) -> str:
    """Return the table of one engine: a line for each page and size."""
    lines = [
        f"### {title}\n",
        "| Page | remarks | median ms | p95 ms | requests/s | with 8 connections | KB | queries "
        "| processor ms | of it database | × floor | at most | growth |",
        "|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|",
    ]
    first_page = {figures.address.name: figures for figures in (row[-1] for row in rows)}
    for row in rows:
        for size, one in zip(sizes, row, strict=True):
            requests = sum(drive.requests for drive in one.page)
            own, database = one.cost / requests, one.database_cost / requests
            last = size == sizes[-1]
            cells = [
                one.address.name,
                f"{size:,}",
                _milliseconds(one.page),
                f"{median(drive.p95 for drive in one.page):.2f}",
                f"{median(drive.rate for drive in one.page):.0f}",
                f"{one.many.rate:.0f}" if one.many else "",
                f"{one.size / 1024:.1f}",
                str(one.address.queries),
                f"{1000 * (own + database):.2f}",
                f"{1000 * database:.2f}",
                f"{ratio(one):.1f}",
                _aim(one) if last else "",
                _growth(row) if last and len(row) > 1 else "",
            ]
            lines.append(_row(cells))
    lines.append(_floor([one for row in rows for one in row]))
    if {"latest list", "page 500"} <= set(first_page):
        lines.append(_depth(first_page["latest list"], first_page["page 500"]))
    return "\n".join(lines) + "\n"


def copies_table(title: str, size: int, kept: Sequence[Figures]) -> str:
    """Return the table of pages that Django's cache keeps, of the largest archive."""
    lines = [
        f"### {title}, {size:,} remarks, pages kept in local memory\n",
        "| Page | median ms | p95 ms | requests/s | with 8 connections | × floor |",
        "|---|--:|--:|--:|--:|--:|",
    ]
    for one in kept:
        cells = [
            one.address.name,
            _milliseconds(one.page),
            f"{median(drive.p95 for drive in one.page):.2f}",
            f"{median(drive.rate for drive in one.page):.0f}",
            f"{one.many.rate:.0f}" if one.many else "",
            f"{ratio(one):.1f}",
        ]
        lines.append(_row(cells))
    return "\n".join(lines) + "\n"


def start_table(check: float, first: float) -> str:
    """Return how long a start takes."""
    return (
        f"`manage.py check`: {check:.1f} s; from the start of the server to its first page: "
        f"{first:.1f} s (each at most {MOST_SECONDS}){_verdict(max(check, first) < MOST_SECONDS)}."
    )


def memory_table(workers: Sequence[tuple[float, float]]) -> str:
    """Return what each worker takes after all that."""
    each = ", ".join(f"RSS {rss:.0f} MB (PSS {pss:.0f})" for rss, pss in workers)
    good = max(rss for rss, _pss in workers) < MOST_MEGABYTES
    return f"A worker afterwards: {each} (at most {MOST_MEGABYTES}){_verdict(good)}.\n"


def ratio(one: Figures) -> float:
    """Return the page's median as a multiple of the floor's, each round by itself."""
    pairs = zip(one.page, one.floor, strict=True)
    return median(page.median / floor.median for page, floor in pairs)


def _aim(one: Figures) -> str:
    most = MOST.get(one.address.name)
    return "" if most is None else f"{most}{_verdict(ratio(one) <= most)}"


def _growth(row: Sequence[Figures]) -> str:
    pairs = zip(row[-1].page, row[0].page, strict=True)
    growth = median(large.median / small.median for large, small in pairs)
    return f"{growth:.2f}{_verdict(growth <= MOST_GROWTH)}"


def _floor(figures: Sequence[Figures]) -> str:
    floors = [drive for one in figures for drive in one.floor]
    cost = sum(one.floor_cost for one in figures) / sum(drive.requests for drive in floors)
    return (
        f"\nThe floor: median {_milliseconds(floors)} ms, {1000 * cost:.2f} ms of processor time, "
        f"{median(drive.rate for drive in floors):.0f} requests/s with one connection."
    )


def _depth(first: Figures, deep: Figures) -> str:
    found = ratio(deep) / ratio(first)
    good = _verdict(found <= MOST_DEPTH)
    return f"\nPage 500 takes {found:.2f} times page 1 (at most {MOST_DEPTH}){good}."


def _milliseconds(drives: Sequence[Drive]) -> str:
    return f"{median(drive.median for drive in drives):.2f}"


def _verdict(good: bool) -> str:
    return "" if good else " **MISSED**"


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _processor() -> str:
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.machine()
