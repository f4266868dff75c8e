"""The printed pages beside the draft: lines that lead to it, pictures kept by the browser."""

import re
from typing import Any

import pytest
from django.core.cache import cache

from speeches.admin import revision_sheets
from speeches.importing.refusals import UnreadableSource
from speeches.models import ImportRun
from speeches.moderation.intake import Issue, take_in
from speeches.moderation.revising import current_arrangement, revise
from tests.admin.desk import (
    ANONYMOUS,
    CONTRIBUTOR,
    EDITOR,
    MODERATOR,
    address,
    signed_in,
    waiting_run,
)
from tests.admin.screen import page, piece, screen
from tests.factories import NOON
from tests.importing.readers.digest import printed
from tests.importing.readers.making import make_ofd, make_pdf

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

WORDS = "近年来，青溪县政协"


@pytest.fixture(autouse=True)
def _nothing_in_the_cache() -> None:
    cache.clear()


def printed_run(data: bytes = b"", name: str = "page.pdf") -> ImportRun:
    return take_in(data or make_pdf(printed()), name=name, issue=Issue(), by=None, at=NOON)[0]


def boxes(html: str, one: str) -> list[str]:
    """The lines of a piece on the printed page."""
    return re.findall(rf'<a[^>]*href="#piece-{one}"[^>]*><rect[^>]*/>', html)


def picture(role: str, run: ImportRun, width: int = 975, *, held: str = "") -> Any:
    """Ask for the picture with a browser that holds the one of the tag `held`."""
    at = address("importrun_picture", run.pk, 1, width)
    return signed_in(role).get(at, headers={"If-None-Match": held} if held else None)


def test_every_printed_line_is_a_link_to_its_piece() -> None:
    run, client = printed_run(), signed_in(EDITOR)

    html = page(client, run, pane="sheets")

    assert html.count("<rect") == len(printed())
    for one, held in current_arrangement(run)["pieces"].items():
        assert boxes(html, one), held["text"]
        assert html.count(f'id="source-{one}"') == 1
    assert address("importrun_picture", run.pk, 1, 975) in html
    assert 'viewBox="0 0 650 500"' in html
    assert 'aria-label="发言 1：近年来，青溪县政协把长桌搬' in html
    assert ">导语</text>" in html
    assert "style=" not in html


def test_a_line_has_the_colour_of_where_it_went() -> None:
    run, client = printed_run(), signed_in(EDITOR)
    one = piece(run, WORDS)
    before = boxes(page(client, run, pane="sheets"), one)

    revise(run, {"do": "drop", "piece": one, "reason": "unplaced"}, by=None, at=NOON)
    after = boxes(page(client, run, pane="sheets"), one)

    assert all("went-odd" in box for box in before)
    assert all("went-unplaced" in box for box in after)
    assert len(before) == len(after) > 3


def test_a_line_that_is_split_has_a_box_for_each_half() -> None:
    run, client = printed_run(), signed_in(EDITOR)
    one = piece(run, WORDS)
    text = current_arrangement(run)["pieces"][one]["text"]

    revise(run, {"do": "split", "piece": one, "at": text.index("青溪县政协")}, by=None, at=NOON)
    html = page(client, run, pane="sheets")

    assert html.count("<rect") == len(printed()) + 1
    (first,) = boxes(html, one)
    second = boxes(html, piece(run, "青溪县政协把长桌"))[0]
    edges = [
        {name: float(value) for name, value in re.findall(r'(x|y|width)="([\d.]+)"', box)}
        for box in (first, second)
    ]
    assert edges[0]["y"] == edges[1]["y"]
    assert edges[0]["x"] + edges[0]["width"] == pytest.approx(edges[1]["x"], abs=0.2)


def test_an_act_beside_the_printed_page_sends_that_page_anew() -> None:
    run, client = printed_run(), signed_in(EDITOR)
    one = piece(run, WORDS)

    response = client.post(
        f"{screen(run)}?pane=sheets", {"act": "join", "piece": one, "marks": "sheet-1:old"}
    )
    plain = client.post(f"{screen(run)}?pane=sheets", {"act": "undo"})

    html = response.content.decode()
    assert 'id="sheet-1" data-mark=' in html
    assert 'id="chunk-0"' not in html
    assert f'data-back="?pane=sheets&amp;at=piece-{one}#piece-{one}"' in html
    assert plain.headers["Location"] == f"{screen(run)}?pane=sheets&at=piece-{one}#piece-{one}"


def test_ofd_shows_its_words_where_they_stand() -> None:
    run, client = printed_run(make_ofd(printed()), "page.ofd"), signed_in(EDITOR)

    html = page(client, run, pane="sheets")

    assert html.count("<rect") == html.count('class="rev-print"') == len(printed())
    assert "<img src" not in html
    assert picture(EDITOR, run).status_code == 404


def test_files_without_pages_offer_none() -> None:
    run, client = waiting_run(), signed_in(EDITOR)

    html = page(client, run, pane="sheets")

    assert "版面图" not in html
    assert 'id="chunk-0"' in html
    assert picture(EDITOR, run).status_code == 404


def test_places_that_do_not_fit_the_text_are_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    run, client = printed_run(), signed_in(EDITOR)

    def interrupted(data: bytes, kind: str) -> None:
        raise UnreadableSource("读取被中断，请重试。")

    monkeypatch.setattr(revision_sheets, "read_places", interrupted)
    html = page(client, run, pane="sheets")
    assert "读取被中断，请重试。" in html
    assert 'id="chunk-0"' in html

    monkeypatch.undo()
    revision_sheets.reading_of(run.source)
    run.source.text += "。"
    with pytest.raises(UnreadableSource, match="对不上"):
        revision_sheets.reading_of(run.source)


def test_a_file_is_read_for_its_places_once(monkeypatch: pytest.MonkeyPatch) -> None:
    run, client = printed_run(), signed_in(EDITOR)
    first = page(client, run, pane="sheets")

    def never(data: bytes, kind: str) -> None:
        raise AssertionError("read again")

    monkeypatch.setattr(revision_sheets, "read_places", never)

    assert page(client, run, pane="sheets").count("<rect") == first.count("<rect")


def test_a_picture_is_drawn_once_and_kept_by_its_browser_only(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    run = printed_run()
    first = picture(EDITOR, run)

    assert first.status_code == 200
    assert first.content.startswith(b"\x89PNG")
    assert first["Content-Type"] == "image/png"
    assert {part.strip() for part in first["Cache-Control"].split(",")} == {"private", "no-cache"}
    assert first["ETag"] == f'"{run.source.sha256}-1-975"'

    def never(data: bytes, number: int, width: int) -> bytes:
        raise AssertionError("drawn again")

    monkeypatch.setattr(revision_sheets, "draw_page", never)
    again = picture(MODERATOR, run, held=first["ETag"])

    assert (again.status_code, again.content) == (304, b"")


def test_pictures_are_for_those_who_may_see_the_draft() -> None:
    run = printed_run()
    held = f'"{run.source.sha256}-1-975"'

    assert picture(ANONYMOUS, run, held=held).status_code == 302
    assert picture(CONTRIBUTOR, run, held=held).status_code in (302, 403)


@pytest.mark.parametrize("width", [0, 3001, 10**9])
def test_a_picture_has_a_sensible_width(width: int) -> None:
    assert picture(EDITOR, printed_run(), width).status_code == 404


def test_a_page_that_cannot_be_drawn_is_told() -> None:
    run = printed_run()

    answer = signed_in(EDITOR).get(address("importrun_picture", run.pk, 7, 900))

    assert answer.status_code == 503
    assert "请" in answer.content.decode()
