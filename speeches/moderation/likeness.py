"""Likeness: which remarks of the desk are the same as a text, or nearly.

Candidates come from a slim table of sketches and are then compared in full
(`speeches.text.similarity`), so that what is shown is measured, never guessed.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Hashable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar

from speeches.models import Remark, RemarkSketch, SamenessAnswer
from speeches.text.markup import plain_text
from speeches.text.similarity import NEAR, likeness, runs, sketch, wording

# A text that stands in the archive more often than this is shown with its best matches only.
MOST = 10

Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True)
class Match:
    """A remark of the archive that is the same as a text, or nearly, and what was said of it."""

    remark: Remark
    likeness: float
    wording: str
    # None as long as nobody has said whether it is the same remark.
    same: bool | None

    @property
    def percent(self) -> int:
        """The likeness in whole per cent; 100 only where nothing differs."""
        return int(100 * self.likeness)


def sketch_remark(remark: Remark) -> None:
    """Make the sketch of a working remark's text anew."""
    remark.sketches.all().delete()
    bands = sketch(runs(plain_text(remark.body)))
    RemarkSketch.objects.bulk_create(RemarkSketch(remark=remark, band=band) for band in bands)


def like_remark(remark: Remark) -> list[Match]:
    """Return what the archive holds beside a remark of the desk, on other pages than its own."""
    texts = {remark.pk: plain_text(remark.body)}
    return like_texts(texts, beside=remark.meeting_id).get(remark.pk, [])


def like_texts(texts: Mapping[Key, str], *, beside: int | None = None) -> dict[Key, list[Match]]:
    """Return the remarks of the archive that are nearly the same as a text, the likest first.

    Three queries, however many texts. Remarks of the meeting `beside` are not looked at.
    """
    candidates = _candidates({key: _sketch_of(text) for key, text in texts.items()}, beside)
    found = {key: runs(texts[key]) for key in candidates}
    wordings = {key: wording(texts[key]) for key in candidates}
    wanted = {pk for pks in candidates.values() for pk in pks}
    if not wanted:
        return {}
    remarks = Remark.objects.select_related("meeting").in_bulk(wanted)
    bodies = {pk: runs(plain_text(remark.body)) for pk, remark in remarks.items()}
    answers = {
        (answer.wording, answer.remark_id): answer.same
        for answer in SamenessAnswer.objects.filter(
            wording__in=set(wordings.values()), remark__in=wanted
        )
    }
    known: dict[Key, list[Match]] = {}
    for key, pks in candidates.items():
        name = wordings[key]
        matches = [
            Match(remarks[pk], likeness(found[key], bodies[pk]), name, answers.get((name, pk)))
            for pk in pks
            if pk in remarks
        ]
        near = [match for match in matches if match.likeness >= NEAR]
        if near:
            known[key] = sorted(near, key=lambda match: (-match.likeness, match.remark.pk))
    return known


# An editor revises one remark of a hundred, and after each step all are asked about.
@lru_cache(maxsize=1024)
def _sketch_of(text: str) -> tuple[int, ...]:
    return sketch(runs(text))


def _candidates(bands: Mapping[Key, Collection[int]], beside: int | None) -> dict[Key, list[int]]:
    """Return, for each text, the remarks that share a band with it, most bands first."""
    asked: dict[int, list[Key]] = defaultdict(list)
    for key, values in bands.items():
        for value in values:
            asked[value].append(key)
    if not asked:
        return {}
    rows = RemarkSketch.objects.sharing(asked)
    if beside is not None:
        rows = rows.exclude(remark__meeting=beside)
    shared: dict[Key, Counter[int]] = defaultdict(Counter)
    for band, remark in rows.values_list("band", "remark_id"):
        for key in asked[band]:
            shared[key][remark] += 1
    return {key: [pk for pk, _n in counted.most_common(MOST)] for key, counted in shared.items()}
