"""The marked copy of several versions: whose words are whose, and who took which out."""

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from speeches.text.attributing import Run, attribute, attribute_line, standing
from speeches.text.comparing import compare
from tests.text.test_comparing import GRANT, LIFT, LINES, PARAGRAPHS, SNOW, SOIL

VERSIONS = st.lists(PARAGRAPHS, min_size=1, max_size=4)


def shown(runs: Sequence[Run]) -> str:
    """Write runs in a line: {who:added}, [who:removed], (who:moved away)."""
    written = ""
    for run in runs:
        text = "¶" if run.ends else run.text
        if run.by:
            text = f"{{{run.by}:{text}}}"
        if run.until is not None:
            text = f"({run.until}:{text})" if run.moved else f"[{run.until}:{text}]"
        written += text
    return written


def test_each_addition_and_each_removal_carries_its_version() -> None:
    runs = attribute([["推动协商工作走实"], ["推动协商试点走实"], ["推动基层协商试点走深走实"]])

    assert shown(runs) == "推动{2:基层}协商[1:工作]{1:试点}走{2:深走}实¶"


def test_what_one_version_adds_and_the_next_removes_carries_both() -> None:
    runs = attribute([["推动协商走实"], ["推动基层协商走实"], ["推动协商走实"]])

    assert shown(runs) == "推动[2:{1:基层}]协商走实¶"


def test_a_moved_paragraph_keeps_whose_words_it_holds_and_tells_where_it_was() -> None:
    runs = attribute([[LIFT, GRANT, SOIL], [LIFT, GRANT, SOIL + SNOW], [SOIL + SNOW, LIFT, GRANT]])

    start = runs[0]
    assert (start.text, start.by, start.since, start.origin) == (SOIL, 0, 2, 2)
    assert (runs[1].text, runs[1].by) == (SNOW, 1)
    assert shown(runs) == f"{SOIL}{{1:{SNOW}}}¶{LIFT}¶{GRANT}¶(2:{SOIL})(2:{{1:{SNOW}}})(2:¶)"


def test_a_removed_paragraph_stays_where_it_stood() -> None:
    runs = attribute([[LIFT, SOIL, GRANT], [LIFT, GRANT], [LIFT, SNOW, GRANT]])

    assert shown(runs) == f"{LIFT}¶{{2:{SNOW}}}{{2:¶}}[1:{SOIL}][1:¶]{GRANT}¶"


@given(VERSIONS)
def test_every_version_can_be_read_out_again(versions: list[list[str]]) -> None:
    runs = attribute(versions)

    assert [standing(runs, number) for number in range(len(versions))] == versions


@given(st.lists(LINES, min_size=1, max_size=4))
def test_every_version_of_a_line_can_be_read_out_again(versions: list[str]) -> None:
    runs = attribute_line(versions)

    assert [standing(runs, number) for number in range(len(versions))] == [[v] for v in versions]


def test_two_headings_that_share_little_stay_one_line() -> None:
    assert shown(attribute_line(["公开稿", "二稿", "三稿"])) == "[1:公开][2:{1:二}]{2:三}稿¶"


@given(VERSIONS)
def test_removed_text_is_there_once_and_under_the_version_that_removed_it(
    versions: list[list[str]],
) -> None:
    runs = attribute(versions)

    for number, (old, new) in enumerate(pairwise(versions), start=1):
        removed = Counter[str]()
        for change in compare(old, new):
            for stretch in change.stretches:
                removed.update(stretch.text if stretch.kind == "removed" else "")
        gone = Counter[str]()
        for run in runs:
            gone.update(run.text if run.until == number and not run.moved else "")
        assert gone == removed


@given(VERSIONS)
def test_every_character_is_of_the_version_that_brought_it(versions: list[list[str]]) -> None:
    runs = attribute(versions)

    brought = [Counter("".join(versions[0]))]
    for old, new in pairwise(versions):
        added = Counter[str]()
        for change in compare(old, new):
            for stretch in change.stretches:
                added.update(stretch.text if stretch.kind == "added" else "")
        brought.append(added)
    # What moved away is written twice: here and where it went.
    told = [Counter[str]() for _version in versions]
    for run in runs:
        if not run.moved:
            told[run.by].update(run.text)
    assert told == brought


@given(VERSIONS)
def test_neighbours_differ_and_none_is_empty(versions: list[list[str]]) -> None:
    runs = attribute(versions)

    assert all(run.text or run.ends for run in runs)
    for one, other in pairwise(runs):
        fate = [(r.by, r.since, r.until, r.moved, r.origin, r.ends) for r in (one, other)]
        assert fate[0] != fate[1] or one.ends
