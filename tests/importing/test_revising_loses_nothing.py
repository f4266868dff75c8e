"""Whatever is done to a draft, no character is lost, and it is done at once."""

import json
import time
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from speeches.importing import import_page
from speeches.importing.accounting import coverage_of
from speeches.importing.arrangement import Arrangement, arrangement_of
from speeches.importing.revising import REASONS, apply, fold
from speeches.importing.steps import StepRefused, find
from speeches.text.characters import letters
from tests.importing.revisable import DRAFT, FIRST, PAGE, SOURCE, source_of


@st.composite
def wishes(draw: st.DrawFn) -> dict[str, Any]:
    """Return a step as wild as a person can ask for; indexes stand for pieces and places."""
    return {
        "do": draw(
            st.sampled_from(
                ("move", "shift", "drop", "split", "join", "head", "sign", "begin", "merge")
            )
        ),
        "piece": draw(st.integers(0, 30)),
        "to": draw(st.integers(0, 20)),
        "before": draw(st.none() | st.integers(0, 5)),
        "reason": draw(st.sampled_from(REASONS)),
        "at": draw(st.integers(0, 40)),
        "by": draw(st.sampled_from((-1, 1))),
        "as": draw(st.sampled_from(("heading", "paragraph"))),
        "remark": draw(st.integers(1, 6)),
    }


def step_of(wish: dict[str, Any], now: Arrangement) -> dict[str, Any]:
    pieces, places = sorted(now["pieces"], key=int), sorted(now["places"])
    to = places[wish["to"] % len(places)]
    held, before = now["places"][to], wish["before"]
    return {
        **wish,
        "piece": pieces[wish["piece"] % len(pieces)],
        "to": to,
        "before": held[before % len(held)] if held and before is not None else "",
    }


@settings(max_examples=150, deadline=None)
@given(st.lists(wishes(), max_size=40))
def test_no_sequence_of_steps_loses_a_character(asked: list[dict[str, Any]]) -> None:
    before = json.dumps(FIRST)
    now, done = FIRST, []
    for wish in asked:
        step = step_of(wish, now)
        try:
            now = apply(now, step, SOURCE)
        except StepRefused:
            continue
        done.append(step)
        coverage = coverage_of(now, SOURCE)
        assert coverage.placed + coverage.set_aside == coverage.characters
        assert coverage.characters == DRAFT.coverage.characters

    for one, held in now["pieces"].items():
        assert letters(held["text"]) == letters(source_of(now, one))
    assert sum(find(now, one) is None for one in now["pieces"]) == len(now["aside"])
    # Undoing is folding fewer steps over a first arrangement that nothing has touched.
    assert json.dumps(FIRST) == before
    assert fold(FIRST, json.loads(json.dumps(done)), SOURCE) == now


def test_three_hundred_steps_over_five_thousand_pieces_fold_at_once() -> None:
    many = "\n".join(f"这是第{n}件事的经过和结果。" for n in range(5000))
    page = PAGE.replace("各级工商联", f"{many}\n各级工商联")
    draft = import_page(page.encode(), name="long.txt")
    first, source = arrangement_of(draft), draft.source.text
    body = first["places"]["body-2"]
    steps = [
        step
        for n in range(100)
        for step in (
            {"do": "move", "piece": body[n * 40], "to": "body-1"},
            {"do": "split", "piece": body[n * 40 + 1], "at": 3},
            {"do": "drop", "piece": body[n * 40 + 2], "reason": "unplaced"},
        )
    ]
    begun = time.process_time()

    revised = fold(first, steps, source)

    assert len(first["pieces"]) > 5000
    assert time.process_time() - begun < 1
    assert coverage_of(revised, source).lost == 0
