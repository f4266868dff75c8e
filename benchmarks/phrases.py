"""How fast phrases are: pages, files, and an editor who begins to follow one.

``python -m benchmarks.phrases SHARED NUMBER`` measures the archive of NUMBER remarks that the
database has (`benchmarks.archive`), which nobody else writes to; `benchmarks.search` does the same
with the one it fills. What it follows it drops again.
"""

from __future__ import annotations

import os
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlencode

ROUNDS = 5
# The shares of remarks in which a phrase stands.
CLASSES = (("rare", 0.001), ("usual", 0.05), ("very common", 1.0))
TOGETHER = 5
# The seconds in which a reader's page, and an editor's saving, should answer.
MOST_READING, MOST_SAVING = 0.3, 2.0


def bench(counts: dict[str, int], number: int) -> bool:
    """Print how long everything takes; True where every aim is met.

    `counts`: words of the workload, each with the number of remarks it stands in.
    """
    plain = 1000 * _seconds(_fetched("/search/"))
    print(f"  -- phrases; the page of search without a question takes {plain:.0f} ms")
    good = True
    for name, share in CLASSES:
        words = sorted(counts, key=lambda word: abs(counts[word] / number - share))[:TOGETHER]
        word = words[0]
        title = f"{name}, in {100 * counts[word] / number:.2f} %"
        asked, together = urlencode({"p": word}), urlencode([("p", one) for one in words])
        for what, path, most in (
            ("page", f"/phrases/?{asked}", MOST_READING),
            ("page, by right neighbour", f"/phrases/?{asked}&sort=right", MOST_READING),
            (f"{TOGETHER} on one chart", f"/phrases/?{together}", TOGETHER * MOST_READING),
            ("months as CSV", f"/phrases/months.csv?{asked}", MOST_READING),
        ):
            good = _print(title, word, what, _seconds(_fetched(path)), most) and good
        taken = _seconds(_fetched(f"/phrases/concordance.csv?{asked}"), rounds=1)
        rate = counts[word] / taken
        _print(title, word, f"whole concordance, {rate:,.0f} remarks/s", taken, None)
        good = _following(title, word) and good
    return good


def _following(title: str, word: str) -> bool:
    """Measure saving a followed phrase, and its page."""
    from django.utils import timezone

    from speeches.models import Phrase
    from speeches.moderation.phrasing import drop_phrase, keep_phrase

    phrase, now = Phrase(text=word), timezone.now()

    def save() -> None:
        keep_phrase(phrase, variants=[], by=None, at=now)

    good = _print(title, word, "saving it to be followed", _seconds(save, rounds=1), MOST_SAVING)
    page = _seconds(_fetched(phrase.get_absolute_url()))
    good = _print(title, word, "page of the followed phrase", page, MOST_READING) and good
    drop_phrase(phrase, by=None, at=now)
    return good


def _fetched(path: str) -> Callable[[], object]:
    """Return what fetches a page or file to its end, as a reader without a copy."""
    from django.test import Client

    client = Client()

    def fetch() -> None:
        response = client.get(path)
        if response.status_code != 200 or not response.getvalue():
            raise SystemExit(f"{path}: {response.status_code}")

    return fetch


def _seconds(act: Callable[[], object], rounds: int = ROUNDS) -> float:
    """Return the median."""
    taken = []
    for _round in range(rounds):
        begun = time.perf_counter()
        act()
        taken.append(time.perf_counter() - begun)
    return statistics.median(taken)


def _print(title: str, word: str, what: str, taken: float, most: float | None) -> bool:
    good = most is None or taken <= most
    aim = "" if most is None else f"  (at most {most:.1f} s)"
    print(f"  {title:24} {word:5} {what:44} {taken:7.3f} s{aim}{'' if good else '  MISSED'}")
    return good


def main(arguments: list[str]) -> int:
    """Measure the archive that is there; 1 where an aim is missed."""
    shared, number = Path(arguments[0]), int(arguments[1])
    os.environ["DJANGO_SETTINGS_MODULE"] = "cppcc.settings.test"
    import django

    django.setup()
    from benchmarks.archive import read_workload
    from benchmarks.search import counts_in

    counts = counts_in(read_workload(shared).Workload(number))
    return int(not bench(counts[2] | counts[4], number))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
