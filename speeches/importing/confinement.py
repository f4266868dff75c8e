"""Reading files of other people's making in a child process with limits.

The child is a bare interpreter without environment, site settings or Django. It gets the file on
its standard input, limits itself before it reads the first byte (see ``readers.limits``) and
answers on its standard output. Whatever else happens, its whole process group is gone afterwards.
"""

from __future__ import annotations

import contextlib
import json
import logging
import os
import selectors
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

from speeches.importing.readers import DRAWING, PNG
from speeches.importing.readers.limits import DRAWN, Limits
from speeches.importing.readers.shape import Reading, places_of, sizes_of
from speeches.importing.refusals import TOO_COMPLEX, UnreadableSource

_CHILD = Path(__file__).resolve().parent / "readers"
_BROKEN_OFF = "文件读到中途出错，可能已损坏或过于复杂，请从原件重新导出后再导入。"
_INTERRUPTED = "读取被中断，请重试。"
# What a system that shuts down, or that is short of memory, ends a process with.
_FROM_OUTSIDE = (-signal.SIGTERM, -signal.SIGKILL, -signal.SIGINT, -signal.SIGHUP)
_CHUNK = 1 << 16
# Bytes of the child's last words that are kept for the log.
_LAST_WORDS = 2048
_USUAL = Limits()

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Outcome:
    """How a child ended. ``status`` is its exit code, negative for the signal that ended it, or
    None where it was stopped for time or length; processor time in seconds, peak memory in bytes
    as the system counts it: never less than that of the process that started the child.
    ``last_words`` is the end of what it wrote to its standard error.
    """

    output: bytes
    status: int | None
    cpu_seconds: float
    peak_bytes: int
    last_words: str = ""


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
            sizes = sizes_of(given["sizes"])
            return Reading(text, kind, str(given["encoding"]), places, sizes)
    except (ValueError, TypeError, KeyError):
        refusal = UnreadableSource(_reason(outcome, kind, _USUAL))
    raise refusal


def draw_confined(data: bytes, page: int, width: int) -> bytes:
    """A picture (PNG) of a page of a PDF, ``width`` pixels wide, made in a child process.

    Raises UnreadableSource where the child answers nothing that could be a picture.
    """
    outcome = run_child(data, DRAWING, f"{page} {width}", DRAWN)
    if outcome.status == 0 and outcome.output.startswith(PNG):
        return outcome.output
    raise UnreadableSource(_reason(outcome, DRAWING, DRAWN))


def _reason(outcome: Outcome, kind: str, limits: Limits) -> str:
    """Why there is no answer: a limit was reached, somebody ended the child, or it broke down.

    What it broke down over is for whoever runs the site, so it goes to the log.
    """
    if outcome.status in (None, -signal.SIGXCPU):
        return TOO_COMPLEX
    if outcome.status in _FROM_OUTSIDE:
        # The hard limit of processor time kills too, a second after the soft one.
        spent = outcome.status == -signal.SIGKILL and outcome.cpu_seconds >= limits.cpu_seconds
        return TOO_COMPLEX if spent else _INTERRUPTED
    logger.warning(
        "The child for %s broke down, status %s: %s",
        kind,
        outcome.status,
        outcome.last_words or "no words",
    )
    return _BROKEN_OFF


def run_child(
    data: bytes, kind: str, argument: str | None = None, limits: Limits = _USUAL
) -> Outcome:
    """Run the readers' child on ``data`` until it has answered or a limit is reached.

    ``argument`` is the encoding to read with, or page and width to draw.
    """
    arguments = [kind, argument or "", str(limits.cpu_seconds), str(limits.address_space)]
    until = time.monotonic() + limits.wall_seconds
    with subprocess.Popen(  # noqa: S603
        [sys.executable, "-I", "-B", "-X", "utf8", str(_CHILD), *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        bufsize=0,
        cwd="/",
        env={},
        start_new_session=True,
    ) as child:
        heard = _Heard()
        try:
            heard = _converse(child, data, until, limits.output_bytes)
        finally:
            # A child that has closed its output has nothing left to do; one that ended by itself
            # keeps the status it ended with.
            with contextlib.suppress(ProcessLookupError):
                os.killpg(child.pid, signal.SIGKILL)
            _, status, used = os.wait4(child.pid, 0)
            child.returncode = os.waitstatus_to_exitcode(status)
    return Outcome(
        bytes(heard.output),
        child.returncode if heard.complete else None,
        used.ru_utime + used.ru_stime,
        used.ru_maxrss * (1 if sys.platform == "darwin" else 1024),
        bytes(heard.last_words).decode("utf-8", "replace").strip(),
    )


@dataclass
class _Heard:
    """What a child said so far; ``complete`` where it ended its answer in time and length."""

    output: bytearray = field(default_factory=bytearray)
    last_words: bytearray = field(default_factory=bytearray)
    complete: bool = False


def _converse(child: subprocess.Popen[bytes], data: bytes, until: float, most: int) -> _Heard:
    """Feed ``data`` and collect the answer of at most ``most`` bytes until the time ``until``."""
    assert child.stdin is not None  # noqa: S101
    assert child.stdout is not None and child.stderr is not None  # noqa: S101
    left, heard = memoryview(data), _Heard()
    os.set_blocking(child.stdin.fileno(), False)
    with selectors.DefaultSelector() as ready:
        ready.register(child.stdin, selectors.EVENT_WRITE)
        ready.register(child.stdout, selectors.EVENT_READ)
        ready.register(child.stderr, selectors.EVENT_READ)
        while (wait := until - time.monotonic()) > 0:
            for key, _ in ready.select(wait):
                if key.fileobj is child.stdin:
                    left = _feed(child.stdin.fileno(), left)
                    if not left:
                        ready.unregister(child.stdin)
                        child.stdin.close()
                elif key.fileobj is child.stderr:
                    if not _hear(child.stderr.fileno(), heard.last_words):
                        ready.unregister(child.stderr)
                    del heard.last_words[:-_LAST_WORDS]
                elif not _hear(child.stdout.fileno(), heard.output):
                    heard.complete = True
                    _hear_out(child.stderr.fileno(), heard.last_words)
                    return heard
                elif len(heard.output) > most:
                    return _Heard(last_words=heard.last_words)
    return _Heard(last_words=heard.last_words)


def _hear(pipe: int, heard: bytearray) -> int:
    """Add what comes out of ``pipe``; 0 where it is closed."""
    chunk = os.read(pipe, _CHUNK)
    heard += chunk
    return len(chunk)


def _hear_out(pipe: int, heard: bytearray) -> None:
    """Add the words that still lie in ``pipe``, waiting for none."""
    os.set_blocking(pipe, False)
    with contextlib.suppress(BlockingIOError):
        while _hear(pipe, heard):
            del heard[:-_LAST_WORDS]


def _feed(pipe: int, left: memoryview) -> memoryview:
    """What is left after one write; nothing where the child no longer listens."""
    try:
        return left[os.write(pipe, left[:_CHUNK]) :]
    except BlockingIOError:
        return left
    except BrokenPipeError:
        return left[:0]
