"""Decisions are explained: each with the signs that were weighed, and their sum."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from speeches.importing import NotADigest, import_page, report_of
from speeches.importing.signs import Clue
from speeches.importing.stages import StageLog

EXAMPLES = Path(__file__).parent / "examples"
PAGES = sorted(EXAMPLES.glob("*/page.txt"))


def evidence(data: bytes) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    report = report_of(import_page(data, name="page.txt"))
    return report, report["evidence"]


def decided(found: list[dict[str, Any]], decision: str) -> Iterator[tuple[int, int]]:
    return ((one["start"], one["end"]) for one in found if one["decision"] == decision)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.parent.name)
def test_every_score_is_the_sum_of_its_signs_and_is_enough(page: Path) -> None:
    _report, found = evidence(page.read_bytes())

    for one in found:
        assert one["score"] == pytest.approx(sum(s["weight"] for s in one["signs"]), abs=0.01)
        assert one["score"] >= one["enough"] - 0.01, one
        assert all(sign["words"] for sign in one["signs"])


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.parent.name)
def test_every_remark_repeat_and_doubt_has_its_evidence(page: Path) -> None:
    report, found = evidence(page.read_bytes())

    assert len(list(decided(found, "unit-line"))) == len(report["remarks"])
    doubted = [n for r in report["remarks"] for n in r["warnings"]]
    opened = [n for n in doubted if n["code"] == "starts-mid-sentence"]
    assert len(list(decided(found, "starts-mid-sentence"))) == len(opened)
    places = {(entry["start"], entry["end"]) for entry in report["set_aside"]}
    assert set(decided(found, "repeat")) <= places


def test_no_two_clues_share_a_code_or_a_wording() -> None:
    assert len({clue.code for clue in Clue}) == len(Clue)
    assert len({clue.words for clue in Clue}) == len(Clue)


def test_a_page_that_is_refused_leaves_the_stages_before() -> None:
    log = StageLog()

    with pytest.raises(NotADigest):
        import_page("今日天气晴。".encode(), name="page.txt", watch=log)

    assert list(log.outputs) == ["1-source", "2-lines", "3-blocks", "4-outline"]
