"""How fast search is: building the index, its size, and answers with facets and passages.

``python -m benchmarks.search SHARED [NUMBER …]`` fills an empty database with as many remarks of
the workload, for each number in turn. DATABASE_URL names a PostgreSQL whose database holds
nothing; without it a file of SQLite is made and thrown away. Drawing the texts is timed apart.
"""

from __future__ import annotations

import math
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from itertools import product
from pathlib import Path

ROUNDS = 40
PER_PAGE = 20
# The shares of remarks in which a word stands, and the milliseconds that 95 of 100 answers may
# take on SQLite and PostgreSQL.
CLASSES = (
    ("rare", 0.001, {"sqlite": 50, "postgresql": 80}),
    ("usual", 0.045, {"sqlite": 50, "postgresql": 80}),
    ("frequent", 0.15, {"sqlite": 200, "postgresql": 200}),
    ("very common", 1.0, {"sqlite": 250, "postgresql": 250}),
)
LEAST_BUILT = {"sqlite": 1000, "postgresql": 300}
MOST_SIZE = {"sqlite": 1.5, "postgresql": 5.0}


def bench(shared: Path, number: int) -> bool:
    """Print all figures of an archive of `number` remarks; True where every aim is met."""
    from django.core.management import call_command
    from django.db import connection

    from benchmarks import phrases
    from benchmarks.archive import Archive, complete, read_workload

    print(f"== {connection.display_name}, {number:,} remarks ==", flush=True)
    call_command("migrate", verbosity=0)
    archive = Archive(read_workload(shared).Workload(number))
    begun = time.perf_counter()
    archive.load()
    loaded = time.perf_counter() - begun - archive.generated
    print(f"  texts drawn in {archive.generated:.1f} s, rows written in {loaded:.1f} s")
    good = _building(number, archive.bytes)
    complete()
    _first_answer()
    for length, words in _words(archive.workload, number).items():
        for (name, _share, aims), (word, count) in zip(CLASSES, words, strict=True):
            title = f"{name}, {length} characters, in {100 * count / number:.2f} %"
            good = _answers(title, word, count, aims[connection.vendor]) and good
    _plans(archive.workload, number)
    counts = counts_in(archive.workload)
    return phrases.bench(counts[2] | counts[4], number) and good


def _building(number: int, text: int) -> bool:
    from django.db import connection

    from speeches.search.rebuilding import rebuild
    from speeches.search.storage import NAME

    begun = time.perf_counter()
    rebuild()
    rate = number / (time.perf_counter() - begun)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT pg_total_relation_size(%s::regclass)", [NAME])
        else:
            cursor.execute("SELECT sum(pgsize) FROM dbstat WHERE name LIKE %s", [f"{NAME}_%"])
        ratio = cursor.fetchone()[0] / text
    vendor = connection.vendor
    good = rate >= LEAST_BUILT[vendor] and ratio <= MOST_SIZE[vendor]
    print(
        f"  index built at {rate:,.0f} remarks/s (at least {LEAST_BUILT[vendor]:,}), "
        f"{ratio:.2f} times the text (at most {MOST_SIZE[vendor]}){_verdict(good)}",
        flush=True,
    )
    return good


def counts_in(workload: object) -> dict[int, dict[str, int]]:
    """Return words of two and of four characters, each with the number of remarks it stands in."""
    from speeches.search.asking import parse
    from speeches.search.finding import hits_of

    vocabulary = [w for w in workload.vocabulary if len(w) == 2]  # type: ignore[attr-defined]
    candidates = {
        2: [*vocabulary[:60], *vocabulary[60::20], "榫卯", "麒麟"],
        4: [*map("".join, product(vocabulary[:12], repeat=2)), "珐琅翡翠"],
    }
    return {
        length: {w: hits.count for w in words if (hits := hits_of(parse(w)))}
        for length, words in candidates.items()
    }


def _words(workload: object, number: int) -> dict[int, list[tuple[str, int]]]:
    """Return words of two and of four characters whose share is nearest to that of each class."""
    return {
        length: [
            min(counts.items(), key=lambda item: abs(item[1] / number - share))
            for _name, share, _aims in CLASSES
        ]
        for length, counts in counts_in(workload).items()
    }


def _first_answer() -> None:
    """Print what a process takes for its first answer: it reads the table of characters."""
    code = (
        "import django; django.setup(); import cppcc.urls; "
        "from benchmarks.search import answer, _milliseconds; "
        "print(*(_milliseconds(lambda: answer('麒麟', 1)) for _ in range(2)))"
    )
    found = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    first, second = map(float, found.stdout.split())
    print(f"  the first answer of a process took {first:.0f} ms, its second {second:.0f} ms")


def _answers(title: str, word: str, count: int, aim: int) -> bool:
    pages = [1] if count <= 49 * PER_PAGE else [1, 50]
    good = True
    for page in pages:
        times = sorted(_milliseconds(partial(answer, word, page)) for _ in range(ROUNDS))
        # The smallest that 95 of 100 answers do not take longer than.
        middle, high = statistics.median(times), times[math.ceil(0.95 * len(times)) - 1]
        good = good and high <= aim
        print(
            f"  {title:44} {word:5} page {page:2}  p50 {middle:6.1f} ms  p95 {high:6.1f} ms "
            f"(at most {aim}){_verdict(high <= aim)}",
            flush=True,
        )
    return good


def answer(word: str, page: int) -> int:
    """Do what a page of results does: total, facets, twenty remarks, their passages."""
    from django.http import QueryDict

    from speeches.filters import RemarkFilter
    from speeches.records import found_rows

    params = QueryDict(mutable=True)
    params["q"] = word
    asked = RemarkFilter(params)
    asked.facets()
    total = asked.total()
    start = (page - 1) * PER_PAGE
    rows = found_rows(asked.ranked()[start : start + PER_PAGE], asked.asked)
    return total if rows else 0


def _milliseconds(act: Callable[[], object]) -> float:
    begun = time.perf_counter()
    act()
    return 1000 * (time.perf_counter() - begun)


def _plans(workload: object, number: int) -> None:
    """Print how the engine goes about the statements of one answer."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    (word, _count) = _words(workload, number)[4][1]
    with CaptureQueriesContext(
        connection,
    ) as captured:
        answer(word, 1)
    explain = "EXPLAIN" if connection.vendor == "postgresql" else "EXPLAIN QUERY PLAN"
    for query in captured.captured_queries:
        statement = query["sql"].rpartition("off; ")[2]
        if not statement.startswith("SELECT"):
            continue
        print(f"  -- {statement[:70]}… {statement[-60:]}")
        with connection.cursor() as cursor:
            if "tokens @@" in statement:
                cursor.execute("SET enable_seqscan = off")
            cursor.execute(f"{explain} {statement}".replace("%", "%%"), [])
            for row in cursor.fetchall():
                print(f"     {str(row[-1])[:150]}")
            if connection.vendor == "postgresql":
                cursor.execute("RESET enable_seqscan")


def _verdict(good: bool) -> str:
    return "" if good else "  MISSED"


def main(arguments: list[str]) -> int:
    """Run every size; 1 where an aim is missed."""
    shared, sizes = Path(arguments[0]), [int(size) for size in arguments[1:]] or [10_000]
    os.environ["DJANGO_SETTINGS_MODULE"] = "cppcc.settings.test"
    with tempfile.TemporaryDirectory() as folder:
        if not os.environ.get("DATABASE_URL"):
            os.environ["DATABASE_URL"] = f"sqlite:///{folder}/archive.sqlite3"
        import django

        django.setup()
        from django.core.management import call_command

        good = True
        for size in sizes:
            good = bench(shared, size) and good
            if size != sizes[-1]:
                call_command("migrate", "speeches", "zero", verbosity=0)
    return int(not good)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
