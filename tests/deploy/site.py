"""A whole site as deploy/ sets it up: gunicorn, background worker and Varnish, on either engine."""

import json
import os
import secrets
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import psycopg2

from tests.deploy.varnish import ROOT, Varnish, ended, free_port, running_varnish, wait_for
from tests.postgres import given_url

HOST = "example.org"
# As deploy/systemd/ starts them.
GUNICORN = ["--worker-class", "gthread", "--workers", "2", "--threads", "4", "--no-control-socket"]
WORKER = ["db_worker", "--no-startup-delay", "--interval", "0.2"]


class Newsroom:
    """The desk of the site: does an act at a time, and says when it was committed."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process
        self._one_at_a_time = threading.Lock()

    def does(self, act: str, *arguments: Any) -> tuple[Any, float]:
        """Do an act of `tests.deploy.newsroom`; returns what came of it and the time."""
        assert self._process.stdin is not None and self._process.stdout is not None
        with self._one_at_a_time:
            self._process.stdin.write(json.dumps([act, *arguments]) + "\n")
            self._process.stdin.flush()
            answer = json.loads(self._process.stdout.readline())
        return answer["came"], answer["at"]


class Site:
    """A running site: its front cache, its desk, and the port of gunicorn behind the cache."""

    def __init__(self, varnish: Varnish, newsroom: Newsroom, port: int) -> None:
        self.varnish = varnish
        self.newsroom = newsroom
        self.port = port


@contextmanager
def running_site(folder: Path) -> Iterator[Site]:
    """Set a site up in an empty database and start everything that serves it."""
    site, cache = free_port(), free_port()
    with ExitStack() as stack:
        environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "cppcc.settings.production",
            "SECRET_KEY": secrets.token_urlsafe(60),
            "ALLOWED_HOSTS": HOST,
            "SITE_URL": f"https://{HOST}",
            "DATABASE_URL": stack.enter_context(empty_database(folder)),
            "VAR_DIR": str(folder),
            "BEHIND_TLS_PROXY": "1",
            "TRUSTED_PROXIES": "127.0.0.1",
            "FRONT_CACHES": f"http://127.0.0.1:{cache}",
        }
        log = stack.enter_context((folder / "log").open("wb"))

        def manage(*arguments: str) -> list[str]:
            return [sys.executable, "manage.py", *arguments]

        for command in (["migrate"], ["load_reference"], ["collectstatic", "--noinput"]):
            subprocess.run(
                manage(*command, "--verbosity", "0"),
                check=True,
                cwd=ROOT,
                env=environment,
                stdout=log,
            )

        def started(command: list[str]) -> subprocess.Popen[bytes]:
            process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)
            stack.callback(ended, process)
            return process

        varnish = stack.enter_context(running_varnish(folder / "cache", site=site, port=cache))
        server = [sys.executable, "-m", "gunicorn", "cppcc.wsgi", "--bind", f"127.0.0.1:{site}"]
        wait_for(site, started([*server, *GUNICORN]))
        started(manage(*WORKER, "--verbosity", "0"))
        newsroom = stack.enter_context(
            subprocess.Popen(
                [sys.executable, "-m", "tests.deploy.newsroom"],
                cwd=ROOT,
                env=environment,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
            )
        )
        # It ends with its last line.
        stack.callback(lambda: newsroom.stdin and newsroom.stdin.close())
        yield Site(varnish, Newsroom(newsroom), site)


@contextmanager
def empty_database(folder: Path) -> Iterator[str]:
    """Yield the DATABASE_URL of an empty database: of the server that the tests run on, or a file.

    The server's is dropped afterwards.
    """
    server = given_url(os.environ)
    if server is None:
        yield f"sqlite:///{folder / 'site.sqlite3'}"
        return
    name = f"front_cache_{os.getpid()}"
    connection = psycopg2.connect(server)
    connection.autocommit = True
    try:
        with connection.cursor() as cursor:
            cursor.execute(f"CREATE DATABASE {name}")
        yield f"{server.rsplit('/', 1)[0]}/{name}"
        with connection.cursor() as cursor:
            cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")
    finally:
        connection.close()
