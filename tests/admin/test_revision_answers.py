"""What the screen's script is told after an act: the parts that changed, and nothing else."""

import re
from typing import Any

import pytest
from django.test import Client

from speeches.models import ImportRun, Unit
from speeches.moderation.revising import current_arrangement, revise
from tests.admin.desk import EDITOR, MODERATOR, signed_in, waiting_run
from tests.admin.screen import WORDS, page, piece, screen
from tests.factories import NOON, make_unit

pytestmark = pytest.mark.django_db


class Browser:
    """A page as the script keeps it: every part with its mark."""

    def __init__(self, client: Client, run: ImportRun) -> None:
        self.client, self.run = client, run
        self.marks = marks(page(client, run))

    def press(self, act: str, **fields: Any) -> str:
        told = " ".join(f"{part}:{mark}" for part, mark in self.marks.items())
        response = self.client.post(screen(self.run), {"act": act, "marks": told, **fields})
        assert response.status_code == 200
        html = response.content.decode()
        self.marks |= marks(html)
        return html


def marks(html: str) -> dict[str, str]:
    return dict(re.findall(r'id="([^"]+)" data-mark="([^"]+)"', html))


def test_only_the_parts_that_an_act_changed_come_back() -> None:
    run = waiting_run()
    browser = Browser(signed_in(EDITOR), run)
    there = set(browser.marks)

    html = browser.press("move", piece=piece(run, WORDS), to="body-2", seen="0")

    changed = set(marks(html))
    assert {"remark-1", "remark-2", "revise"} <= changed
    assert not {"remark-3", "meeting", "aside", "doubts"} & changed
    assert {part for part in there if f'id="{part}" data-same' in html} == there - changed
    assert f'data-at="piece-{piece(run, WORDS)}"' in html
    assert 'data-seen="1"' in html
    assert "已移到：发言 2" in html
    assert "<html" not in html


def test_an_act_sends_a_small_part_of_a_page() -> None:
    run = waiting_run()
    client = signed_in(EDITOR)
    browser = Browser(client, run)

    html = browser.press("names")

    assert len(browser.press("settle:2:0")) < len(page(client, run)) / 2
    assert "确认时建档" in html


def test_parts_of_the_answers_together_are_the_page() -> None:
    run, client = waiting_run(), signed_in(EDITOR)
    browser = Browser(client, run)
    one = piece(run, WORDS)

    for act, fields in (
        ("drop", {"reason": "repeat"}),
        ("move", {"to": "body-1"}),
        ("begin", {}),
        ("describe:8", {"unit": "甲单位", "speaker": "乙"}),
        ("names", {}),
        ("undo", {}),
        ("merge:8", {}),
        ("fly", {}),
    ):
        browser.press(act, piece=one, **fields)

    fresh = marks(page(client, run))
    assert {part: browser.marks[part] for part in fresh} == fresh


def test_what_somebody_else_has_done_meanwhile_comes_with_the_refusal() -> None:
    run = waiting_run()
    browser = Browser(signed_in(EDITOR), run)
    one = piece(run, WORDS)
    revise(run, {"do": "move", "piece": one, "to": "body-3"}, by=None, at=NOON)

    html = browser.press("join", piece=one, seen="0")

    assert "刚刚改动过" in html
    assert {"remark-1", "remark-3"} <= set(marks(html))
    assert 'data-seen="1"' in html


def test_a_new_unit_of_the_directory_changes_the_doubt_of_a_remark() -> None:
    run = waiting_run()
    browser = Browser(signed_in(EDITOR), run)
    make_unit("依兰县政协委员会")

    html = browser.press("undo")

    assert "依兰县政协委员会" in html
    assert "remark-2" in marks(html)


def test_whoever_may_not_revise_gets_no_answer_either() -> None:
    run = waiting_run()

    response = signed_in(MODERATOR).post(screen(run), {"act": "undo", "marks": ""})

    assert response.status_code == 403


# --- The unit of a new person ----------------------------------------------------------------


def person_without_record(run: ImportRun, client: Client) -> Any:
    doubts = client.get(screen(run)).context["doubts"]
    return next(one for one in doubts if one.kind == "person")


def test_a_new_person_and_their_new_unit_are_decided_together() -> None:
    run, client = waiting_run(), signed_in(EDITOR)
    doubt = person_without_record(run, client)
    browser = Browser(client, run)

    html = browser.press(doubt.act, name=doubt.name, decision="new", unit=doubt.unit)

    assert f"“{doubt.name}”和单位“{doubt.unit}”将在确认导入时建档。" in html
    left = client.get(screen(run)).context["doubts"]
    assert not [one for one in left if one.remark == doubt.remark and one.name]


def test_a_new_person_of_another_unit_says_so() -> None:
    unit = make_unit("北山大学")
    run, client = waiting_run(), signed_in(EDITOR)
    doubt = person_without_record(run, client)
    assert '<option value="北山大学">' in page(client, run)

    Browser(client, run).press(doubt.act, name=doubt.name, decision="new", unit="北山大学")

    names = [one for r in current_arrangement(run)["remarks"] for one in r["names"]]
    assert [(one["name"], one["unit"]) for one in names] == [(doubt.name, unit.pk)]
    assert "单位为“北山大学”" in page(client, run)


def test_a_unit_with_likely_records_is_left_to_be_asked_about() -> None:
    run, client = waiting_run(), signed_in(EDITOR)
    doubt = person_without_record(run, client)
    make_unit(f"{doubt.unit}委员会")

    Browser(client, run).press(doubt.act, name=doubt.name, decision="new", unit=doubt.unit)

    left = client.get(screen(run)).context["doubts"]
    assert [one.kind for one in left if one.remark == doubt.remark and one.name] == ["unit"]


@pytest.mark.parametrize(("wanted", "words"), [("没有的单位", "名录中没有"), ("", "请填写")])
def test_a_unit_that_cannot_be_told_is_refused(wanted: str, words: str) -> None:
    run, client = waiting_run(), signed_in(EDITOR)
    doubt = person_without_record(run, client)

    html = Browser(client, run).press(doubt.act, name=doubt.name, decision="new", unit=wanted)

    assert words in html
    assert not run.steps.exists()
    assert not Unit.objects.exists()
