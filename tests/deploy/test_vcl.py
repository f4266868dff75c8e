"""What Varnish keeps and forgets with the VCL of deploy/, before a site that can be held up."""

import gzip
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tests.deploy.varnish import Varnish, ask, running_varnish

pytestmark = pytest.mark.scale

KEPT = "public, max-age=0, must-revalidate, s-maxage=86400"


class Site:
    """A site of one text; `hold` keeps it from answering what it has read the text for."""

    def __init__(self) -> None:
        self.text = "old"
        self.status = 200
        self.keeping = KEPT
        self.asked: list[tuple[str, str, str]] = []
        self.reading = threading.Event()
        self.held = threading.Event()
        self.held.set()
        self.port = 0


@contextmanager
def listening() -> Iterator[Site]:
    site = Site()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            site.asked.append((self.command, self.path, self.headers.get("Cookie", "").rstrip(";")))
            text = site.text.encode()
            site.reading.set()
            site.held.wait(timeout=20)
            self.send_response(site.status)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(text)))
            self.send_header("Cache-Control", site.keeping)
            self.send_header("ETag", f'"{site.text}"')
            self.end_headers()
            self.wfile.write(text)

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    site.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield site
    finally:
        site.held.set()
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Site, Varnish]]:
    folder = tmp_path_factory.mktemp("vcl") / "v"
    with listening() as site, running_varnish(folder, site=site.port) as varnish:
        yield site, varnish


@pytest.fixture
def site(both: tuple[Site, Varnish]) -> Site:
    site, varnish = both
    ask(varnish.port, "/page/", method="PURGE")
    ask(varnish.port, "/remarks/", method="PURGE")
    site.text, site.status, site.keeping = "old", 200, KEPT
    site.asked.clear()
    site.reading.clear()
    return site


@pytest.fixture
def varnish(both: tuple[Site, Varnish]) -> Varnish:
    return both[1]


def read(varnish: Varnish, path: str = "/page/", **headers: str) -> str:
    return ask(varnish.port, path, **headers)[1].decode()


def test_what_says_s_maxage_is_kept_until_it_is_purged(site: Site, varnish: Varnish) -> None:
    assert read(varnish) == "old"
    site.text = "new"
    assert read(varnish) == "old"

    answer, _ = ask(varnish.port, "/page/", method="PURGE")

    assert answer.status == 200
    assert read(varnish) == "new"
    assert len(site.asked) == 2


def test_a_purge_forgets_every_query_and_every_name_of_the_site(
    site: Site, varnish: Varnish
) -> None:
    paths = ["/remarks/", "/remarks/?district=230112", "/remarks/?q=%E5%8D%8F%E5%95%86&page=2"]
    for path in paths:
        read(varnish, path)
    read(varnish, "/remarks/", Host="www.example.org")
    read(varnish, "/page/")
    site.text = "new"

    ask(varnish.port, "/remarks/", method="PURGE")

    assert [read(varnish, path) for path in paths] == ["new"] * 3
    assert read(varnish, "/remarks/", Host="www.example.org") == "new"
    assert read(varnish, "/page/") == "old"


def test_another_spelling_of_an_address_is_not_kept(site: Site, varnish: Varnish) -> None:
    read(varnish, "/%72emarks/")
    site.text = "new"

    assert read(varnish, "/%72emarks/") == "new"


def test_a_visitor_cannot_purge(site: Site, varnish: Varnish) -> None:
    read(varnish)
    site.text = "new"

    answer, _ = ask(varnish.port, "/page/", method="PURGE", X_Forwarded_Proto="https")

    assert answer.status == 405
    assert read(varnish) == "old"


@pytest.mark.parametrize("method", ["DELETE", "PUT", "TRACE", "BAN"])
def test_other_methods_do_not_reach_the_site(site: Site, varnish: Varnish, method: str) -> None:
    answer, _ = ask(varnish.port, "/page/", method=method)

    assert answer.status == 405
    assert site.asked == []


def test_what_does_not_say_s_maxage_is_not_kept(site: Site, varnish: Varnish) -> None:
    site.keeping = "no-cache"
    read(varnish)
    site.text = "new"
    assert read(varnish) == "new"

    site.keeping = KEPT
    read(varnish)
    site.text = "newest"

    assert read(varnish) == "new"


def test_a_notice_of_withdrawal_is_kept(site: Site, varnish: Varnish) -> None:
    site.status, site.text = 410, "gone"

    statuses = [ask(varnish.port, "/page/")[0].status for _ in range(2)]

    assert statuses == [410, 410]
    assert len(site.asked) == 1


def test_pages_are_asked_for_without_cookies_and_those_of_people_with_theirs(
    site: Site, varnish: Varnish
) -> None:
    own = "__Host-session=secret; reading=elder"
    for path in ("/page/", "/reading/mode.css", "/admin/", "/account/", "/contribute/"):
        read(varnish, path, Cookie=own)

    assert [cookie for _method, _path, cookie in site.asked] == ["", "reading=elder", own, own, own]


@pytest.mark.parametrize("path", ["/admin/", "/account/x/", "/contribute/", "/reading/mode.css"])
def test_what_is_for_one_person_is_never_kept(site: Site, varnish: Varnish, path: str) -> None:
    read(varnish, path, Cookie="reading=elder")
    site.text = "new"

    assert read(varnish, path, Cookie="reading=elder") == "new"


def test_readers_are_told_to_ask_again_and_nothing_of_the_cache(
    site: Site, varnish: Varnish
) -> None:
    answer, _ = ask(varnish.port, "/page/")

    assert answer.headers["Cache-Control"] == "no-cache"
    assert {"X-Varnish", "Via", "x-page", "x-purge"}.isdisjoint(answer.headers)


def test_a_kept_page_answers_conditions_head_and_compression(site: Site, varnish: Varnish) -> None:
    site.text = "old " * 500
    tag = ask(varnish.port, "/page/")[0].headers["ETag"]

    same, nothing = ask(varnish.port, "/page/", If_None_Match=tag)
    other, _ = ask(varnish.port, "/page/", If_None_Match='"other"')
    head, none = ask(varnish.port, "/page/", method="HEAD")
    small, packed = ask(varnish.port, "/page/", Accept_Encoding="br, gzip")

    assert (same.status, nothing, other.status) == (304, b"", 200)
    assert (head.status, none) == (200, b"")
    assert small.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed).decode() == site.text
    assert len(site.asked) == 1


def test_a_page_that_was_being_made_when_it_was_purged_is_not_kept(
    site: Site, varnish: Varnish
) -> None:
    """The page was read before the commit and arrives after the purge."""
    site.held.clear()
    with ThreadPoolExecutor() as readers:
        first = readers.submit(read, varnish)
        assert site.reading.wait(timeout=10)
        site.text = "new"
        ask(varnish.port, "/page/", method="PURGE")
        waiting = [readers.submit(read, varnish) for _ in range(3)]
        site.held.set()

        assert first.result() == "old"
        assert [one.result() for one in waiting] == ["new"] * 3
    assert read(varnish) == "new"
    assert len(site.asked) == 2


def test_nothing_old_is_served_while_the_site_is_away(tmp_path: Path) -> None:
    with ExitStack() as stack:
        with listening() as site:
            folder = tmp_path / "v"
            varnish = stack.enter_context(running_varnish(folder, site=site.port))
            assert [read(varnish, path) for path in ("/page/", "/remarks/")] == ["old", "old"]
            ask(varnish.port, "/page/", method="PURGE")

        purged, notice = ask(varnish.port, "/page/")

        assert (purged.status, purged.headers["Cache-Control"]) == (503, "no-store")
        assert "请稍后再试" in notice.decode()
        assert read(varnish, "/remarks/") == "old"
