"""A question and what answers it, beside the other filters and with true counts."""

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.http import QueryDict

from speeches.filters import RemarkFilter
from speeches.models import RemarkEdition
from speeches.search import ranking, storage
from speeches.search.ranking import density
from tests.factories import make_district, make_meeting, make_theme, publish

pytestmark = pytest.mark.django_db


@pytest.fixture
def published() -> None:
    """Publish five remarks of two meetings."""
    top = make_theme("party", "党的建设")
    organisation = make_theme(parent=top)
    new = make_district("230110", "香坊区")
    old = make_district("230105", "太平区", successor=new)
    publish(
        make_meeting(
            title="深化协商议事",
            held_from=dt.date(2023, 5, 1),
            remarks=[
                {"heading": "甲", "paragraphs": ["两个确立，乡村振兴。"], "district": old},
                {"heading": "乙", "paragraphs": ["乡村振兴。"], "themes": [organisation]},
            ],
        )
    )
    publish(
        make_meeting(
            title="服务百姓民生",
            held_from=dt.date(2024, 5, 1),
            remarks=[
                {"heading": "丙", "paragraphs": ["两个确立。"], "unit": "双城区政协"},
                {"heading": "丁", "paragraphs": ["草案。两个维护。"], "speakers": ["李明"]},
                {"heading": "戊确立", "paragraphs": ["草案。"], "district": new},
            ],
        )
    )


def asked(typed: str, more: str = "") -> RemarkFilter:
    params = QueryDict(more, mutable=True)
    params["q"] = typed
    return RemarkFilter(params)


def headings(typed: str, more: str = "") -> str:
    return "".join(sorted(edition.heading[0] for edition in asked(typed, more).narrowed()))


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("两个确立", "丙甲"),
        ("兩個 確立", "丙甲"),
        ("两个确立 乡村", "甲"),
        ("乡村 或 草案", "丁乙戊甲"),
        ("乡村 -两个确立", "乙"),
        ("-两个", "乙戊"),
        ("-两个 -年:2023", "戊"),
        ("立", "丙戊甲"),
        ("标题:立", "戊"),
        ("标题:确立 或 单位:双城", "丙戊"),
        ("发言人:李明", "丁"),
        ("发言人:明", "丁"),
        ("主题:党的建设", "乙"),
        ("主题:组织 乡村", "乙"),
        ("主题:没有", ""),
        ("区县:香坊", "戊甲"),
        ("区县:太平区", "甲"),
        ("区县:230110 或 区县:没有", "戊甲"),
        ("-区县:香坊 草案", "丁"),
        ("会议:民生 两个", "丁丙"),
        ("年:2023", "乙甲"),
        ("年:2023..2024 草案", "丁戊"),
        ("没有的话", ""),
        ("，。", ""),
    ],
)
def test_questions(published: None, typed: str, expected: str) -> None:
    assert headings(typed) == expected
    assert asked(typed).total() == len(expected)


def test_many_hits_are_counted_another_way_with_the_same_result(
    published: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = {}
    for many_of in (0, 1_000_000):
        monkeypatch.setattr(storage, "MANY_OF", many_of)
        monkeypatch.setattr(storage, "MANY_OF_LINKS", many_of)
        facets = [asked("确立 或 草案").facets(), asked("立", "year=2024").facets()]
        found[many_of] = (facets, headings("立"), headings("立 -确立"), headings("-立"))

    assert found[0] == found[1_000_000]
    assert found[0][1:] == ("丙戊甲", "", "丁乙")


def test_what_is_published_after_the_question_is_not_among_many_hits(
    published: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(storage, "MANY_OF", 1_000_000)
    found = asked("确立")
    assert found.found

    publish(make_meeting(remarks=[{"heading": "两个确立", "paragraphs": ["两个确立。"]}] * 9))

    assert found.narrowed().count() == 3


def test_a_question_and_the_other_filters_narrow_each_other(published: None) -> None:
    assert headings("两个", "year=2023") == "甲"
    assert headings("确立", "district=230110") == "戊甲"
    counts = {c.value: c.count for c in asked("确立", "year=2023").facet("year").choices}
    assert counts == {"2024": 2, "2023": 1}
    districts = {c.value: c.count for c in asked("确立").facet("district").choices}
    assert districts == {"230105": 1, "230110": 2}


def test_a_question_stays_in_addresses_and_is_named(published: None) -> None:
    found = asked("确立", "year=2023")

    assert found.query == "q=%E7%A1%AE%E7%AB%8B&year=2023"
    chip = found.chips()[0]
    assert (chip.label, chip.query, chip.known) == ("“确立”", "year=2023", True)


def test_no_question_is_an_error(published: None) -> None:
    for typed in ("“", "'; DROP TABLE", "\ud800", "年:9999999", "x" * 5_000, "-", "OR", "*:*"):
        assert headings(typed) == "", typed
    assert headings("\0两个\0确立") == "丙甲"
    assert headings("\0") == headings(" ") == "丁丙乙戊甲"


def test_words_cost_one_question_to_the_index(
    published: None, django_assert_num_queries: Any
) -> None:
    found = asked("确立 -草案")
    found.found  # noqa: B018

    # By year, district and unit together, by theme, and the names of units where there are any.
    with django_assert_num_queries(2):
        found.facets()
        found.total()


def ranked(typed: str) -> list[str]:
    found = asked(typed)
    return headings_of(found.ranked()[0 : found.total()])


def headings_of(editions: list[int]) -> list[str]:
    found = RemarkEdition.objects.in_bulk(editions)
    return [found[pk].heading for pk in editions]


@pytest.fixture
def results() -> None:
    """Publish remarks in which 提法 stands once, often, in the heading, and not at all."""
    filling = "其他文字。" * 40
    pages: list[tuple[int, list[dict[str, Any]]]] = [
        (2022, [{"heading": "旧而密", "paragraphs": ["提法。" * 9 + filling]}]),
        (2023, [{"heading": "旧题提法", "paragraphs": [filling]}]),
        (2024, [{"heading": "新而疏", "paragraphs": ["提法。" + filling]}, {"heading": "无关"}]),
        (2021, [{"heading": "旧而疏", "paragraphs": ["提法。" + filling]}]),
    ]
    for year, remarks in pages:
        publish(make_meeting(held_from=dt.date(year, 1, 1), remarks=remarks))


def test_headings_come_first_then_the_dense_then_the_new(results: None) -> None:
    assert ranked("提法") == ["旧题提法", "旧而密", "新而疏", "旧而疏"]


def test_among_many_results_the_new_come_first(
    results: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ranking, "FEW", 3)

    assert ranked("提法") == ["旧题提法", "新而疏", "旧而密", "旧而疏"]
    best = asked("提法").ranked()
    assert headings_of([*best[0:3], *best[3:6]]) == ranked("提法")
    assert headings_of(best[2:9]) == ["旧而密", "旧而疏"]
    assert best[9:12] == []


def test_without_words_the_new_come_first(results: None) -> None:
    assert ranked("年:2022..2023") == ["旧题提法", "旧而密"]
    assert headings_of(RemarkFilter().ranked()[0:1]) == ["新而疏"]


@pytest.mark.parametrize(
    ("occurrences", "step"), [(0, 0), (1, 1), (2, 1), (3, 2), (6, 2), (7, 3), (15, 4)]
)
def test_density_counts_in_steps(occurrences: int, step: int) -> None:
    assert density(("提法",), ("提法" * occurrences).ljust(1000, "文")) == step
    assert density((), "") == 0


def test_a_page_of_results_costs_the_same_however_many_they_are(
    results: None, django_assert_num_queries: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ranking, "FEW", 0)
    found = asked("提法")
    best = found.ranked()
    by_engine = 3 if connection.vendor == "sqlite" else 6

    # The index for headings, two runs of ids.
    with django_assert_num_queries(by_engine):
        assert len(best[0:20]) == 4
