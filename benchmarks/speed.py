"""How fast the pages are, as multiples of the floor: `make bench`.

``python -m benchmarks.speed SHARED NUMBER …`` fills a database for each number of remarks and
each engine, serves it with the production settings and drives every page in alternation with the
floor. DATABASE_URL names a PostgreSQL where databases may be made; without it SQLite alone is
measured. The report is Markdown, for docs/performance.md.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from benchmarks.addresses import Address
from benchmarks.driving import Drive, drive
from benchmarks.engines import Engine, engines_at
from benchmarks.report import circumstances, copies_table, memory_table, pages_table, start_table
from benchmarks.serving import Server, environment

ROUNDS = 3
SECONDS = 1
MANY = 8
WITHOUT_COPIES = {"KEEP_PAGES": "0"}


@dataclass
class Figures:
    """What was measured of one page of one archive, a drive a round; `cost` in seconds."""

    address: Address
    size: int
    floor: list[Drive] = field(default_factory=list)
    page: list[Drive] = field(default_factory=list)
    many: Drive | None = None
    cost: float = 0.0
    database_cost: float = 0.0
    floor_cost: float = 0.0


def program(name: str, *arguments: str, variables: dict[str, str]) -> str:
    """Run a module of this package and return what it printed."""
    command = [sys.executable, "-m", name, *arguments]
    done = subprocess.run(command, env=variables, check=True, stdout=subprocess.PIPE, text=True)
    return done.stdout


def fill(engine: Engine, sizes: Sequence[int], shared: Path, folder: Path) -> list[str]:
    """Fill one database for each size and return what the loader said of each."""
    return [
        program(
            "benchmarks.archive",
            *(str(shared), str(size)),
            variables=environment(engine.database(size), folder),
        )
        for size in sizes
    ]


def survey(engine: Engine, size: int, shared: Path, variables: dict[str, str]) -> list[Address]:
    """Return the pages of an archive, each with the number of its queries."""
    printed = program("benchmarks.addresses", str(shared), str(size), variables=variables)
    return [Address(**page) for page in json.loads(printed)]


def begin(server: Server, address: Address) -> Figures:
    """Return empty figures of a page that shows what it should; RuntimeError otherwise."""
    status, _tag, page = server.get(address.path)
    if problem := address.problem(status, page):
        raise RuntimeError(problem)
    return Figures(address, len(page.encode()))


def measure(servers: Sequence[Server], figures: Sequence[Figures], engine: Engine) -> None:
    """Drive one page of every archive, each round: floor, page, floor of the next, its page."""
    for server, found in zip(servers, figures, strict=True):
        # Also lets every worker and thread see the page before it is timed alone.
        found.many = drive(server.url(found.address.path), connections=MANY, seconds=SECONDS)
    for _ in range(ROUNDS):
        for server, found in zip(servers, figures, strict=True):
            before = server.seconds()
            ready = drive(server.url(f"/floor/{found.size}/"), connections=1, seconds=SECONDS)
            found.floor_cost += server.seconds() - before
            costs = server.seconds(), engine.seconds()
            shown = drive(server.url(found.address.path), connections=1, seconds=SECONDS)
            found.cost += server.seconds() - costs[0]
            found.database_cost += engine.seconds() - costs[1]
            found.floor.append(ready)
            found.page.append(shown)


def bench(engine: Engine, sizes: Sequence[int], shared: Path, folder: Path) -> None:
    """Print the tables of one engine."""
    plain = [environment(engine.database(size), folder, **WITHOUT_COPIES) for size in sizes]
    surveys = [
        survey(engine, size, shared, variables)
        for size, variables in zip(sizes, plain, strict=True)
    ]
    figures: list[list[Figures]] = []
    with ExitStack() as running:
        servers = [running.enter_context(Server(variables)) for variables in plain]
        for addresses in zip(*surveys, strict=True):
            row = [begin(server, a) for server, a in zip(servers, addresses, strict=True)]
            measure(servers, row, engine)
            figures.append(row)
        print(pages_table(engine.title, sizes, figures), flush=True)
        memory, first = servers[-1].memory(), servers[-1].first_answer
    check = _seconds(partial(_check, plain[-1]))
    print(start_table(check, first), memory_table(memory), sep="\n", flush=True)
    with Server(environment(engine.database(sizes[-1]), folder)) as server:
        kept = [begin(server, address) for address in surveys[-1]]
        for one in kept:
            measure([server], [one], engine)
        print(copies_table(engine.title, sizes[-1], kept), memory_table(server.memory()), sep="\n")


def _check(variables: dict[str, str]) -> None:
    command = [sys.executable, "manage.py", "check"]
    subprocess.run(command, env=variables, check=True, stdout=subprocess.DEVNULL)


def _seconds(act: Callable[[], object]) -> float:
    begun = time.perf_counter()
    act()
    return time.perf_counter() - begun


def main(arguments: list[str]) -> int:
    """Fill all databases, side by side, then measure one engine after the other."""
    shared, sizes = Path(arguments[0]), [int(size) for size in arguments[1:]]
    with tempfile.TemporaryDirectory(prefix="bench-") as name, ExitStack() as open_engines:
        folder = Path(name)
        engines = engines_at(os.environ.get("DATABASE_URL", ""), folder, open_engines)
        for engine in engines:
            engine.make(sizes)
        with ThreadPoolExecutor(len(engines)) as pool:
            filled = pool.map(lambda e: fill(e, sizes, shared, folder), engines)
            print(circumstances([line for lines in filled for line in lines]), flush=True)
        collect = [sys.executable, "manage.py", "collectstatic", "--noinput", "--verbosity", "0"]
        variables = environment(engines[0].database(sizes[0]), folder)
        subprocess.run(collect, env=variables, check=True)
        for engine in engines:
            bench(engine, sizes, shared, folder)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
