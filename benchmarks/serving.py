"""The server that is measured: gunicorn with the production settings, and what it takes."""

from __future__ import annotations

import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from http.client import HTTPConnection
from pathlib import Path
from types import TracebackType

from benchmarks.driving import HEADERS

# As docs/operating.md starts it.
FLAGS = ("--worker-class", "gthread", "--workers", "2", "--threads", "4", "--no-control-socket")
TICKS = os.sysconf("SC_CLK_TCK")
SECONDS_TO_START = 30


def environment(database: str, folder: Path, **more: str) -> dict[str, str]:
    """Return the variables of a server whose files are in `folder`."""
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "benchmarks.settings",
        "DATABASE_URL": database,
        "VAR_DIR": str(folder),
        "SECRET_KEY": secrets.token_urlsafe(50),
        "ALLOWED_HOSTS": "127.0.0.1",
        "BEHIND_TLS_PROXY": "1",
        "TRUSTED_PROXIES": "127.0.0.1",
        **more,
    }


class Server:
    """Gunicorn on a free port of this machine, from `with` to its end."""

    def __init__(self, variables: Mapping[str, str]) -> None:
        self.variables = variables
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port: int = free.getsockname()[1]
        self.first_answer = 0.0

    def __enter__(self) -> Server:
        """Start, and wait for the first page: `first_answer` is the seconds until it came."""
        begun = time.perf_counter()
        command = [sys.executable, "-m", "gunicorn", "cppcc.wsgi", "--log-level", "warning"]
        self.process = subprocess.Popen(
            [*command, "--bind", f"127.0.0.1:{self.port}", *FLAGS], env=self.variables
        )
        while time.perf_counter() < begun + SECONDS_TO_START:
            try:
                self.get("/")
            except ConnectionRefusedError:
                time.sleep(0.02)
            else:
                self.first_answer = time.perf_counter() - begun
                return self
        self.__exit__(None, None, None)
        raise RuntimeError("The server did not answer.")

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Stop; workers end with what they have in hand."""
        self.process.send_signal(signal.SIGTERM)
        self.process.wait()

    def url(self, path: str) -> str:
        """Return the whole address of a page of this server."""
        return f"http://127.0.0.1:{self.port}{path}"

    def get(self, path: str) -> tuple[int, str, str]:
        """Return status, tag and text of a page."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=SECONDS_TO_START)
        try:
            connection.request("GET", path, headers=HEADERS)
            answer = connection.getresponse()
            return answer.status, answer.getheader("ETag", ""), answer.read().decode()
        finally:
            connection.close()

    @property
    def workers(self) -> list[int]:
        """The processes that answer."""
        return children(self.process.pid)

    def seconds(self) -> float:
        """Return the processor time that the workers have taken so far."""
        return sum(map(seconds_of, self.workers))

    def memory(self) -> list[tuple[float, float]]:
        """Return the RSS and the PSS of each worker, in megabytes."""
        return [(_smaps(pid, "Rss"), _smaps(pid, "Pss")) for pid in self.workers]


def children(parent: int) -> list[int]:
    """Return the processes that this one started and that still run."""
    pids = [int(folder.name) for folder in Path("/proc").iterdir() if folder.name.isdigit()]
    return sorted(pid for pid in pids if _stat(pid)[1:2] == [str(parent)])


def seconds_of(pid: int) -> float:
    """Return the processor time of a process, its own and the kernel's for it."""
    fields = _stat(pid)
    return (int(fields[11]) + int(fields[12])) / TICKS if fields else 0.0


def parent_of(pid: int) -> int:
    """Return the process that started this one."""
    return int(_stat(pid)[1])


def _stat(pid: int) -> list[str]:
    """Return the fields of proc(5) from the third, `state`, on; none for a process that ended."""
    try:
        # The second field is the program's name in parentheses, which may hold anything.
        return Path(f"/proc/{pid}/stat").read_text().rpartition(") ")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return []


def _smaps(pid: int, name: str) -> float:
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
        if line.startswith(f"{name}:"):
            return int(line.split()[1]) / 1024
    raise LookupError(name)
