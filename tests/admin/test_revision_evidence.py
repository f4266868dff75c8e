"""Why the importer decided so: quietly beside what it decided."""

import re

import pytest

from speeches.admin.revision_evidence import OPENING, UNIT_LINE, Evidence
from speeches.models import ImportRun
from speeches.moderation.revising import current_arrangement, revise
from tests.admin.desk import EDITOR, signed_in, waiting_run
from tests.admin.screen import WORDS, page, piece
from tests.factories import NOON

pytestmark = pytest.mark.django_db


def section(html: str, part: str) -> str:
    """Return the HTML of a section of the draft."""
    found = re.search(rf'<section[^>]*id="{part}".*?</section>', html, re.DOTALL)
    assert found
    return found[0]


def run_with(*evidence: dict[str, object]) -> ImportRun:
    """Return a waiting run whose importer gave just this evidence."""
    run = waiting_run()
    run.report = {**run.report, "evidence": list(evidence)}
    run.save(update_fields=["report"])
    return run


def judgement(decision: str, start: int, end: int) -> dict[str, object]:
    sign = {"sign": "leading-sign", "weight": 1.5, "words": "行首有标志"}
    return {
        "decision": decision,
        "start": start,
        "end": end,
        "score": 2.5,
        "enough": 2.0,
        "signs": [sign, {"sign": "colon", "weight": -0.25, "words": "行末没有冒号"}],
    }


def place(run: ImportRun, name: str) -> tuple[int, int]:
    """Return where in the source the first piece of a place stands."""
    arrangement = current_arrangement(run)
    start, end = arrangement["pieces"][arrangement["places"][name][0]]["ranges"][0]
    return start, end


def test_a_unit_line_tells_its_signs_with_their_weights() -> None:
    start, end = place(waiting_run(), "line-2")
    run = run_with(judgement("unit-line", start, end))

    html = page(signed_in(EDITOR), run)

    own = section(html, "remark-2")
    assert "判为署名行：合计 2.5 分，以 2 分为界。" in own
    assert "<li>行首有标志（+1.5）</li><li>行末没有冒号（-0.25）</li>" in own
    assert html.count("rev-evidence") == 1


def test_a_copy_and_a_doubt_tell_theirs() -> None:
    first = waiting_run()
    entry = current_arrangement(first)["aside"][0]["piece"]
    start, end = current_arrangement(first)["pieces"][entry]["ranges"][0]
    body = place(first, "body-2")
    assert [one["code"] for one in current_arrangement(first)["remarks"][1]["notices"]] == [OPENING]
    run = run_with(judgement("repeat", start, end), judgement(OPENING, *body))

    html = page(signed_in(EDITOR), run)

    assert "判为重复" in section(html, "aside")
    assert "疑似从句子中间开始" in section(html, "remark-2")
    assert html.count("rev-evidence") == 2


def test_evidence_stays_with_the_decision_and_does_not_follow_a_passage_elsewhere() -> None:
    run = waiting_run()
    one = piece(run, WORDS)
    start, end = current_arrangement(run)["pieces"][one]["ranges"][0]
    evidence = Evidence({"evidence": [judgement("unit-line", start, end)]})
    arrangement = current_arrangement(run)

    assert len(evidence.of(arrangement, [one], [UNIT_LINE])) == 1
    assert evidence.of(arrangement, [one], [OPENING]) == []
    assert evidence.of(arrangement, [piece(run, "依兰县政协")], [UNIT_LINE]) == []


def test_evidence_is_found_wherever_it_overlaps() -> None:
    run = waiting_run()
    one = piece(run, WORDS)
    start, end = current_arrangement(run)["pieces"][one]["ranges"][0]
    arrangement = current_arrangement(run)
    whole = [judgement("unit-line", 0, 10**6), judgement("unit-line", end - 1, end + 1)]
    beside = [judgement("unit-line", start - 5, start), judgement("unit-line", end, end + 5)]

    found = Evidence({"evidence": [*beside, *whole]}).of(arrangement, [one], [UNIT_LINE])

    assert len(found) == 2


def test_an_import_that_kept_no_evidence_shows_none() -> None:
    run = waiting_run()
    run.report = {name: part for name, part in run.report.items() if name != "evidence"}
    run.save(update_fields=["report"])

    assert "rev-evidence" not in page(signed_in(EDITOR), run)


def test_the_evidence_of_the_importer_is_shown_on_a_real_page() -> None:
    run = waiting_run()
    assert run.report["evidence"]
    client = signed_in(EDITOR)

    before = page(client, run)
    revise(run, {"do": "merge", "remark": 2}, by=None, at=NOON)
    after = page(client, run)

    assert before.count("判为署名行：") == len(run.report["remarks"])
    assert after.count("判为署名行：") == len(run.report["remarks"]) - 1
