"""The front cache of deploy/ before the whole site: how fast, how often it answers, and that what
was changed or withdrawn is not seen again.
"""

import gzip
import json
import os
import random
import re
import statistics
import subprocess
import threading
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import accumulate, cycle
from pathlib import Path
from urllib.parse import quote

import pytest

from tests.deploy.nginx import serving
from tests.deploy.site import HOST, Site, running_site
from tests.deploy.varnish import ask, program

pytestmark = pytest.mark.scale

REMARKS = 400
ROUNDS = 11
REQUESTS = 20_000
PUBLICATIONS = 5
READERS = 8
WITHDRAWALS = 4


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    program("nginx")
    program("wrk")
    with running_site(tmp_path_factory.mktemp("site")) as running:
        yield running


@pytest.fixture(scope="module")
def pages(site: Site) -> list[str]:
    """The addresses of all public pages."""
    found, _at = site.newsroom.does("open", REMARKS)
    assert len(found) > REMARKS
    return list(found)


def requests_a_second(port: int, path: str) -> float:
    """Drive one address with wrk as browsers ask for it."""
    headers = [f"Host: {HOST}", "X-Forwarded-Proto: https", "Accept-Encoding: gzip"]
    done = subprocess.run(
        [program("wrk"), "-t1", "-c16", "-d1s", f"http://127.0.0.1:{port}{path}"]
        + [part for header in headers for part in ("-H", header)],
        check=True,
        capture_output=True,
        text=True,
    )
    assert "Non-2xx" not in done.stdout and "Socket errors" not in done.stdout, done.stdout
    found = re.search(r"Requests/sec:\s+([\d.]+)", done.stdout)
    assert found is not None
    return float(found[1])


@pytest.mark.parametrize("path", ["/", "/meetings/1/", "/remarks/1/"])
def test_a_kept_page_is_served_like_a_file(
    site: Site, pages: list[str], tmp_path: Path, path: str, capsys: pytest.CaptureFixture[str]
) -> None:
    _answer, packed = ask(site.varnish.port, path, Accept_Encoding="gzip")
    user = "user root;" if os.geteuid() == 0 else ""
    with serving(tmp_path / "nginx", user=user) as (port, files):
        (files / "page.html").write_bytes(packed)
        # One after the other, so that both of a pair meet the same company on the machine.
        pairs = [
            (
                requests_a_second(site.varnish.port, path),
                requests_a_second(port, "/page.html"),
            )
            for _ in range(ROUNDS)
        ]

    ratio = statistics.median(varnish / nginx for varnish, nginx in pairs)
    varnish, nginx = (statistics.median(one) for one in zip(*pairs, strict=True))
    with capsys.disabled():
        print(
            f"\n{path}: {len(packed):,} bytes, Varnish {varnish:,.0f} requests/s, "
            f"nginx with a file {nginx:,.0f}, ratio {ratio:.2f}"
        )
    assert ratio >= 0.8


def test_most_readers_are_answered_from_the_cache(
    site: Site, pages: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    """Readers draw addresses by Zipf's law from an empty cache, while the newsroom publishes."""
    draw = random.Random(7)
    order = draw.sample(pages, len(pages))
    weights = list(accumulate(1 / rank for rank in range(1, len(order) + 1)))
    drawn = draw.choices(order, cum_weights=weights, k=REQUESTS)
    for page in pages:
        ask(site.varnish.port, page, method="PURGE")
    counters = ("MAIN.cache_hit", "MAIN.cache_miss", "MAIN.s_pass")
    before = [site.varnish.counted(name) for name in counters]

    with ThreadPoolExecutor(READERS) as readers:
        for number in range(PUBLICATIONS):
            part = drawn[number::PUBLICATIONS]
            statuses = readers.map(lambda path: ask(site.varnish.port, path)[0].status, part)
            site.newsroom.does("publish", "座谈", f"读者在读第{number}号")
            assert set(statuses) == {200}

    hits, misses, passed = (
        site.varnish.counted(name) - count for name, count in zip(counters, before, strict=True)
    )
    ratio = hits / (hits + misses + passed)
    with capsys.disabled():
        print(
            f"\n{REQUESTS:,} requests for {len(pages)} pages, {PUBLICATIONS} publications: "
            f"hit ratio {ratio:.3f} ({misses} misses, {passed} passed)"
        )
    assert ratio >= 0.95


def seconds_until(site: Site, path: str, text: str, *, since: float, shown: bool = True) -> float:
    """Return how long after `since` a page has the text, or no longer has it."""
    while time.time() - since < 10:
        begun = time.time()
        if (text in ask(site.varnish.port, path)[1].decode()) == shown:
            return begun - since
        time.sleep(0.01)
    raise AssertionError(f"{path} has not changed in 10 seconds")


def test_every_act_is_seen_within_a_second(
    site: Site, pages: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    took: dict[str, list[float]] = {"publication": [], "correction": [], "withdrawal": []}
    for number in range(WITHDRAWALS):
        heading, wording = f"抢修水渠第{number}号", f"改口第{number}号"
        for path in ("/", "/remarks/", "/meetings/"):
            ask(site.varnish.port, path)
        came, at = site.newsroom.does("publish", heading, heading)
        for path in ("/", "/remarks/", "/meetings/"):
            took["publication"].append(seconds_until(site, path, heading, since=at))
        page = f"/remarks/{came['remark']}/"
        seconds_until(site, page, heading, since=at)
        _came, at = site.newsroom.does("correct", came["remark"], wording)
        took["correction"].append(seconds_until(site, page, wording, since=at))
        seconds_until(site, "/remarks/", wording, since=at)
        _came, at = site.newsroom.does("withdraw", came["remark"])
        for path in (page, "/remarks/"):
            took["withdrawal"].append(seconds_until(site, path, wording, since=at, shown=False))
    with capsys.disabled():
        for act, seconds in took.items():
            print(
                f"\n{act} seen after {statistics.median(seconds):.2f} s, at most "
                f"{max(seconds):.2f} s",
                end="",
            )
        print()
    assert max(max(seconds) for seconds in took.values()) < 1


@dataclass(frozen=True)
class Seen:
    """What a reader got: when asked, of what, and whether the withdrawn text was in it."""

    at: float
    path: str
    headers: str
    status: int
    shown: bool


def kinds_of_readers(tags: dict[str, str], path: str) -> list[tuple[str, dict[str, str]]]:
    """Return methods and headers: plain, compressed, conditional."""
    return [
        ("GET", {}),
        ("GET", {"Accept_Encoding": "gzip, br"}),
        ("GET", {"Accept_Encoding": "identity", "Cookie": "reading=elder"}),
        ("GET", {"If_None_Match": tags.get(path, "")}),
        ("HEAD", {"If_None_Match": tags.get(path, "")}),
        ("HEAD", {}),
    ]


def reads(
    site: Site, paths: Sequence[str], tags: dict[str, str], text: str, stop: threading.Event
) -> list[Seen]:
    """Ask for the addresses in turn, in every way, until told to stop."""
    seen = []
    for path in cycle(paths):
        for method, headers in kinds_of_readers(tags, path):
            at = time.time()
            answer, body = ask(site.varnish.port, path, method=method, **headers)
            packed = answer.headers.get("Content-Encoding") == "gzip"
            words = gzip.decompress(body) if packed and body else body
            # To whoever holds the page, 304 says that it may be shown as it was.
            same = answer.status == 304 or answer.headers.get("ETag") == tags.get(path, "none")
            shown = text in words.decode() or same
            seen.append(Seen(at, path, json.dumps([method, headers]), answer.status, shown))
            if stop.is_set():
                return seen
    raise AssertionError("There is nothing to read")


def test_a_withdrawn_text_is_never_seen_again(
    site: Site, pages: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    asked, late = 0, 0.0
    for number in range(WITHDRAWALS):
        text = f"不应再见第{number}号"
        came, _at = site.newsroom.does("publish", "座谈", text)
        wait_until_told(site)
        paths = [
            f"/remarks/{came['remark']}/",
            f"/meetings/{came['meeting']}/",
            f"/meetings/{came['meeting']}/?view=full",
            "/remarks/",
            "/remarks/?district=230112",
            "/remarks/?theme=consultation&sort=newest",
            f"/remarks/?meeting={came['meeting']}",
            f"/remarks/?q={quote('提出建议')}",
            f"/%72emarks/{came['remark']}/",
            f"/units/{came['unit']}/",
            "/districts/230112/",
            "/themes/consultation/",
            "/feeds/remarks.atom",
            "/",
        ]
        firsts = {path: ask(site.varnish.port, path) for path in paths}
        assert all(text in body.decode() for _answer, body in firsts.values())
        tags = {path: answer.headers["ETag"] for path, (answer, _body) in firsts.items()}
        stop = threading.Event()
        with ThreadPoolExecutor(READERS) as readers:
            reading = [
                readers.submit(reads, site, paths[place:] + paths[:place], tags, text, stop)
                for place in range(READERS)
            ]
            try:
                time.sleep(0.5)
                _came, committed = site.newsroom.does("withdraw", came["remark"])
                told = wait_until_told(site)
                time.sleep(3)
            finally:
                stop.set()
        seen = [one for done in reading for one in done.result()]

        assert any(one.shown for one in seen if one.at < committed)
        assert [one for one in seen if one.shown and one.at > told] == []
        assert {one.status for one in seen if one.path == paths[0] and one.at > told} == {410}
        asked += sum(one.at > told for one in seen)
        late = max(late, told - committed)
    with capsys.disabled():
        print(
            f"\n{WITHDRAWALS} withdrawals: the purge was done {late:.2f} s after the commit at "
            f"most; none of {asked:,} answers asked for afterwards had the text"
        )
    assert late < 1
    assert asked > 1000


def wait_until_told(site: Site) -> float:
    """Wait until the caches have heard of everything; returns the time at which they had."""
    for _ in range(1000):
        waiting, at = site.newsroom.does("untold")
        if not waiting:
            return at
        time.sleep(0.01)
    raise AssertionError("The outbox is never empty")
