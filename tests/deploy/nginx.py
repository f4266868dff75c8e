"""Debian's nginx, on a port and in a folder of its own."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.deploy.varnish import ended, free_port, program, wait_for

# As Debian's own configuration: one process a core, files sent by the system.
CONF = """
daemon off;
pid {folder}/pid;
error_log {folder}/log;
{user}
worker_processes auto;
events {{ worker_connections 768; }}
http {{
    access_log off;
    sendfile on;
    tcp_nopush on;
    keepalive_requests 1000000;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    server {{
        listen 127.0.0.1:{port};
        root {files};
        default_type text/html;
    }}
}}
"""


@contextmanager
def serving(folder: Path, *, user: str) -> Iterator[tuple[int, Path]]:
    """Let nginx serve a folder of files; yields its port and the folder."""
    nginx, port, files = program("nginx"), free_port(), folder / "files"
    files.mkdir(parents=True)
    conf = folder / "nginx.conf"
    conf.write_text(CONF.format(folder=folder, files=files, port=port, user=user))
    process = subprocess.Popen([nginx, "-c", conf, "-p", folder, "-e", folder / "log"])
    try:
        wait_for(port, process)
        yield port, files
    finally:
        ended(process)
