"""What nginx lets through with the configuration of deploy/, before a cache and a desk."""

import gzip
import os
import ssl
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from http.client import HTTPResponse, HTTPSConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from tests.deploy.varnish import ROOT, ended, free_port, program, wait_for

pytestmark = pytest.mark.scale

CONF = (ROOT / "deploy" / "nginx" / "zhaibian.conf").read_text(encoding="utf-8")
HTTP = """
daemon off;
pid {folder}/pid;
{user}
events {{ }}
http {{
    include /etc/nginx/mime.types;
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    {server}
}}
"""


@contextmanager
def behind(name: str) -> Iterator[int]:
    """Let a program listen that says its name and what it was told."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            text = f"{name}\n{self.path}\n{self.headers}".encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(text)))
            self.end_headers()
            self.wfile.write(text)

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """The port of nginx, with a certificate of its own and one static file."""
    nginx, folder, listens = program("nginx"), tmp_path_factory.mktemp("nginx"), free_port()
    key, certificate = folder / "privkey.pem", folder / "fullchain.pem"
    subprocess.run(
        [
            *(program("openssl"), "req", "-x509", "-newkey", "rsa:2048", "-nodes"),
            *("-subj", "/CN=x", "-keyout", key, "-out", certificate),
        ],
        check=True,
        capture_output=True,
    )
    static = folder / "var" / "staticfiles" / "public"
    static.mkdir(parents=True)
    for name in ("site.css", "site.0123456789ab.css"):
        (static / name).write_text("body {}")
        (static / f"{name}.gz").write_bytes(gzip.compress(b"body {}"))
    folder.chmod(0o755)
    with ExitStack() as stack:
        conf = CONF.replace("/etc/ssl/zhaibian", str(folder)).replace("/srv/zhaibian", str(folder))
        for was, now in {
            "listen [::]:80;": "",
            "listen [::]:443 ssl http2;": "",
            "listen 80;": f"listen 127.0.0.1:{free_port()};",
            "listen 443 ssl http2;": f"listen 127.0.0.1:{listens} ssl http2;",
            "127.0.0.1:6081": f"127.0.0.1:{stack.enter_context(behind('cache'))}",
            "127.0.0.1:8000": f"127.0.0.1:{stack.enter_context(behind('desk'))}",
        }.items():
            assert was in conf
            conf = conf.replace(was, now)
        file = folder / "nginx.conf"
        user = "user root;" if os.geteuid() == 0 else ""
        file.write_text(HTTP.format(folder=folder, server=conf, user=user))
        process = subprocess.Popen([nginx, "-c", file, "-p", folder, "-e", folder / "log"])
        stack.callback(ended, process)
        wait_for(listens, process)
        yield listens


def ask(
    port: int, path: str, *, method: str = "GET", body: bytes | None = None, **headers: str
) -> tuple[HTTPResponse, str]:
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    connection = HTTPSConnection("127.0.0.1", port, timeout=20, context=context)
    try:
        named = {name.replace("__", "-"): value for name, value in headers.items()}
        connection.request(method, path, body, {"Host": "zhaibian.example.org", **named})
        answer = connection.getresponse()
        return answer, answer.read().decode("latin-1")
    finally:
        connection.close()


@pytest.mark.parametrize(
    ("path", "who"),
    [
        ("/", "cache"),
        ("/remarks/?page=2", "cache"),
        ("/administration/", "cache"),
        ("/admin/", "desk"),
        ("/account/second-step/", "desk"),
        ("/contribute/", "desk"),
    ],
)
def test_readers_are_answered_by_the_cache_and_people_who_sign_in_by_the_desk(
    port: int, path: str, who: str
) -> None:
    assert ask(port, path)[1].startswith(f"{who}\n{path}\n")


@pytest.mark.parametrize("method", ["PURGE", "BAN", "PUT", "DELETE", "TRACE", "OPTIONS"])
def test_only_reading_and_sending_forms_gets_through(port: int, method: str) -> None:
    assert ask(port, "/", method=method)[0].status == 405


def test_what_a_visitor_says_of_address_and_scheme_is_replaced(port: int) -> None:
    _answer, told = ask(
        port,
        "/",
        X__Forwarded__For="203.0.113.9",
        X__Forwarded__Proto="http",
        Forwarded="for=203.0.113.9",
        PATH_INFO="/admin/",
    )

    assert "X-Forwarded-For: 127.0.0.1\n" in told
    assert "X-Forwarded-Proto: https\n" in told
    assert "Host: zhaibian.example.org\n" in told
    assert "203.0.113.9" not in told and "PATH_INFO" not in told


def test_static_files_come_from_the_disk_compressed_and_hashed_ones_for_good(port: int) -> None:
    plain, _text = ask(port, "/static/public/site.css", Accept__Encoding="gzip")
    hashed, _text = ask(port, "/static/public/site.0123456789ab.css")
    missing, _text = ask(port, "/static/public/none.css")

    assert plain.headers["Content-Encoding"] == "gzip"
    assert plain.headers["Content-Type"] == "text/css; charset=utf-8"
    assert plain.headers["X-Content-Type-Options"] == "nosniff"
    assert plain.headers["Cache-Control"] == "public, max-age=3600"
    assert hashed.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert missing.status == 404


def test_only_people_who_sign_in_send_much(port: int) -> None:
    much = b"x" * 100_000

    assert ask(port, "/reading/", method="POST", body=much)[0].status == 413
