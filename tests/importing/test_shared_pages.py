"""The gold pages that lie beside the checkout. Without them these tests are not run, and say so."""

import json
from pathlib import Path
from typing import Any

import pytest

from speeches.importing import import_page, report_of
from tests.importing.damage import plain

PAGES = Path(__file__).parents[3] / "shared" / "pages"
NAMES = sorted(path.name.removesuffix(".gold.json") for path in PAGES.glob("*.gold.json"))

pytestmark = pytest.mark.skipif(
    not NAMES, reason="not run: ../shared/pages is not here, so the gold pages cannot be read"
)


def _both(name: str) -> tuple[dict[str, Any], dict[str, Any]]:
    gold = json.loads((PAGES / f"{name}.gold.json").read_text(encoding="utf-8"))
    draft = import_page((PAGES / f"{name}.txt").read_bytes(), name=f"{name}.txt")
    return report_of(draft), gold


@pytest.mark.parametrize("name", NAMES or ["none"])
def test_the_remarks_are_those_of_the_gold_report(name: str) -> None:
    got, gold = _both(name)
    keys = ("heading", "unit", "post", "speaker", "district")
    assert [[plain(r[k]) for k in keys] for r in got["remarks"]] == [
        [plain(r[k]) for k in keys] for r in gold["remarks"]
    ]
    for mine, right in zip(got["remarks"], gold["remarks"], strict=True):
        assert [plain(p) for p in mine["paragraphs"]] == [plain(p) for p in right["paragraphs"]]


@pytest.mark.parametrize("name", NAMES or ["none"])
def test_lost_openings_are_those_of_the_gold_report(name: str) -> None:
    got, gold = _both(name)

    def lost(report: dict[str, Any]) -> list[int]:
        return [
            remark["position"]
            for remark in report["remarks"]
            if any(warning["code"] == "starts-mid-sentence" for warning in remark["warnings"])
        ]

    assert lost(got) == lost(gold)


@pytest.mark.parametrize("name", NAMES or ["none"])
def test_everything_of_the_page_is_accounted_for(name: str) -> None:
    got, gold = _both(name)
    assert got["coverage"]["lost"] == 0
    assert got["source"]["sha256"] == gold["source"]["sha256"]
    assert sorted(e["reason"] for e in got["set_aside"]) == sorted(
        e["reason"] for e in gold["set_aside"]
    )
