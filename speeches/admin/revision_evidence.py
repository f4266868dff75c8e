"""Why the importer decided as it did: the signs it weighed, beside what they were weighed for."""

from bisect import bisect_left
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from speeches.importing.arrangement import CAPTIONS, KICKER, Arrangement

UNIT_LINE, REPEAT, OPENING = "unit-line", "repeat", "starts-mid-sentence"
HEADING_DECISIONS = ("heading-before", "heading-behind")
MEETING_DECISIONS = {KICKER: ("kicker",), CAPTIONS: ("caption",)}
DECIDED = {
    UNIT_LINE: _("判为署名行"),
    REPEAT: _("判为重复"),
    OPENING: _("疑似从句子中间开始"),
    "heading-before": _("判为署名行前面的标题"),
    "heading-behind": _("判为署名行后面的标题"),
    "kicker": _("判为引题"),
    "caption": _("判为图片说明"),
}


@dataclass(frozen=True)
class Judged:
    """A decision in words, its score, the score that is enough, and each sign with its weight."""

    decision: str
    score: str
    enough: str
    signs: tuple[tuple[str, str], ...]


class Evidence:
    """The decisions of a report, found by the stretch of the source they were about.

    A report of an importer that kept no evidence gives none.
    """

    def __init__(self, report: Mapping[str, Any]) -> None:
        self._decisions = sorted(report.get("evidence", ()), key=lambda one: int(one["start"]))
        self._starts = [one["start"] for one in self._decisions]
        self._longest = max((one["end"] - one["start"] for one in self._decisions), default=0)

    def of(
        self, arrangement: Arrangement, pieces: Iterable[str], decisions: Collection[str]
    ) -> list[Judged]:
        """Return the decisions of these kinds about what the pieces stand for."""
        found: dict[int, Judged] = {}
        for piece in pieces:
            for start, end in arrangement["pieces"][piece]["ranges"]:
                # Whatever reaches into the range begins no farther before it than the longest is.
                at = bisect_left(self._starts, start - self._longest)
                while at < len(self._starts) and self._starts[at] < end:
                    one = self._decisions[at]
                    if one["end"] > start and one["decision"] in decisions:
                        found[at] = _judged(one)
                    at += 1
        return [found[at] for at in sorted(found)]


def _judged(one: Mapping[str, Any]) -> Judged:
    return Judged(
        str(DECIDED[one["decision"]]),
        f"{one['score']:g}",
        f"{one['enough']:g}",
        tuple((sign["words"], f"{sign['weight']:+g}") for sign in one["signs"]),
    )
