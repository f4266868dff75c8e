"""Debian's Varnish with the VCL of deploy/, on a port and in a folder of its own."""

import json
import re
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
VCL = ROOT / "deploy" / "varnish" / "zhaibian.vcl"
UNIT = ROOT / "deploy" / "systemd" / "varnish.service.d" / "zhaibian.conf"
SECONDS_TO_START = 20


def program(name: str) -> str:
    """Return the path of a program; skip the test, with its name, where it is not installed."""
    found = shutil.which(name) or shutil.which(name, path="/usr/sbin:/usr/local/sbin")
    if found is None:
        pytest.skip(f"{name} is not installed: .ci/needs varnish nginx wrk")
    return found


def free_port() -> int:
    """Return a port that nobody listens at."""
    with socket.create_server(("127.0.0.1", 0)) as found:
        return int(found.getsockname()[1])


def wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    """Wait until somebody listens at the port; fail if the process ends instead."""
    until = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < until:
        assert process.poll() is None, f"{process.args!r} ended with {process.returncode}"
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise AssertionError(f"Nobody listens at port {port}")


def ended(process: subprocess.Popen[bytes]) -> None:
    """Ask a process to end, and wait until it has."""
    process.terminate()
    try:
        process.wait(timeout=20)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


class Varnish:
    """A running Varnish: its port, and what it counts."""

    def __init__(self, port: int, folder: Path) -> None:
        self.port = port
        self.url = f"http://127.0.0.1:{port}"
        self._folder = folder

    def counted(self, name: str) -> int:
        """Return a counter of varnishstat, such as `MAIN.cache_hit`."""
        done = subprocess.run(
            [program("varnishstat"), "-n", self._folder, "-1", "-j", "-f", name],
            check=True,
            capture_output=True,
        )
        return int(json.loads(done.stdout)["counters"][name]["value"])


@contextmanager
def running_varnish(folder: Path, *, site: int, port: int = 0) -> Iterator[Varnish]:
    """Let Varnish listen at `port`, 0 for any, in front of the site at port `site`."""
    varnishd = program("varnishd")
    folder.mkdir()
    vcl = VCL.read_text(encoding="utf-8")
    assert vcl.count('.port = "8000"') == 1
    ours = folder / "zhaibian.vcl"
    ours.write_text(vcl.replace('.port = "8000"', f'.port = "{site}"'), encoding="utf-8")
    port, state = port or free_port(), folder / "state"
    options = ["-F", "-j", "none", "-n", str(state), "-a", f"127.0.0.1:{port}", "-T", "none"]
    for parameter in re.findall(r" -p (\S+)", UNIT.read_text(encoding="utf-8")):
        options += ["-p", parameter]
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            [varnishd, *options, "-f", ours, "-s", "malloc,128m"], stdout=log, stderr=log
        )
    try:
        wait_for(port, process)
        yield Varnish(port, state)
    finally:
        ended(process)


def ask(port: int, path: str, *, method: str = "GET", **headers: str) -> tuple[HTTPResponse, bytes]:
    """Ask as nginx does: naming the scheme; `_` in a header's name stands for a hyphen."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    if method != "PURGE":
        named = {"X-Forwarded-Proto": "https", **named}
    connection = HTTPConnection("127.0.0.1", port, timeout=20)
    try:
        connection.request(method, path, headers={"Host": "example.org", **named})
        answer = connection.getresponse()
        return answer, answer.read()
    finally:
        connection.close()
