"""Runs a command with DATABASE_URL pointing to PostgreSQL.

    python -m tests.postgres -- python -m pytest

A PostgreSQL that DATABASE_URL already names is used as it is. Otherwise a throw-away cluster is
made from Debian's binaries in a temporary folder, reached through a socket in that folder only,
and removed when the command ends, fails or is interrupted. No other cluster is ever touched.
"""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from urllib.parse import quote

import psycopg2

ROOT = Path(__file__).resolve().parent.parent
PORT = 5432  # Only part of the socket's file name: nothing listens on the network.
# A socket's whole path has to fit into 107 bytes.
LONGEST_FOLDER = 80
# What a crash would lose does not matter here; not waiting for the disk does.
SERVER_OPTIONS = (
    "listen_addresses=",
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
)
SECONDS_TO_START = 60
SECONDS_TO_STOP = 10


class UnusableError(Exception):
    """PostgreSQL cannot be used; the message says why in one line."""


def arguments(argv: Sequence[str]) -> list[str]:
    """Return the command that follows `--`; raise UnusableError when there is none."""
    if len(argv) < 2 or argv[0] != "--":
        raise UnusableError("Usage: python -m tests.postgres -- COMMAND [ARGUMENT…]")
    return list(argv[1:])


def given_url(environment: Mapping[str, str]) -> str | None:
    """Return DATABASE_URL when it names a PostgreSQL, else None."""
    url = environment.get("DATABASE_URL", "").strip()
    return url if url.split(":")[0] in {"postgres", "postgresql", "pgsql"} else None


def socket_url(folder: Path) -> str:
    """Return the DATABASE_URL of a server whose socket is in `folder`.

    >>> socket_url(Path("/tmp/pg"))
    'postgresql://postgres@%2Ftmp%2Fpg:5432/postgres'
    """
    return f"postgresql://postgres@{quote(str(folder), safe='')}:{PORT}/postgres"


def newest(folders: Sequence[Path]) -> Path | None:
    """Return the folder of the highest version among …/15/bin, …/9.6/bin and the like."""

    def version(folder: Path) -> tuple[int, ...]:
        return tuple(int(part) for part in folder.parent.name.split(".") if part.isdigit())

    return max(folders, key=version, default=None)


def binaries() -> Path:
    """Return the folder of initdb and postgres, installing PostgreSQL where that is possible."""
    if subprocess.run([ROOT / ".ci" / "needs", "postgresql"], check=False).returncode:
        raise SystemExit(1)  # Why has been said.
    folder = newest([file.parent for file in Path("/usr/lib/postgresql").glob("*/bin/initdb")])
    if folder is None:
        found = subprocess.run(
            ["pg_config", "--bindir"], check=True, capture_output=True, text=True
        )
        folder = Path(found.stdout.strip())
    return folder


class Cluster:
    """A PostgreSQL cluster in `folder`, which has to exist and to be empty."""

    def __init__(self, folder: Path, bin_folder: Path) -> None:
        if len(str(folder)) > LONGEST_FOLDER:
            raise UnusableError(f"{folder} is too long for a socket: set TMPDIR to a shorter path.")
        self.folder = folder
        self.data = folder / "data"
        self.bin = bin_folder
        # The server refuses to run as root; Debian's package brings the user postgres along.
        self.user = "postgres" if os.geteuid() == 0 else None
        self.started: list[subprocess.Popen[bytes]] = []

    def start(self) -> None:
        """Make the cluster, start its server and wait until it answers."""
        if self.user:
            shutil.chown(self.folder, self.user, self.user)
        # In the C locale the server takes no Chinese character for a letter.
        made = self._program(
            "initdb", "-E", "UTF8", "--locale=C.UTF-8", "-A", "trust", "-N", "-U", "postgres"
        )
        if made.wait():
            raise UnusableError(f"initdb failed: {self._log('initdb')}")
        options = ["-p", str(PORT), "-k", str(self.folder)]
        for option in SERVER_OPTIONS:
            options += ["-c", option]
        server = self._program("postgres", *options)
        for _ in range(10 * SECONDS_TO_START):
            if server.poll() is not None:
                break
            try:
                psycopg2.connect(socket_url(self.folder)).close()
            except psycopg2.OperationalError:
                time.sleep(0.1)
            else:
                return
        raise UnusableError(f"PostgreSQL did not start: {self._log('postgres')}")

    def stop(self) -> None:
        """Stop at once whatever runs; what the server holds is thrown away."""
        for process in self.started:
            if process.poll() is None:
                # initdb has children of its own, so the whole group is told.
                os.killpg(process.pid, signal.SIGQUIT)
                _wait_or(process, process.kill)
                process.wait()

    def _program(self, name: str, *options: str) -> subprocess.Popen[bytes]:
        with (self.folder / f"{name}.log").open("wb") as log:
            process = subprocess.Popen(
                [str(self.bin / name), "-D", str(self.data), *options],
                cwd=self.folder,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                user=self.user,
                group=self.user,
                extra_groups=[] if self.user else None,
                # Ctrl-C ends the command first, then the server by stop().
                start_new_session=True,
            )
        self.started.append(process)
        return process

    def _log(self, name: str) -> str:
        return (self.folder / f"{name}.log").read_text(encoding="utf-8", errors="replace").strip()


def version(url: str) -> str:
    """Return the server's version; raise UnusableError for the C locale."""
    try:
        connection = psycopg2.connect(url)
    except psycopg2.OperationalError as error:
        raise UnusableError(f"PostgreSQL does not answer: {str(error).strip()}") from error
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_setting('server_version'), '座' ~ '[[:alpha:]]'")
            number, sees_chinese = cursor.fetchone() or ("", False)
    finally:
        connection.close()
    if not sees_chinese:
        raise UnusableError("PostgreSQL takes no Chinese character for a letter: lc_ctype is C.")
    return str(number).split()[0]


@contextmanager
def throw_away_cluster() -> Iterator[str]:
    """Yield the DATABASE_URL of a new cluster that is gone afterwards."""
    bin_folder = binaries()
    folder = Path(tempfile.mkdtemp(prefix="zhaibian-pg-"))
    try:
        cluster = Cluster(folder, bin_folder)
        try:
            cluster.start()
            yield socket_url(folder)
        finally:
            # A second Ctrl-C must not leave a server behind.
            for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
                signal.signal(number, signal.SIG_IGN)
            cluster.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def run(command: Sequence[str], url: str) -> int:
    """Run `command` with DATABASE_URL set and return its exit status.

    Ctrl-C reaches the command from the terminal; any other end is passed on to it.
    """
    try:
        process = subprocess.Popen(command, env={**os.environ, "DATABASE_URL": url})
    except OSError as error:
        raise UnusableError(f"{command[0]} cannot be run: {error.strerror}.") from error
    with process:
        try:
            return process.wait()
        except KeyboardInterrupt:
            _wait_or(process, process.terminate)
            raise
        except SystemExit:
            process.terminate()
            raise
        finally:
            _wait_or(process, process.kill)


def _wait_or(process: subprocess.Popen[bytes], end: Callable[[], None]) -> None:
    try:
        process.wait(timeout=SECONDS_TO_STOP)
    except subprocess.TimeoutExpired:
        end()


def _leave(number: int, frame: FrameType | None) -> None:
    raise SystemExit(128 + number)


def main(argv: Sequence[str]) -> int:
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _leave)
    try:
        command = arguments(argv)
        url = given_url(os.environ)
        if url:
            print(f"== tests on PostgreSQL {version(url)}, named by DATABASE_URL ==", flush=True)
            return run(command, url)
        with throw_away_cluster() as url:
            print(f"== tests on PostgreSQL {version(url)}, throw-away cluster ==", flush=True)
            return run(command, url)
    except UnusableError as problem:
        print(problem, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 128 + signal.SIGINT


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
