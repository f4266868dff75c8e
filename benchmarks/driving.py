"""Driving a server with wrk, as a proxy on the same machine asks it."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from pathlib import Path

SCRIPT = Path(__file__).with_name("wrk.lua")
# What the proxy of docs/operating.md adds to a visitor's request.
HEADERS = {"X-Forwarded-Proto": "https", "X-Forwarded-For": "192.0.2.1"}


@dataclass(frozen=True)
class Drive:
    """What one run of wrk saw; times in milliseconds."""

    requests: int
    bytes: int
    seconds: float
    median: float
    p95: float

    @property
    def rate(self) -> float:
        """Requests per second."""
        return self.requests / self.seconds


def drive(url: str, *, connections: int, seconds: int) -> Drive:
    """Ask for `url` as fast as so many connections do, longer where nothing is answered in time.

    Raises RuntimeError unless each answer is good.
    """
    for longer in (1, 4, 16):
        found = _run(url, connections, seconds * longer)
        if found.requests:
            return found
    raise RuntimeError(f"{url} was not answered.")


def _run(url: str, connections: int, seconds: int) -> Drive:
    headers = [part for item in HEADERS.items() for part in ("-H", "{}: {}".format(*item))]
    command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "-s", str(SCRIPT), *headers, url]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return read(done.stdout)


def read(printed: str) -> Drive:
    """Return the figures of the line that wrk.lua prints; RuntimeError where an answer was bad."""
    line = printed.strip().splitlines()[-1].split()
    if line[0] != "figures":
        raise RuntimeError(f"wrk printed no figures: {printed}")
    requests, size, microseconds, median, p95, errors = map(int, line[1:])
    if errors:
        raise RuntimeError(f"{errors} of {requests} requests failed: {printed}")
    return Drive(requests, size, microseconds / 1e6, median / 1e3, p95 / 1e3)
