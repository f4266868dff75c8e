"""The benchmark of pages measures what it says, on an archive that is whole."""

import datetime as dt
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.checks import run_checks
from django.test import Client
from pytest_django.fixtures import Settings

from benchmarks import addresses, archive
from benchmarks.addresses import Address, Survey, occurrences, queries_of
from benchmarks.archive import Archive, code_of
from benchmarks.driving import Drive, read
from benchmarks.report import MOST, circumstances, pages_table, ratio
from benchmarks.speed import Figures
from speeches.models import PageStamp, RemarkEdition
from speeches.search.rebuilding import rebuild

NUMBER, A_MEETING = 30, 10


def small_workload() -> Any:
    """A workload of thirty remarks that answers as `workload.py` does."""
    units = [SimpleNamespace(id=pk, name=f"单位{pk}", district_id=pk) for pk in (1, 2)]
    themes = [SimpleNamespace(id=pk, slug=f"theme-{pk}", name=f"主题{pk}") for pk in (1, 2)]
    meetings = [
        SimpleNamespace(id=pk, title=f"第{pk}次会议", date=dt.date(2020, pk, 1))
        for pk in range(1, NUMBER // A_MEETING + 1)
    ]

    def remark(pk: int) -> Any:
        meeting = meetings[(pk - 1) // A_MEETING]
        return SimpleNamespace(
            id=pk,
            heading=f"标题{pk}",
            unit_id=pk % 2 + 1,
            speaker="方圆",
            paragraphs=("协商为民。", "麒麟为民。" if pk == 7 else "建言资政。"),
            theme_ids=(pk % 2 + 1,),
            meeting_id=meeting.id,
            date=meeting.date,
        )

    def remarks(start: int = 1, stop: int = NUMBER) -> Any:
        return (remark(pk) for pk in range(start, stop + 1))

    return SimpleNamespace(
        n=NUMBER,
        n_meetings=len(meetings),
        vocabulary=["协商", "为民", "麒麟"],
        districts=[SimpleNamespace(id=pk, name=f"区{pk}") for pk in (1, 2)],
        units=units,
        themes=themes,
        meetings=lambda: iter(meetings),
        remark=remark,
        remarks=remarks,
    )


@pytest.fixture
def loaded(db: None, monkeypatch: pytest.MonkeyPatch) -> Any:
    """The small workload in the database."""
    # VACUUM does not run inside a test's transaction; one remark of thirty is more than usual.
    monkeypatch.setattr(archive, "settle", lambda: None)
    monkeypatch.setattr(addresses, "MOST_FOUND", 0.05)
    workload = small_workload()
    Archive(workload).load()
    rebuild()
    archive.complete()
    return workload


def test_the_archive_is_whole(loaded: Any) -> None:
    assert RemarkEdition.objects.current().count() == NUMBER
    assert [found for found in run_checks(databases=["default"]) if not found.is_silenced()] == []
    assert PageStamp.objects.filter(path="/remarks/30/").exists()
    assert code_of(loaded.districts[0]) == "990001"


def test_every_page_shows_what_the_workload_says(loaded: Any, client: Client) -> None:
    pages = [one for one in Survey(loaded).addresses() if one.name != "page 500"]
    answers = [(one, client.get(one.path)) for one in pages]

    problems = [one.problem(answer.status_code, answer.content.decode()) for one, answer in answers]

    assert [problem for problem in problems if problem] == []
    assert {one.name for one in pages} > set(MOST)
    assert all(one.expected for one in pages)


def test_a_word_is_counted_by_reading_everything(loaded: Any) -> None:
    assert occurrences("麒麟") == 1
    assert occurrences("为民") == NUMBER
    assert queries_of("/remarks/7/") > 1


def test_a_page_with_the_words_in_another_order_is_refused() -> None:
    page = Address("list", "/", ["甲", "乙"])

    assert page.problem(200, "<p>甲</p><p>乙</p>") == ""
    assert "乙" in page.problem(200, "<p>乙</p><p>甲</p>")
    assert page.problem(404, "甲乙") == "/: 404"


@pytest.mark.django_db
def test_the_floor_returns_as_many_bytes_as_asked(client: Client, settings: Settings) -> None:
    settings.ROOT_URLCONF = "benchmarks.floor"

    answer = client.get("/floor/1234/")

    assert answer.status_code == 200
    assert len(answer.content) == 1234
    assert client.get("/remarks/").status_code == 200


def test_the_line_of_wrk_is_read() -> None:
    drive = read("Running 1s test\nfigures 500 2048 1000000 1500 2500 0\n")

    assert drive == Drive(500, 2048, 1.0, 1.5, 2.5)
    assert drive.rate == 500
    with pytest.raises(RuntimeError, match="3 of 500"):
        read("figures 500 2048 1000000 1500 2500 3\n")
    with pytest.raises(RuntimeError, match="no figures"):
        read("unable to connect\n")


def figures(*, floor: float, page: float) -> Figures:
    """What was measured of a remark, the same in every round."""
    address = Address("remark", "/remarks/1/", ["甲"], queries=4)
    floors, pages = ([Drive(100, 100, 1.0, median, 2 * median)] * 3 for median in (floor, page))
    return Figures(address, 2048, floors, pages, many=pages[0], cost=0.3)


def test_the_table_says_where_an_aim_is_missed() -> None:
    small, large = figures(floor=0.5, page=2.0), figures(floor=0.5, page=4.0)

    table = pages_table("SQLite", [10, 20], [[small, large]])

    assert (ratio(small), ratio(large)) == (4, 8)
    lines = [line.split(" | ") for line in table.splitlines() if line.startswith("| remark")]
    assert [line[-3:] for line in lines] == [
        ["4.0", "", " |"],
        ["8.0", "6 **MISSED**", "2.00 **MISSED** |"],
    ]
    assert "MISSED" not in pages_table("SQLite", [10], [[small]])


def test_the_report_names_what_was_measured_with() -> None:
    told = circumstances(["SQLite, 10 remarks: texts drawn in 0.1 s"])

    assert "Django 5.2" in told
    assert "texts drawn" in told
