"""Reading files of other people's making in a child process with limits.

The child is a bare interpreter without environment, site settings or Django. It gets the file on
its standard input, limits itself before it reads the first byte (see ``readers.limits``) and
answers on its standard output. Whatever else happens, its whole process group is gone afterwards.
"""

from __future__ import annotations

import contextlib
import json
import os
import selectors
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from speeches.importing.readers.limits import Limits
from speeches.importing.readers.shape import Reading, places_of
from speeches.importing.refusals import TOO_COMPLEX, UnreadableSource

_CHILD = Path(__file__).resolve().parent / "readers"
_BROKEN_OFF = "文件读到中途出错，可能已损坏或过于复杂，请从原件重新导出后再导入。"
_CHUNK = 1 << 16
_USUAL = Limits()


@dataclass(frozen=True)
class Outcome:
    """How a child ended. ``status`` is its exit code, negative for the signal that ended it, or
    None where it was stopped for time or length; processor time in seconds, peak memory in bytes
    as the system counts it: never less than that of the process that started the child.
    """

    output: bytes
    status: int | None
    cpu_seconds: float
    peak_bytes: int


def read_confined(data: bytes, kind: str, encoding: str | None) -> Reading:
    """The reading of ``data`` by the reader for ``kind``, made in a child process.

    Raises UnreadableSource where the reader refuses the file, and where the child answers nothing
    that could be a reading.
    """
    outcome = run_child(data, kind, encoding)
    try:
        given = json.loads(outcome.output)
        if "refused" in given:
            refusal = UnreadableSource(str(given["refused"]))
        else:
            text = str(given["text"])
            places = places_of(given["places"], len(text))
            return Reading(text, kind, str(given["encoding"]), places)
    except (ValueError, TypeError, KeyError):
        refusal = UnreadableSource(_reason(outcome))
    raise refusal


def _reason(outcome: Outcome) -> str:
    """Why there is no answer: a limit was reached, or the reader broke down over the file."""
    stopped = (None, -signal.SIGXCPU, -signal.SIGKILL)
    return TOO_COMPLEX if outcome.status in stopped else _BROKEN_OFF


def run_child(
    data: bytes, kind: str, encoding: str | None = None, limits: Limits = _USUAL
) -> Outcome:
    """Run the readers' child on ``data`` until it has answered or a limit is reached."""
    arguments = [kind, encoding or "", str(limits.cpu_seconds), str(limits.address_space)]
    until = time.monotonic() + limits.wall_seconds
    with subprocess.Popen(  # noqa: S603
        [sys.executable, "-I", "-B", "-X", "utf8", str(_CHILD), *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        bufsize=0,
        cwd="/",
        env={},
        start_new_session=True,
    ) as child:
        output, complete = b"", False
        try:
            output, complete = _converse(child, data, until, limits.output_bytes)
        finally:
            # A child that has closed its output has nothing left to do; one that ended by itself
            # keeps the status it ended with.
            with contextlib.suppress(ProcessLookupError):
                os.killpg(child.pid, signal.SIGKILL)
            _, status, used = os.wait4(child.pid, 0)
            child.returncode = os.waitstatus_to_exitcode(status)
    return Outcome(
        output,
        child.returncode if complete else None,
        used.ru_utime + used.ru_stime,
        used.ru_maxrss * (1 if sys.platform == "darwin" else 1024),
    )


def _converse(
    child: subprocess.Popen[bytes], data: bytes, until: float, most: int
) -> tuple[bytes, bool]:
    """Feed ``data`` and collect the answer; False where it did not end in time or in length."""
    assert child.stdin is not None and child.stdout is not None  # noqa: S101
    left, output = memoryview(data), bytearray()
    os.set_blocking(child.stdin.fileno(), False)
    with selectors.DefaultSelector() as ready:
        ready.register(child.stdin, selectors.EVENT_WRITE)
        ready.register(child.stdout, selectors.EVENT_READ)
        while (wait := until - time.monotonic()) > 0:
            for key, _ in ready.select(wait):
                if key.fileobj is child.stdin:
                    left = _feed(child.stdin.fileno(), left)
                    if not left:
                        ready.unregister(child.stdin)
                        child.stdin.close()
                else:
                    chunk = os.read(child.stdout.fileno(), _CHUNK)
                    output += chunk
                    if not chunk:
                        return bytes(output), True
                    if len(output) > most:
                        return b"", False
    return b"", False


def _feed(pipe: int, left: memoryview) -> memoryview:
    """What is left after one write; nothing where the child no longer listens."""
    try:
        return left[os.write(pipe, left[:_CHUNK]) :]
    except BlockingIOError:
        return left
    except BrokenPipeError:
        return left[:0]
