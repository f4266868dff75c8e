"""Quality: the figures of what was read, computed from import reports and kept.

Figures are of the importer's own reading, before any editor touched the draft: they tell how far
a page can be trusted, and whether the next version of the importer reads better.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from speeches.models import BatchFile, ImportBatch, ImportRun, QualityReport


@dataclass(frozen=True)
class Figures:
    """Numbers of one page or of many; characters are those that are not white space."""

    pages: int = 0
    remarks: int = 0
    # Kind of doubt -> how often.
    doubts: Mapping[str, int] = field(default_factory=dict)
    characters: int = 0
    placed: int = 0
    set_aside: int = 0
    lost: int = 0
    # Time the importer took, without waiting for its turn.
    seconds: float = 0.0
    # State of a batch's files -> how many; empty for a single page.
    files: Mapping[str, int] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """Return plain values for a JSON column."""
        return {**asdict(self), "seconds": round(self.seconds, 4)}


def figures_of(report: Mapping[str, Any], *, seconds: float = 0.0) -> Figures:
    """Return the figures of one page from its import report (REPORT.md)."""
    coverage = report["coverage"]
    notices = [*report["warnings"], *(n for r in report["remarks"] for n in r["warnings"])]
    return Figures(
        pages=1,
        remarks=len(report["remarks"]),
        doubts=_sorted(Counter(notice["code"] for notice in notices)),
        characters=coverage["characters"],
        placed=coverage["placed"],
        set_aside=coverage["set_aside"],
        lost=coverage["lost"],
        seconds=seconds,
    )


def total(parts: Iterable[Figures]) -> Figures:
    """Return the sum of figures, kind of doubt by kind of doubt."""
    numbers: Counter[str] = Counter()
    doubts: Counter[str] = Counter()
    files: Counter[str] = Counter()
    seconds = 0.0
    for part in parts:
        doubts.update(part.doubts)
        files.update(part.files)
        seconds += part.seconds
        numbers.update({name: getattr(part, name) for name in _NUMBERS})
    return Figures(doubts=_sorted(doubts), files=_sorted(files), seconds=seconds, **dict(numbers))


_NUMBERS = ("pages", "remarks", "characters", "placed", "set_aside", "lost")


def keep_of_run(run: ImportRun, *, seconds: float, at: dt.datetime) -> QualityReport:
    """Store the figures of one reading; `seconds` is the time it took."""
    figures = figures_of(run.report, seconds=seconds)
    return QualityReport.objects.create(run=run, figures=figures.as_json(), made_at=at)


def keep_of_batch(batch: ImportBatch, *, at: dt.datetime) -> QualityReport:
    """Store the figures of a batch that is done: the sum of the pages it read itself.

    A file that was known before counts among the files, not among the pages.
    """
    states = Counter(batch.files.values_list("state", flat=True))
    read = batch.files.filter(state=BatchFile.State.READ).in_order()
    rows = read.values_list("run__report", "run__quality__figures__seconds").iterator()
    pages = (figures_of(report, seconds=seconds or 0.0) for report, seconds in rows)
    figures = total([Figures(files=states), *pages])
    report, _new = QualityReport.objects.update_or_create(
        batch=batch, defaults={"figures": figures.as_json(), "made_at": at}
    )
    return report


def _sorted(counted: Mapping[str, int]) -> dict[str, int]:
    return dict(sorted(counted.items()))
